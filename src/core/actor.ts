/**
 * Who acts. Every action takes an Actor and asks on its first line whether it may; what no rule allows is refused.
 * Rules are plain values (Permission), so that the same rule can be listed, tested and shown.
 */
import type { CityCode } from "./cities.ts";
import { forbidden, unauthenticated } from "./errors.ts";

export const STAFF_ROLES = [
  "advisor",
  "planner",
  "registrar",
  "coordinator",
  "programmeManager",
  "administrator",
] as const;
export type StaffRole = (typeof STAFF_ROLES)[number];

/** A role in one city, whole or limited to a unit or a category, in the city's own word for it. */
export interface HeldRole {
  city: CityCode;
  role: StaffRole;
  scope: string | null;
}

/** How surely we know who somebody is, weakest first: not at all, by a mail address, by strong electronic identification. */
export const ASSURANCES = ["none", "mail", "strong"] as const;
export type Assurance = (typeof ASSURANCES)[number];

export const ORGANISATION_ROLES = ["owner", "signatory", "member"] as const;
/** An owner runs the organisation here; a signatory binds it; a member takes part in its name. */
export type OrganisationRole = (typeof ORGANISATION_ROLES)[number];

/** Acting for another person by a mandate: whose matters, and which kinds of them. */
export interface Behalf {
  mandate: string;
  person: string;
  matters: readonly string[];
}

/** Whom a member of staff helps at the desk or on the phone, and why they look at that person's matters. */
export interface Helped {
  person: string;
  reason: string;
}

export type Actor =
  | { kind: "anonymous" }
  /** Somebody in their own matters, or, with `behalf`, in another's: both are named in what is recorded. */
  | { kind: "resident"; person: string; assurance: Assurance; behalf?: Behalf }
  /** Somebody in the name of an organisation, which may itself act for a person. */
  | {
      kind: "member";
      person: string;
      assurance: Assurance;
      organisation: string;
      role: OrganisationRole;
      behalf?: Behalf;
    }
  /** Somebody at work, signed in by the city's own directory; `helps`: a resident in front of them or on the phone. */
  | { kind: "staff"; person: string; roles: readonly HeldRole[]; helps?: Helped }
  /** A program with an API key, of a person or of an organisation. */
  | { kind: "key"; key: string; person: string; organisation: string | null; scopes: readonly string[] }
  /** The installation itself: jobs, command-line tools. `name` says which. */
  | { kind: "system"; name: string };

export const ANONYMOUS: Actor = { kind: "anonymous" };
export const system = (name: string): Actor => ({ kind: "system", name });

/** A rule of a module's policy.ts: its name for tables of rights, and whether this actor may. */
export interface Permission {
  name: string;
  allows(actor: Actor): boolean;
  /** How surely one must be known for the rule to be asked at all; left out where signing in does not help. */
  needs?: Exclude<Assurance, "none">;
}

/** Throws Unauthenticated when signing in, or signing in more surely, can help; else Forbidden. The first line of every action. */
export function authorise(actor: Actor, permission: Permission): void {
  if (permission.allows(actor)) return;
  const why = `${describeActor(actor)} may not ${permission.name}`;
  if (permission.needs && !isKnownBy(actor, permission.needs)) throw unauthenticated(why, permission.needs);
  throw forbidden(why);
}

/** Anybody may: what is public by law, the pages and the open data. Said aloud, so that it is never an omission. */
export const everybody = (name: string): Permission => ({ name, allows: () => true });

/**
 * Staff with one of these roles in the city, and the system itself. Who holds a role for a part of the city only is let in where
 * `scope` names that part; without it the rule is about the whole city.
 */
export const staffOf = (
  name: string,
  city: CityCode,
  roles: readonly StaffRole[],
  scope: string | null = null,
): Permission => ({
  name,
  needs: "mail",
  allows: (actor) =>
    actor.kind === "system" ||
    (actor.kind === "staff" &&
      actor.roles.some(
        (held) => held.city === city && roles.includes(held.role) && (held.scope === null || held.scope === scope),
      )),
});

/** Anybody who has signed in, in their own matters, in whatever role they act at the moment. */
export const signedIn = (name: string): Permission => ({
  name,
  needs: "mail",
  allows: (actor) => personOf(actor) !== null && actor.kind !== "key",
});

/** Residents in their own name, known as surely as `needs` says. Staff signs in as a resident for this, as everybody does. */
export const residents = (name: string, needs: Exclude<Assurance, "none">): Permission => ({
  name,
  needs,
  allows: (actor) => actor.kind === "resident" && actor.behalf === undefined && isKnownBy(actor, needs),
});

/** The system only: loading, indexing, migrating. */
export const systemOnly = (name: string): Permission => ({ name, allows: (actor) => actor.kind === "system" });

/** The person who acts, in whatever role; null for programs of the house and for who is not known. */
export const personOf = (actor: Actor): string | null => ("person" in actor ? actor.person : null);

/** Errors: Unauthenticated when nobody is known. */
export function requirePerson(actor: Actor): string {
  const person = personOf(actor);
  if (person === null) throw unauthenticated(`${describeActor(actor)} is no person`);
  return person;
}

export const isAtLeast = (held: Assurance, wanted: Assurance): boolean =>
  ASSURANCES.indexOf(held) >= ASSURANCES.indexOf(wanted);

/** The system and a city's staff are known in their own ways, which no sign-in as a resident would better. */
function isKnownBy(actor: Actor, wanted: Assurance): boolean {
  return "assurance" in actor ? isAtLeast(actor.assurance, wanted) : actor.kind !== "anonymous";
}

/** For logs and the audit trail's role column: no names of persons. */
export const describeActor = (actor: Actor): string => (actor.kind === "system" ? `system:${actor.name}` : actor.kind);
