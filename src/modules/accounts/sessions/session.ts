/** Rules of sessions: how long they last, and what they say of who is signed in. */
import { Temporal } from "temporal-polyfill";
import type { Actor, Assurance, HeldRole, OrganisationRole } from "#core/actor.ts";

/** How somebody signed in: by a mail link, by strong identification as a resident, or by a city's directory as its staff. */
export type SessionKind = "mail" | "strong" | "staff";

/**
 * Idle and absolute ends. Residents share computers in libraries: an hour. Staff works at its own desk, with breaks.
 * Nobody stays signed in over night.
 */
export const LIFETIMES: Readonly<Record<SessionKind, { idle: Temporal.Duration; whole: Temporal.Duration }>> = {
  mail: { idle: Temporal.Duration.from({ hours: 1 }), whole: Temporal.Duration.from({ hours: 12 }) },
  strong: { idle: Temporal.Duration.from({ hours: 1 }), whole: Temporal.Duration.from({ hours: 12 }) },
  staff: { idle: Temporal.Duration.from({ hours: 4 }), whole: Temporal.Duration.from({ hours: 12 }) },
};

/** What `find_session` answers. */
export interface FoundSession {
  session: string;
  kind: SessionKind;
  person: string;
  given: string;
  family: string;
  mail: string | null;
  language: "fi" | "sv" | "en";
  roles: readonly HeldRole[];
  /** In whose name they act; null when they chose nobody, and when it does not hold any more. */
  organisation: { id: string; name: string; role: OrganisationRole } | null;
  mandate: { id: string; person: string; name: string; matters: readonly string[] } | null;
  helped: { person: string; name: string; reason: string } | null;
}

/** As whom the person acts. Only the city's own directory gives the rights of its staff. */
export function actorOf(found: FoundSession): Actor {
  const { person, kind, roles, organisation, mandate, helped } = found;
  if (kind === "staff")
    return helped
      ? { kind, person, roles, helps: { person: helped.person, reason: helped.reason } }
      : { kind, person, roles };
  const assurance: Assurance = kind;
  const behalf = mandate && { mandate: mandate.id, person: mandate.person, matters: mandate.matters };
  const base = { person, assurance, ...(behalf && { behalf }) };
  return organisation
    ? { kind: "member", ...base, organisation: organisation.id, role: organisation.role }
    : { kind: "resident", ...base };
}

/** Those in whose name they act: "Esimerkki Oy", "Maija Virtanen", "Esimerkki Oy, Maija Virtanen". */
export const actingAsOf = ({ organisation, mandate, helped }: FoundSession): string | null =>
  [organisation?.name, mandate?.name, helped?.name].filter((name) => name !== undefined).join(", ") || null;

/** "Aino Laine"; of who signed in by mail, the address, since nothing else is known. */
export const nameOf = ({ given, family, mail }: Pick<FoundSession, "given" | "family" | "mail">): string =>
  `${given} ${family}`.trim() || (mail ?? "");
