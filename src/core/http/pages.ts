/**
 * Public pages: a pure function of (address, language, version of the change log). A page module gives `load`, which reads,
 * and `view`, which turns what was read into content; this file does the rest: routes in three languages, ETag and 304
 * without rendering, the cache of rendered pages, compression, canonical addresses.
 */
import { createHash } from "node:crypto";
import type { FastifyInstance, FastifyReply, FastifyRequest, onRequestHookHandler } from "fastify";
import type { ComponentChildren } from "preact";
import type { Static, TObject } from "typebox";
import type { Permission } from "../actor.ts";
import { type CityCode, LANGUAGES, type Language } from "../cities.ts";
import type { Db } from "../db.ts";
import { inEachLanguage } from "../i18n.ts";
import { encodingOf } from "./compress.ts";
import { hasAny, namesTag } from "./conditional.ts";
import { type CachedPage, encodedBody, type PageCache } from "./page-cache.ts";
import type { Params, Path, Query } from "./paths.ts";
import { mayReadPublicPages } from "./policy.ts";
import type { Visitor } from "./visitor.ts";

/** What a page says, without the frame that all pages share. */
export interface PageContent {
  /** For the window and search engines; the frame adds the city's and the service's names. */
  title: string;
  /** One sentence for search engines and previews. */
  description: string;
  body: ComponentChildren;
  crumbs?: readonly { label: string; href: string }[];
  /** Atom feeds of what the page lists. */
  feeds?: readonly { title: string; href: string }[];
  /** Linked data of what the page shows (schema.org). */
  jsonLd?: object;
  /** Not for search engines: results, forms. */
  isPrivate?: boolean;
}

export interface PageRequest<P = Params, Q = Query> {
  language: Language;
  city: CityCode | undefined;
  params: P;
  query: Q;
  /** Path and query as asked, in canonical form. */
  url: string;
  /** The same page in each language. */
  alternates: Record<Language, string>;
  /** Soft hyphens at compound borders, for headings and titles of lists (core/language). */
  shy: Shy;
}
export type Shy = (text: string, language: Language) => string;

/** The address is an old or loose spelling: go there, for good. */
export interface Moved {
  movedTo: string;
}
export const moved = (href: string): Moved => ({ movedTo: href });

export interface PageRoute<P extends TObject, Q extends TObject, Data extends object> {
  path: Path;
  params: P;
  query: Q;
  /** Pages that follow something else than the change log (search results) are rendered anew each time. */
  cache?: false;
  permission?: Permission;
  load(db: Db, request: PageRequest<Static<P>, Static<Q>>): Promise<Data | Moved>;
  view(data: Data, request: PageRequest): PageContent;
}

/** What the routes need from the server: composed once in app.ts. */
export interface PageServices {
  db: Db;
  cache: PageCache;
  /** Present version of the change log. */
  version(): string;
  /** Changes with the code and the stylesheet, so that a new release is never answered with an old page. */
  build: string;
  /** "https://avoin.example.fi", for addresses that must be whole. */
  origin: string;
  shy: Shy;
  /** Puts the frame around the content and renders the document; private pages say who reads them. */
  render(content: PageContent, request: PageRequest, visitor?: Visitor): string;
}

/** Adds the page under its three addresses. */
export function addPage<P extends TObject, Q extends TObject, Data extends object>(
  app: FastifyInstance,
  services: PageServices,
  route: PageRoute<P, Q, Data>,
): void {
  for (const language of LANGUAGES) {
    app.route({
      method: "GET",
      url: route.path.patterns[language],
      schema: { params: route.params, querystring: route.query, hide: true },
      config: { permission: route.permission ?? mayReadPublicPages },
      ...(route.cache !== false && { onRequest: answerFromCache(services) }),
      handler: (request, reply) => servePage(services, route, language, request, reply),
    });
  }
}

/**
 * A page from the cache is answered at once, before its address is looked at and requests are counted: counting would cost more than
 * the answer, so that it has no limit. Pages are kept under their canonical address, which is nearly always the one that is asked for.
 */
const answerFromCache =
  ({ cache, version }: Pick<PageServices, "cache" | "version">): onRequestHookHandler =>
  (request, reply, done) => {
    const kept = cache.get(request.url, version());
    if (kept) void sendKept(request, reply, kept);
    else done();
  };

function servePage<P extends TObject, Q extends TObject, Data extends object>(
  services: PageServices,
  route: PageRoute<P, Q, Data>,
  language: Language,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const page = describeRequest(route, language, request, services.shy);
  return route.cache === false
    ? serveAnew(services, route, page, reply)
    : serveVersion(services, route, page, request, reply);
}

async function serveAnew<P extends TObject, Q extends TObject, Data extends object>(
  services: PageServices,
  route: PageRoute<P, Q, Data>,
  page: PageRequest<Static<P>, Static<Q>>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const html = await renderPage(services, route, page);
  // Where results lead today they need not lead tomorrow.
  if (typeof html !== "string") return reply.redirect(html.movedTo, 302);
  return reply.header("cache-control", "no-cache").type(HTML).send(html);
}

async function serveVersion<P extends TObject, Q extends TObject, Data extends object>(
  services: PageServices,
  route: PageRoute<P, Q, Data>,
  page: PageRequest<Static<P>, Static<Q>>,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const version = services.version();
  const etag = etagOf(services.build, page.url, version);
  // "*" has to wait until it is known that there is such a page.
  if (namesTag(request.headers["if-none-match"], etag)) return sendNotModified(reply, etag);

  const known = services.cache.get(page.url, version);
  if (known) return sendKept(request, reply, known);

  const html = await renderPage(services, route, page);
  if (typeof html !== "string") return reply.redirect(html.movedTo, 301);
  const rendered: CachedPage = { version, etag, body: Buffer.from(html), encoded: new Map() };
  services.cache.put(page.url, rendered);
  return sendKept(request, reply, rendered);
}

const HTML = "text/html; charset=utf-8";

function describeRequest<P extends TObject, Q extends TObject, Data extends object>(
  route: PageRoute<P, Q, Data>,
  language: Language,
  request: FastifyRequest,
  shy: Shy,
): PageRequest<Static<P>, Static<Q>> {
  const params = request.params as Static<P> & Params;
  const query = request.query as Static<Q> & Query;
  const alternates = inEachLanguage((other) => route.path.href(other, params, query));
  return {
    language,
    city: params["city"] as CityCode | undefined,
    params,
    query,
    url: alternates[language],
    alternates,
    shy,
  };
}

async function renderPage<P extends TObject, Q extends TObject, Data extends object>(
  services: PageServices,
  route: PageRoute<P, Q, Data>,
  page: PageRequest<Static<P>, Static<Q>>,
): Promise<string | Moved> {
  const data = await route.load(services.db, page);
  if ("movedTo" in data) return data;
  const request = page as PageRequest;
  return services.render(route.view(data, request), request);
}

/** Weak, since compressed and plain bodies share it. */
const etagOf = (build: string, url: string, version: string): string =>
  `W/"${createHash("sha1").update(`${build}\n${url}\n${version}`).digest("base64url")}"`;

const CACHE_CONTROL = "public, no-cache";
const VARY = "accept-encoding";

/** With what a cache has to renew of the page that it keeps (RFC 9110 § 15.4.5). */
function sendNotModified(reply: FastifyReply, etag: string): FastifyReply {
  return reply.code(304).header("etag", etag).header("cache-control", CACHE_CONTROL).header("vary", VARY).send();
}

function sendKept(
  request: FastifyRequest,
  reply: FastifyReply,
  page: CachedPage,
): FastifyReply | Promise<FastifyReply> {
  const known = request.headers["if-none-match"];
  return namesTag(known, page.etag) || hasAny(known)
    ? sendNotModified(reply, page.etag)
    : sendPage(request, reply, page);
}

function sendPage(
  request: FastifyRequest,
  reply: FastifyReply,
  page: CachedPage,
): FastifyReply | Promise<FastifyReply> {
  reply.headers({ etag: page.etag, "cache-control": CACHE_CONTROL, vary: VARY, "content-type": HTML });
  const encoding = encodingOf(request.headers["accept-encoding"]);
  if (!encoding) return reply.send(page.body);
  reply.header("content-encoding", encoding);
  const body = page.encoded.get(encoding);
  return body ? reply.send(body) : encodedBody(page, encoding).then((encoded) => reply.send(encoded));
}
