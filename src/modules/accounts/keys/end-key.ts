/** Ending an API key: the next request that brings it is refused. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { tellOwner } from "./key-notice.ts";
import { mayManageKeys, organisationOfKeys } from "./policy.ts";
import { endKeyRow, type KeyOwner, type KeyRow, selectOptionalKey } from "./queries.ts";

/** As whom the actor has keys: as the organisation they act for, else as themself. */
export const keyOwnerOf = (actor: Actor): KeyOwner => ({
  person: requirePerson(actor),
  organisation: organisationOfKeys(actor),
});

/** A key of the person's own, or of the organisation they act for. Errors: Missing. */
export async function selectOwnKey(tx: Tx, actor: Actor, id: string): Promise<KeyRow> {
  authorise(actor, mayManageKeys);
  const owner = keyOwnerOf(actor);
  const own = await selectOptionalKey(tx, id, { ...owner, organisation: null });
  const key = own ?? (owner.organisation === null ? undefined : await selectOptionalKey(tx, id, owner));
  if (!key) throw missing(`API key ${id}`);
  return key;
}

/** Ended already: nothing happens, since it is as was wanted. `language`: of the mail to the organisation. Errors: Missing. */
export async function endKey(
  tx: Tx,
  actor: Actor,
  id: string,
  language: Language,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayManageKeys);
  const key = await selectOwnKey(tx, actor, id);
  if (!(await endKeyRow(tx, id, now))) return;
  const act = { city: "joint", action: "end", subjectKind: "api_key", subjectId: id, about: key.person } as const;
  await recordAudit(tx, actor, act, now);
  await tellOwner(tx, key, "ended", language, now);
}
