/** From an address's filters to a query's, and back: pure. */
import type { CityCode } from "#core/cities.ts";
import { invalid } from "#core/errors.ts";
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

/** Null without one. Errors: Invalid, for a day that no calendar has. */
export function parsePlace(text: string | undefined): ListPlace | null {
  const [day, id] = text?.split("_") ?? [];
  if (day === undefined || id === undefined) return null;
  if (!isDay(day))
    throw invalid("not a place in a list", [{ field: "after", message: "Use the one of an earlier answer's next." }]);
  return { day, id };
}

/** "2017-02-31" is none, and neither is a day before the year 1: no database date. */
function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && text >= "0001" && new Date(time).toISOString().startsWith(text);
}
