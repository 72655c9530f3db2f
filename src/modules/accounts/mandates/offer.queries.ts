/** SQL of offers: what a link opens, and its answers. */
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import type { Tx } from "#core/db.ts";
import { hashSecret } from "#core/secrets.ts";
import { isMatter, type Matter } from "./mandate.ts";

export interface Offer {
  id: string;
  giver: string;
  giverName: string;
  matters: readonly Matter[];
  validFrom: Temporal.PlainDate;
  validUntil: Temporal.PlainDate;
}

interface OfferRow {
  id: string;
  giver: string;
  giver_name: string;
  matters: string[];
  valid_from: string;
  valid_until: string;
}

/** The offer of a link; undefined when the link is used, too old, or none. */
export async function selectOptionalOffer(
  tx: Tx,
  token: string,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
): Promise<Offer | undefined> {
  const { rows } = await sql<OfferRow>`
    select * from find_mandate_offer(${hashSecret(token)}, ${now.toString()}, ${today.toString()})`.execute(tx);
  const [row] = rows;
  if (!row) return undefined;
  return {
    id: row.id,
    giver: row.giver,
    giverName: row.giver_name,
    matters: row.matters.filter(isMatter),
    validFrom: Temporal.PlainDate.from(row.valid_from),
    validUntil: Temporal.PlainDate.from(row.valid_until),
  };
}

/** Takes the offer for the transaction's person, or an organisation that they bind: its id, or null when it is not to be had. */
export async function takeOffer(
  tx: Tx,
  token: string,
  organisation: string | null,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select take_mandate(${hashSecret(token)}, ${organisation}, ${now.toString()}, ${today.toString()}) as id`.execute(
    tx,
  );
  return rows[0]?.id ?? null;
}

/** The same, with a no. */
export async function declineOffer(
  tx: Tx,
  token: string,
  now: Temporal.Instant,
  today: Temporal.PlainDate,
): Promise<string | null> {
  const { rows } = await sql<{ id: string | null }>`
    select decline_mandate(${hashSecret(token)}, ${now.toString()}, ${today.toString()}) as id`.execute(tx);
  return rows[0]?.id ?? null;
}

/** An organisation that the person may bind, as its owner or signatory. */
export interface BoundOrganisation {
  id: string;
  name: string;
  role: "owner" | "signatory";
}

export async function selectBoundOrganisations(tx: Tx, person: string, limit: number): Promise<BoundOrganisation[]> {
  return tx
    .selectFrom("organisation_member")
    .innerJoin("organisation", "organisation.id", "organisation_member.organisation")
    .select(["organisation.id", "organisation.name", "organisation_member.role"])
    .where("organisation_member.person", "=", person)
    .where("organisation_member.until", "is", null)
    .where("organisation_member.role", "in", ["owner", "signatory"])
    .where("organisation.state", "=", "active")
    .orderBy("organisation.name")
    .limit(limit)
    .$narrowType<{ role: BoundOrganisation["role"] }>()
    .execute();
}
