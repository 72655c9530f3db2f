/** Routes of the search pages. They follow the index, not the change log, so they are made anew each time. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { CITY_CODES, type CityCode, type Language } from "#core/cities.ts";
import { addPage, type Moved, moved, type PageServices } from "#core/http/pages.ts";
import { selectFilterNames } from "#modules/decisions/index.ts";
import { searchPage, type SearchPageData } from "./page.tsx";
import { CITY_SEARCH, JOINT_SEARCH } from "./paths.ts";
import { askedOf, SearchQuery } from "./schema.ts";
import { search, type SearchServices } from "./search.ts";

export function addSearchPages(app: FastifyInstance, services: PageServices, searching: SearchServices): void {
  const load = async (
    city: CityCode | null,
    language: Language,
    query: SearchQuery,
  ): Promise<SearchPageData | Moved> => {
    const asked = askedOf(query, city, language);
    if (asked.query === "") return { city, asked, result: null, names: new Map() };
    const result = await search(searching, asked);
    // Past the last hit: an old link, or fewer hits than yesterday.
    if (asked.page > 1 && result.hits.length === 0) return moved(firstPage(city, language, query));
    const makers = [...result.facets.makers.map(({ value }) => value), ...asked.filter.makers];
    const classes = [...result.facets.classes.map(({ value }) => value), ...asked.filter.classes];
    return { city, asked, result, names: await selectFilterNames(searching.db, makers, classes) };
  };
  addPage(app, services, {
    path: JOINT_SEARCH,
    params: Type.Object({}),
    query: SearchQuery,
    cache: false,
    load: (_db, { language, query }) => load(null, language, query),
    view: searchPage,
  });
  addPage(app, services, {
    path: CITY_SEARCH,
    params: Type.Object({ city: Type.Enum([...CITY_CODES]) }),
    query: Type.Omit(SearchQuery, ["city"]),
    cache: false,
    load: (_db, { language, params, query }) => load(params.city, language, query),
    view: searchPage,
  });
}

function firstPage(city: CityCode | null, language: Language, query: SearchQuery): string {
  const first = { ...query, page: undefined };
  return city ? CITY_SEARCH.href(language, { city }, first) : JOINT_SEARCH.href(language, {}, first);
}
