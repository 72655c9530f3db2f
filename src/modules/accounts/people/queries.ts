/** SQL of persons: their own row, seen by themselves only. */
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";

export interface PersonRow {
  given: string;
  family: string;
  mail: string | null;
  language: Language;
  createdAt: Date;
}

/** Errors: throws when the person is not there, or is another than the transaction's. */
export async function selectPerson(tx: Tx, id: string): Promise<PersonRow> {
  return tx
    .selectFrom("person")
    .select(["given_name as given", "family_name as family", "mail", "language", "created_at as createdAt"])
    .where("id", "=", id)
    .$narrowType<{ language: Language }>()
    .executeTakeFirstOrThrow();
}
