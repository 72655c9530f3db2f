/** Who read or changed private data, in the transaction of the act. The serving role can add rows and read its city's; nothing else. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, describeActor } from "./actor.ts";
import type { Tenant } from "./cities.ts";
import type { Tx } from "./db.ts";
import { newId } from "./ids.ts";

/** Records one act. `withTx` must have been opened for the same tenant. */
export async function recordAudit(
  tx: Tx,
  actor: Actor,
  act: { city: Tenant; action: string; subjectKind: string; subjectId: string },
  now: Temporal.Instant,
): Promise<void> {
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
    })
    .execute();
}
