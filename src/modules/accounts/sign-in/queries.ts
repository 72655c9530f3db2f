/** SQL of signing in: what waits for a browser to come back, identities, and how often was tried. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { hashSecret } from "#core/secrets.ts";
import type { SessionKind } from "../sessions/session.ts";
import type { Checks } from "./oidc.ts";

export interface PendingSignIn extends Omit<Checks, "state"> {
  provider: string;
  language: Language;
  returnTo: string;
}

export async function insertSignIn(
  tx: Tx,
  pending: PendingSignIn & { state: string; browser: string; expiresAt: Temporal.Instant },
): Promise<void> {
  await tx
    .insertInto("sign_in")
    .values({
      state_hash: hashSecret(pending.state),
      browser: pending.browser,
      provider: pending.provider,
      nonce: pending.nonce,
      verifier: pending.verifier,
      language: pending.language,
      return_to: pending.returnTo,
      expires_at: pending.expiresAt.toString(),
    })
    .execute();
}

/** Takes the browser's sign-in of that state, once: of two that come with one state, one finds nothing. */
export async function takeSignIn(tx: Tx, state: string, now: Temporal.Instant): Promise<PendingSignIn | undefined> {
  return tx
    .deleteFrom("sign_in")
    .where("state_hash", "=", hashSecret(state))
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .returning(["provider", "nonce", "verifier", "language", "return_to as returnTo"])
    .$narrowType<{ language: Language }>()
    .executeTakeFirst();
}

/** Whose identity it is, by any of these hashes. */
export async function selectOptionalPersonId(
  tx: Tx,
  kind: SessionKind,
  fingerprints: readonly string[],
): Promise<string | null> {
  const { rows } = await sql<{ person: string | null }>`
    select find_person(${kind}, ${[...fingerprints]}::text[]) as person`.execute(tx);
  return rows[0]?.person ?? null;
}

/** Two sign-ins of one new person at once: the second waits here, and then finds the first one's person. */
export async function lockIdentity(tx: Tx, fingerprint: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${fingerprint}, 0))`.execute(tx);
}

export async function insertPerson(
  tx: Tx,
  person: { id: string; given: string; family: string; mail: string | null; language: Language },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto("person")
    .values({
      id: person.id,
      given_name: person.given,
      family_name: person.family,
      mail: person.mail,
      language: person.language,
      created_at: now.toString(),
    })
    .execute();
}

/** Names as the provider has them now. */
export async function updateNames(tx: Tx, id: string, names: { given: string; family: string }): Promise<void> {
  await tx
    .updateTable("person")
    .set({ given_name: names.given, family_name: names.family })
    .where("id", "=", id)
    .execute();
}

/** Staff's address is the employer's, and changes with it. */
export async function updateMail(tx: Tx, id: string, mail: string): Promise<void> {
  await tx.updateTable("person").set({ mail }).where("id", "=", id).execute();
}

/** The person's identity by which they are known from now on, in place of the same under older keys. */
export async function replaceIdentity(
  tx: Tx,
  identity: { kind: SessionKind; person: string; fingerprints: readonly string[]; sealed: string | null },
  now: Temporal.Instant,
): Promise<void> {
  const [fingerprint = ""] = identity.fingerprints;
  await tx
    .deleteFrom("person_identity")
    .where("kind", "=", identity.kind)
    .where("fingerprint", "in", [...identity.fingerprints])
    .execute();
  await tx
    .insertInto("person_identity")
    .values({
      kind: identity.kind,
      fingerprint,
      person: identity.person,
      sealed: identity.sealed,
      added_at: now.toString(),
    })
    .execute();
}

/** True when the person is known by strong identification. */
export async function hasStrongIdentity(tx: Tx, person: string): Promise<boolean> {
  const row = await tx
    .selectFrom("person_identity")
    .select("kind")
    .where("person", "=", person)
    .where("kind", "=", "strong")
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

export interface NewMailLink {
  token: string;
  browser: string;
  /** Of who confirms an address while signed in. */
  person: string | null;
  address: string;
  language: Language;
  returnTo: string;
  expiresAt: Temporal.Instant;
}

export async function insertMailLink(tx: Tx, link: NewMailLink): Promise<void> {
  await tx
    .insertInto("mail_link")
    .values({
      token_hash: hashSecret(link.token),
      browser: link.browser,
      person: link.person,
      address: link.address,
      language: link.language,
      return_to: link.returnTo,
      expires_at: link.expiresAt.toString(),
    })
    .execute();
}

export type FoundMailLink = Pick<NewMailLink, "address" | "language" | "returnTo">;

/** This browser's link to sign in by, while it holds. Those that confirm an address are another matter: me/contact-mail.ts. */
export async function selectOptionalMailLink(
  tx: Tx,
  token: string,
  now: Temporal.Instant,
): Promise<FoundMailLink | undefined> {
  return tx
    .selectFrom("mail_link")
    .select(["address", "language", "return_to as returnTo"])
    .where("token_hash", "=", hashSecret(token))
    .where("person", "is", null)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .$narrowType<{ language: Language }>()
    .executeTakeFirst();
}

/** Takes the link, once. */
export async function takeMailLink(tx: Tx, token: string, now: Temporal.Instant): Promise<FoundMailLink | undefined> {
  return tx
    .deleteFrom("mail_link")
    .where("token_hash", "=", hashSecret(token))
    .where("person", "is", null)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .returning(["address", "language", "return_to as returnTo"])
    .$narrowType<{ language: Language }>()
    .executeTakeFirst();
}

/** Counts a try against a limit: true when there were fewer than `most` since `since`. Tries at once wait for each other. */
export async function countAttempt(
  tx: Tx,
  key: string,
  limit: { most: number; since: Temporal.Instant },
  now: Temporal.Instant,
): Promise<boolean> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 1))`.execute(tx);
  const { n } = await tx
    .selectFrom("attempt")
    .select(sql<number>`count(*)::int`.as("n"))
    .where("key", "=", key)
    .where("at", ">", sql<Date>`${limit.since.toString()}`)
    .executeTakeFirstOrThrow();
  if (n >= limit.most) return false;
  await tx
    .insertInto("attempt")
    .values({ key, at: now.toString(), id: newId(now) })
    .execute();
  return true;
}
