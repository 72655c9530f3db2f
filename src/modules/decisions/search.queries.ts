/** SQL of search in PostgreSQL's full text: the lemmas of each decision stand in `search_text`, the title's with most weight. */
import { sql } from "kysely";
import type { Db } from "#core/db.ts";
import type { CityCode } from "#core/cities.ts";
import { decisionLine, type DecisionLine, shapeLine } from "./queries.ts";

/** Most hits that are ranked: beyond them a list helps nobody, and ranking costs time for each. */
export const MOST_HITS = 1000;

export interface FoundDecisions {
  lines: DecisionLine[];
  /** Exact up to 1,000. */
  total: number;
  isExact: boolean;
}

/**
 * Decisions in which each group of terms is met by at least one of its terms, best first.
 * `groups`: one for each word of the query, each with the lemmas that it may be. None = nothing is found.
 */
export async function searchDecisions(
  db: Db,
  groups: readonly (readonly string[])[],
  options: { city: CityCode | null; offset: number; limit: number },
): Promise<FoundDecisions> {
  if (groups.length === 0) return { lines: [], total: 0, isExact: true };
  const query = sql.join(
    groups.map(
      (terms) =>
        sql`(${sql.join(
          terms.map((term) => sql`plainto_tsquery('simple', ${term})`),
          sql` || `,
        )})`,
    ),
    sql` && `,
  );
  const city = options.city ? sql`and city = ${options.city}` : sql``;
  const { rows } = await sql<{ id: string; rank: number; total: number }>`
    with hit as (select id, search_text from decision where search_text @@ (${query}) ${city} limit ${MOST_HITS + 1})
    select id, ts_rank(search_text, (${query})) as rank, (select count(*)::int from hit) as total
    from hit order by rank desc, id desc offset ${options.offset} limit ${options.limit}`.execute(db);
  const found = await selectLines(
    db,
    rows.map((row) => row.id),
  );
  const total = rows[0]?.total ?? 0;
  return { lines: found, total: Math.min(total, MOST_HITS), isExact: total <= MOST_HITS };
}

/** Lines in the order of the ids. */
async function selectLines(db: Db, ids: readonly string[]): Promise<DecisionLine[]> {
  if (ids.length === 0) return [];
  const rows = await decisionLine(db)
    .where(sql<boolean>`d.id = any(${sql.val([...ids])}::uuid[])`)
    .execute();
  const place = new Map(ids.map((id, n) => [id, n]));
  return rows.map(shapeLine).sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0));
}
