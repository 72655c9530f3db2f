/** SQL of erasures. Row-level security shows a person their own; the receipt's link finds one by its secret alone. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import type { Erased } from "#core/retention.ts";
import { hashSecret } from "#core/secrets.ts";

export interface ErasableRow {
  mail: string | null;
  language: Language;
  erasedAt: Date | null;
}

/** Keeps everybody else from the person's row until the end of the transaction. Undefined when there is no such person. */
export async function lockPerson(tx: Tx, person: string): Promise<ErasableRow | undefined> {
  return tx
    .selectFrom("person")
    .select(["mail", "language", "erased_at as erasedAt"])
    .where("id", "=", person)
    .forUpdate()
    .$narrowType<{ language: Language }>()
    .executeTakeFirst();
}

export async function insertErasure(
  tx: Tx,
  erasure: { person: string; receipt: string; mail: string | null; language: Language; sources: readonly string[] },
  now: Temporal.Instant,
): Promise<void> {
  const { person, receipt, mail, language, sources } = erasure;
  await tx
    .insertInto("erasure")
    .values({ person, asked_at: now.toString(), receipt_hash: hashSecret(receipt), mail, language })
    .execute();
  await tx
    .insertInto("erasure_part")
    .values(sources.map((source) => ({ person, source, state: "waiting", changed_at: now.toString() })))
    .execute();
}

export interface ErasureRow {
  mail: string | null;
  language: Language;
  toldAt: Date | null;
  finishedAt: Date | null;
}

/** The person's erasure. Its parts go one after the other: each waits here for the one before. */
export async function lockErasure(tx: Tx, person: string): Promise<ErasureRow | undefined> {
  return tx
    .selectFrom("erasure")
    .select(["mail", "language", "told_at as toldAt", "finished_at as finishedAt"])
    .where("person", "=", person)
    .forUpdate()
    .$narrowType<{ language: Language }>()
    .executeTakeFirst();
}

export interface PartRow {
  source: string;
  state: "waiting" | "failed" | "erased";
  result: Erased | null;
}

/** More sources than there are. */
const MOST_PARTS = 1000;

export async function selectParts(tx: Tx, person: string): Promise<PartRow[]> {
  return tx
    .selectFrom("erasure_part")
    .select(["source", "state", "result"])
    .where("person", "=", person)
    .orderBy("source")
    .limit(MOST_PARTS)
    .$castTo<PartRow>()
    .execute();
}

/** False when it was erased already. */
export async function isPartOpen(tx: Tx, person: string, source: string): Promise<boolean> {
  const row = await tx
    .selectFrom("erasure_part")
    .select("state")
    .where("person", "=", person)
    .where("source", "=", source)
    .executeTakeFirst();
  return row !== undefined && row.state !== "erased";
}

/** False while a part waits or has failed, and when no erasure was asked for. */
export async function isAllErased(tx: Tx, person: string): Promise<boolean> {
  const parts = await selectParts(tx, person);
  return parts.length > 0 && parts.every(({ state }) => state === "erased");
}

/** Without a result: it failed. What is erased stays so. */
export async function updatePart(
  tx: Tx,
  part: { person: string; source: string; result: Erased | null },
  now: Temporal.Instant,
): Promise<void> {
  const { person, source, result } = part;
  await tx
    .updateTable("erasure_part")
    .set({
      state: result ? "erased" : "failed",
      result: result && JSON.stringify(result),
      changed_at: now.toString(),
    })
    .where("person", "=", person)
    .where("source", "=", source)
    .where("state", "<>", "erased")
    .execute();
}

/** Notes that the receipt was sent; with `isFinished`, that nothing is left, and so where it went is forgotten. */
export async function updateTold(tx: Tx, person: string, isFinished: boolean, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable("erasure")
    .set({ told_at: now.toString(), ...(isFinished && { finished_at: now.toString(), mail: null }) })
    .where("person", "=", person)
    .execute();
}

export interface FoundErasure {
  askedAt: string;
  parts: PartRow[];
}

/** The erasure of a receipt's link, for who holds it. */
export async function selectOptionalErasure(
  db: Db,
  receipt: string,
  since: Temporal.Instant,
): Promise<FoundErasure | null> {
  const { rows } = await sql<{ found: FoundErasure | null }>`
    select find_erasure(${hashSecret(receipt)}, ${since.toString()}) as found`.execute(db);
  return rows[0]?.found ?? null;
}

/** Parts that are still open and have not been tried since `before`, oldest first. */
export async function selectOverdue(
  tx: Tx,
  before: Temporal.Instant,
  limit: number,
): Promise<{ person: string; source: string }[]> {
  const { rows } = await sql<{ person: string; source: string }>`
    select person, source from overdue_erasures(${before.toString()}, ${limit})`.execute(tx);
  return rows;
}

export async function sweepRecords(db: Db, now: Temporal.Instant): Promise<void> {
  await sql`select sweep_records(${now.toString()})`.execute(db);
}
