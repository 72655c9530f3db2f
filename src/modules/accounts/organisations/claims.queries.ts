/** SQL of claims: a city sees those that it shall look at, a person their own. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { CityCode } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";

export interface NewClaim {
  city: CityCode;
  id: string;
  organisation: string;
  person: string;
  grounds: string;
}

/** False when the person has an open claim of that organisation already, in whatever city. */
export async function insertClaim(tx: Tx, claim: NewClaim, now: Temporal.Instant): Promise<boolean> {
  const { numInsertedOrUpdatedRows = 0n } = await tx
    .insertInto("organisation_claim")
    .values({ ...claim, state: "open", created_at: now.toString() })
    .onConflict((oc) =>
      oc
        .columns(["organisation", "person"])
        .where(sql<boolean>`state = 'open'`)
        .doNothing(),
    )
    .executeTakeFirst();
  return numInsertedOrUpdatedRows > 0n;
}

export type ClaimState = "open" | "approved" | "refused";

export interface OwnClaim {
  id: string;
  city: CityCode;
  name: string;
  organisation: string;
  createdAt: Date;
  state: ClaimState;
  answer: string | null;
}

/** The person's own claims, newest first. */
export async function selectOwnClaims(tx: Tx, person: string, limit: number): Promise<OwnClaim[]> {
  return tx
    .selectFrom("organisation_claim as claim")
    .innerJoin("organisation", "organisation.id", "claim.organisation")
    .select([
      "claim.id",
      "claim.city",
      "organisation.id as organisation",
      "organisation.name",
      "claim.created_at as createdAt",
      "claim.state",
      "claim.answer",
    ])
    .where("claim.person", "=", person)
    .orderBy("claim.created_at", "desc")
    .limit(limit)
    .$narrowType<{ city: CityCode; state: ClaimState }>()
    .execute();
}

export interface ClaimLine {
  id: string;
  name: string;
  businessId: string | null;
  createdAt: Date;
}

/** Open claims of a city, oldest first. */
export async function selectOpenClaims(tx: Tx, city: CityCode, limit: number): Promise<ClaimLine[]> {
  return tx
    .selectFrom("organisation_claim as claim")
    .innerJoin("organisation", "organisation.id", "claim.organisation")
    .select([
      "claim.id",
      "organisation.name",
      "organisation.business_id as businessId",
      "claim.created_at as createdAt",
    ])
    .where("claim.city", "=", city)
    .where("claim.state", "=", "open")
    .orderBy("claim.created_at")
    .limit(limit)
    .execute();
}

export interface Claim {
  id: string;
  organisation: string;
  name: string;
  person: string;
  grounds: string;
  createdAt: Date;
  state: ClaimState;
}

export async function selectOptionalClaim(tx: Tx, city: CityCode, id: string): Promise<Claim | undefined> {
  return tx
    .selectFrom("organisation_claim as claim")
    .innerJoin("organisation", "organisation.id", "claim.organisation")
    .select([
      "claim.id",
      "claim.organisation",
      "organisation.name",
      "claim.person",
      "claim.grounds",
      "claim.created_at as createdAt",
      "claim.state",
    ])
    .where("claim.city", "=", city)
    .where("claim.id", "=", id)
    .$narrowType<{ state: ClaimState }>()
    .executeTakeFirst();
}

export interface Decision {
  state: Exclude<ClaimState, "open">;
  decidedBy: string | null;
  answer: string;
}

/** False when it was decided before: of two who decide at once, the first has. */
export async function decideClaim(
  tx: Tx,
  city: CityCode,
  id: string,
  { state, decidedBy, answer }: Decision,
  now: Temporal.Instant,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("organisation_claim")
    .set({ state, decided_by: decidedBy, answer, decided_at: now.toString() })
    .where("city", "=", city)
    .where("id", "=", id)
    .where("state", "=", "open")
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Makes the claimant of an approved claim an owner. */
export async function makeOwnerByClaim(
  tx: Tx,
  city: CityCode,
  claim: string,
  member: string,
  now: Temporal.Instant,
): Promise<void> {
  await sql`select make_owner_by_claim(${city}, ${claim}, ${now.toString()}, ${member})`.execute(tx);
}
