/** Documents that could not be read, for tests of where they wait. */
import type { Tenant } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { upsertUnread } from "#modules/decisions/unread.queries.ts";
import type { TestApp } from "./app.ts";

/** One more on the pile of that city, or of no known one; its hash. `digit` sets it apart from others. */
export async function keepUnread(
  { db, clock }: Pick<TestApp, "db" | "clock">,
  city: Tenant,
  { digit = "0", sourceName = "x" } = {},
): Promise<string> {
  const sha256 = digit.repeat(64);
  const reason = { code: "noText", detail: "" } as const;
  const document = { city, sha256, bytes: Buffer.from(sourceName), sourceName, reason } as const;
  await withTx(db, city, (tx) => upsertUnread(tx, document, clock.now()));
  return sha256;
}
