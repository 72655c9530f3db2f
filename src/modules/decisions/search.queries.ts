/** SQL for the search: entries to index, and PostgreSQL's full text over the lemmas in `search_text`. */
import { sql } from "kysely";
import type { CityCode } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { conditions, type DecisionFilter } from "./list.queries.ts";
import { type DecisionLine, decisionLine, shapeLine } from "./queries.ts";
import type { Reading } from "./reading.ts";

export interface EntryRow {
  city: CityCode;
  id: string;
  maker: string | null;
  classCode: string | null;
  year: number | null;
  day: string | null;
  reading: Reading;
}

/** The newest versions of these decisions, in any order. */
export async function selectEntries(db: Db, refs: readonly { city: CityCode; id: string }[]): Promise<EntryRow[]> {
  if (refs.length === 0) return [];
  const ids = refs.map(({ id }) => id);
  const rows = await entryRows(db)
    .where(sql<boolean>`d.id = any(${sql.val(ids)}::uuid[])`)
    .execute();
  return rows.map(shapeEntry);
}

/** At most `limit` decisions in the order of city and id, after the given one. */
export async function selectEntriesAfter(
  db: Db,
  after: { city: CityCode; id: string } | null,
  limit: number,
): Promise<EntryRow[]> {
  let query = entryRows(db);
  if (after) query = query.where(sql<boolean>`(d.city, d.id) > (${after.city}, ${after.id}::uuid)`);
  const rows = await query.orderBy("d.city").orderBy("d.id").limit(limit).execute();
  return rows.map(shapeEntry);
}

const entryRows = (db: Db) =>
  db
    .selectFrom("decision as d")
    .innerJoin("decision_version as v", (join) =>
      join.onRef("v.city", "=", "d.city").onRef("v.decision_id", "=", "d.id").onRef("v.version", "=", "d.version"),
    )
    .select(["d.city", "d.id", "d.maker", "d.class_code as classCode", "d.year", "d.day", "v.reading"]);

type Row = NonNullable<Awaited<ReturnType<ReturnType<typeof entryRows>["executeTakeFirst"]>>>;

const shapeEntry = (row: Row): EntryRow => ({
  ...row,
  city: row.city as CityCode,
  reading: row.reading as unknown as Reading,
});

/** Decisions as the search shows them, with what was read from the newest version, in any order. */
export async function selectFound(db: Db, ids: readonly string[]): Promise<(DecisionLine & { reading: Reading })[]> {
  if (ids.length === 0) return [];
  const rows = await decisionLine(db)
    .innerJoin("decision_version as v", (join) =>
      join.onRef("v.city", "=", "d.city").onRef("v.decision_id", "=", "d.id").onRef("v.version", "=", "d.version"),
    )
    .select("v.reading")
    .where(sql<boolean>`d.id = any(${sql.val([...ids])}::uuid[])`)
    .execute();
  return rows.map(({ reading, ...row }) => ({ ...shapeLine(row), reading: reading as unknown as Reading }));
}

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
