/** The open interface, /api/v1: JSON, OpenAPI, ETag from the change log, CORS for everybody, compression. */
import { createHash } from "node:crypto";
import cors from "@fastify/cors";
import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type, { type Static, type TObject, type TSchema } from "typebox";
import type { Actor, Permission } from "../actor.ts";
import { addCompression } from "./compress.ts";
import { hasAny, namesTag } from "./conditional.ts";
import { addApiKeys, apiActorOf, type FindKey, type KeyScope } from "./api-keys.ts";

export const API_PREFIX = "/api/v1";

export interface ApiServices {
  version(): string;
  build: string;
  /** "https://avoin.example.fi": answers carry whole addresses. */
  origin: string;
}

/** RFC 9457. */
const ProblemDetails = Type.Object({
  type: Type.String(),
  title: Type.String(),
  status: Type.Integer(),
  instance: Type.Optional(Type.String({ description: "Reference of the request, for asking about it" })),
  errors: Type.Optional(Type.Array(Type.Object({ field: Type.String(), message: Type.String() }))),
});

export interface ApiRoute<P extends TObject, Q extends TObject, R extends TSchema> {
  path: string;
  summary: string;
  tag: string;
  permission: Permission;
  /** What a key must be for; `read` unless it says otherwise. */
  scope?: KeyScope;
  params?: P;
  query?: Q;
  response: R;
  /** False for answers that follow something else than the change log, or are not the same for everybody. */
  cache?: false;
  /** `actor`: anonymous, or whose key the request brought. The permission has been asked before. */
  handle(request: { params: Static<P>; query: Static<Q>; actor: Actor }, reply: FastifyReply): Promise<Static<R>>;
}

/** Opens the interface's own scope; `addRoutes` fills it. Its description is served as /api/v1/openapi.json. */
export async function addApi(
  app: FastifyInstance,
  services: ApiServices,
  findKey: FindKey,
  addRoutes: (api: FastifyInstance) => void,
): Promise<void> {
  await app.register(
    async (api) => {
      await api.register(cors, {
        origin: "*",
        methods: ["GET", "HEAD", "OPTIONS"],
        // Headers that a page asks for are allowed as it names them: `authorization` needs its name, "*" does not cover it.
        exposedHeaders: ["etag", "link", "x-request-id", "retry-after", "www-authenticate", ...RATE_HEADERS],
        maxAge: 86_400,
      });
      // After CORS, so that a page of another site may read why its key was refused.
      addApiKeys(api, findKey);
      addCompression(api);
      await api.register(swagger, { openapi: describeApi(services.origin) });
      addRoutes(api);
    },
    { prefix: API_PREFIX },
  );
}

const RATE_HEADERS = ["ratelimit-limit", "ratelimit-remaining", "ratelimit-reset"];

const describeApi = (origin: string) => ({
  openapi: "3.1.0",
  info: {
    title: "Avoin: open decisions of six Finnish cities",
    version: "1.0.0",
    description:
      "Decisions, matters, search and the log of changes. No key is needed. Every answer carries an ETag; ask again with If-None-Match. " +
      "Lists go on at `next`. Errors are problem details (RFC 9457). With a key of your own you may ask more often; a key that is unknown, " +
      "ended or expired is answered with 401. The headers ratelimit-limit, -remaining and -reset say how often you may still ask, and " +
      "until when, in seconds; beyond that the answer is 429 with Retry-After.",
    license: { name: "CC BY 4.0", identifier: "CC-BY-4.0" },
  },
  servers: [{ url: origin }],
  components: {
    securitySchemes: {
      key: {
        type: "http" as const,
        scheme: "bearer",
        bearerFormat: "avoin_ and 43 characters",
        description: "A key of your own, made on your own pages of the service. Keep it secret.",
      },
    },
  },
  // Either nothing or a key, on every route.
  security: [{}, { key: [] }],
});

/** Adds one GET route with its schema, permission, ETag and 304. */
export function addApiRoute<P extends TObject, Q extends TObject, R extends TSchema>(
  api: FastifyInstance,
  services: ApiServices,
  route: ApiRoute<P, Q, R>,
): void {
  api.get(
    route.path,
    {
      schema: {
        summary: route.summary,
        tags: [route.tag],
        ...(route.params && { params: route.params }),
        ...(route.query && { querystring: route.query }),
        response: { 200: route.response, "4xx": { ...ProblemDetails, description: "What is wrong with the request" } },
      },
      config: { permission: route.permission, ...(route.scope && { scope: route.scope }) },
    },
    async (request, reply) => {
      const isKept = route.cache !== false;
      const known = request.headers["if-none-match"];
      if (isKept && namesTag(known, tagAnswer(request, reply, services))) return reply.code(304).send();
      const { params, query } = request as { params: Static<P>; query: Static<Q> };
      const answer = await route.handle({ params, query, actor: apiActorOf(request) }, reply);
      return isKept && hasAny(known) ? reply.code(304).send() : answer;
    },
  );
}

/**
 * Sets the answer's ETag and gives it. The answer is the same for everybody, with a key or without: so it
 * stays `public` and does not vary by `Authorization`, and one copy in a cache serves all. `no-cache` makes that cache ask us each time,
 * with the asker's own header: a key that has ended is refused here, and how often one may ask is counted, whatever lies in the cache.
 */
function tagAnswer(request: FastifyRequest, reply: FastifyReply, services: ApiServices): string {
  const hash = createHash("sha1")
    .update(`${services.build}\n${request.url}\n${services.version()}`)
    .digest("base64url");
  const etag = `W/"${hash}"`;
  reply.headers({ etag, "cache-control": "public, no-cache", vary: "accept-encoding" });
  return etag;
}
