/** SQL of visits to Suomi.fi e-Authorizations. Row-level security shows a person their own. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Tx } from "#core/db.ts";
import { hashSecret } from "#core/secrets.ts";

export interface VisitRow {
  id: string;
  sealed: string;
}

export async function insertVisit(
  tx: Tx,
  visit: VisitRow & { state: string; person: string; expiresAt: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto("authorization_visit")
    .values({
      id: visit.id,
      state_hash: hashSecret(visit.state),
      person: visit.person,
      sealed: visit.sealed,
      expires_at: visit.expiresAt.toString(),
    })
    .execute();
}

/** The visit that comes back with this state, once. */
export async function takeVisitOfState(tx: Tx, state: string, now: Temporal.Instant): Promise<VisitRow | undefined> {
  return tx
    .updateTable("authorization_visit")
    .set({ state_hash: null })
    .where("state_hash", "=", hashSecret(state))
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .returning(["id", "sealed"])
    .executeTakeFirst();
}

export async function updateVisit(tx: Tx, { id, sealed }: VisitRow): Promise<void> {
  await tx.updateTable("authorization_visit").set({ sealed }).where("id", "=", id).execute();
}

/** One that has come back. */
export async function selectOptionalVisit(tx: Tx, id: string, now: Temporal.Instant): Promise<VisitRow | undefined> {
  return tx
    .selectFrom("authorization_visit")
    .select(["id", "sealed"])
    .where("id", "=", id)
    .where("state_hash", "is", null)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .executeTakeFirst();
}

export async function deleteVisit(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom("authorization_visit").where("id", "=", id).execute();
}

/** The person's own code as it is sealed; undefined when they have never identified themself. */
export async function selectOptionalSealedCode(tx: Tx, person: string): Promise<string | undefined> {
  const row = await tx
    .selectFrom("person_identity")
    .select("sealed")
    .where("person", "=", person)
    .where("kind", "=", "strong")
    .where("sealed", "is not", null)
    .orderBy("added_at", "desc")
    .limit(1)
    .executeTakeFirst();
  return row?.sealed ?? undefined;
}
