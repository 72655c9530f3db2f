/**
 * The public change log: one row for each public write, in the same transaction. Feeds, search indexing, sync interfaces and
 * page caching read this one log by a cursor.
 *
 * Why the cursor never skips: numbers of a sequence are given before commit, so number 8 can be visible while 7 is still
 * open. A reader who then moved on to 8 would never see 7. So rows are ordered by their transaction's number and a reader
 * gets only rows below the oldest transaction that is still open (change_horizon): nothing can appear below that any more.
 */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Tenant } from "./cities.ts";
import { type Actor, describeActor } from "./actor.ts";
import type { Db, Tx } from "./db.ts";
import { invalid } from "./errors.ts";
import { rowsAs } from "./rows.ts";

export type ChangeVerb = "published" | "changed" | "deleted";

export interface Change {
  city: Tenant;
  kind: string;
  id: string;
  verb: ChangeVerb;
  /** ISO instant, UTC. */
  at: string;
  /** Place in the log just after this row; continue from here. */
  cursor: Cursor;
}

/** Opaque to others: "transaction.number". Compare for equality only. */
export type Cursor = string & { readonly brand: "Cursor" };
export const START = "0.0" as Cursor;

/** A cursor from outside. Throws Invalid when it is not one. */
export function parseCursor(text: string): Cursor {
  if (!/^\d{1,18}\.\d{1,18}$/.test(text))
    throw invalid("not a cursor", [{ field: "after", message: "Use the cursor of an earlier answer." }]);
  return text as Cursor;
}

const split = (cursor: Cursor): [tx: string, seq: string] => {
  const [tx = "0", seq = "0"] = cursor.split(".");
  return [tx, seq];
};

export interface PublicWrite {
  city: Tenant;
  kind: string;
  id: string;
  verb: ChangeVerb;
}

/** Writes one row of the log. Call it in every action that changes something public. */
export const recordChange = (tx: Tx, actor: Actor, write: PublicWrite, now: Temporal.Instant): Promise<void> =>
  recordChanges(tx, actor, [write], now);

/** Writes a row of the log for each, in their order. */
export async function recordChanges(
  tx: Tx,
  actor: Actor,
  writes: readonly PublicWrite[],
  now: Temporal.Instant,
): Promise<void> {
  if (writes.length === 0) return;
  await sql`
    insert into change (city, kind, id, verb, actor, at)
    select city, kind, id, verb, ${describeActor(actor)}, ${now.toString()}::timestamptz
    from ${rowsAs(writes, "city text, kind text, id uuid, verb text")}`.execute(tx);
}

/** Changes after the cursor, oldest first, of one city or all; `cursor` is where to go on, also when nothing came. */
export async function readChanges(
  db: Db,
  options: { after: Cursor; limit: number; city?: Tenant | undefined },
): Promise<{ changes: Change[]; cursor: Cursor }> {
  const [tx, seq] = split(options.after);
  let query = db
    .selectFrom("change")
    .select(["city", "kind", "id", "verb", "at", "tx", "seq"])
    .where(sql<boolean>`(tx, seq) > (${tx}::bigint, ${seq}::bigint) and tx < change_horizon()`)
    .orderBy("tx")
    .orderBy("seq")
    .limit(options.limit);
  if (options.city) query = query.where("city", "=", options.city);
  const changes = (await query.execute()).map((row): Change => ({
    city: row.city as Tenant,
    kind: row.kind,
    id: row.id,
    verb: row.verb as ChangeVerb,
    at: row.at.toISOString(),
    cursor: `${row.tx}.${row.seq}` as Cursor,
  }));
  return { changes, cursor: changes.at(-1)?.cursor ?? options.after };
}

/** The newest place that a reader can have reached: who reads everything at once goes on from here. */
export async function readEnd(db: Db): Promise<Cursor> {
  const { rows } = await sql<{ cursor: Cursor }>`
    select tx || '.' || seq as cursor from change where tx < change_horizon() order by tx desc, seq desc limit 1`.execute(
    db,
  );
  return rows[0]?.cursor ?? START;
}

/**
 * A token that differs whenever any public row became visible since: the newest settled row, and how many rows are visible
 * already though an older transaction is still open. Pages and their ETags are keyed by it.
 */
export async function readPageVersion(db: Db): Promise<string> {
  const { rows } = await sql<{ version: string }>`
    select coalesce((select tx || '.' || seq from change where tx < horizon order by tx desc, seq desc limit 1), '0.0')
           || '+' || (select count(*) from change where tx >= horizon) as version
    from (select change_horizon() as horizon) as h`.execute(db);
  const version = rows[0]?.version;
  if (version === undefined) throw new Error("the change log has no version");
  return version;
}

/** Whether rows are visible that no reader gets yet, since a transaction older than them is still open. */
export async function hasUnsettledChanges(db: Db): Promise<boolean> {
  const { rows } = await sql<{ has: boolean }>`
    select exists (select from change where tx >= change_horizon()) as has`.execute(db);
  return rows[0]?.has === true;
}
