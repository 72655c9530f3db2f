/** Routes of the search pages. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { CITY_CODES, type CityCode, type Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { addPage, type PageServices } from "#core/http/pages.ts";
import type { LanguageService } from "#core/language/language.ts";
import { searchPage, type SearchPageData } from "./page.tsx";
import { CITY_SEARCH, JOINT_SEARCH } from "./paths.ts";
import { search } from "./search.ts";

/** A text given twice is a list: its first is meant. */
const Query = Type.Object({
  q: Type.Optional(Type.Union([Type.String(), Type.Array(Type.String())])),
  page: Type.Optional(Type.String({ pattern: "^[1-9]\\d?$" })),
});

export function addSearchPages(app: FastifyInstance, services: PageServices, language: LanguageService): void {
  const load = async (
    db: Db,
    city: CityCode | null,
    of: Language,
    query: { q?: string | string[]; page?: string },
  ): Promise<SearchPageData> => {
    const q = (Array.isArray(query.q) ? query.q[0] : query.q)?.trim() ?? "";
    const page = Number(query.page ?? "1");
    const result = q === "" ? null : await search(db, language, { query: q, city, language: of, page });
    return { city, page, result };
  };
  addPage(app, services, {
    path: JOINT_SEARCH,
    params: Type.Object({}),
    query: Query,
    cache: false,
    load: (db, { language: of, query }) => load(db, null, of, query),
    view: searchPage,
  });
  addPage(app, services, {
    path: CITY_SEARCH,
    params: Type.Object({ city: Type.Enum([...CITY_CODES]) }),
    query: Query,
    cache: false,
    load: (db, { language: of, params, query }) => load(db, params.city, of, query),
    view: searchPage,
  });
}
