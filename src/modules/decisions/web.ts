/** Pages, feeds and permanent addresses of decisions. */
import type { FastifyInstance } from "fastify";
import Type, { type Static } from "typebox";
import { type CityCode, LANGUAGES, type Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { addPage, moved, type PageServices } from "#core/http/pages.ts";
import { languageOf, wantsJson } from "#core/http/negotiate.ts";
import { decisionPage } from "./decision-page.tsx";
import { atomFeed } from "./feed.ts";
import { filterOf, parsePlace, queryOf } from "./filter.ts";
import { LINES_ON_PAGE, listPage, type ListPageData } from "./list-page.tsx";
import { type DecisionFilter, selectDecisionCounts, selectDecisions } from "./list.queries.ts";
import { matterPage } from "./matter-page.tsx";
import * as paths from "./paths.ts";
import { mayReadDecisions } from "./policy.ts";
import * as queries from "./queries.ts";
import {
  City,
  CityListQuery,
  CityParams,
  DecisionParams,
  ListQuery,
  MatterParams,
  Ref,
  VersionQuery,
} from "./schema.ts";

export function addDecisionPages(app: FastifyInstance, services: PageServices): void {
  const { origin } = services;
  addPage(app, services, {
    path: paths.JOINT_DECISIONS,
    params: Type.Object({}),
    query: ListQuery,
    load: (db, { query }) => loadList(db, null, query),
    view: listPage,
  });
  addPage(app, services, {
    path: paths.CITY_DECISIONS,
    params: CityParams,
    query: CityListQuery,
    load: (db, { params, query }) => loadList(db, params.city, query),
    view: listPage,
  });
  addPage(app, services, {
    path: paths.DECISION,
    params: DecisionParams,
    query: VersionQuery,
    async load(db, { params, query, language }) {
      const decision = await queries.selectOptionalDecision(
        db,
        params.ref,
        query.version === undefined ? undefined : Number(query.version),
      );
      if (!decision) throw missing(`decision ${params.ref}`);
      const { city, ref } = decision;
      if (city !== params.city || ref !== params.ref) return moved(paths.DECISION.href(language, { city, ref }, query));
      return { decision, origin };
    },
    view: decisionPage,
  });
  addPage(app, services, {
    path: paths.MATTER,
    params: MatterParams,
    query: Type.Object({}),
    async load(db, { params }) {
      const { city } = params;
      const matter = await queries.selectOptionalMatter(db, city, params.slug);
      if (!matter) throw missing(`matter ${params.slug}`);
      const [decisions, mentionedBy] = await Promise.all([
        queries.selectDecisionsOfMatter(db, city, matter.key),
        queries.selectDecisionsMentioning(db, city, matter.key),
      ]);
      return { matter, decisions, mentionedBy, origin };
    },
    view: matterPage,
  });
  addFeeds(app, services);
  addPermanentAddresses(app, services.db);
}

async function loadList(db: Db, city: CityCode | null, query: Static<typeof ListQuery>): Promise<ListPageData> {
  const filter = filterOf(query, city ?? undefined);
  const place = parsePlace(query.after);
  const [lines, counts, names] = await Promise.all([
    selectDecisions(db, filter, place, LINES_ON_PAGE + 1),
    selectDecisionCounts(db, filter),
    queries.selectFilterNames(db, filter.makers, filter.classes),
  ]);
  return { city, filter, place, lines, counts, names };
}

const FEED_LENGTH = 50;

function addFeeds(app: FastifyInstance, services: PageServices): void {
  const config = { permission: mayReadDecisions };
  for (const language of LANGUAGES) {
    app.get(
      paths.JOINT_FEED.patterns[language],
      { config, schema: { hide: true, querystring: ListQuery } },
      async (request, reply) => {
        const filter = filterOf(request.query as Static<typeof ListQuery>);
        return reply
          .type(ATOM)
          .header("cache-control", "public, max-age=60")
          .send(await feed(services, language, null, filter));
      },
    );
    const schema = { hide: true, params: CityParams, querystring: CityListQuery };
    app.get(paths.CITY_FEED.patterns[language], { config, schema }, async (request, reply) => {
      const { city } = request.params as { city: CityCode };
      const filter = filterOf(request.query as Static<typeof CityListQuery>, city);
      return reply
        .type(ATOM)
        .header("cache-control", "public, max-age=60")
        .send(await feed(services, language, city, filter));
    });
  }
}

const ATOM = "application/atom+xml; charset=utf-8";

async function feed(
  { db, origin }: PageServices,
  language: Language,
  city: CityCode | null,
  filter: DecisionFilter,
): Promise<string> {
  const lines = await selectDecisions(db, filter, null, FEED_LENGTH);
  const params = city ? { city } : {};
  const query = queryOf(filter, city === null);
  const [feedPath, listPath] = city
    ? [paths.CITY_FEED, paths.CITY_DECISIONS]
    : [paths.JOINT_FEED, paths.JOINT_DECISIONS];
  return atomFeed({
    language,
    city,
    lines,
    origin,
    self: feedPath.href(language, params, query),
    list: listPath.href(language, params, query),
  });
}

/** /id/…: to the page in the asker's language, or to the machine-readable form for programs. */
function addPermanentAddresses(app: FastifyInstance, db: Db): void {
  const config = { permission: mayReadDecisions };
  app.get(
    "/id/decision/:ref",
    { config, schema: { hide: true, params: Type.Object({ ref: Ref }) } },
    async (request, reply) => {
      const { ref } = request.params as { ref: string };
      const decision = await queries.selectOptionalDecision(db, ref);
      if (!decision) throw missing(`decision ${ref}`);
      reply.header("vary", "accept, accept-language");
      if (wantsJson("", request.headers.accept)) return reply.redirect(paths.apiDecision(decision.ref), 303);
      return reply.redirect(
        paths.DECISION.href(languageOf(request.headers["accept-language"]), { city: decision.city, ref: decision.ref }),
        303,
      );
    },
  );
  const matterSchema = { hide: true, params: Type.Object({ city: City, slug: Ref }) };
  app.get("/id/matter/:city/:slug", { config, schema: matterSchema }, async (request, reply) => {
    const { city, slug } = request.params as { city: CityCode; slug: string };
    const matter = await queries.selectOptionalMatter(db, city, slug);
    if (!matter) throw missing(`matter ${slug}`);
    reply.header("vary", "accept, accept-language");
    if (wantsJson("", request.headers.accept)) return reply.redirect(paths.apiMatter(city, slug), 303);
    return reply.redirect(paths.MATTER.href(languageOf(request.headers["accept-language"]), { city, slug }), 303);
  });
}
