/** The search for machines. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { LANGUAGES } from "#core/cities.ts";
import { addApiRoute, type ApiServices } from "#core/http/api.ts";
import { DecisionSummary, summarise } from "#modules/decisions/index.ts";
import { FACETS } from "./facets.ts";
import { maySearch } from "./policy.ts";
import { askedOf, SearchQuery } from "./schema.ts";
import { search, type SearchServices } from "./search.ts";

const Count = Type.Object({ value: Type.Integer(), isExact: Type.Boolean({ description: "False beyond 1,000 hits" }) });
const Pieces = Type.Array(Type.Object({ text: Type.String(), isMarked: Type.Boolean() }));
const Values = Type.Array(Type.Object({ value: Type.String(), count: Count }));

const Missing = Type.Array(Type.String(), { description: "Words of the query that the decision does not have" });

const SearchAnswer = Type.Object({
  query: Type.String(),
  matching: Type.Enum(["all", "apart", "some"], {
    description:
      "What the hits have: `all` of the query; all of its words but `apart`, as no decision has them next to each other; or `some`, as none has all",
  }),
  total: Count,
  matters: Type.Array(Type.Object({ city: Type.String(), recordNumber: Type.String(), title: Type.String() }), {
    description: "Matters whose record number was asked for, in any of its spellings",
  }),
  hits: Type.Array(Type.Object({ decision: DecisionSummary, title: Pieces, snippet: Pieces, missing: Missing })),
  facets: Type.Object(Object.fromEntries(FACETS.map((facet) => [facet, Values]))),
  suggestion: Type.Union([Type.String(), Type.Null()], { description: "The query as it may have been meant" }),
});

const ApiQuery = Type.Object({
  ...SearchQuery.properties,
  language: Type.Optional(Type.Enum([...LANGUAGES], { description: "Language of the query besides Finnish" })),
});

export function addSearchApi(api: FastifyInstance, searching: SearchServices, services: ApiServices): void {
  addApiRoute(api, services, {
    path: "/search",
    summary: "Decisions by words and record numbers, with counts beside the filters",
    tag: "Search",
    permission: maySearch,
    query: ApiQuery,
    response: SearchAnswer,
    cache: false,
    async handle({ query }) {
      const result = await search(searching, askedOf(query, null, query.language ?? "fi"));
      return {
        query: result.query,
        matching: result.matching,
        total: result.total,
        matters: result.matters.map(({ city, written, title }) => ({ city, recordNumber: written, title })),
        hits: result.hits.map(({ line, title, snippet, missing }) => ({
          decision: summarise(line, services.origin),
          title,
          snippet,
          missing,
        })),
        facets: result.facets,
        suggestion: result.suggestion,
      };
    },
  });
}
