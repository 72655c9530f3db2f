/** Names of entries in the index, and the filter that keeps all of them. */
import type { CityCode } from "#core/cities.ts";
import type { EntryRef, SearchFilter } from "#core/search-source.ts";

export const NO_FILTER: SearchFilter = { cities: [], makers: [], classes: [], years: [] };

/** The name of an entry in the index. */
export const keyOf = ({ kind, city, id }: EntryRef): string => `${kind}/${city}/${id}`;

export function refOf(key: string): EntryRef {
  const [kind = "", city = "", id = ""] = key.split("/");
  return { kind, city: city as CityCode, id };
}
