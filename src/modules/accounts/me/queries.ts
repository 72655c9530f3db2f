/** SQL of one's own profile, of confirming an address, and of what is recorded about somebody. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Language, Tenant } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { hashSecret } from "#core/secrets.ts";
import { unreadOf } from "../notifications/queries.ts";
import type { SessionKind } from "../sessions/session.ts";

export interface Profile {
  given: string;
  family: string;
  mail: string | null;
  phone: string | null;
  language: Language;
  /** By what they are known. */
  identities: readonly SessionKind[];
}

/** Errors: throws when the person is not there, or is another than the transaction's. */
export async function selectProfile(tx: Tx, person: string): Promise<Profile> {
  return tx
    .selectFrom("person")
    .select([
      "given_name as given",
      "family_name as family",
      "mail",
      "phone",
      "language",
      sql<SessionKind[]>`array(select distinct kind from person_identity where person = person.id)`.as("identities"),
    ])
    .where("id", "=", person)
    .$narrowType<{ language: Language }>()
    .executeTakeFirstOrThrow();
}

export interface OwnPage {
  given: string;
  family: string;
  mail: string | null;
  /** How many notifications they have not read. */
  unread: number;
}

/** What the first of one's own pages says. Errors: throws when the person is not there. */
export async function selectOwnPage(tx: Tx, person: string): Promise<OwnPage> {
  return tx
    .selectFrom("person")
    .select(["given_name as given", "family_name as family", "mail", unreadOf(person).as("unread")])
    .where("id", "=", person)
    .executeTakeFirstOrThrow();
}

export type ProfileChange = Pick<Profile, "given" | "family" | "phone" | "language">;

export async function updateProfile(tx: Tx, person: string, change: ProfileChange): Promise<void> {
  await tx
    .updateTable("person")
    .set({
      given_name: change.given,
      family_name: change.family,
      phone: change.phone,
      language: change.language,
    })
    .where("id", "=", person)
    .execute();
}

/** The address that this browser's link confirms for that person, while it holds. */
export async function selectOptionalConfirmation(
  tx: Tx,
  token: string,
  person: string,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const row = await tx
    .selectFrom("mail_link")
    .select("address")
    .where("token_hash", "=", hashSecret(token))
    .where("person", "=", person)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .executeTakeFirst();
  return row?.address;
}

/** Takes it, once. */
export async function takeConfirmation(
  tx: Tx,
  token: string,
  person: string,
  now: Temporal.Instant,
): Promise<string | undefined> {
  const row = await tx
    .deleteFrom("mail_link")
    .where("token_hash", "=", hashSecret(token))
    .where("person", "=", person)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .returning("address")
    .executeTakeFirst();
  return row?.address;
}

/** Mail links lead to the new address's mailbox alone from now on. */
export async function deleteMailIdentities(tx: Tx, person: string): Promise<void> {
  await tx.deleteFrom("person_identity").where("person", "=", person).where("kind", "=", "mail").execute();
}

export interface SeenRow {
  id: string;
  at: Date;
  city: Tenant;
  actor: string;
  action: string;
  subjectKind: string;
  isOwn: boolean;
  organisation: string | null;
  /** Who acted by a mandate that the person gave them. */
  taker: string | null;
  /** "advisor, registrar/west" */
  unit: string | null;
  reason: string | null;
}

/** What is recorded about the transaction's person, newest first, from after the row `after` on. */
export async function selectSeen(tx: Tx, after: string | null, limit: number): Promise<SeenRow[]> {
  const { rows } = await sql<SeenRow>`
    select id, at, city, actor, action, subject_kind as "subjectKind", is_own as "isOwn", organisation_name as organisation,
      taker_name as taker, unit, reason
    from seen_of_me(${after}, ${limit})`.execute(tx);
  return rows;
}
