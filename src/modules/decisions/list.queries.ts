/** SQL of lists of decisions: pages by keyset, and counts beside the filters. */
import { sql } from "kysely";
import type { CityCode } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { type DecisionLine, decisionLine, shapeLine } from "./queries.ts";

/** Which decisions: empty lists mean all. A class takes in the classes below it ("02" has "02 05 02"). */
export interface DecisionFilter {
  cities: readonly CityCode[];
  makers: readonly string[];
  classes: readonly string[];
  years: readonly number[];
}

/** Place in a list, newest first: the day and id of the last line seen. */
export interface ListPlace {
  day: string;
  id: string;
}

/** Sorts undated decisions last; the same expression as in the indexes. */
const sortDay = sql<string>`coalesce(d.day, '0001-01-01')`;

export const conditions = (filter: DecisionFilter, without?: keyof DecisionFilter) => {
  const all = [sql`true`];
  if (filter.cities.length > 0 && without !== "cities")
    all.push(sql`d.city = any(${sql.val([...filter.cities])}::text[])`);
  if (filter.makers.length > 0 && without !== "makers")
    all.push(sql`d.maker = any(${sql.val([...filter.makers])}::text[])`);
  if (filter.years.length > 0 && without !== "years") all.push(sql`d.year = any(${sql.val([...filter.years])}::int[])`);
  if (filter.classes.length > 0 && without !== "classes") {
    const prefixes = filter.classes.map((code) => `${code}%`);
    all.push(sql`d.class_code like any(${sql.val(prefixes)}::text[])`);
  }
  return sql<boolean>`${sql.join(all, sql` and `)}`;
};

/** At most `limit` lines after `place`, newest first. */
export async function selectDecisions(
  db: Db,
  filter: DecisionFilter,
  place: ListPlace | null,
  limit: number,
): Promise<DecisionLine[]> {
  let query = decisionLine(db).where(conditions(filter));
  if (place) query = query.where(sql<boolean>`(${sortDay}, d.id) < (${place.day}::date, ${place.id}::uuid)`);
  const rows = await query.orderBy(sortDay, "desc").orderBy("d.id", "desc").limit(limit).execute();
  return rows.map(shapeLine);
}

/** The place of a line, for the link to the next page. */
export const placeOf = (line: DecisionLine): ListPlace => ({ day: line.day ?? "0001-01-01", id: line.id });

export interface FacetCount {
  value: string;
  label: string;
  count: number;
}
export interface DecisionCounts {
  total: number;
  cities: FacetCount[];
  makers: FacetCount[];
  classes: FacetCount[];
  years: FacetCount[];
}

const MOST_VALUES = 30;

/** How many decisions stand behind each value of each filter, the other filters applied; at most 30 values each. One statement. */
export async function selectDecisionCounts(db: Db, filter: DecisionFilter): Promise<DecisionCounts> {
  const { rows } = await sql<{ facet: keyof DecisionCounts; value: string; label: string; count: number }>`
    (select 'total' as facet, '' as value, '' as label, count(*)::int as count from decision d where ${conditions(filter)})
    union all
    (select 'cities', d.city, d.city, count(*)::int from decision d
     where ${conditions(filter, "cities")} group by d.city order by 4 desc, 2 limit ${MOST_VALUES})
    union all
    (select 'makers', d.maker, min(k.name), count(*)::int
     from decision d join decision_maker k on k.city = d.city and k.slug = d.maker
     where ${conditions(filter, "makers")} group by d.maker order by 4 desc, 2 limit ${MOST_VALUES})
    union all
    (select 'classes', left(d.class_code, 2), coalesce(min(c.title), ''), count(*)::int
     from decision d left join function_class c on c.city = d.city and c.code = left(d.class_code, 2)
     where d.class_code is not null and ${conditions(filter, "classes")}
     group by left(d.class_code, 2) order by 2 limit ${MOST_VALUES})
    union all
    (select 'years', d.year::text, d.year::text, count(*)::int from decision d
     where d.year is not null and ${conditions(filter, "years")} group by d.year order by d.year desc limit ${MOST_VALUES})`.execute(
    db,
  );
  const of = (facet: keyof DecisionCounts) =>
    rows.filter((row) => row.facet === facet).map(({ value, label, count }) => ({ value, label, count }));
  return {
    total: of("total")[0]?.count ?? 0,
    cities: of("cities"),
    makers: of("makers"),
    classes: of("classes"),
    years: of("years"),
  };
}

export interface CitySummary {
  city: CityCode;
  decisions: number;
  /** Day of the newest dated decision. */
  newest: string | null;
}

/** Decisions and the newest day of each city, for the front page. */
export async function selectCitySummaries(db: Db): Promise<CitySummary[]> {
  const { rows } = await sql<CitySummary>`
    select city, count(*)::int as decisions, max(day) as newest from decision group by city`.execute(db);
  return rows;
}
