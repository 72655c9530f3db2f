/** What has most of the words, for when nothing has all of them. */
import type { Groups } from "#core/search-source.ts";
import { bestTexts } from "./ask.ts";
import { about, exactly, facetCounts } from "./facets.ts";
import { refAt, tallyAt } from "./facts.ts";
import type { Found, Wanted } from "./found.ts";
import type { Snapshot } from "./matches.ts";
import { hasAll } from "./terms.ts";
import { whereOf } from "./where.ts";

/** The best so many by any of the words are looked at: nobody pages far through what only nearly matches. */
const MOST_SOME = 100;

/** Those with most of the words first, and none with less than half of them. */
export async function findSome({ facts, table }: Snapshot, wanted: Wanted): Promise<Found> {
  const { groups, filter, order, from, size } = wanted;
  const where = whereOf(filter);
  const best = await bestTexts({ facts, table }, { terms: groups.flat(), need: "any", where, limit: MOST_SOME });
  const dayOf = (place: number) => (order === "date" ? (facts.days[place] ?? 0) : 0);
  const rows = best
    .map(({ place, score, text }) => ({ place, score, missing: missingIn(text, groups) }))
    .filter(({ missing }) => 2 * missing.length <= groups.length)
    .sort((a, b) => a.missing.length - b.missing.length || dayOf(b.place) - dayOf(a.place) || b.score - a.score);
  const shape = best.length < MOST_SOME ? exactly : about;
  const places = rows.map(({ place }) => place);
  const page = rows.slice(from, from + size);
  return {
    refs: page.map(({ place }) => refAt(facts, place)),
    matching: "some",
    missing: page.map(({ missing }) => missing),
    total: shape(rows.length),
    facets: facetCounts((facet) => tallyAt(facts, facet, places), shape),
  };
}

const missingIn = (text: string, groups: Groups): number[] =>
  groups.flatMap((group, n) => (hasAll(text, [group]) ? [] : [n]));
