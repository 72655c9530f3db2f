/** Who read or changed private data, in the transaction of the act. The serving role can add rows and read its city's; nothing else. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, describeActor, personOf } from "./actor.ts";
import type { Tenant } from "./cities.ts";
import type { Tx } from "./db.ts";
import { newId } from "./ids.ts";

/**
 * What can be done. People read on their own pages what was done with their data: whoever adds a verb here, or a kind of subject, gives it
 * words there (accounts/me/act-words.ts), which the type checker asks for.
 */
export const VERBS = [
  ...["signIn", "signOut", "list", "open", "search", "change", "confirm", "download", "erase", "create", "end"],
  ...["claim", "approve", "refuse", "merge", "invite", "join", "cancel", "withdraw", "act", "help", "stopHelping"],
  ...[
    "offer",
    "resend",
    "take",
    "decline",
    "revoke",
    "layDown",
    "authorize",
    "stopActing",
    "recordGuardian",
    "endGuardian",
  ],
  ...["giveRole", "changeRole", "endRole", "takeInvitation"],
] as const;
export type Verb = (typeof VERBS)[number];

export const SUBJECT_KINDS = [
  ...["person", "session", "mail_address", "mandate", "api_key", "staff_role", "staff_invitation", "unread_document"],
  ...["organisation", "organisation_member", "organisation_invitation", "organisation_claim"],
] as const;
export type SubjectKind = (typeof SUBJECT_KINDS)[number];

export interface Act {
  /** In which city's matters; 'joint' for what belongs to no city. */
  city: Tenant;
  /** A verb, and for programs of whom or what: "change", "change to owner". */
  action: Verb | `${Verb} ${string}`;
  subjectKind: SubjectKind;
  subjectId: string;
  /** The person whose data it was: they can see the row on their own pages, whatever the city. */
  about?: string | null;
  /** Why, in the words of who acted, where the act needs a reason. */
  reason?: string;
}

/** Records one act. The transaction must have been opened for the same tenant. */
export async function recordAudit(tx: Tx, actor: Actor, act: Act, now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto("audit")
    .values({
      city: act.city,
      id: newId(now),
      at: now.toString(),
      actor: describeActor(actor),
      action: act.action,
      subject_kind: act.subjectKind,
      subject_id: act.subjectId,
      person: personOf(actor),
      organisation: actor.kind === "member" || actor.kind === "key" ? actor.organisation : null,
      on_behalf_of: onBehalfOf(actor),
      unit: actor.kind === "staff" ? unitOf(actor, act.city) : null,
      about: act.about ?? null,
      reason: act.reason ?? (actor.kind === "staff" ? (actor.helps?.reason ?? null) : null),
    })
    .execute();
}

function onBehalfOf(actor: Actor): string | null {
  if (actor.kind === "staff") return actor.helps?.person ?? null;
  return "behalf" in actor ? (actor.behalf?.person ?? null) : null;
}

/** "advisor, registrar/west": in which roles somebody looked is what people are told about them, besides the reason. */
function unitOf({ roles }: Extract<Actor, { kind: "staff" }>, city: Tenant): string | null {
  const held = roles.filter((one) => one.city === city);
  return held.map(({ role, scope }) => (scope === null ? role : `${role}/${scope}`)).join(", ") || null;
}
