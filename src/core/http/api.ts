/** The open interface, /api/v1: JSON, OpenAPI, ETag from the change log, CORS for everybody, compression. */
import { createHash } from "node:crypto";
import compress from "@fastify/compress";
import cors from "@fastify/cors";
import swagger from "@fastify/swagger";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type, { type Static, type TObject, type TSchema } from "typebox";
import type { Permission } from "../actor.ts";

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
  params?: P;
  query?: Q;
  response: R;
  /** False for answers that follow something else than the change log. */
  cache?: false;
  handle(request: { params: Static<P>; query: Static<Q> }, reply: FastifyReply): Promise<Static<R>>;
}

/** Opens the interface's own scope; `addRoutes` fills it. Its description is served as /api/v1/openapi.json. */
export async function addApi(
  app: FastifyInstance,
  services: ApiServices,
  addRoutes: (api: FastifyInstance) => void,
): Promise<void> {
  await app.register(
    async (api) => {
      await api.register(cors, {
        origin: "*",
        methods: ["GET", "HEAD", "OPTIONS"],
        exposedHeaders: ["etag", "link", "x-request-id", "retry-after"],
        maxAge: 86_400,
      });
      await api.register(compress, { threshold: 1024, encodings: ["br", "gzip"] });
      await api.register(swagger, { openapi: describeApi(services.origin) });
      addRoutes(api);
    },
    { prefix: API_PREFIX },
  );
}

const describeApi = (origin: string) => ({
  openapi: "3.1.0",
  info: {
    title: "Avoin: open decisions of six Finnish cities",
    version: "1.0.0",
    description:
      "Decisions, matters, search and the log of changes. No key is needed. Every answer carries an ETag; ask again with If-None-Match. " +
      "Lists go on at `next`. Errors are problem details (RFC 9457).",
    license: { name: "CC BY 4.0", identifier: "CC-BY-4.0" },
  },
  servers: [{ url: origin }],
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
      config: { permission: route.permission },
    },
    async (request, reply) => {
      if (route.cache !== false && isNotModified(request, reply, services)) return reply.code(304).send();
      const { params, query } = request as { params: Static<P>; query: Static<Q> };
      return route.handle({ params, query }, reply);
    },
  );
}

/** Sets the answer's ETag, and tells whether the asker has that very answer. */
function isNotModified(request: FastifyRequest, reply: FastifyReply, services: ApiServices): boolean {
  const hash = createHash("sha1")
    .update(`${services.build}\n${request.url}\n${services.version()}`)
    .digest("base64url");
  const etag = `W/"${hash}"`;
  reply.header("etag", etag).header("cache-control", "public, no-cache");
  return request.headers["if-none-match"] === etag;
}
