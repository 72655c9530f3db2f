/** SQL of helping at the desk. The function finds a resident for an advisor of the transaction's city only. */
import { sql } from "kysely";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";

export interface Customer {
  id: string;
  given: string;
  family: string;
  mail: string | null;
  language: Language;
}

/** Whose code or confirmed address it is, by any of these hashes. */
export async function selectOptionalCustomer(
  tx: Tx,
  kind: "strong" | "mail",
  fingerprints: readonly string[],
): Promise<Customer | undefined> {
  const { rows } = await sql<Customer>`
    select * from find_customer(${kind}, ${[...fingerprints]}::text[])`.execute(tx);
  return rows[0];
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
