/** Decisions and matters for machines. */
import type { FastifyInstance } from "fastify";
import Type, { type Static } from "typebox";
import type { CityCode, Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { addApiRoute, type ApiServices } from "#core/http/api.ts";
import { hasAny, namesTag } from "#core/http/conditional.ts";
import { queryString } from "#core/http/paths.ts";
import { filterOf, parsePlace, writePlace } from "./filter.ts";
import { placeOf, selectDecisions } from "./list.queries.ts";
import { apiDecision, apiMatter, apiOriginal, DECISION, MATTER, permanentDecision, permanentMatter } from "./paths.ts";
import { mayReadDecisions } from "./policy.ts";
import * as queries from "./queries.ts";
import {
  ApiListQuery,
  City,
  DecisionList,
  DecisionShape,
  type DecisionSummary,
  MatterShape,
  Ref,
  VersionQuery,
} from "./schema.ts";

const DEFAULT_LIMIT = 20;

export function addDecisionApi(api: FastifyInstance, db: Db, services: ApiServices): void {
  const whole = (path: string) => services.origin + path;
  const common = { tag: "Decisions", permission: mayReadDecisions };

  addApiRoute(api, services, {
    ...common,
    path: "/decisions",
    summary: "Decisions, newest first, by city, decision-maker, function class and year",
    query: ApiListQuery,
    response: DecisionList,
    async handle({ query }, reply) {
      const limit = query.limit ?? DEFAULT_LIMIT;
      const lines = await selectDecisions(db, filterOf(query), parsePlace(query.after), limit + 1);
      const items = lines.slice(0, limit);
      const last = items.at(-1);
      const next =
        lines.length > limit && last
          ? whole(`/api/v1/decisions${queryString({ ...asQuery(query), after: writePlace(placeOf(last)) })}`)
          : null;
      if (next) reply.header("link", `<${next}>; rel="next"`);
      return { items: items.map((line) => summarise(line, services.origin)), next };
    },
  });

  addApiRoute(api, services, {
    ...common,
    path: "/decisions/:ref",
    summary: "One decision, whole, by its reference or its id; an older version by its number",
    params: Type.Object({ ref: Ref }),
    query: VersionQuery,
    response: DecisionShape,
    async handle({ params, query }) {
      return present(await selectDecision(db, params.ref, query.version), services.origin);
    },
  });

  addApiRoute(api, services, {
    ...common,
    path: "/matters/:city/:slug",
    summary: "A matter, by its address or its id: everything under one record number, in time order",
    params: Type.Object({ city: City, slug: Ref }),
    response: MatterShape,
    async handle({ params }) {
      const { city } = params;
      const matter = UUID.test(params.slug)
        ? await queries.selectOptionalMatterById(db, city, params.slug)
        : await queries.selectOptionalMatter(db, city, params.slug);
      if (!matter) throw missing(`matter ${params.slug}`);
      const [decisions, mentionedBy] = await Promise.all([
        queries.selectDecisionsOfMatter(db, city, matter.key),
        queries.selectDecisionsMentioning(db, city, matter.key),
      ]);
      return {
        id: matter.id,
        city,
        recordNumber: { written: matter.written, key: matter.key },
        title: matter.title,
        classification: matter.classCode ? { code: matter.classCode, title: matter.classTitle } : null,
        decisions: decisions.map((line) => summarise(line, services.origin)),
        mentionedBy: mentionedBy.map((line) => summarise(line, services.origin)),
        links: {
          self: whole(apiMatter(city, matter.slug)),
          html: whole(MATTER.href("fi", { city, slug: matter.slug })),
          permanent: whole(permanentMatter(city, matter.slug)),
        },
      };
    },
  });

  addOriginalRoute(api, db);
}

/** The document as it came. A browser may show it, but nothing in it may run or reach out. */
function addOriginalRoute(api: FastifyInstance, db: Db): void {
  const schema = {
    summary: "The original document, byte for byte",
    tags: ["Decisions"],
    params: Type.Object({ ref: Ref }),
    querystring: VersionQuery,
  };
  api.get("/decisions/:ref/original", { schema, config: { permission: mayReadDecisions } }, async (request, reply) => {
    const { params, query } = request as { params: { ref: string }; query: Static<typeof VersionQuery> };
    const decision = await selectDecision(db, params.ref, query.version);
    const etag = `"${decision.sha256}"`;
    reply.headers({
      etag,
      "cache-control": "public, no-cache",
      "content-security-policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
      "content-disposition": `inline; filename="${decision.ref}-v${decision.version}.${EXTENSIONS[decision.mediaType] ?? "bin"}"`,
    });
    const known = request.headers["if-none-match"];
    if (namesTag(known, etag) || hasAny(known)) return reply.code(304).send();
    const original = await queries.selectOptionalOriginal(db, decision);
    if (!original) throw missing(`document of ${params.ref}`);
    return reply.type(original.mediaType).send(original.bytes);
  });
}

const EXTENSIONS: Record<string, string> = {
  "text/plain": "txt",
  "text/html": "html",
  "application/pdf": "pdf",
  "application/json": "json",
};

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** By its readable reference, or by the id that the log of changes gives. Errors: Missing. */
async function selectDecision(db: Db, ref: string, version: string | undefined): Promise<queries.DecisionDetail> {
  const number = version === undefined ? undefined : Number(version);
  const decision = UUID.test(ref)
    ? await queries.selectOptionalDecisionById(db, ref, number)
    : await queries.selectOptionalDecision(db, ref, number);
  if (!decision) throw missing(`decision ${ref}`);
  return decision;
}

const asQuery = ({ after: _after, limit, ...filters }: Static<typeof ApiListQuery>) => ({
  ...filters,
  limit: limit === undefined ? undefined : String(limit),
});

/** One line of a list as the interface shows it; `origin` makes its addresses whole. */
export function summarise(line: queries.DecisionLine, origin: string): Static<typeof DecisionSummary> {
  const { id, ref, city, title, language, stage, section, day, recordNumber, excerpt } = line;
  return {
    ...{ id, ref, city, title, language, stage, section, day, recordNumber, excerpt },
    decisionMaker: line.maker,
    publishedAt: line.publishedAt.toISOString(),
    links: linksOf({ city, ref, language }, origin),
  };
}

const linksOf = ({ city, ref, language }: { city: CityCode; ref: string; language: Language }, origin: string) => ({
  self: origin + apiDecision(ref),
  html: origin + DECISION.href(language, { city, ref }),
  permanent: origin + permanentDecision(ref),
});

function present(decision: queries.DecisionDetail, origin: string): Static<typeof DecisionShape> {
  const { reading, city, ref } = decision;
  const {
    title,
    language,
    stage,
    section,
    day,
    dates,
    meeting,
    decisionMaker,
    recordNumber,
    references = [],
    sections,
    attachments,
    amounts,
    breakdowns,
    mentions,
  } = reading;
  return {
    ...{ id: decision.id, ref, city, version: decision.version, newestVersion: decision.newestVersion },
    ...{
      title,
      language,
      stage,
      section,
      day,
      dates,
      meeting,
      decisionMaker,
      recordNumber,
      references,
      sections,
      attachments,
      amounts,
      breakdowns,
      mentions,
    },
    classification: reading.classification && {
      code: reading.classification.code,
      title: reading.classification.title ?? decision.classTitle,
    },
    publishedAt: decision.publishedAt.toISOString(),
    firstPublishedAt: decision.firstPublishedAt.toISOString(),
    original: {
      href: origin + apiOriginal(ref, decision.version),
      mediaType: decision.mediaType,
      bytes: decision.bytes,
      sha256: decision.sha256,
    },
    links: {
      ...linksOf({ city, ref, language }, origin),
      matter: decision.matter && origin + apiMatter(city, decision.matter.slug),
    },
  };
}
