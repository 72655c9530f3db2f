/** The HTTP server before any route: limits, headers, log lines, errors. */
import { randomBytes } from "node:crypto";
import formbody from "@fastify/formbody";
import "@fastify/swagger"; // for the type of schema.hide
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController, type RouteOptions } from "fastify";
import type { Logger } from "pino";
import type { Permission } from "../actor.ts";
import type { Config } from "../config.ts";
import { type AnswerTimes, openAnswerTimes } from "./answer-times.ts";
import { watchConnections } from "./drain.ts";
import { addErrorHandling, addNotFound, answerBeforeRouting, type RenderErrorPage } from "./errors.ts";
import type { Params } from "./paths.ts";
import { limitRate } from "./rate-limit.ts";
import { addSecurityHeaders, refuseCrossSite } from "./security.ts";
import { limitTime } from "./time-limit.ts";

declare module "fastify" {
  interface FastifyContextConfig {
    /** Who may use the route, or that by the address's parameters. Every route says it; one that does not stops the start. */
    permission?: Permission | ((params: Params) => Permission);
  }
}

const BODY_BYTES = 1024 * 1024;
const URL_CHARACTERS = 8192;

/** Makes the server; the caller adds routes and listens. */
export async function createServer(
  config: Config,
  log: Logger,
  renderError: RenderErrorPage,
): Promise<FastifyInstance> {
  const logger: FastifyBaseLogger = log;
  const app: FastifyInstance = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
    // One proxy: what stands further left in X-Forwarded-For is what anybody wrote there.
    trustProxy: config.TRUST_PROXY && ((_address, hop) => hop === 0),
    bodyLimit: BODY_BYTES,
    requestTimeout: config.REQUEST_SECONDS * 1000,
    connectionTimeout: 0,
    keepAliveTimeout: 65_000,
    forceCloseConnections: "idle",
    // Who still gets through while the server closes is answered as ever: drain.ts ends the connection with it.
    return503OnClosing: false,
    genReqId: requestIds(),
    // TypeBox's schemas are JSON Schema: Ajv compiles them once, and leaves out what they do not name.
    ajv: { customOptions: { removeAdditional: "all", coerceTypes: true, allErrors: false } },
    routerOptions: {
      maxParamLength: 300,
      ignoreTrailingSlash: true,
      caseSensitive: true,
      querystringParser: parseQuery,
    },
    http: { maxHeaderSize: 16 * 1024 },
    frameworkErrors: answerBeforeRouting(renderError),
  });

  watchConnections(app);
  addSecurityHeaders(app);
  refuseCrossSite(app);
  addErrorHandling(app, renderError);
  watchAnswers(app);
  requirePermissions(app);
  limitTime(app, config.REQUEST_SECONDS * 1000);
  // Forms are all that is taken: JSON and plain text, which Fastify would parse too, are refused as unknown.
  app.removeAllContentTypeParsers();
  await app.register(formbody, { bodyLimit: BODY_BYTES, parser: parseQuery });
  await limitRate(app, config.RATE_LIMIT);
  addNotFound(app, renderError);
  app.addHook("onRequest", (request, _reply, done) => {
    done(
      request.url.length > URL_CHARACTERS
        ? Object.assign(new Error("address too long"), { statusCode: 414 })
        : undefined,
    );
  });
  return app;
}

/** Short and never the same twice, also not in two processes: a random beginning for the process, then a count. */
function requestIds(): () => string {
  const start = randomBytes(4).toString("base64url");
  let n = 0;
  return () => `${start}${(n++).toString(36)}`;
}

/**
 * An address's question, or what a form sends. Keys given twice become lists; nothing else is interpreted, so that nobody can make
 * an object of it. A NUL, which nobody types and PostgreSQL has no place for, is left out; half a character becomes U+FFFD.
 */
function parseQuery(text: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [key, given] of new URLSearchParams(text)) {
    const value = given.replaceAll("\0", "");
    const before = query[key];
    query[key] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return query;
}

const times = new WeakMap<FastifyInstance, AnswerTimes>();

/** How long the server's answers took, from its making on. */
export function answerTimesOf(app: FastifyInstance): AnswerTimes {
  const answers = times.get(app) ?? openAnswerTimes();
  times.set(app, answers);
  return answers;
}

/** A line and a measure for each answer. No address, no query, no client: they may hold what a person typed or who they are. */
function watchAnswers(app: FastifyInstance): void {
  const answers = answerTimesOf(app);
  app.addHook(
    "onResponse",
    ({ method, log, routeOptions: { url: route } }, { statusCode: status, elapsedTime }, done) => {
      log.info({ method, route: route ?? null, status, ms: Math.round(elapsedTime) }, "answered");
      answers.observe(method, route ?? "none", status, elapsedTime);
      done();
    },
  );
}

export interface KnownRoute {
  method: string;
  url: string;
  permission: Permission | ((params: Params) => Permission);
  /** Names of what its form takes. */
  fields: readonly string[];
}

const routes = new WeakMap<FastifyInstance, KnownRoute[]>();

/** Every route of the server, with who may use it; without those that answer for another, HEAD and OPTIONS. */
export const routesOf = (app: FastifyInstance): readonly KnownRoute[] => routes.get(app) ?? [];

/** Deny by default begins here: a route that does not say who may use it is a mistake of ours, found at start. */
function requirePermissions(app: FastifyInstance): void {
  const known: KnownRoute[] = [];
  routes.set(app, known);
  app.addHook("onRoute", (route) => {
    const permission = route.config?.permission;
    const methods = [route.method].flat().filter((method) => method !== "HEAD" && method !== "OPTIONS");
    if (permission)
      known.push(...methods.map((method) => ({ method, url: route.url, permission, fields: fieldsOf(route) })));
    if (!permission && route.method !== "OPTIONS")
      throw new Error(`route ${String(route.method)} ${route.url} names no permission`);
    if (!route.schema) throw new Error(`route ${String(route.method)} ${route.url} has no schema`);
  });
}

const fieldsOf = ({ schema }: RouteOptions): string[] =>
  Object.keys((schema?.body as { properties?: object } | undefined)?.properties ?? {});
