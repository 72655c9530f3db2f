/** SQL of the search's own state: which index is live, how far it knows the change log. */
import { sql } from "kysely";
import { type Cursor, parseCursor } from "#core/change.ts";
import type { Db, Tx } from "#core/db.ts";

export interface IndexState {
  folder: string | null;
  layout: number;
  /** What the terms were made by: "voikko" or "snowball". */
  terms: string;
  cursor: Cursor;
}

export async function selectIndexState(db: Db): Promise<IndexState> {
  const row = await db
    .selectFrom("search_index")
    .select(["folder", "layout", "terms", "cursor"])
    .executeTakeFirstOrThrow();
  return { ...row, cursor: parseCursor(row.cursor) };
}

/** Another folder is the live one from now on. */
export async function updateIndexState(db: Db, state: IndexState): Promise<void> {
  await db.updateTable("search_index").set(state).execute();
}

export async function updateIndexCursor(db: Db, cursor: Cursor): Promise<void> {
  await db.updateTable("search_index").set({ cursor }).execute();
}

/** One writer at a time over all processes; held until the transaction ends. */
export async function lockIndex(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('search index'))`.execute(tx);
}
