/** SQL of mandates. Row-level security shows them to the two sides; the functions find one by the secret of its link. */
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import { hashSecret } from "#core/secrets.ts";
import { isMatter, type MandateKind, type MandateTimes, type Matter, type Voucher } from "./mandate.ts";

/** One of a person's mandates, given or taken. */
export interface Mandate extends MandateTimes {
  id: string;
  kind: MandateKind;
  vouchedBy: Voucher;
  giverName: string;
  taker: string | null;
  organisation: string | null;
  /** The taker's name; before anybody has taken it, as the giver calls them. */
  takerName: string;
  /** The person's own role in the organisation that has taken it. */
  role: string | null;
  matters: readonly Matter[];
}

interface MandateRow {
  id: string;
  kind: MandateKind;
  vouched_by: Voucher;
  giver: string;
  giver_name: string;
  taker: string | null;
  taker_organisation: string | null;
  taker_name: string | null;
  role: string | null;
  offered_to: string;
  matters: string[];
  valid_from: string;
  valid_until: string;
  taken_at: Date | null;
  ended_at: Date | null;
  ended_by: string | null;
}

/** Of the transaction's person, newest first, at most 500. */
export async function selectMandates(tx: Tx): Promise<Mandate[]> {
  const { rows } = await sql<MandateRow>`select * from my_mandates()`.execute(tx);
  return rows.map(mandateOf);
}

/** Undefined when there is none, or it is of others. */
export async function selectOptionalMandate(tx: Tx, id: string): Promise<Mandate | undefined> {
  const { rows } = await sql<MandateRow>`select * from my_mandates() where id = ${id}`.execute(tx);
  return rows[0] && mandateOf(rows[0]);
}

const daysOf = (row: { valid_from: string; valid_until: string }) => ({
  validFrom: Temporal.PlainDate.from(row.valid_from),
  validUntil: Temporal.PlainDate.from(row.valid_until),
});

function mandateOf(row: MandateRow): Mandate {
  return {
    id: row.id,
    kind: row.kind,
    vouchedBy: row.vouched_by,
    giver: row.giver,
    giverName: row.giver_name,
    taker: row.taker,
    organisation: row.taker_organisation,
    takerName: row.taker_name === null || row.taker_name === "" ? row.offered_to : row.taker_name,
    role: row.role,
    matters: row.matters.filter(isMatter),
    ...daysOf(row),
    isTaken: row.taken_at !== null,
    end: row.ended_at === null ? null : { by: row.ended_by },
  };
}

/** The secret of an offer's link, and when it stops working. */
export interface Link {
  token: string;
  expiresAt: Temporal.Instant;
}

export interface NewMandate {
  id: string;
  kind: MandateKind;
  vouchedBy: Voucher;
  giver: string;
  /** Null for an offer. */
  taker: string | null;
  offeredTo: string;
  offeredMail: string | null;
  language: Language;
  link: Link | null;
  matters: readonly Matter[];
  validFrom: Temporal.PlainDate;
  validUntil: Temporal.PlainDate;
}

/** The transaction must be the giver's. False when an offer of theirs to that address is open already. */
export async function insertMandate(tx: Tx, mandate: NewMandate, now: Temporal.Instant): Promise<boolean> {
  const { link } = mandate;
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("mandate")
    .values({
      id: mandate.id,
      kind: mandate.kind,
      vouched_by: mandate.vouchedBy,
      giver: mandate.giver,
      taker: mandate.taker,
      offered_to: mandate.offeredTo,
      offered_mail: mandate.offeredMail,
      offered_language: mandate.language,
      token_hash: link && hashSecret(link.token),
      token_expires_at: link && link.expiresAt.toString(),
      matters: [...mandate.matters],
      valid_from: mandate.validFrom.toString(),
      valid_until: mandate.validUntil.toString(),
      created_at: now.toString(),
      taken_at: mandate.taker === null ? null : now.toString(),
    })
    .onConflict((oc) => oc.doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Ends the giver's offers that have run out, so that a new one may go to the same address. */
export async function endOffersRunOut(
  tx: Tx,
  giver: string,
  today: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable("mandate")
    .set({ ended_at: now.toString(), ended_by: giver, token_hash: null, token_expires_at: null })
    .where("giver", "=", giver)
    .where("taken_at", "is", null)
    .where("ended_at", "is", null)
    .where(sql<boolean>`valid_until < ${today.toString()}`)
    .execute();
}

/** A new link in place of the old one; false when there is no such open offer of the giver's. */
export async function updateLink(
  tx: Tx,
  giver: string,
  id: string,
  link: Link,
  today: Temporal.PlainDate,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("mandate")
    .set({ token_hash: hashSecret(link.token), token_expires_at: link.expiresAt.toString() })
    .where("id", "=", id)
    .where("giver", "=", giver)
    .where("taken_at", "is", null)
    .where("ended_at", "is", null)
    .where(sql<boolean>`valid_until >= ${today.toString()}`)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** False when it had been ended before. */
export async function updateEnded(tx: Tx, id: string, by: string, now: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("mandate")
    .set({ ended_at: now.toString(), ended_by: by, token_hash: null, token_expires_at: null })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

export interface Sides {
  giver: { id: string; name: string };
  /** `id`: null for an organisation, and before anybody has taken it; `mail` is where they are written to then. */
  taker: { id: string | null; name: string; mail: string | null; language: Language };
  matters: readonly Matter[];
  validFrom: Temporal.PlainDate;
  validUntil: Temporal.PlainDate;
}

interface SidesRow {
  giver: string;
  giver_name: string;
  taker: string | null;
  taker_name: string;
  taker_mail: string | null;
  taker_language: Language;
  matters: string[];
  valid_from: string;
  valid_until: string;
}

/** Both sides of a mandate, for one of them. Errors: throws when the transaction's person is neither. */
export async function selectSides(tx: Tx, id: string): Promise<Sides> {
  const { rows } = await sql<SidesRow>`select * from sides_of_mandate(${id})`.execute(tx);
  const [row] = rows;
  if (!row) throw new Error(`mandate ${id} is of others`);
  return {
    giver: { id: row.giver, name: row.giver_name },
    taker: { id: row.taker, name: row.taker_name, mail: row.taker_mail, language: row.taker_language },
    matters: row.matters.filter(isMatter),
    ...daysOf(row),
  };
}

/** Removes visits that have run out, and addresses of mandates that are over. */
export async function sweepMandates(db: Db, now: Temporal.Instant, today: Temporal.PlainDate): Promise<void> {
  await sql`select sweep_mandates(${now.toString()}, ${today.toString()})`.execute(db);
}
