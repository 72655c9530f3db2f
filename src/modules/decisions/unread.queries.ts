/** SQL of documents that could not be read. Row-level security shows a city its own: set by withTx(db, tenant, …). */
import type { Temporal } from "temporal-polyfill";
import { sql } from "kysely";
import type { Tenant } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import type { Unreadable } from "./reading.ts";

/** Keeps the document with the reason; tried again, it counts up. */
export async function upsertUnread(
  tx: Tx,
  document: { city: Tenant; sha256: string; bytes: Buffer; sourceName: string; reason: Unreadable },
  now: Temporal.Instant,
): Promise<void> {
  const reason = {
    reason_code: document.reason.code,
    reason_detail: document.reason.detail,
    last_tried_at: now.toString(),
  };
  await tx
    .insertInto("unread_document")
    .values({
      city: document.city,
      sha256: document.sha256,
      bytes: document.bytes,
      source_name: document.sourceName,
      received_at: now.toString(),
      ...reason,
    })
    .onConflict((oc) =>
      oc.columns(["city", "sha256"]).doUpdateSet({ ...reason, tries: sql`unread_document.tries + 1` }),
    )
    .execute();
}

/** Documents that are read now leave the pile. */
export async function deleteUnread(tx: Tx, city: Tenant, sha256s: readonly string[]): Promise<void> {
  await tx
    .deleteFrom("unread_document")
    .where("city", "=", city)
    .where("sha256", "in", [...sha256s])
    .execute();
}

export interface UnreadRow {
  sha256: string;
  sourceName: string;
  reasonCode: string;
  reasonDetail: string;
  bytes: number;
  tries: number;
  receivedAt: Date;
}

/** The pile of one city, newest first, at most `limit`. */
export async function selectUnread(tx: Tx, city: Tenant, limit: number): Promise<UnreadRow[]> {
  return tx
    .selectFrom("unread_document")
    .select([
      "sha256",
      "source_name as sourceName",
      "reason_code as reasonCode",
      "reason_detail as reasonDetail",
      sql<number>`octet_length(bytes)`.as("bytes"),
      "tries",
      "received_at as receivedAt",
    ])
    .where("city", "=", city)
    .orderBy("received_at", "desc")
    .orderBy("sha256")
    .limit(limit)
    .execute();
}

/** Bytes and name of one document of the pile. */
export async function selectOptionalUnreadBytes(
  tx: Tx,
  city: Tenant,
  sha256: string,
): Promise<{ bytes: Buffer; sourceName: string } | undefined> {
  return tx
    .selectFrom("unread_document")
    .select(["bytes", "source_name as sourceName"])
    .where("city", "=", city)
    .where("sha256", "=", sha256)
    .executeTakeFirst();
}
