/** Shapes of what comes in and goes out of the search. */
import Type, { type Static } from "typebox";
import type { CityCode } from "#core/cities.ts";
import { filterOf, ListQuery } from "#modules/decisions/index.ts";
import type { Asked } from "./search.ts";

/** A text given twice is a list: its first is meant. Filters are those of the lists of decisions. */
export const SearchQuery = Type.Object({
  q: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
  ...Type.Omit(ListQuery, ["after"]).properties,
  sort: Type.Optional(Type.Enum(["relevance", "date"])),
  page: Type.Optional(Type.String({ pattern: "^([1-9]|[1-4]\\d|50)$", description: "1 to 50, of 20 hits each" })),
});
export type SearchQuery = Static<typeof SearchQuery>;

/** `city` from the path wins over the query's. */
export const askedOf = (query: SearchQuery, city: CityCode | null, language: Asked["language"]): Asked => ({
  query: (Array.isArray(query.q) ? query.q[0] : query.q)?.trim() ?? "",
  language,
  filter: filterOf(query, city ?? undefined),
  order: query.sort ?? "relevance",
  page: Number(query.page ?? "1"),
});
