/** SQL of sessions. Row-level security shows a person their own; the functions find one by its secret alone. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { CityCode } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import { hashSecret } from "#core/secrets.ts";
import type { Acting } from "./acting.queries.ts";
import type { FoundSession, SessionKind } from "./session.ts";

const bytesOf = (secret: string): Buffer => Buffer.from(hashSecret(secret), "base64url");

/** The session of a cookie with its person and rights, in one statement; null when there is none any more. */
export async function selectOptionalSession(
  db: Db,
  secret: string,
  now: Temporal.Instant,
): Promise<FoundSession | null> {
  const { rows } = await sql<{ found: FoundSession | null }>`
    select find_session(${bytesOf(secret)}, ${now.toString()}) as found`.execute(db);
  return rows[0]?.found ?? null;
}

export interface NewSession {
  id: string;
  secret: string;
  person: string;
  provider: string;
  kind: SessionKind;
  providerSession: string | null;
  providerSubject: string | null;
  staffCity: CityCode | null;
  device: string;
  idle: Temporal.Duration;
  endsAt: Temporal.Instant;
}

export async function insertSession(tx: Tx, session: NewSession, now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto("session")
    .values({
      id: session.id,
      token_hash: bytesOf(session.secret),
      person: session.person,
      provider: session.provider,
      kind: session.kind,
      provider_session: session.providerSession,
      provider_subject: session.providerSubject,
      staff_city: session.staffCity,
      device: session.device,
      created_at: now.toString(),
      seen_at: now.toString(),
      idle: session.idle.toString(),
      ends_at: session.endsAt.toString(),
    })
    .execute();
}

export interface SessionRow {
  id: string;
  kind: SessionKind;
  provider: string;
  device: string;
  createdAt: Date;
  seenAt: Date;
}

/** The person's own sessions that still hold, last used first. */
export async function selectSessions(
  tx: Tx,
  person: string,
  now: Temporal.Instant,
  limit: number,
): Promise<SessionRow[]> {
  return tx
    .selectFrom("session")
    .select(["id", "kind", "provider", "device", "created_at as createdAt", "seen_at as seenAt"])
    .where("person", "=", person)
    .where("ends_at", ">", sql<Date>`${now.toString()}`)
    .where(sql<boolean>`seen_at + idle > ${now.toString()}`)
    .orderBy("seen_at", "desc")
    .limit(limit)
    .$narrowType<{ kind: SessionKind }>()
    .execute();
}

/** By which provider that session of the person's began; null when it has ended. */
export async function selectProviderOf(tx: Tx, person: string, id: string): Promise<string | null> {
  const row = await tx
    .selectFrom("session")
    .select("provider")
    .where("person", "=", person)
    .where("id", "=", id)
    .executeTakeFirst();
  return row?.provider ?? null;
}

/** Answers with as whom it acted; undefined when there was none: another's session is as good as none. */
export async function deleteSession(tx: Tx, person: string, id: string): Promise<Acting | undefined> {
  return tx
    .deleteFrom("session")
    .where("person", "=", person)
    .where("id", "=", id)
    .returning(["acting_organisation as organisation", "acting_mandate as mandate"])
    .executeTakeFirst();
}

/** Ends all sessions of the person but one. */
export async function deleteOtherSessions(tx: Tx, person: string, kept: string | null): Promise<void> {
  await tx
    .deleteFrom("session")
    .where("person", "=", person)
    .$if(kept !== null, (query) => query.where("id", "<>", kept))
    .execute();
}

/** Ends the session of a cookie, whoever it is. */
export async function endSessionOfSecret(db: Db, secret: string): Promise<void> {
  await sql`select end_session(${bytesOf(secret)})`.execute(db);
}

/** A provider's word that somebody has signed out there: by its session, else by its subject, in all forms in which they may be kept. Answers with how many ended. */
export async function endSessionsOfProvider(
  db: Db,
  provider: string,
  ended: { sessions: readonly string[] | null; subjects: readonly string[] | null },
): Promise<number> {
  const { rows } = await sql<{ n: number | null }>`
    select sum(end_sessions_of_provider(${provider}, by.session, by.subject))::int as n
    from unnest(${ended.sessions ?? []}::text[], ${ended.sessions === null ? (ended.subjects ?? []) : []}::text[])
      as by (session, subject)`.execute(db);
  return rows[0]?.n ?? 0;
}

export async function sweepAccounts(db: Db, now: Temporal.Instant): Promise<void> {
  await sql`select sweep_accounts(${now.toString()})`.execute(db);
}
