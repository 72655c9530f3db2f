/** What registrars do with documents that could not be read. Reading them is audited: they may hold anything. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { CityCode, Tenant } from "#core/cities.ts";
import { type Db, withTx } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { mayReadUnread } from "./policy.ts";
import { selectOptionalUnreadBytes, selectUnread, type UnreadRow } from "./unread.queries.ts";

export const UNREAD_SHOWN = 200;

/** The pile of one city, newest first, at most 200. Errors: Forbidden. */
export async function listUnread(db: Db, actor: Actor, city: Tenant, now: Temporal.Instant): Promise<UnreadRow[]> {
  authorise(actor, mayReadUnread(city));
  return withTx(db, city, async (tx) => {
    await recordAudit(tx, actor, { city, action: "list", subjectKind: "unread_document", subjectId: "all" }, now);
    return selectUnread(tx, city, UNREAD_SHOWN);
  });
}

/** One document of the pile, as it came. Errors: Forbidden, Missing. */
export async function openUnread(
  db: Db,
  actor: Actor,
  city: CityCode,
  sha256: string,
  now: Temporal.Instant,
): Promise<{ bytes: Buffer; sourceName: string }> {
  authorise(actor, mayReadUnread(city));
  return withTx(db, city, async (tx) => {
    const document = await selectOptionalUnreadBytes(tx, city, sha256);
    if (!document) throw missing(`unread document ${sha256}`);
    await recordAudit(tx, actor, { city, action: "open", subjectKind: "unread_document", subjectId: sha256 }, now);
    return document;
  });
}
