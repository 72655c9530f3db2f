/** Making an API key. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { beginningOf, KEY_RATE, MOST_KEYS, newKey, type WantedKey } from "./key.ts";
import { tellOwner } from "./key-notice.ts";
import { mayManageKeys, organisationOfKeys } from "./policy.ts";
import { countKeys, insertKey, lockMaker } from "./queries.ts";

export interface MadeKey {
  /** Whole, this once: afterwards only its hash is known. */
  key: string;
  name: string;
}

/**
 * Of an organisation when the actor acts as its owner, else of the person. Null when they have as many as one may have.
 * `language`: of the mail to the organisation.
 */
export async function makeKey(
  tx: Tx,
  actor: Actor,
  wanted: WantedKey,
  language: Language,
  now: Temporal.Instant,
): Promise<MadeKey | null> {
  authorise(actor, mayManageKeys);
  const person = requirePerson(actor);
  await lockMaker(tx, person);
  if ((await countKeys(tx, person, now)) >= MOST_KEYS) return null;
  const [id, key] = [newId(now), newKey()];
  const owner = { person, organisation: organisationOfKeys(actor) };
  const row = { ...wanted, ...owner, id, key, beginning: beginningOf(key), rate: KEY_RATE };
  await insertKey(tx, row, now);
  const act = { city: "joint", action: "create", subjectKind: "api_key", subjectId: id, about: person } as const;
  await recordAudit(tx, actor, act, now);
  await tellOwner(tx, row, "made", language, now);
  return { key, name: wanted.name };
}
