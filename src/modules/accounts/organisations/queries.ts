/** SQL of organisations themselves, which are public. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import type { BusinessId } from "./business-id.ts";
import type {
  CheckedBy,
  Interest,
  Organisation,
  OrganisationKind,
  OrganisationState,
  Profile,
  Spoken,
} from "./organisation.ts";

const organisations = (db: Db | Tx) =>
  db
    .selectFrom("organisation")
    .select([
      "id",
      "business_id as businessId",
      "name",
      "kind",
      "checked_by as checkedBy",
      "contact_mail as contactMail",
      "website",
      "presentation",
      "presentation_language as original",
      "languages",
      "interests",
      "state",
      "merged_into as mergedInto",
      "created_at as createdAt",
      "ended_at as endedAt",
    ])
    .$narrowType<{
      businessId: BusinessId | null;
      kind: OrganisationKind;
      checkedBy: CheckedBy;
      original: Language;
      languages: Spoken[];
      interests: Interest[];
      state: OrganisationState;
    }>();

type Row = Awaited<ReturnType<ReturnType<typeof organisations>["executeTakeFirstOrThrow"]>>;

const shape = ({ presentation, original, ...row }: Row): Organisation => ({
  ...row,
  presentation: { original, texts: presentation as Partial<Record<Language, string>> },
});

export async function selectOptionalOrganisation(db: Db | Tx, id: string): Promise<Organisation | undefined> {
  const row = await organisations(db).where("id", "=", id).executeTakeFirst();
  return row && shape(row);
}

/**
 * The same, locked until the transaction ends. Whoever changes who is in it, or ends it, begins so: of two owners who leave in the
 * same moment the second sees that the first has gone.
 */
export async function lockOrganisation(tx: Tx, id: string): Promise<Organisation | undefined> {
  const row = await organisations(tx).where("id", "=", id).forUpdate().executeTakeFirst();
  return row && shape(row);
}

/** Several at once, in the order of their ids, so that two mergers never wait for each other. */
export async function lockOrganisations(tx: Tx, ids: readonly string[]): Promise<Organisation[]> {
  const rows = await organisations(tx)
    .where("id", "in", [...ids])
    .orderBy("id")
    .forUpdate()
    .execute();
  return rows.map(shape);
}

/** Whatever its state: a business ID is never given twice. */
export async function selectOptionalByBusinessId(
  db: Db | Tx,
  businessId: BusinessId,
): Promise<Organisation | undefined> {
  const row = await organisations(db).where("business_id", "=", businessId).executeTakeFirst();
  return row && shape(row);
}

export interface NewOrganisation extends Profile {
  id: string;
  businessId: BusinessId | null;
  kind: OrganisationKind;
  checkedBy: CheckedBy;
}

/** False when an organisation has that business ID already; of two at once, one is told so. */
export async function insertOrganisation(
  tx: Tx,
  organisation: NewOrganisation,
  now: Temporal.Instant,
): Promise<boolean> {
  const row = await tx
    .insertInto("organisation")
    .values({
      id: organisation.id,
      business_id: organisation.businessId,
      kind: organisation.kind,
      ...columnsOf(organisation),
      state: "active",
      created_at: now.toString(),
    })
    .onConflict((oc) => oc.column("business_id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function updateProfile(tx: Tx, id: string, profile: Profile & { checkedBy: CheckedBy }): Promise<void> {
  await tx.updateTable("organisation").set(columnsOf(profile)).where("id", "=", id).execute();
}

const columnsOf = (profile: Profile & { checkedBy: CheckedBy }) => ({
  name: profile.name,
  checked_by: profile.checkedBy,
  contact_mail: profile.contactMail,
  website: profile.website,
  presentation: JSON.stringify(profile.presentation.texts),
  presentation_language: profile.presentation.original,
  languages: [...profile.languages],
  interests: [...profile.interests],
});

export async function updateCheckedBy(tx: Tx, id: string, checkedBy: CheckedBy): Promise<void> {
  await tx.updateTable("organisation").set({ checked_by: checkedBy }).where("id", "=", id).execute();
}

/** Ended, or merged into another. */
export async function updateState(tx: Tx, id: string, mergedInto: string | null, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable("organisation")
    .set({ state: mergedInto === null ? "ended" : "merged", merged_into: mergedInto, ended_at: now.toString() })
    .where("id", "=", id)
    .execute();
}

/** What was merged into the one leads to the other now: one step, however often was merged. */
export async function moveMerged(tx: Tx, from: string, into: string): Promise<void> {
  await tx.updateTable("organisation").set({ merged_into: into }).where("merged_into", "=", from).execute();
}

/** Ends the memberships and invitations of an organisation that has ended or was merged. */
export async function endMemberships(tx: Tx, organisation: string, now: Temporal.Instant): Promise<void> {
  await sql`select end_memberships(${organisation}, ${now.toString()})`.execute(tx);
}

export interface OrganisationLine {
  id: string;
  name: string;
  kind: OrganisationKind;
  businessId: BusinessId | null;
  checkedBy: CheckedBy;
}

/** The same expression as in the index. */
const sortName = sql<string>`(lower(name)) collate "C"`;
/** The last of all characters: what begins with a text stands between it and the text with this behind. */
const LAST = "\u{10FFFF}";

/**
 * Active ones whose names begin so, whatever the capitals, in the order of their names; at most `limit`, after the one of that id.
 * After one that there is not: none.
 */
export async function selectOrganisations(
  db: Db,
  beginning: string,
  after: string | null,
  limit: number,
): Promise<OrganisationLine[]> {
  let query = db
    .selectFrom("organisation")
    .select(["id", "name", "kind", "business_id as businessId", "checked_by as checkedBy"])
    .where(sql<boolean>`state = 'active'`);
  if (beginning !== "")
    query = query.where(
      sql<boolean>`${sortName} >= lower(${beginning}) and ${sortName} < lower(${beginning}) || ${LAST}`,
    );
  if (after !== null) {
    const name = sql`(select ${sortName} from organisation where id = ${after}::uuid)`;
    query = query.where(sql<boolean>`(${sortName}, id) > (${name}, ${after}::uuid)`);
  }
  return query
    .orderBy(sortName)
    .orderBy("id")
    .limit(limit)
    .$narrowType<{ kind: OrganisationKind; businessId: BusinessId | null; checkedBy: CheckedBy }>()
    .execute();
}
