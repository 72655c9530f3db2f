/** SQL of what this module keeps about somebody: reading it whole, and erasing it. Row-level security shows the person's own. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Tx } from "#core/db.ts";
import type { Part, PersonalRow } from "#core/retention.ts";

type Rows = Promise<readonly PersonalRow[]>;

export async function selectPersonRows(tx: Tx, person: string, { limit, offset }: Part): Rows {
  return tx
    .selectFrom("person")
    .select(["given_name", "family_name", "mail", "phone", "language", "unwanted_mail", "created_at"])
    .where("id", "=", person)
    .where("erased_at", "is", null)
    .limit(limit)
    .offset(offset)
    .execute();
}

/** Empties the row; others go on referring to it. Of an erased person nothing changes any more. */
export async function erasePersonRow(tx: Tx, person: string, now: Temporal.Instant): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("person")
    .set({ given_name: "", family_name: "", mail: null, phone: null, unwanted_mail: [], erased_at: now.toString() })
    .where("id", "=", person)
    .where("erased_at", "is", null)
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Never the code itself: how it is kept is what there is to tell. */
export async function selectIdentityRows(tx: Tx, person: string, { limit, offset }: Part): Rows {
  return tx
    .selectFrom("person_identity")
    .select(["kind", sql<string>`case when sealed is null then 'hash' else 'sealed' end`.as("kept_as"), "added_at"])
    .where("person", "=", person)
    .orderBy("added_at", "desc")
    .orderBy("fingerprint")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function deleteIdentities(tx: Tx, person: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("person_identity").where("person", "=", person).executeTakeFirst();
  return Number(numDeletedRows);
}

export async function selectSessionRows(tx: Tx, person: string, { limit, offset }: Part): Rows {
  return tx
    .selectFrom("session")
    .select(["kind", "provider", "device", "created_at", "seen_at", "ends_at"])
    .where("person", "=", person)
    .orderBy("seen_at", "desc")
    .orderBy("id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function deleteSessions(tx: Tx, person: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("session").where("person", "=", person).executeTakeFirst();
  return Number(numDeletedRows);
}

export async function selectRoleRows(tx: Tx, person: string, { limit, offset }: Part): Promise<RoleRow[]> {
  return tx
    .selectFrom("staff_role")
    .select(["city", "role", "scope", "source", "since"])
    .where("person", "=", person)
    .orderBy("since", "desc")
    .orderBy("city")
    .orderBy("role")
    .orderBy("scope")
    .orderBy("source")
    .limit(limit)
    .offset(offset)
    .execute();
}

type RoleRow = { city: string; role: string; scope: string; source: string; since: Date };

export async function selectMembershipRows(tx: Tx, person: string, { limit, offset }: Part): Rows {
  return tx
    .selectFrom("organisation_member")
    .innerJoin("organisation", "organisation.id", "organisation_member.organisation")
    .select(["organisation.name as organisation", "role", "since", "until"])
    .where("person", "=", person)
    .orderBy("since", "desc")
    .orderBy("organisation_member.id")
    .limit(limit)
    .offset(offset)
    .execute();
}

/** Ends those that last, and answers with how many there are in all. */
export async function endMemberships(
  tx: Tx,
  person: string,
  now: Temporal.Instant,
): Promise<{ ended: number; all: number }> {
  const { numUpdatedRows } = await tx
    .updateTable("organisation_member")
    .set({ until: now.toString() })
    .where("person", "=", person)
    .where("until", "is", null)
    .executeTakeFirst();
  const { n } = await tx
    .selectFrom("organisation_member")
    .select(sql<number>`count(*)::int`.as("n"))
    .where("person", "=", person)
    .executeTakeFirstOrThrow();
  return { ended: Number(numUpdatedRows), all: n };
}

/** Organisations whose only owner the person is. Two owners who go at once wait here for each other. */
export async function selectSoleOwnerships(tx: Tx, person: string): Promise<{ id: string; name: string }[]> {
  await tx
    .selectFrom("organisation")
    .select("id")
    .where("id", "in", (owned) =>
      owned
        .selectFrom("organisation_member")
        .select("organisation")
        .where("person", "=", person)
        .where("role", "=", "owner")
        .where("until", "is", null),
    )
    .orderBy("id")
    .forUpdate()
    .execute();
  const { rows } = await sql<{ id: string; name: string }>`select id, name from sole_ownerships()`.execute(tx);
  return rows;
}

export async function selectMandateRows(tx: Tx, _person: string, { limit, offset }: Part): Rows {
  const { rows } = await sql<PersonalRow>`select * from my_own_mandates(${limit}, ${offset})`.execute(tx);
  return rows;
}

/** Ends what lasts. Answers with the people on the other side of those that were in force, and how many mandates there are in all. */
export async function endMandates(
  tx: Tx,
  person: string,
  now: Temporal.Instant,
): Promise<{ others: string[]; ended: number; all: number }> {
  const counted = await tx
    .selectFrom("mandate")
    .select([
      sql<number>`count(*)::int`.as("all"),
      sql<number>`(count(*) filter (where ended_at is null))::int`.as("ended"),
    ])
    .where((either) => either.or([either("giver", "=", person), either("taker", "=", person)]))
    .executeTakeFirstOrThrow();
  const { rows } = await sql<{ person: string }>`select person from end_my_mandates(${now.toString()})`.execute(tx);
  return { others: rows.map(({ person }) => person), ...counted };
}

export async function selectKeyRows(tx: Tx, person: string, { limit, offset }: Part): Rows {
  return tx
    .selectFrom("api_key")
    .leftJoin("organisation", "organisation.id", "api_key.organisation")
    .select([
      "api_key.name",
      "beginning",
      "organisation.name as organisation",
      "scopes",
      "api_key.created_at",
      "expires_at",
      "last_used_at",
      "api_key.ended_at",
    ])
    .where("person", "=", person)
    .orderBy("api_key.created_at", "desc")
    .orderBy("api_key.id")
    .limit(limit)
    .offset(offset)
    .execute();
}

/** Ends the keys and forgets what the person called them. What remains is the number that the audit trail names. */
export async function endKeys(tx: Tx, person: string, now: Temporal.Instant): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("api_key")
    .set({ name: "", ended_at: sql<string>`coalesce(ended_at, ${now.toString()})` })
    .where("person", "=", person)
    .where((either) => either.or([either("ended_at", "is", null), either("name", "<>", "")]))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function selectInvitationRows(tx: Tx, _person: string, { limit, offset }: Part): Rows {
  const { rows } = await sql<PersonalRow>`
    select kind, organisation_name as organisation, city, address, role, created_at, expires_at
    from my_invitations(${limit}, ${offset})`.execute(tx);
  return rows;
}

export async function selectClaimRows(tx: Tx, person: string, { limit, offset }: Part): Rows {
  return tx
    .selectFrom("organisation_claim")
    .innerJoin("organisation", "organisation.id", "organisation_claim.organisation")
    .select([
      "organisation.name as organisation",
      "city",
      "grounds",
      "organisation_claim.created_at",
      "organisation_claim.state",
      "decided_at",
      "answer",
    ])
    .where("person", "=", person)
    .orderBy("organisation_claim.created_at", "desc")
    .orderBy("organisation_claim.id")
    .limit(limit)
    .offset(offset)
    .execute();
}

export async function countClaims(tx: Tx, person: string): Promise<number> {
  const { n } = await tx
    .selectFrom("organisation_claim")
    .select(sql<number>`count(*)::int`.as("n"))
    .where("person", "=", person)
    .executeTakeFirstOrThrow();
  return n;
}

export async function selectMailRows(tx: Tx, _person: string, { limit, offset }: Part): Rows {
  const { rows } = await sql<PersonalRow>`
    select city, recipient, subject, created_at, useful_until from my_mail(${limit}, ${offset})`.execute(tx);
  return rows;
}

export async function selectWaitingRows(tx: Tx, _person: string, { limit, offset }: Part): Rows {
  const { rows } =
    await sql<PersonalRow>`select kind, address, expires_at from my_waiting(${limit}, ${offset})`.execute(tx);
  return rows;
}

/** Erases what that function of the database erases of the transaction's person. */
async function erased(
  tx: Tx,
  work: "erase_my_mail" | "erase_my_waiting" | "erase_my_invitations" | "erase_my_claims",
): Promise<number> {
  const { rows } = await sql<{ n: number }>`select ${sql.id(work)}() as n`.execute(tx);
  return rows[0]?.n ?? 0;
}
export const eraseMail = (tx: Tx): Promise<number> => erased(tx, "erase_my_mail");
export const eraseWaiting = (tx: Tx): Promise<number> => erased(tx, "erase_my_waiting");
export const eraseInvitations = (tx: Tx): Promise<number> => erased(tx, "erase_my_invitations");
export const eraseClaims = (tx: Tx): Promise<number> => erased(tx, "erase_my_claims");

export async function selectAuditRows(tx: Tx, person: string, { limit, offset }: Part): Rows {
  return tx
    .selectFrom("audit")
    .select([
      "at",
      "city",
      "actor",
      sql<string>`split_part(action, ' ', 1)`.as("action"),
      "subject_kind",
      "unit",
      "reason",
    ])
    .where("about", "=", person)
    .orderBy("at", "desc")
    .orderBy("id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

/** How many there are, and when the newest was made. */
export async function countAudit(tx: Tx, person: string): Promise<{ n: number; newest: Date | null }> {
  return tx
    .selectFrom("audit")
    .select([sql<number>`count(*)::int`.as("n"), sql<Date | null>`max(at)`.as("newest")])
    .where("about", "=", person)
    .executeTakeFirstOrThrow();
}
