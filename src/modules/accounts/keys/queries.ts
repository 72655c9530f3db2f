/** SQL of API keys. Row-level security shows a person their own and those of organisations they own. */
import { type ExpressionBuilder, sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { DB } from "#core/db-types.ts";
import type { Db, Tx } from "#core/db.ts";
import { hashSecret } from "#core/secrets.ts";

const bytesOf = (key: string): Buffer => Buffer.from(hashSecret(key), "base64url");

/** What `find_api_key` answers. */
export interface FoundKey {
  key: string;
  person: string;
  organisation: string | null;
  scopes: readonly string[];
  rate: number;
}

/** The key while it holds, in one statement, and notes that it is in use; null when it does not. */
export async function selectOptionalFoundKey(db: Db, key: string, now: Temporal.Instant): Promise<FoundKey | null> {
  const { rows } = await sql<{ found: FoundKey | null }>`
    select find_api_key(${bytesOf(key)}, ${now.toString()}) as found`.execute(db);
  return rows[0]?.found ?? null;
}

/** Whose keys: a person's own, or those of an organisation. */
export interface KeyOwner {
  person: string;
  organisation: string | null;
}

export interface NewKeyRow extends KeyOwner {
  id: string;
  key: string;
  beginning: string;
  name: string;
  scopes: readonly string[];
  rate: number;
  expiresAt: Temporal.Instant | null;
}

export async function insertKey(tx: Tx, row: NewKeyRow, now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto("api_key")
    .values({
      id: row.id,
      token_hash: bytesOf(row.key),
      beginning: row.beginning,
      name: row.name,
      person: row.person,
      organisation: row.organisation,
      scopes: [...row.scopes],
      rate: row.rate,
      created_at: now.toString(),
      expires_at: row.expiresAt?.toString() ?? null,
    })
    .execute();
}

/** Two keys of one person made at once: the second waits here, and counts the first. */
export async function lockMaker(tx: Tx, person: string): Promise<void> {
  await tx.selectFrom("person").select("id").where("id", "=", person).forNoKeyUpdate().execute();
}

/** How many keys the person has made that have neither ended nor expired. */
export async function countKeys(tx: Tx, person: string, now: Temporal.Instant): Promise<number> {
  const { n } = await tx
    .selectFrom("api_key")
    .select((eb) => eb.fn.countAll<string>().as("n"))
    .where("person", "=", person)
    .where("ended_at", "is", null)
    .where((eb) => eb.or([eb("expires_at", "is", null), eb("expires_at", ">", sql<Date>`${now.toString()}`)]))
    .executeTakeFirstOrThrow();
  return Number(n);
}

export interface KeyRow extends KeyOwner {
  id: string;
  beginning: string;
  name: string;
  scopes: readonly string[];
  rate: number;
  createdAt: Date;
  expiresAt: Date | null;
  lastUsedAt: Date | null;
  endedAt: Date | null;
  /** True but for an organisation's key whose maker is no owner of it any more. */
  isOwnersStill: boolean;
}

/** The person's own keys, or with an organisation that one's: those that have not ended first, newest first. */
export async function selectKeys(tx: Tx, owner: KeyOwner, now: Temporal.Instant, limit: number): Promise<KeyRow[]> {
  return keys(tx)
    .where(ownedBy(owner))
    .orderBy(sql`ended_at is not null or coalesce(expires_at <= ${now.toString()}, false)`)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** The key when it is the owner's: another's is as good as none. */
export async function selectOptionalKey(tx: Tx, id: string, owner: KeyOwner): Promise<KeyRow | undefined> {
  return keys(tx).where("id", "=", id).where(ownedBy(owner)).executeTakeFirst();
}

/** False when it had ended before. */
export async function endKeyRow(tx: Tx, id: string, now: Temporal.Instant): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("api_key")
    .set({ ended_at: now.toString() })
    .where("id", "=", id)
    .where("ended_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** How an organisation is called, and where it wants mail. */
export async function selectOrganisation(tx: Tx, id: string): Promise<{ name: string; mail: string | null }> {
  return tx
    .selectFrom("organisation")
    .select(["name", "contact_mail as mail"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
}

const ownedBy =
  ({ person, organisation }: KeyOwner) =>
  (eb: ExpressionBuilder<DB, "api_key">) =>
    organisation === null
      ? eb.and([eb("person", "=", person), eb("organisation", "is", null)])
      : eb("organisation", "=", organisation);

const keys = (tx: Tx) =>
  tx
    .selectFrom("api_key")
    .select([
      "id",
      "beginning",
      "name",
      "person",
      "organisation",
      "scopes",
      "rate",
      "created_at as createdAt",
      "expires_at as expiresAt",
      "last_used_at as lastUsedAt",
      "ended_at as endedAt",
    ])
    .select((eb) =>
      eb
        .or([
          eb("organisation", "is", null),
          eb.exists(
            eb
              .selectFrom("organisation_member as owner")
              .select("owner.id")
              .whereRef("owner.organisation", "=", "api_key.organisation")
              .whereRef("owner.person", "=", "api_key.person")
              .where("owner.role", "=", "owner")
              .where("owner.until", "is", null),
          ),
        ])
        .$castTo<boolean>()
        .as("isOwnersStill"),
    );
