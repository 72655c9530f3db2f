/** All that match a search, when they are not too many. */
import type { Groups, SearchFilter } from "#core/search-source.ts";
import { bestRows, isKnown, type Scored, type Searched } from "./ask.ts";
import { sieveOf } from "./facts.ts";
import { type Recent, recentRows } from "./recent.ts";
import { postingsOf, type Sample, sift } from "./sample.ts";
import { hasAll } from "./terms.ts";
import { whereOf } from "./where.ts";

/** One version of the index, and what is known of its entries. */
export interface Snapshot extends Searched {
  sample: Sample;
  recent: Recent;
}

/** Up to here hits are counted exactly and can be paged through. */
export const COUNTED = 1000;

/** Whether so many matches in the sample surely mean more than COUNTED: three standard deviations below would still be. */
const areSurelyMany = (sampled: number, { scale }: Sample): boolean =>
  (sampled - 3 * Math.sqrt(sampled)) * scale > COUNTED;

export interface Search {
  snapshot: Snapshot;
  groups: Groups;
  /** Places of those of the sample that match within a filter. */
  sampledIn: (filter: SearchFilter) => readonly number[];
}

/** Rows that match: all of them, or some of the more than COUNTED; none where there surely are many. */
export interface Matches {
  rows: Scored[];
  isAll: boolean;
}

/** Below this many entries within a filter, asking word by word and joining here costs a fifth of asking for all words at once. */
const SMALL_FILTER = 5000;

/** All that match, newer than or as new as `since` (20170529), unless there are more than COUNTED. */
export async function matchesOf(search: Search, filter: SearchFilter, since = 0): Promise<Matches> {
  const { snapshot, groups, sampledIn } = search;
  const { facts, sample } = snapshot;
  const recent = (places: readonly number[]) =>
    since === 0 ? places : places.filter((place) => (facts.days[place] ?? 0) >= since);
  if (areSurelyMany(recent(sampledIn(filter)).length, sample)) return { rows: [], isAll: false };
  const where = whereOf(filter, since);
  const entries = () => recent(sift(sample.places, sieveOf(facts, filter))).length * sample.scale;
  const isSmall = where !== null && groups.length > 1 && entries() < SMALL_FILTER;
  const rows = isSmall ? await joinedRows(snapshot, groups, where) : await wholeRows(search, where, COUNTED + 1);
  return { rows, isAll: rows.length <= COUNTED };
}

/** Each word by itself within a small filter, joined here; a row's score is the sum over its words, as in BM25. */
async function joinedRows(searched: Searched, groups: Groups, where: string): Promise<Scored[]> {
  const lists = await Promise.all(
    groups.map((terms) => bestRows(searched, { terms, need: "any", where, limit: 4 * SMALL_FILTER })),
  );
  const [first = new Map<number, number>(), ...others] = lists.map(
    (rows) => new Map(rows.map(({ place, score }) => [place, score])),
  );
  const joined: Scored[] = [];
  for (const [place, score] of first) {
    const scores = others.map((list) => list.get(place));
    if (scores.every((other) => other !== undefined)) joined.push({ place, score: scores.reduce(sum, score) });
  }
  return joined;
}

const sum = (a: number, b: number | undefined) => a + (b ?? 0);

/** The best rows that have all words, asked for in as many ways as the words have base forms. */
export async function wholeRows({ snapshot, groups }: Search, where: string | null, limit: number): Promise<Scored[]> {
  const [first] = groups;
  if (groups.length === 1 && first) return bestRows(snapshot, { terms: first, need: "any", where, limit });
  const ways = await knownWays(snapshot, groups);
  const [lists, recent] = await Promise.all([
    Promise.all(ways.map((terms) => bestRows(snapshot, { terms, need: "every", where, limit }))),
    recentRows(snapshot, snapshot.recent, groups.flat(), where),
  ]);
  return bestOfEach([...lists, recent.filter(({ text }) => hasAll(text, groups))]);
}

/** Asked for every term, the library leaves out those that it doesn't know, and finds what has the others. */
async function knownWays(snapshot: Snapshot, groups: Groups): Promise<string[][]> {
  const ways = conjunctions(snapshot.sample, groups);
  const doubtful = [...new Set(ways.flat())].filter((term) => !isSampled(snapshot, term));
  const known = await Promise.all(doubtful.map((term) => isKnown(snapshot, term)));
  const unknown = new Set(doubtful.filter((_, n) => known[n] === false));
  return ways.filter((way) => !way.some((term) => unknown.has(term)));
}

/** Whether a term stands in an entry of the sample that the index has taken in. */
function isSampled({ sample, recent }: Snapshot, term: string): boolean {
  const postings = postingsOf(sample, term);
  return recent.texts.size === 0
    ? postings.length > 0
    : postings.some((index) => !recent.texts.has(sample.places[index] ?? -1));
}

/** A word with several base forms makes several questions; these many are asked, with the commonest forms. */
const MOST_CONJUNCTIONS = 4;

/** All ways to take one term of each group, in the order of the groups: ["kuusi" or "kuu", "puisto"] gives two. */
export function conjunctions(sample: Sample, groups: Groups): string[][] {
  let room = MOST_CONJUNCTIONS;
  const taken = new Map<readonly string[], string[]>();
  for (const terms of [...groups].sort((a, b) => a.length - b.length)) {
    const some = commonestFirst(sample, terms).slice(0, Math.max(1, room));
    taken.set(terms, some);
    room = Math.floor(room / some.length);
  }
  return groups.reduce<string[][]>(
    (ways, terms) => ways.flatMap((way) => (taken.get(terms) ?? []).map((term) => [...way, term])),
    [[]],
  );
}

/** Without those that stand only where a commoner one stands too, as most other readings of a word form do. */
function commonestFirst(sample: Sample, terms: readonly string[]): string[] {
  if (terms.length === 1) return [...terms];
  const sorted = terms.toSorted((a, b) => postingsOf(sample, b).length - postingsOf(sample, a).length);
  const covered = new Uint8Array(sample.places.length);
  return sorted.filter((term) => {
    const postings = postingsOf(sample, term);
    const isCovered = postings.length >= ENOUGH_TO_TELL && postings.every((index) => covered[index] === 1);
    for (const index of postings) covered[index] = 1;
    return !isCovered;
  });
}

/** Entries of the sample by which it can be told that a term adds nothing. */
const ENOUGH_TO_TELL = 20;

/** A row that several questions found stands once, with its best score. */
function bestOfEach(lists: readonly Scored[][]): Scored[] {
  const [only] = lists;
  if (lists.length === 1 && only) return only;
  const best = new Map<number, Scored>();
  for (const row of lists.flat()) {
    if ((best.get(row.place)?.score ?? -1) < row.score) best.set(row.place, row);
  }
  return [...best.values()];
}
