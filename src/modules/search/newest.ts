/** The newest of many hits. */
import type { SearchFilter } from "#core/search-source.ts";
import type { Scored } from "./ask.ts";
import { COUNTED, matchesOf, type Search } from "./matches.ts";

/** The newest that match, `end` at least: all matches of so recent a time that they are neither too few nor too many. */
export async function newestOfMany(search: Search, filter: SearchFilter, end: number): Promise<Scored[]> {
  const { facts, sample } = search.snapshot;
  const days = search
    .sampledIn(filter)
    .map((place) => facts.days[place] ?? 0)
    .sort((a, b) => b - a);
  let rows: Scored[] = [];
  for (let aim = Math.min(0.8 * COUNTED, Math.max(1.5 * end, 5 * sample.scale)), tries = 0; tries < 5; tries++) {
    const since = days[Math.ceil(aim / sample.scale)] ?? 0;
    const found = await matchesOf(search, filter, since);
    if (found.isAll && (found.rows.length >= end || since === 0)) return found.rows;
    if (found.isAll) rows = found.rows;
    aim = found.isAll ? Math.max(2 * aim, sample.scale + aim) : aim / 2;
  }
  return rows;
}
