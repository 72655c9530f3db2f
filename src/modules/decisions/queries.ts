/** SQL that reads single decisions and matters for their pages. Lists and counts: list.queries.ts. */
import { sql } from "kysely";
import type { CityCode, Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { compileOnce } from "#core/query.ts";
import type { Reading } from "./reading.ts";

/** A decision as its page shows it: one version, and what stands around it. */
export interface DecisionDetail {
  city: CityCode;
  id: string;
  ref: string;
  version: number;
  newestVersion: number;
  reading: Reading;
  makerSlug: string | null;
  classTitle: string | null;
  matter: { slug: string; written: string } | null;
  /** Matters that the text mentions and that are known here; at most 100. */
  mentioned: readonly MentionedMatter[];
  sha256: string;
  mediaType: string;
  bytes: number;
  publishedAt: Date;
  firstPublishedAt: Date;
}

/** A matter of the same city that a text mentions. */
export interface MentionedMatter {
  slug: string;
  /** As the text writes it, and as the matter itself is written. */
  mentionedAs: string;
  written: string;
  title: string;
}

/**
 * A decision by its address, whole, in one statement. `version`: an older one; without it, the newest.
 * Undefined when there is none. The address is compared without regard to case.
 */
export async function selectOptionalDecision(
  db: Db,
  ref: string,
  version?: number,
): Promise<DecisionDetail | undefined> {
  const key = ref.toLowerCase();
  const [row] = await (version === undefined ? newestOf(db, key) : ofRef(decisionDetail(db, version), key).execute());
  return row && shapeDetail(row);
}

const ofRef = (detail: ReturnType<typeof decisionDetail>, key: string) =>
  detail.where(sql<string>`lower(d.ref)`, "=", key);

const newestOf = compileOnce((db, key: string) => ofRef(decisionDetail(db), key));

/** The same by the decision's id. */
export async function selectOptionalDecisionById(
  db: Db,
  id: string,
  version?: number,
): Promise<DecisionDetail | undefined> {
  const row = await decisionDetail(db, version).where("d.id", "=", id).executeTakeFirst();
  return row && shapeDetail(row);
}

function decisionDetail(db: Db, version?: number) {
  return db
    .selectFrom("decision as d")
    .innerJoin("decision_version as v", (join) => {
      const same = join.onRef("v.city", "=", "d.city").onRef("v.decision_id", "=", "d.id");
      return version === undefined ? same.onRef("v.version", "=", "d.version") : same.on("v.version", "=", version);
    })
    .innerJoin("document as doc", (join) => join.onRef("doc.city", "=", "v.city").onRef("doc.sha256", "=", "v.sha256"))
    .leftJoin("function_class as c", (join) => join.onRef("c.city", "=", "d.city").onRef("c.code", "=", "d.class_code"))
    .leftJoin("matter as m", (join) => join.onRef("m.city", "=", "d.city").onRef("m.key", "=", "d.matter_key"))
    .select([
      "d.city",
      "d.id",
      "d.ref",
      "d.version as newestVersion",
      "d.maker as makerSlug",
      "d.first_published_at as firstPublishedAt",
      "v.version",
      "v.reading",
      "v.published_at as publishedAt",
      "v.sha256",
      "doc.media_type as mediaType",
      sql<number>`octet_length(doc.bytes)`.as("bytes"),
      "c.title as classTitle",
      "m.slug as matterSlug",
      "m.written as matterWritten",
      mentionedMatters.as("mentioned"),
    ]);
}

/** Of the version that is read, in the order of its text: an older version may mention others than the newest. */
const mentionedMatters = sql<MentionedMatter[]>`coalesce((
  select json_agg(json_build_object('slug', k.slug, 'mentionedAs', mention ->> 'written', 'written', k.written, 'title', k.title) order by n)
  from jsonb_array_elements(v.reading -> 'mentions') with ordinality as mentions (mention, n)
  join matter as k on k.city = d.city and k.key = mention ->> 'key'
  where n <= 100), '[]')`;

type DetailRow = NonNullable<Awaited<ReturnType<ReturnType<typeof decisionDetail>["executeTakeFirst"]>>>;

function shapeDetail({ matterSlug, matterWritten, ...row }: DetailRow): DecisionDetail {
  return {
    ...row,
    city: row.city as CityCode,
    reading: row.reading as unknown as Reading,
    matter: matterSlug !== null && matterWritten !== null ? { slug: matterSlug, written: matterWritten } : null,
  };
}

/** The bytes of a version's document as they came. */
export async function selectOptionalOriginal(
  db: Db,
  decision: { city: CityCode; id: string; version: number },
): Promise<{ bytes: Buffer; mediaType: string } | undefined> {
  return db
    .selectFrom("decision_version as v")
    .innerJoin("document as doc", (join) => join.onRef("doc.city", "=", "v.city").onRef("doc.sha256", "=", "v.sha256"))
    .select(["doc.bytes", "doc.media_type as mediaType"])
    .where("v.city", "=", decision.city)
    .where("v.decision_id", "=", decision.id)
    .where("v.version", "=", decision.version)
    .executeTakeFirst();
}

export interface MatterDetail {
  city: CityCode;
  id: string;
  key: string;
  slug: string;
  written: string;
  title: string;
  classCode: string | null;
  classTitle: string | null;
}

/** A matter by the slug of its address, in one city. */
export async function selectOptionalMatter(db: Db, city: CityCode, slug: string): Promise<MatterDetail | undefined> {
  const row = await matterDetail(db).where("m.city", "=", city).where("m.slug", "=", slug).executeTakeFirst();
  return row && { ...row, city: row.city as CityCode };
}

/** Matters of that key in any city, for a record number typed without its city; at most six. */
export async function selectMattersByKey(db: Db, key: string, city?: CityCode): Promise<MatterDetail[]> {
  let query = matterDetail(db).where("m.key", "=", key).limit(6);
  if (city) query = query.where("m.city", "=", city);
  const rows = await query.execute();
  return rows.map((row) => ({ ...row, city: row.city as CityCode }));
}

/** A matter by its id, as the log of changes names it. */
export async function selectOptionalMatterById(db: Db, city: CityCode, id: string): Promise<MatterDetail | undefined> {
  const row = await matterDetail(db).where("m.city", "=", city).where("m.id", "=", id).executeTakeFirst();
  return row && { ...row, city: row.city as CityCode };
}

const matterDetail = (db: Db) =>
  db
    .selectFrom("matter as m")
    .leftJoin("function_class as c", (join) => join.onRef("c.city", "=", "m.city").onRef("c.code", "=", "m.class_code"))
    .select([
      "m.city",
      "m.id",
      "m.key",
      "m.slug",
      "m.written",
      "m.title",
      "m.class_code as classCode",
      "c.title as classTitle",
    ]);

/** One line of a list of decisions. */
export interface DecisionLine {
  city: CityCode;
  id: string;
  ref: string;
  title: string;
  language: Language;
  stage: "decided" | "proposed";
  section: string | null;
  day: string | null;
  excerpt: string;
  maker: { slug: string; name: string } | null;
  recordNumber: string | null;
  publishedAt: Date;
}

/** Decisions of a matter in time order, undated first; at most 200. */
export async function selectDecisionsOfMatter(db: Db, city: CityCode, key: string): Promise<DecisionLine[]> {
  const rows = await decisionLine(db)
    .where("d.city", "=", city)
    .where("d.matter_key", "=", key)
    .orderBy(sql`d.day nulls first`)
    .orderBy("d.first_published_at")
    .orderBy("d.id")
    .limit(200)
    .execute();
  return rows.map(shapeLine);
}

/** Decisions of other matters whose text mentions this one; at most 50, newest first. */
export async function selectDecisionsMentioning(db: Db, city: CityCode, key: string): Promise<DecisionLine[]> {
  const rows = await decisionLine(db)
    .innerJoin("decision_mention as mention", (join) =>
      join.onRef("mention.city", "=", "d.city").onRef("mention.decision_id", "=", "d.id"),
    )
    .where("mention.city", "=", city)
    .where("mention.matter_key", "=", key)
    .where(sql<boolean>`d.matter_key is distinct from ${key}`)
    .orderBy(sql`d.day desc nulls last`)
    .orderBy("d.id", "desc")
    .limit(50)
    .execute();
  return rows.map(shapeLine);
}

export const decisionLine = (db: Db) =>
  db
    .selectFrom("decision as d")
    .leftJoin("decision_maker as k", (join) => join.onRef("k.city", "=", "d.city").onRef("k.slug", "=", "d.maker"))
    .leftJoin("matter as m", (join) => join.onRef("m.city", "=", "d.city").onRef("m.key", "=", "d.matter_key"))
    .select([
      "d.city",
      "d.id",
      "d.ref",
      "d.title",
      "d.language",
      "d.stage",
      "d.section",
      "d.day",
      "d.excerpt",
      "d.published_at as publishedAt",
      "k.slug as makerSlug",
      "k.name as makerName",
      "m.written as recordNumber",
    ]);

type LineRow = NonNullable<Awaited<ReturnType<ReturnType<typeof decisionLine>["executeTakeFirst"]>>>;

export function shapeLine({ makerSlug, makerName, ...row }: LineRow): DecisionLine {
  return {
    ...row,
    city: row.city as CityCode,
    language: row.language as Language,
    stage: row.stage as DecisionLine["stage"],
    maker: makerSlug !== null && makerName !== null ? { slug: makerSlug, name: makerName } : null,
  };
}

/** Names of decision-makers and titles of classes by what stands in the address, for the filters in use. */
export async function selectFilterNames(
  db: Db,
  makers: readonly string[],
  classes: readonly string[],
): Promise<Map<string, string>> {
  if (makers.length === 0 && classes.length === 0) return new Map();
  const { rows } = await sql<{ value: string; name: string }>`
    select slug as value, min(name) as name from decision_maker where slug = any(${sql.val([...makers])}::text[]) group by slug
    union all
    select code, min(title) from function_class where code = any(${sql.val([...classes])}::text[]) group by code`.execute(
    db,
  );
  return new Map(rows.map((row) => [row.value, row.name]));
}
