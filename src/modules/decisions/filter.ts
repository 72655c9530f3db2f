/** From an address's filters to a query's, and back: pure. */
import type { CityCode } from "#core/cities.ts";
import type { DecisionFilter, ListPlace } from "./list.queries.ts";
import type { ListQuery } from "./schema.ts";

const several = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

/** Filters of a list; `city` from the path wins over the query's. */
export function filterOf(query: ListQuery, city?: CityCode): DecisionFilter {
  return {
    cities: city ? [city] : several(query.city),
    makers: several(query.maker),
    classes: several(query.class),
    years: several(query.year).map(Number),
  };
}

/** The filters as an address's query, each in a fixed order; the city only when it is not in the path. */
export function queryOf(filter: DecisionFilter, withCity: boolean): Record<string, string[]> {
  return {
    ...(withCity && { city: [...filter.cities] }),
    maker: [...filter.makers],
    class: [...filter.classes],
    year: filter.years.map(String),
  };
}

/** "2017-05-29_0198…": where a page of a list goes on. */
export const writePlace = (place: ListPlace): string => `${place.day}_${place.id}`;

export function parsePlace(text: string | undefined): ListPlace | null {
  const [day, id] = text?.split("_") ?? [];
  return day !== undefined && id !== undefined ? { day, id } : null;
}
