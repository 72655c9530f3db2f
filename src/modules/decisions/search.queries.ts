/** SQL for the search: entries to index, and PostgreSQL's full text over the lemmas in `search_text`. */
import { type Selectable, type SelectQueryBuilder, sql } from "kysely";
import type { CityCode, Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import type { DB } from "#core/db-types.ts";
import { compileOnce } from "#core/query.ts";
import { conditions, type DecisionFilter } from "./list.queries.ts";
import { type DecisionLine, decisionLine, shapeLine } from "./queries.ts";

/** A decision as the index takes it in. */
export interface EntryRow {
  city: CityCode;
  id: string;
  title: string;
  /** Its running text (textOf). */
  text: string;
  language: Language;
  maker: string | null;
  /** As the document names who decided, and as it writes the record number. */
  makerName: string | null;
  recordNumber: string | null;
  /** What stands under its title, line by line. */
  references: string | null;
  classCode: string | null;
  year: number | null;
  day: string | null;
}

/** The newest versions of these decisions, in any order. */
export async function selectEntries(db: Db, refs: readonly { city: CityCode; id: string }[]): Promise<EntryRow[]> {
  if (refs.length === 0) return [];
  const ids = refs.map(({ id }) => id);
  const some = db
    .selectFrom("decision")
    .selectAll()
    .where(sql<boolean>`id = any(${sql.val(ids)}::uuid[])`);
  return (await entriesOf(db, some).execute()).map(shapeEntry);
}

/** At most `limit` decisions in the order of city and id, after the given one. */
export async function selectEntriesAfter(
  db: Db,
  after: { city: CityCode; id: string } | null,
  limit: number,
): Promise<EntryRow[]> {
  let some = db.selectFrom("decision").selectAll().orderBy("city").orderBy("id").limit(limit);
  if (after) some = some.where(sql<boolean>`(city, id) > (${after.city}, ${after.id}::uuid)`);
  return (await entriesOf(db, some).orderBy("d.city").orderBy("d.id").execute()).map(shapeEntry);
}

/** The decisions are chosen before they meet their versions: joined first, each batch walked through all versions before it. */
const entriesOf = (db: Db, some: SelectQueryBuilder<DB, "decision", Selectable<DB["decision"]>>) =>
  db
    .selectFrom(some.as("d"))
    .innerJoin("decision_version as v", (join) =>
      join.onRef("v.city", "=", "d.city").onRef("v.decision_id", "=", "d.id").onRef("v.version", "=", "d.version"),
    )
    .select([
      "d.city",
      "d.id",
      "d.title",
      "d.running_text as text",
      "d.language",
      "d.maker",
      sql<string | null>`v.reading #>> '{decisionMaker,name}'`.as("makerName"),
      sql<string | null>`v.reading #>> '{recordNumber,written}'`.as("recordNumber"),
      sql<
        string | null
      >`(select string_agg(line, chr(10)) from jsonb_array_elements_text(v.reading -> 'references') as line)`.as(
        "references",
      ),
      "d.class_code as classCode",
      "d.year",
      "d.day",
    ]);

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof entriesOf>["executeTakeFirst"]>>>;

const shapeEntry = (row: Row): EntryRow => ({
  ...row,
  city: row.city as CityCode,
  language: row.language as Language,
});

/** A decision as a list shows it, with the beginning of its running text. */
export interface FoundRow extends DecisionLine {
  text: string;
}

/** Decisions as the search shows them, in any order. */
export async function selectFound(db: Db, ids: readonly string[]): Promise<FoundRow[]> {
  if (ids.length === 0) return [];
  const rows = await foundOf(db, ids);
  return rows.map(({ text, ...row }) => ({ ...shapeLine(row), text }));
}

/** Characters of a text that are looked through for a piece to show; one more comes, when there is more. */
export const TEXT_BEGINNING = 10_000;

// `left` counts characters, which costs as much as the rest of the question: only a long text is cut.
const beginning = sql<string>`case when octet_length(d.running_text) <= ${sql.lit(2 * TEXT_BEGINNING)} then d.running_text
  else left(d.running_text, ${sql.lit(TEXT_BEGINNING + 1)}) end`;

const foundOf = compileOnce((db, ids: readonly string[]) =>
  decisionLine(db)
    .select(beginning.as("text"))
    .where(sql<boolean>`d.id = any(${sql.val(ids)}::uuid[])`),
);

export interface TextMatchRow {
  city: CityCode;
  id: string;
  maker: string | null;
  classCode: string | null;
  year: number | null;
}

/** Decisions that have a term of each group, best or newest first, at most `limit`. No groups find nothing. */
export async function selectTextMatches(
  db: Db,
  query: {
    groups: readonly (readonly string[])[];
    filter: DecisionFilter;
    order: "relevance" | "date";
    limit: number;
  },
): Promise<TextMatchRow[]> {
  if (query.groups.length === 0) return [];
  const groups = query.groups.map(
    (terms) =>
      sql`(${sql.join(
        terms.map((term) => sql`plainto_tsquery('simple', ${term})`),
        sql` || `,
      )})`,
  );
  const tsquery = sql`(${sql.join(groups, sql` && `)})`;
  const order = query.order === "date" ? sql`d.day desc nulls last` : sql`ts_rank(d.search_text, ${tsquery}) desc`;
  const { rows } = await sql<TextMatchRow>`
    select d.city, d.id, d.maker, d.class_code as "classCode", d.year from decision d
    where d.search_text @@ ${tsquery} and ${conditions(query.filter)}
    order by ${order}, d.id desc limit ${query.limit}`.execute(db);
  return rows;
}
