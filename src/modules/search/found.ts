/** What is asked of the index, and what comes back. */
import type { EntryRef, Groups, SearchFilter, SearchOrder } from "#core/search-source.ts";
import type { Count, FacetCounts } from "./facets.ts";

export interface Wanted {
  /** At least one, each with at least one term. */
  groups: Groups;
  /** Groups whose words must stand next to each other. */
  phrases: readonly Groups[];
  filter: SearchFilter;
  order: SearchOrder;
  from: number;
  size: number;
}

/** What the hits have of the query: all of it, all words but not next to each other as asked, or most of the words. */
export type Matching = "all" | "apart" | "some";

export interface Found {
  refs: EntryRef[];
  matching: Matching;
  /** For each hit, which groups it has no term of. */
  missing: number[][];
  total: Count;
  facets: FacetCounts;
}
