/** SQL of who is in an organisation. Row-level security shows each person the organisations they are in, and their own past. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { OrganisationRole } from "#core/actor.ts";
import type { Tx } from "#core/db.ts";
import type { Member, Membership, OrganisationState } from "./organisation.ts";

export interface OwnMembership {
  organisation: string;
  name: string;
  role: OrganisationRole;
}

/** What the person is a member of now, by name; at most `limit`. */
export async function selectOwnMemberships(tx: Tx, person: string, limit: number): Promise<OwnMembership[]> {
  return tx
    .selectFrom("organisation_member as member")
    .innerJoin("organisation", "organisation.id", "member.organisation")
    .select(["organisation.id as organisation", "organisation.name", "member.role"])
    .where("member.person", "=", person)
    .where("member.until", "is", null)
    .where("organisation.state", "=", "active")
    .orderBy("organisation.name")
    .orderBy("organisation.id")
    .limit(limit)
    .$narrowType<{ role: OrganisationRole }>()
    .execute();
}

export interface PastMembership {
  organisation: string;
  name: string;
  state: OrganisationState;
  until: Date;
}

/** What the person was a member of, last first. */
export async function selectPastMemberships(tx: Tx, person: string, limit: number): Promise<PastMembership[]> {
  return tx
    .selectFrom("organisation_member as member")
    .innerJoin("organisation", "organisation.id", "member.organisation")
    .select(["organisation.id as organisation", "organisation.name", "organisation.state", "member.until"])
    .where("member.person", "=", person)
    .where("member.until", "is not", null)
    .orderBy("member.until", "desc")
    .limit(limit)
    .$narrowType<{ state: OrganisationState; until: Date }>()
    .execute();
}

export async function selectOptionalMembership(
  tx: Tx,
  organisation: string,
  person: string,
): Promise<Membership | undefined> {
  return tx
    .selectFrom("organisation_member")
    .select(["id", "person", "role"])
    .where("organisation", "=", organisation)
    .where("person", "=", person)
    .where("until", "is", null)
    .$narrowType<{ role: OrganisationRole }>()
    .executeTakeFirst();
}

/** All members with their names, owners first, for one of them; nobody for others. */
export async function selectMembers(tx: Tx, organisation: string): Promise<Member[]> {
  const { rows } = await sql<Member>`
    select id, person, given, family, role, since, is_strong as "isStrong" from members_of(${organisation})`.execute(
    tx,
  );
  return rows;
}

export async function insertMember(
  tx: Tx,
  member: { id: string; organisation: string; person: string; role: OrganisationRole },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto("organisation_member")
    .values({ ...member, since: now.toString() })
    .execute();
}

export async function updateRole(tx: Tx, id: string, role: OrganisationRole): Promise<void> {
  await tx.updateTable("organisation_member").set({ role }).where("id", "=", id).where("until", "is", null).execute();
}

export async function endMembership(tx: Tx, id: string, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable("organisation_member")
    .set({ until: now.toString() })
    .where("id", "=", id)
    .where("until", "is", null)
    .execute();
}

/** Persons in these roles. Only for members, who claims the organisation, and a city's desk. */
export async function selectMembersToTell(
  tx: Tx,
  organisation: string,
  roles: readonly OrganisationRole[],
): Promise<string[]> {
  const { rows } = await sql<{ person: string }>`
    select person from members_to_tell(${organisation}, ${[...roles]}::text[]) as person`.execute(tx);
  return rows.map(({ person }) => person);
}
