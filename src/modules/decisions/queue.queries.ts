/** SQL of documents that wait to be loaded. Row-level security shows a tenant its own: set by withTx(db, tenant, …). */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Tenant } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { joinBytes, rowsAs } from "#core/rows.ts";

export interface IncomingRow {
  sha256: string;
  bytes: Buffer;
  sourceName: string;
}

/** Adds those that do not wait already; answers with how many these are. */
export async function insertIncoming(
  tx: Tx,
  city: Tenant,
  documents: readonly IncomingRow[],
  now: Temporal.Instant,
): Promise<number> {
  const { bytes, rows } = joinBytes(documents);
  const { numAffectedRows } = await sql`
    insert into incoming_document (city, sha256, bytes, source_name, received_at)
    select ${city}, sha256, substring(${bytes}::bytea from start for length), "sourceName", ${now.toString()}::timestamptz
    from ${rowsAs(rows, `sha256 text, "sourceName" text, start int, length int`)}
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0);
}

/** The oldest ones: at most `count`, and of those the first and as many more as have at most `maxBytes` together. */
export async function selectIncoming(tx: Tx, city: Tenant, count: number, maxBytes: number): Promise<IncomingRow[]> {
  const { rows } = await sql<IncomingRow>`
    select sha256, bytes, source_name as "sourceName"
    from (
      select *, sum(octet_length(bytes)) over (order by received_at, sha256) as bytes_so_far
      from (
        select * from incoming_document where city = ${city} order by received_at, sha256 limit ${count}
      ) as oldest
    ) as summed
    where bytes_so_far <= greatest(${maxBytes}::bigint, octet_length(bytes))
    order by received_at, sha256`.execute(tx);
  return rows;
}

export async function deleteIncoming(tx: Tx, city: Tenant, sha256s: readonly string[]): Promise<void> {
  await tx
    .deleteFrom("incoming_document")
    .where("city", "=", city)
    .where(sql<boolean>`sha256 = any(${sql.val([...sha256s])}::text[])`)
    .execute();
}

/** One at a time takes a tenant's documents; held until the transaction ends. */
export async function lockIncoming(tx: Tx, city: Tenant): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('incoming documents'), hashtext(${city}))`.execute(tx);
}
