/** Counts beside the filters: pure. */
import type { EntryFacts, SearchFilter } from "#core/search-source.ts";

/** A count that is only about right beyond what is worth counting. */
export interface Count {
  value: number;
  isExact: boolean;
}

export const FACETS = ["cities", "makers", "classes", "years"] as const satisfies (keyof SearchFilter)[];
export type Facet = (typeof FACETS)[number];

/** How many entries stand behind each value of a facet: a city's code, a decision-maker's slug, two digits of a class, a year. */
export type Tally = Map<string, number>;

export interface FacetValue {
  value: string;
  count: Count;
}
export type FacetCounts = Record<Facet, FacetValue[]>;

const MOST_VALUES = 30;

const valueOf: Record<Facet, (entry: EntryFacts) => string> = {
  cities: ({ city }) => city,
  makers: ({ maker }) => maker ?? "",
  classes: ({ classCode }) => classCode ?? "",
  years: ({ year }) => year?.toString() ?? "",
};

export function tallyOf(facet: Facet, entries: Iterable<EntryFacts>): Tally {
  const tally: Tally = new Map();
  for (const entry of entries) addCount(tally, facet, valueOf[facet](entry), 1);
  return tally;
}

/** Counts entries of one value; those without a value ("") stand behind none. */
export function addCount(tally: Tally, facet: Facet, value: string, count: number): void {
  const shown = facet === "classes" ? value.slice(0, 2) : value;
  if (shown !== "" && count > 0) tally.set(shown, (tally.get(shown) ?? 0) + count);
}

/** The values of all facets, each counted by `tally`. */
export const facetCounts = (tally: (facet: Facet) => Tally, shape: (count: number) => Count): FacetCounts => ({
  cities: facetValues("cities", tally("cities"), shape),
  makers: facetValues("makers", tally("makers"), shape),
  classes: facetValues("classes", tally("classes"), shape),
  years: facetValues("years", tally("years"), shape),
});

/** The values of one facet: the 30 with most entries; years newest first and classes in their order. */
export function facetValues(facet: Facet, tally: Tally, shape: (count: number) => Count): FacetValue[] {
  return [...tally]
    .sort(([a, countOfA], [b, countOfB]) => countOfB - countOfA || (a < b ? -1 : 1))
    .slice(0, MOST_VALUES)
    .sort(INNER_ORDER[facet])
    .map(([value, count]) => ({ value, count: shape(count) }));
}

type Compare = (a: [string, number], b: [string, number]) => number;

const byCount: Compare = () => 0;
const INNER_ORDER: Record<Facet, Compare> = {
  cities: byCount,
  makers: byCount,
  classes: ([a], [b]) => (a < b ? -1 : 1),
  years: ([a], [b]) => Number(b) - Number(a),
};

export const exactly = (value: number): Count => ({ value, isExact: true });

/** Two significant digits: what a sample can tell. */
export function about(value: number): Count {
  const digits = Math.max(0, Math.floor(Math.log10(Math.max(value, 1))) - 1);
  const unit = 10 ** digits;
  return { value: Math.round(value / unit) * unit, isExact: false };
}
