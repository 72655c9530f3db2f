/** SQL of helping at the desk. The function finds a resident for an advisor of the transaction's city only. */
import { sql } from "kysely";
import type { Tx } from "#core/db.ts";

/** The person whose code or confirmed address it is, by any of these hashes; null when nobody's. */
export async function selectOptionalCustomer(
  tx: Tx,
  kind: "strong" | "mail",
  fingerprints: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ person: string | null }>`
    select find_customer(${kind}, ${[...fingerprints]}::text[]) as person`.execute(tx);
  return rows[0]?.person ?? null;
}

/** Whom that session of the advisor's helps from now on, and why; null = nobody. */
export async function updateHelped(
  tx: Tx,
  person: string,
  session: string,
  helped: { person: string; reason: string } | null,
): Promise<void> {
  await tx
    .updateTable("session")
    .set({ helped_person: helped?.person ?? null, helped_reason: helped?.reason ?? null })
    .where("id", "=", session)
    .where("person", "=", person)
    .where("kind", "=", "staff")
    .execute();
}
