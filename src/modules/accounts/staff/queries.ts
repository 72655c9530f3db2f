/** SQL of a city's staff. Row-level security shows the transaction's city; the functions tell its people's names. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { StaffRole } from "#core/actor.ts";
import type { CityCode, Language } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import type { MemberRole, Role, StaffMember } from "./staff.ts";

/** From here to the end of the transaction nobody else changes roles of that city. */
export async function lockStaff(tx: Tx, city: CityCode): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`staff of ${city}`}, 2))`.execute(tx);
}

const MOST_ADMINISTRATORS = 1000;

/** Persons who are administrators of the whole city, by whichever source. */
export async function selectAdministrators(tx: Tx, city: CityCode): Promise<string[]> {
  const rows = await tx
    .selectFrom("staff_role")
    .select("person")
    .distinct()
    .where("city", "=", city)
    .where("role", "=", "administrator")
    .where("scope", "=", "")
    .limit(MOST_ADMINISTRATORS)
    .execute();
  return rows.map(({ person }) => person);
}

interface StaffRow extends Omit<StaffMember, "roles"> {
  role: StaffRole;
  scope: string;
  source: MemberRole["source"];
  since: Date;
}

/** Persons with a role in the transaction's city, by their names. */
export async function selectMembers(tx: Tx, page: { skipped: number; most: number }): Promise<StaffMember[]> {
  const { rows } = await sql<StaffRow>`select * from staff_of_city(null, ${page.skipped}, ${page.most})`.execute(tx);
  return membersOf(rows);
}

/** Undefined when that person has no role in the transaction's city. */
export async function selectOptionalMember(tx: Tx, person: string): Promise<StaffMember | undefined> {
  const { rows } = await sql<StaffRow>`select * from staff_of_city(${person}, 0, 1)`.execute(tx);
  return membersOf(rows)[0];
}

/** A row for each role becomes an object for each person. */
function membersOf(rows: readonly StaffRow[]): StaffMember[] {
  const byPerson = Map.groupBy(rows, ({ person }) => person);
  return [...byPerson.values()].flatMap((own) => {
    const [first] = own;
    if (!first) return [];
    const { person, given, family, mail, language } = first;
    const roles = own.map(({ role, scope, source, since }) => ({ role, scope: scope || null, source, since }));
    return [{ person, given, family, mail, language, roles }];
  });
}

export async function countMembers(tx: Tx, city: CityCode): Promise<number> {
  const { n } = await tx
    .selectFrom("staff_role")
    .select(sql<number>`count(distinct person)::int`.as("n"))
    .where("city", "=", city)
    .executeTakeFirstOrThrow();
  return n;
}

/** True when somebody of the transaction's city has that address, written as `mailKey` writes it. */
export async function hasStaffWithMail(tx: Tx, address: string): Promise<boolean> {
  const { rows } = await sql<{ isKnown: boolean }>`
    select staff_with_mail(${address}) is not null as "isKnown"`.execute(tx);
  return rows[0]?.isKnown ?? false;
}

/** Gives roles, and answers with those that the person did not have as grants before. */
export async function insertGrants(
  tx: Tx,
  city: CityCode,
  person: string,
  roles: readonly Role[],
  now: Temporal.Instant,
): Promise<Role[]> {
  const since = now.toString();
  const rows = await tx
    .insertInto("staff_role")
    .values(roles.map(({ role, scope }) => ({ city, person, role, scope: scope ?? "", source: "grant", since })))
    .onConflict((oc) => oc.doNothing())
    .returning(["role", "scope"])
    .$narrowType<{ role: StaffRole }>()
    .execute();
  return rows.map(({ role, scope }) => ({ role, scope: scope || null }));
}

/** What the city's directory told at the person's last sign-in. */
export async function selectDirectoryRoles(tx: Tx, city: CityCode, person: string): Promise<Role[]> {
  const rows = await tx
    .selectFrom("staff_role")
    .select(["role", "scope"])
    .where("city", "=", city)
    .where("person", "=", person)
    .where("source", "=", "directory")
    .$narrowType<{ role: StaffRole }>()
    .execute();
  return rows.map(({ role, scope }) => ({ role, scope: scope || null }));
}

export async function insertDirectoryRoles(
  tx: Tx,
  city: CityCode,
  person: string,
  roles: readonly Role[],
  now: Temporal.Instant,
): Promise<void> {
  if (roles.length === 0) return;
  const since = now.toString();
  await tx
    .insertInto("staff_role")
    .values(roles.map(({ role, scope }) => ({ city, person, role, scope: scope ?? "", source: "directory", since })))
    .onConflict((oc) => oc.doNothing())
    .execute();
}

export async function deleteDirectoryRoles(
  tx: Tx,
  city: CityCode,
  person: string,
  roles: readonly Role[],
): Promise<void> {
  if (roles.length === 0) return;
  await tx
    .deleteFrom("staff_role")
    .where("city", "=", city)
    .where("person", "=", person)
    .where("source", "=", "directory")
    .where((one) => one.or(roles.map(({ role, scope }) => one.and({ role, scope: scope ?? "" }))))
    .execute();
}

export async function deleteGrant(tx: Tx, city: CityCode, person: string, { role, scope }: Role): Promise<void> {
  await tx
    .deleteFrom("staff_role")
    .where("city", "=", city)
    .where("person", "=", person)
    .where("role", "=", role)
    .where("scope", "=", scope ?? "")
    .where("source", "=", "grant")
    .execute();
}

export async function deleteGrants(tx: Tx, city: CityCode, person: string): Promise<void> {
  await tx
    .deleteFrom("staff_role")
    .where("city", "=", city)
    .where("person", "=", person)
    .where("source", "=", "grant")
    .execute();
}

/** Ends what the person has open as staff of the transaction's city. */
export async function endStaffSessions(tx: Tx, person: string): Promise<void> {
  await sql`select end_staff_sessions(${person})`.execute(tx);
}

export interface Invitation extends Role {
  id: string;
  address: string;
  language: Language;
  expiresAt: Date;
}

/** Invitations that still hold, newest first. */
export async function selectInvitations(
  tx: Tx,
  city: CityCode,
  now: Temporal.Instant,
  limit: number,
): Promise<Invitation[]> {
  const rows = await tx
    .selectFrom("staff_invitation")
    .select(["id", "address", "role", "scope", "language", "expires_at as expiresAt"])
    .where("city", "=", city)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .orderBy("id", "desc")
    .limit(limit)
    .$narrowType<{ role: StaffRole; language: Language }>()
    .execute();
  return rows.map((row) => ({ ...row, scope: row.scope || null }));
}

/** What has run out makes room for the same invitation anew. */
export async function deleteLateInvitations(tx: Tx, city: CityCode, now: Temporal.Instant): Promise<void> {
  await tx
    .deleteFrom("staff_invitation")
    .where("city", "=", city)
    .where("expires_at", "<=", sql<Date>`${now.toString()}`)
    .execute();
}

/** How many wait in the city. */
export async function countInvitations(tx: Tx, city: CityCode): Promise<number> {
  const { n } = await tx
    .selectFrom("staff_invitation")
    .select(sql<number>`count(*)::int`.as("n"))
    .where("city", "=", city)
    .executeTakeFirstOrThrow();
  return n;
}

/** False when the same invitation waits already. */
export async function insertInvitation(
  tx: Tx,
  city: CityCode,
  invitation: Invitation & { invitedBy: string },
  now: Temporal.Instant,
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("staff_invitation")
    .values({
      city,
      id: invitation.id,
      address: invitation.address,
      role: invitation.role,
      scope: invitation.scope ?? "",
      language: invitation.language,
      invited_by: invitation.invitedBy,
      created_at: now.toString(),
      expires_at: invitation.expiresAt.toISOString(),
    })
    .onConflict((oc) => oc.columns(["city", "address", "role", "scope"]).doNothing())
    .executeTakeFirst();
  return (numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/** Takes the invitation away; undefined when there is none any more. */
export async function deleteInvitation(
  tx: Tx,
  city: CityCode,
  id: string,
  now: Temporal.Instant,
): Promise<Invitation | undefined> {
  const row = await tx
    .deleteFrom("staff_invitation")
    .where("city", "=", city)
    .where("id", "=", id)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .returning(["id", "address", "role", "scope", "language", "expires_at as expiresAt"])
    .$narrowType<{ role: StaffRole; language: Language }>()
    .executeTakeFirst();
  return row && { ...row, scope: row.scope || null };
}

/** Takes every invitation that still holds for the address, once: of two sign-ins at once one finds nothing. */
export async function takeInvitations(
  tx: Tx,
  city: CityCode,
  address: string,
  now: Temporal.Instant,
): Promise<(Role & { invitedBy: string })[]> {
  const rows = await tx
    .deleteFrom("staff_invitation")
    .where("city", "=", city)
    .where("address", "=", address)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .returning(["role", "scope", "invited_by as invitedBy"])
    .$narrowType<{ role: StaffRole }>()
    .execute();
  return rows.map((row) => ({ ...row, scope: row.scope || null }));
}

/** Removes what has run out, of all cities. */
export async function sweepStaffInvitations(db: Db, now: Temporal.Instant): Promise<void> {
  await sql`select sweep_staff_invitations(${now.toString()})`.execute(db);
}
