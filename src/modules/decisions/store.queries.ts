/** SQL that writes decisions. Each function is one statement (or one upsert), named after what it does. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { CityCode } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import type { DecisionMaker, Reading, RecordNumber } from "./reading.ts";

/** One loader at a time in a city: two that meet the same decision, maker or address at once would both make it. */
export async function lockCity(tx: Tx, city: CityCode): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtext('decisions'), hashtext(${city}))`.execute(tx);
}

/** Which of these documents are kept already, as a version or as a copy of one. */
export async function selectKnownDocuments(db: Db, sha256s: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .selectFrom("document")
    .select("sha256")
    .where(sql<boolean>`sha256 = any(${sql.val([...sha256s])}::text[])`)
    .execute();
  return new Set(rows.map((row) => row.sha256));
}

export async function insertDocument(
  tx: Tx,
  document: { city: CityCode; sha256: string; bytes: Buffer; mediaType: string },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto("document")
    .values({
      city: document.city,
      sha256: document.sha256,
      bytes: document.bytes,
      media_type: document.mediaType,
      received_at: now.toString(),
    })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

export async function upsertMaker(tx: Tx, city: CityCode, slug: string, maker: DecisionMaker): Promise<void> {
  await tx
    .insertInto("decision_maker")
    .values({ city, slug, name: maker.name, kind: maker.kind })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** Keeps a title that is known: a document that gives only the code must not blank it. */
export async function upsertFunctionClass(tx: Tx, city: CityCode, code: string, title: string): Promise<void> {
  await tx
    .insertInto("function_class")
    .values({ city, code, title })
    .onConflict((oc) => oc.columns(["city", "code"]).doUpdateSet({ title }).where("function_class.title", "<>", title))
    .execute();
}

/** All classes of a city at once, for the start-up list. */
export async function upsertFunctionClasses(
  tx: Tx,
  city: CityCode,
  classes: readonly { code: string; title: string }[],
): Promise<void> {
  await sql`
    insert into function_class (city, code, title)
    select ${city}, code, title
    from unnest(${sql.val(classes.map((c) => c.code))}::text[], ${sql.val(classes.map((c) => c.title))}::text[]) as t (code, title)
    on conflict (city, code) do update set title = excluded.title where function_class.title <> excluded.title`.execute(
    tx,
  );
}

/** Makes the matter or leaves it; its title is that of its first decision. True when it is new. */
export async function insertMatter(
  tx: Tx,
  matter: { city: CityCode; id: string; number: RecordNumber; slug: string; title: string; classCode: string | null },
): Promise<boolean> {
  const result = await tx
    .insertInto("matter")
    .values({
      city: matter.city,
      key: matter.number.key,
      id: matter.id,
      slug: matter.slug,
      written: matter.number.written,
      title: matter.title,
      class_code: matter.classCode,
    })
    .onConflict((oc) => oc.columns(["city", "key"]).doNothing())
    .executeTakeFirst();
  return result.numInsertedOrUpdatedRows === 1n;
}

/** The decision of that identity with what its newest version says; undefined when there is none. */
export async function selectDecisionByIdentity(
  tx: Tx,
  city: CityCode,
  identity: string,
): Promise<{ id: string; ref: string; version: number; reading: Reading } | undefined> {
  const row = await tx
    .selectFrom("decision as d")
    .innerJoin("decision_version as v", (join) =>
      join.onRef("v.city", "=", "d.city").onRef("v.decision_id", "=", "d.id").onRef("v.version", "=", "d.version"),
    )
    .select(["d.id", "d.ref", "d.version", "v.reading"])
    .where("d.city", "=", city)
    .where("d.identity", "=", identity)
    .executeTakeFirst();
  return row && { ...row, reading: row.reading as unknown as Reading };
}

/** Addresses in use that begin like this one. */
export async function selectRefsLike(tx: Tx, ref: string): Promise<Set<string>> {
  const pattern = `${ref.toLowerCase().replaceAll(/[\\%_]/g, String.raw`\$&`)}%`;
  const rows = await tx
    .selectFrom("decision")
    .select("ref")
    .where(sql<boolean>`lower(ref) like ${pattern}`)
    .limit(10_000)
    .execute();
  return new Set(rows.map((row) => row.ref.toLowerCase()));
}

/** Columns of `decision` that follow from a reading. */
export interface DecisionRow {
  language: string;
  stage: string;
  title: string;
  section: string | null;
  maker: string | null;
  matter_key: string | null;
  class_code: string | null;
  day: string | null;
  year: number | null;
  excerpt: string;
  titleTokens: readonly string[];
  textTokens: readonly string[];
}

/** Lemmas as a tsvector: the title's weigh most. Joined by spaces and read by the "simple" configuration, which changes nothing. */
const searchVector = (row: DecisionRow) => sql<string>`
  setweight(to_tsvector('simple', ${row.titleTokens.join(" ")}), 'A') || to_tsvector('simple', ${row.textTokens.join(" ")})`;

const columnsOf = ({ titleTokens: _title, textTokens: _text, ...columns }: DecisionRow) => columns;

export async function insertDecision(
  tx: Tx,
  key: { city: CityCode; id: string; identity: string; ref: string },
  row: DecisionRow,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto("decision")
    .values({
      ...key,
      ...columnsOf(row),
      version: 1,
      search_text: searchVector(row),
      first_published_at: now.toString(),
      published_at: now.toString(),
    })
    .execute();
}

export async function updateDecision(
  tx: Tx,
  key: { city: CityCode; id: string; version: number },
  row: DecisionRow,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .updateTable("decision")
    .set({ ...columnsOf(row), version: key.version, search_text: searchVector(row), published_at: now.toString() })
    .where("city", "=", key.city)
    .where("id", "=", key.id)
    .execute();
}

export async function insertVersion(
  tx: Tx,
  version: { city: CityCode; decisionId: string; version: number; sha256: string; reading: Reading },
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .insertInto("decision_version")
    .values({
      city: version.city,
      decision_id: version.decisionId,
      version: version.version,
      sha256: version.sha256,
      reading: JSON.stringify(version.reading),
      published_at: now.toString(),
    })
    .execute();
}

export async function insertCopy(
  tx: Tx,
  copy: { city: CityCode; sha256: string; decisionId: string; version: number },
): Promise<void> {
  await tx
    .insertInto("decision_copy")
    .values({ city: copy.city, sha256: copy.sha256, decision_id: copy.decisionId, version: copy.version })
    .onConflict((oc) => oc.doNothing())
    .execute();
}

/** The matters that the newest version mentions, in place of those of the one before. */
export async function replaceMentions(
  tx: Tx,
  city: CityCode,
  decisionId: string,
  mentions: readonly RecordNumber[],
): Promise<void> {
  await tx.deleteFrom("decision_mention").where("city", "=", city).where("decision_id", "=", decisionId).execute();
  if (mentions.length === 0) return;
  await tx
    .insertInto("decision_mention")
    .values(mentions.map((m) => ({ city, decision_id: decisionId, matter_key: m.key, written: m.written })))
    .onConflict((oc) => oc.doNothing())
    .execute();
}
