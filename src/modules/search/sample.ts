/**
 * A small sample of all entries, in memory, searched in well under a millisecond. It tells beforehand how many hits a search
 * will have: what decides how the index is asked, and what is shown as "about" when counting would cost too much. In a
 * small index the sample is everything.
 */
import type { EntryFacts, Groups, SearchFilter } from "#core/search-source.ts";
import { BUCKETS, factsOf, type IndexRow } from "./rows.ts";
import { isEmptyFilter, passes } from "./where.ts";

/** About 15 MB with its terms. Of 1,000,000 entries one in 64: 1,000 hits are then known to within a quarter. */
export const SAMPLE_SIZE = 16_000;

export interface Sample {
  /** How many entries each of the sample stands for. */
  scale: number;
  facts: EntryFacts[];
  /** 20170529, 0 for none. */
  days: number[];
  postings: Map<string, Uint16Array>;
}

export const EMPTY_SAMPLE: Sample = { scale: 1, facts: [], days: [], postings: new Map() };

/** How many of the buckets make a sample of about SAMPLE_SIZE. */
export const sampledBuckets = (entries: number): number =>
  Math.min(BUCKETS, Math.max(1, Math.floor((BUCKETS * SAMPLE_SIZE) / Math.max(entries, 1))));

export type SampledRow = Omit<IndexRow, "key" | "bucket">;

/** Collects rows one by one; `buckets` says which share of all entries they are. */
export function collectSample(buckets: number) {
  const lists = new Map<string, number[]>();
  const facts: EntryFacts[] = [];
  const days: number[] = [];
  return {
    add(row: SampledRow) {
      const index = facts.push(factsOf(row)) - 1;
      days.push(row.day);
      for (const term of row.text.split(" ")) addTo(lists, term, index);
    },
    finish(): Sample {
      const postings = new Map([...lists].map(([term, list]) => [term, Uint16Array.from(list)]));
      return { scale: BUCKETS / buckets, facts, days, postings };
    },
  };
}

function addTo(lists: Map<string, number[]>, term: string, index: number) {
  const list = lists.get(term);
  if (list === undefined) lists.set(term, [index]);
  else if (list.at(-1) !== index) list.push(index);
}

/** Which of the sample match: numbers of entries. */
export function sampleMatches(sample: Sample, groups: Groups, filter: SearchFilter): number[] {
  const passed = new Uint8Array(sample.facts.length);
  groups.forEach((terms, group) => {
    for (const term of terms) {
      for (const index of sample.postings.get(term) ?? []) if (passed[index] === group) passed[index] = group + 1;
    }
  });
  const matches: number[] = [];
  passed.forEach((count, index) => {
    if (count === groups.length) matches.push(index);
  });
  if (isEmptyFilter(filter)) return matches;
  return matches.filter((index) => {
    const facts = sample.facts[index];
    return facts !== undefined && passes(filter, facts);
  });
}

/** The share of all entries that have one of the terms: 0 to 1. */
export function shareOf(sample: Sample, terms: readonly string[]): number {
  if (sample.facts.length === 0) return 0;
  return (
    sampleMatches(sample, [terms], { cities: [], makers: [], classes: [], years: [] }).length / sample.facts.length
  );
}

/** How many entries pass the filter, about. */
export const estimateFilter = (sample: Sample, filter: SearchFilter): number =>
  sampleMatches(sample, [], filter).length * sample.scale;

export const factsAt = (sample: Sample, indices: readonly number[]): EntryFacts[] =>
  indices.flatMap((index) => sample.facts[index] ?? []);
