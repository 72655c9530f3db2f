/** Who read or changed private data, in the transaction of the act. The serving role can add rows and read its city's; nothing else. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, describeActor, personOf } from "./actor.ts";
import type { Tenant } from "./cities.ts";
import type { Tx } from "./db.ts";
import { newId } from "./ids.ts";

export interface Act {
  /** In which city's matters; 'joint' for what belongs to no city. */
  city: Tenant;
  /** "list", "open", "change", "end"… */
  action: string;
  subjectKind: string;
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
