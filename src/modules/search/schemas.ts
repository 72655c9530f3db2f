/** Shapes of what comes in and goes out of the search. */
import Type, { type Static } from "typebox";
import { CITY_CODES, type CityCode } from "#core/cities.ts";
import type { Asked } from "./search.ts";
import type { SearchFilter } from "./entry.ts";

const Several = <T extends Type.TSchema>(type: T) =>
  Type.Optional(Type.Union([type, Type.Array(type, { maxItems: 30 })]));

/** A text given twice is a list: its first is meant. Filters are as in the lists of decisions. */
export const SearchQuery = Type.Object({
  q: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
  city: Several(Type.Enum([...CITY_CODES])),
  maker: Several(Type.String({ pattern: "^[a-z0-9-]{1,120}$" })),
  class: Several(Type.String({ pattern: "^\\d{2}( \\d{2}){0,3}$" })),
  year: Several(Type.String({ pattern: "^(19|20)\\d\\d$" })),
  sort: Type.Optional(Type.Enum(["relevance", "date"])),
  page: Type.Optional(Type.String({ pattern: "^([1-9]|[1-4]\\d|50)$", description: "1 to 50, of 20 hits each" })),
});
export type SearchQuery = Static<typeof SearchQuery>;

const several = <T>(value: T | T[] | undefined): T[] =>
  value === undefined ? [] : Array.isArray(value) ? value : [value];

export const textOf = ({ q }: SearchQuery): string => (Array.isArray(q) ? q[0] : q)?.trim() ?? "";

/** `city` from the path wins over the query's. */
export const filterOf = (query: SearchQuery, city: CityCode | null): SearchFilter => ({
  cities: city ? [city] : several(query.city),
  makers: several(query.maker),
  classes: several(query.class),
  years: several(query.year).map(Number),
});

export const askedOf = (query: SearchQuery, city: CityCode | null, language: Asked["language"]): Asked => ({
  query: textOf(query),
  language,
  filter: filterOf(query, city),
  order: query.sort ?? "relevance",
  page: Number(query.page ?? "1"),
});
