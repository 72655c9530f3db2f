/**
 * Finds in the index what a query asks for: every word in one of its forms, within a filter, in an order, with counts.
 *
 * How the index is asked follows from what the sample says. Few hits: all of them are found, counted and sorted exactly.
 * Many: only the best are fetched and the counts are about right. Both give the true best hits by BM25.
 */
import type { SearchFilter } from "#core/search-source.ts";
import type { Scored } from "./ask.ts";
import { about, type Count, exactly, type FacetCounts, FACETS, facetValues } from "./facets.ts";
import { refAt, sieveOf, tallyAt } from "./facts.ts";
import type { Found, Wanted } from "./found.ts";
import { phraseMatches, type PhraseSearch } from "./phrases.ts";
import { findSome } from "./some.ts";
import { COUNTED, type Matches, matchesOf, type Search, type Snapshot, wholeRows } from "./matches.ts";
import { newestOfMany } from "./newest.ts";
import { whereOf } from "./where.ts";
import { sampleMatches, sift } from "./sample.ts";

/** What has all of the words; when nothing has, what has them apart from each other, and then what has most of them. */
export async function find(snapshot: Snapshot, wanted: Wanted): Promise<Found> {
  const whole = await findWhole(snapshot, wanted);
  if (whole.total.value > 0) return whole;
  if (wanted.phrases.length > 0) {
    const apart = await findWhole(snapshot, { ...wanted, phrases: [] });
    if (apart.total.value > 0) return { ...apart, matching: "apart" };
  }
  return wanted.groups.length > 1 ? findSome(snapshot, wanted) : whole;
}

async function findWhole(snapshot: Snapshot, wanted: Wanted): Promise<Found> {
  const { groups, phrases, filter } = wanted;
  const sampled = sampleMatches(snapshot.sample, groups);
  const sampledIn = remember((within) => sift(sampled, sieveOf(snapshot.facts, within)));
  const search = { snapshot, groups, phrases, sampledIn };
  const matching: (within: SearchFilter) => Promise<Matches> = remember(
    async (within) =>
      (await sifted(snapshot, within, matching)) ?? (phrases.length > 0 ? phraseMatches : matchesOf)(search, within),
  );
  const matches = await matching(filter);
  const [rows, facets] = await Promise.all([inOrder(search, wanted, matches), countFacets(search, filter, matching)]);
  const page = rows.slice(wanted.from, wanted.from + wanted.size);
  const total = totalOf(search, filter, matches);
  return { refs: page.map(({ place }) => refAt(snapshot.facts, place)), matching: "all", missing: [], total, facets };
}

/** What passes a filter, from all that passes a wider one: known anyway beside the filters, and cheaper than asking again. */
async function sifted(
  { facts }: Snapshot,
  within: SearchFilter,
  matching: (filter: SearchFilter) => Promise<Matches>,
): Promise<Matches | null> {
  for (const facet of FACETS.filter((each) => within[each].length > 0)) {
    const { rows, isAll } = await matching({ ...within, [facet]: [] });
    const sieve = sieveOf(facts, within);
    if (isAll && sieve) return { rows: rows.filter(({ place }) => sieve(place)), isAll };
  }
  return null;
}

/** One answer for each filter asked about. */
function remember<Answer>(ask: (filter: SearchFilter) => Answer): (filter: SearchFilter) => Answer {
  const answers = new Map<string, Answer>();
  return (filter) => {
    const key = JSON.stringify(filter);
    const answer = answers.get(key) ?? ask(filter);
    answers.set(key, answer);
    return answer;
  };
}

const byScore = (a: Scored, b: Scored) => b.score - a.score || a.place - b.place;

async function inOrder(search: PhraseSearch, { filter, order, from, size }: Wanted, { rows, isAll }: Matches) {
  const end = Math.min(from + size, COUNTED);
  const isEnough = isAll || search.phrases.length > 0;
  if (order === "date") return newestFirst(search, isEnough ? rows : await newestOfMany(search, filter, end));
  return (isEnough || rows.length > 0 ? rows : await wholeRows(search, whereOf(filter), end)).sort(byScore);
}

function newestFirst({ snapshot }: Search, rows: Scored[]): Scored[] {
  const { days } = snapshot.facts;
  return rows.sort((a, b) => (days[b.place] ?? 0) - (days[a.place] ?? 0) || byScore(a, b));
}

/** What hits are counted by: all of them, or else the sample, or the best ones where the sample knows nothing. */
function countedBy({ snapshot: { sample }, phrases, sampledIn }: PhraseSearch, within: SearchFilter, matches: Matches) {
  if (matches.isAll) return { places: placesOf(matches), shape: exactly };
  if (phrases.length > 0) return { places: placesOf(matches), shape: about };
  return { places: sampledIn(within), shape: (count: number) => about(count * sample.scale) };
}

const placesOf = ({ rows }: Matches) => rows.map(({ place }) => place);

function totalOf(search: PhraseSearch, filter: SearchFilter, matches: Matches): Count {
  const { places, shape } = countedBy(search, filter, matches);
  const count = shape(places.length);
  return count.isExact || search.phrases.length > 0 ? count : { ...count, value: Math.max(COUNTED, count.value) };
}

/** Beside each filter: how many hits each of its values would leave, the other filters applied. */
async function countFacets(
  search: PhraseSearch,
  filter: SearchFilter,
  matching: (filter: SearchFilter) => Promise<Matches>,
): Promise<FacetCounts> {
  const counted = FACETS.map(async (facet) => {
    const within = { ...filter, [facet]: [] };
    const { places, shape } = countedBy(search, within, await matching(within));
    return [facet, facetValues(facet, tallyAt(search.snapshot.facts, facet, places), shape)] as const;
  });
  return Object.fromEntries(await Promise.all(counted)) as FacetCounts;
}
