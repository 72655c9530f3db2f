/** What the search answers from while there is no usable index: PostgreSQL's full text, over the same terms. */
import type { Db } from "#core/db.ts";
import type { SearchSource } from "#core/search-source.ts";
import { facetCounts, tallyOf } from "./facets.ts";
import type { Found, Wanted } from "./found.ts";
import { COUNTED } from "./matches.ts";

/** Exact up to 1,000 hits, and slower the more there are. Words in quotation marks are found anywhere in the text. */
export async function findInDatabase(db: Db, source: SearchSource, wanted: Wanted): Promise<Found> {
  const { groups, filter, order, from, size } = wanted;
  const matches = await source.matchText(db, { groups, filter, order, limit: COUNTED + 1 });
  const isExact = matches.length <= COUNTED;
  const shape = (value: number) => ({ value, isExact });
  return {
    refs: matches.slice(from, from + size).map(({ city, id }) => ({ kind: source.kind, city, id })),
    matching: "all",
    missing: [],
    total: shape(Math.min(matches.length, COUNTED)),
    facets: facetCounts((facet) => tallyOf(facet, matches), shape),
  };
}
