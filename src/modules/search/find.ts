/**
 * Finds in the index what a query asks for: every word in one of its forms, within a filter, in an order, with counts.
 *
 * How the index is asked follows from what the sample says. Few hits: all of them are fetched, counted and sorted exactly.
 * Many: only the best are fetched and the counts are about right. Both give the true best hits by BM25.
 */
import { bestMatches, bestRows, bestTexts, keysOf, type Match, matchesOf, type ScoredRow } from "./ask.ts";
import type { EntryRef, Groups, SearchFilter, SearchOrder } from "#core/search-source.ts";
import { refOf } from "./entry.ts";
import { about, type Count, exactly, type Facet, type FacetCounts, FACETS, facetValues, tallyOf } from "./facets.ts";
import type { Table } from "./native.ts";
import { estimateFilter, factsAt, type Sample, sampleMatches, shareOf } from "./sample.ts";
import { whereOf } from "./where.ts";

/** One version of the index, and the sample of its entries. */
export interface Snapshot {
  table: Table;
  sample: Sample;
}

export interface Wanted {
  /** At least one, each with at least one term. */
  groups: Groups;
  filter: SearchFilter;
  order: SearchOrder;
  from: number;
  size: number;
}

export interface Found {
  refs: EntryRef[];
  total: Count;
  facets: FacetCounts;
}

/** Up to here hits are counted exactly and can be paged through. */
export const COUNTED = 1000;

/** An estimate that surely means more than COUNTED: of 1,000 hits, 16 are expected in a sample of one in 64, and not 48. */
const SURELY_MANY = 3 * COUNTED;

/** All matches with what they are counted by, or null when there are more than COUNTED. */
type AllMatches = Match[] | null;

export async function find(snapshot: Snapshot, wanted: Wanted): Promise<Found> {
  const { groups, filter } = wanted;
  const all = memo((within: SearchFilter) => allMatches(snapshot, groups, within));
  const matches = await all(filter);
  const rows = matches ? inOrder(matches, wanted.order) : await bestOfMany(snapshot, wanted);
  const keys = await keysOf(
    snapshot.table,
    rows.slice(wanted.from, wanted.from + wanted.size).map(({ row }) => row),
  );
  return {
    refs: keys.map(refOf),
    total: countOf(snapshot.sample, groups, filter, matches),
    facets: await countFacets(snapshot.sample, groups, filter, all),
  };
}

/** One answer for each filter asked about. */
function memo(ask: (filter: SearchFilter) => Promise<AllMatches>) {
  const answers = new Map<string, Promise<AllMatches>>();
  return (filter: SearchFilter): Promise<AllMatches> => {
    const key = JSON.stringify(filter);
    const answer = answers.get(key) ?? ask(filter);
    answers.set(key, answer);
    return answer;
  };
}

const byScore = (a: ScoredRow, b: ScoredRow) => b.score - a.score || (a.row < b.row ? -1 : 1);

function inOrder(matches: readonly Match[], order: SearchOrder): ScoredRow[] {
  return [...matches].sort((a, b) => (order === "date" ? b.day - a.day : 0) || byScore(a, b));
}

function countOf(sample: Sample, groups: Groups, filter: SearchFilter, matches: AllMatches): Count {
  if (matches !== null) return exactly(matches.length);
  return about(Math.max(COUNTED, sampleMatches(sample, groups, filter).length * sample.scale));
}

/** Beside each filter: how many hits each of its values would leave, the other filters applied. */
async function countFacets(
  sample: Sample,
  groups: Groups,
  filter: SearchFilter,
  all: (filter: SearchFilter) => Promise<AllMatches>,
): Promise<FacetCounts> {
  const counted = await Promise.all(
    FACETS.map(async (facet: Facet) => {
      const others = { ...filter, [facet]: [] };
      const matches = await all(others);
      if (matches !== null)
        return [facet, facetValues(facet, tallyOf(matches.map(({ facts }) => facts)), exactly)] as const;
      const sampled = factsAt(sample, sampleMatches(sample, groups, others));
      return [facet, facetValues(facet, tallyOf(sampled), (count) => about(count * sample.scale))] as const;
    }),
  );
  return Object.fromEntries(counted) as FacetCounts;
}

// ── few hits: all of them ────────────────────────────────────────────────────────────────────────────────────────────

/** Below this many entries within a filter, asking word by word and joining here costs a fifth of asking for all words at once. */
const SMALL_FILTER = 5000;

async function allMatches(snapshot: Snapshot, groups: Groups, filter: SearchFilter, since = 0): Promise<AllMatches> {
  const { sample, table } = snapshot;
  const sampled = sampleMatches(sample, groups, filter).filter((index) => (sample.days[index] ?? 0) >= since);
  if (sampled.length * sample.scale > SURELY_MANY) return null;
  const where = whereOf(filter, since);
  const [first] = groups;
  const limit = COUNTED + 1;
  if (groups.length === 1 && first)
    return orMany(await bestMatches(table, { terms: first, need: "any", where, limit }));
  if (where !== null && entriesWithin(sample, filter, since) < SMALL_FILTER) {
    const rows = await joinedRows(table, groups, where);
    return rows.length > COUNTED ? null : matchesOf(table, rows);
  }
  const answers = await Promise.all(
    conjunctions(sample, groups).map((terms) => bestMatches(table, { terms, need: "every", where, limit })),
  );
  return orMany(bestOfEach(answers.flat()));
}

const orMany = (matches: Match[]): AllMatches => (matches.length > COUNTED ? null : matches);

function entriesWithin(sample: Sample, filter: SearchFilter, since: number): number {
  if (since === 0) return estimateFilter(sample, filter);
  return sampleMatches(sample, [], filter).filter((index) => (sample.days[index] ?? 0) >= since).length * sample.scale;
}

/** Each word by itself within a small filter, joined here; a row's score is the sum over its words, as in BM25. */
async function joinedRows(table: Table, groups: Groups, where: string): Promise<ScoredRow[]> {
  const lists = await Promise.all(
    groups.map((terms) => bestRows(table, { terms, need: "any", where, limit: 4 * SMALL_FILTER })),
  );
  const [first = [], ...others] = lists.map((rows) => new Map(rows.map(({ row, score }) => [row, score])));
  const joined: ScoredRow[] = [];
  for (const [row, score] of first) {
    const scores = others.map((list) => list.get(row));
    if (scores.every((other) => other !== undefined)) joined.push({ row, score: scores.reduce(sum, score) });
  }
  return joined;
}

const sum = (a: number, b: number | undefined) => a + (b ?? 0);

/** A word with several base forms makes several questions; these many are asked, with the commonest forms. */
const MOST_CONJUNCTIONS = 4;

/** All ways to take one term of each group, the commonest first: ["kuusi" or "kuu", "puisto"] gives two. */
export function conjunctions(sample: Sample, groups: Groups): string[][] {
  let ways: string[][] = [[]];
  const fewestFirst = [...groups].sort((a, b) => a.length - b.length);
  for (const terms of fewestFirst) {
    const room = Math.max(1, Math.floor(MOST_CONJUNCTIONS / ways.length));
    const taken = commonestFirst(sample, terms).slice(0, room);
    ways = ways.flatMap((way) => taken.map((term) => [...way, term]));
  }
  return ways;
}

function commonestFirst(sample: Sample, terms: readonly string[]): string[] {
  const count = (term: string) => sample.postings.get(term)?.length ?? 0;
  return [...terms].sort((a, b) => count(b) - count(a));
}

/** A row that several questions found stands once, with its best score. */
function bestOfEach<Row extends ScoredRow>(rows: readonly Row[]): Row[] {
  const best = new Map<bigint, Row>();
  for (const row of rows) {
    if ((best.get(row.row)?.score ?? -1) < row.score) best.set(row.row, row);
  }
  return [...best.values()];
}

// ── many hits: the best of them ──────────────────────────────────────────────────────────────────────────────────────

async function bestOfMany(snapshot: Snapshot, wanted: Wanted): Promise<ScoredRow[]> {
  const end = Math.min(wanted.from + wanted.size, COUNTED);
  return wanted.order === "date" ? newestOfMany(snapshot, wanted, end) : mostRelevant(snapshot, wanted, end);
}

/** Deeper than this, reading the terms of all rows before the page costs more than it saves. */
const CHECKED_ROWS = 100;

/**
 * The best by BM25 that have all words. Asking for any of the words is twice as fast as for all of them, and where hits are
 * many nearly all of the best have all words anyway; so the terms of the best are read and checked here.
 */
async function mostRelevant(
  { table, sample }: Snapshot,
  { groups, filter }: Wanted,
  end: number,
): Promise<ScoredRow[]> {
  const where = whereOf(filter);
  if (end <= CHECKED_ROWS) {
    const terms = tellingTerms(sample, groups);
    for (const limit of [end + 20, 5 * (end + 20)]) {
      const rows = await bestTexts(table, { terms, need: "any", where, limit });
      const whole = rows.filter(({ text }) => hasAll(text, groups));
      if (whole.length >= end || rows.length < limit) return whole;
    }
  }
  const answers = await Promise.all(
    conjunctions(sample, groups).map((terms) => bestRows(table, { terms, need: "every", where, limit: end })),
  );
  return bestOfEach(answers.flat()).sort(byScore);
}

function hasAll(text: string, groups: Groups): boolean {
  const terms = new Set(text.split(" "));
  return groups.every((group) => group.some((term) => terms.has(term)));
}

/** A word in more than half of all entries says next to nothing of relevance, and costs the most. */
const TELLS_NOTHING = 0.5;

/** The terms to rank by: without words that stand nearly everywhere, but for the two rarest of all. */
function tellingTerms(sample: Sample, groups: Groups): string[] {
  const shares = groups.map((terms) => ({ terms, share: shareOf(sample, terms) })).sort((a, b) => a.share - b.share);
  return shares.filter(({ share }, index) => index < 2 || share <= TELLS_NOTHING).flatMap(({ terms }) => terms);
}

/** The newest that match: all matches of so recent a time that they are neither too few nor too many. */
async function newestOfMany(snapshot: Snapshot, wanted: Wanted, end: number): Promise<ScoredRow[]> {
  const { sample } = snapshot;
  const days = sampleMatches(sample, wanted.groups, wanted.filter)
    .map((index) => sample.days[index] ?? 0)
    .sort((a, b) => b - a);
  let matches: Match[] = [];
  for (let aim = Math.min(0.8 * COUNTED, Math.max(1.5 * end, 5 * sample.scale)), tries = 0; tries < 5; tries++) {
    const since = days[Math.ceil(aim / sample.scale)] ?? 0;
    const found = await allMatches(snapshot, wanted.groups, wanted.filter, since);
    if (found !== null && (found.length >= end || since === 0)) return inOrder(found, "date");
    if (found !== null) matches = found;
    aim = found === null ? aim / 2 : Math.max(2 * aim, sample.scale + aim);
  }
  return inOrder(matches, "date");
}
