/** The HTTP server before any route: limits, headers, log lines, errors. */
import { randomBytes } from "node:crypto";
import formbody from "@fastify/formbody";
import rateLimit from "@fastify/rate-limit";
import "@fastify/swagger"; // for the type of schema.hide
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from "fastify";
import type { Logger } from "pino";
import type { Permission } from "../actor.ts";
import type { Config } from "../config.ts";
import { AppError } from "../errors.ts";
import { addErrorHandling, answerBeforeRouting, type RenderErrorPage } from "./errors.ts";
import type { Params } from "./paths.ts";
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
    return503OnClosing: true,
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

  addSecurityHeaders(app);
  refuseCrossSite(app);
  addErrorHandling(app, renderError);
  logRequests(app);
  requirePermissions(app);
  limitTime(app, config.REQUEST_SECONDS * 1000);
  await app.register(formbody, { bodyLimit: BODY_BYTES });
  if (config.RATE_LIMIT > 0) {
    await app.register(rateLimit, {
      max: config.RATE_LIMIT,
      timeWindow: "1 minute",
      cache: 20_000,
      addHeadersOnExceeding: { "x-ratelimit-limit": true, "x-ratelimit-remaining": true, "x-ratelimit-reset": true },
      errorResponseBuilder: () => new AppError("tooMany", "rate limit"),
    });
  }
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

/** Keys given twice become lists; nothing else is interpreted, so that no address can make an object of it. */
function parseQuery(text: string): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const [key, value] of new URLSearchParams(text)) {
    const before = query[key];
    query[key] = before === undefined ? value : Array.isArray(before) ? [...before, value] : [before, value];
  }
  return query;
}

/** One line for each answer. No address, no query, no client: they may hold what a person typed or who they are. */
function logRequests(app: FastifyInstance): void {
  app.addHook("onResponse", (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url ?? null,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
      },
      "answered",
    );
    done();
  });
}

/** Deny by default begins here: a route that does not say who may use it is a mistake of ours, found at start. */
function requirePermissions(app: FastifyInstance): void {
  app.addHook("onRoute", (route) => {
    if (!route.config?.permission && route.method !== "OPTIONS")
      throw new Error(`route ${String(route.method)} ${route.url} names no permission`);
    if (!route.schema) throw new Error(`route ${String(route.method)} ${route.url} has no schema`);
  });
}
