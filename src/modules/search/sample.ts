/**
 * A small sample of all entries, in memory, searched in well under a millisecond. It tells beforehand how many hits a search
 * will have: what decides how the index is asked, and what is shown as "about" when counting would cost too much. In a
 * small index the sample is everything.
 */
import type { Groups } from "#core/search-source.ts";
import type { Sieve } from "./facts.ts";
import { BUCKETS } from "./rows.ts";

/** About 8 MB with its terms. Of 1,000,000 entries one in 128: 10,000 hits are then known to within a tenth or so. */
export const SAMPLE_SIZE = 8000;

export interface Sample {
  /** How many entries each of the sample stands for. */
  scale: number;
  /** Where the facts of each are (facts.ts). */
  places: number[];
  /** Which of the sample have a term. */
  postings: Map<string, Uint16Array>;
}

/** How many of the buckets make a sample of about SAMPLE_SIZE. */
export const sampledBuckets = (entries: number): number =>
  Math.min(BUCKETS, Math.max(1, Math.floor((BUCKETS * SAMPLE_SIZE) / Math.max(entries, 1))));

/** Collects entries one by one; `buckets` says which share of all entries they are. */
export function collectSample(buckets: number) {
  const lists = new Map<string, number[]>();
  const places: number[] = [];
  return {
    add(place: number, text: string) {
      const index = places.push(place) - 1;
      for (const term of text.split(TERM_ENDS)) addTo(lists, term, index);
    },
    finish(): Sample {
      const postings = new Map([...lists].map(([term, list]) => [term, Uint16Array.from(list)]));
      return { scale: BUCKETS / buckets, places, postings };
    },
  };
}

const TERM_ENDS = /[ \n]+/;

function addTo(lists: Map<string, number[]>, term: string, index: number) {
  const list = lists.get(term);
  if (list === undefined) lists.set(term, [index]);
  else if (list.at(-1) !== index) list.push(index);
}

/** Places of those of the sample that have a term of each group; of all without groups. */
export function sampleMatches({ places, postings }: Sample, groups: Groups): number[] {
  const passed = new Uint8Array(places.length);
  groups.forEach((terms, group) => {
    for (const term of terms) {
      for (const index of postings.get(term) ?? NONE) if (passed[index] === group) passed[index] = group + 1;
    }
  });
  return places.filter((_, index) => passed[index] === groups.length);
}

export const sift = (places: readonly number[], sieve: Sieve | null): readonly number[] =>
  sieve === null ? places : places.filter(sieve);

const NONE = new Uint16Array();

/** Which of the sample have a term, by their number in it. */
export const postingsOf = ({ postings }: Sample, term: string): Uint16Array => postings.get(term) ?? NONE;
