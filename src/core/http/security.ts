/** Headers that every answer carries, and the refusal of cross-site writes. */
import type { FastifyInstance, FastifyRequest } from "fastify";
import { forbidden } from "../errors.ts";

/** No script at all, nothing from elsewhere, no framing. Pages of an island get their own, wider policy when they come. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "style-src 'self'",
  "font-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Headers of every answer, also of those that come before any route. */
export const SECURITY_HEADERS = {
  "content-security-policy": CONTENT_SECURITY_POLICY,
  "x-content-type-options": "nosniff",
  "referrer-policy": "strict-origin-when-cross-origin",
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "camera=(), geolocation=(), microphone=(), interest-cohort=()",
};

/** Two years, as browsers' preload lists ask; sent only when the client's own connection was HTTPS. */
const STRICT_TRANSPORT = "max-age=63072000; includeSubDomains";

/** Adds the headers to every answer, also to 404 and errors. */
export function addSecurityHeaders(app: FastifyInstance): void {
  app.addHook("onRequest", (request, reply, done) => {
    reply.headers(SECURITY_HEADERS);
    reply.header("x-request-id", request.id);
    if (request.protocol === "https") reply.header("strict-transport-security", STRICT_TRANSPORT);
    done();
  });
}

const SAFE_METHODS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Refuses unsafe methods that a page of another site sent. Browsers say where a request comes from in Sec-Fetch-Site
 * and Origin; programs that are no browsers send neither, and carry no cookies of a person either.
 */
export function refuseCrossSite(app: FastifyInstance): void {
  app.addHook("onRequest", (request, _reply, done) => {
    done(SAFE_METHODS.has(request.method) || isOwnSite(request) ? undefined : forbidden("cross-site request"));
  });
}

function isOwnSite(request: FastifyRequest): boolean {
  const site = request.headers["sec-fetch-site"];
  if (site !== undefined && site !== "same-origin" && site !== "none") return false;
  const { origin } = request.headers;
  return origin === undefined || origin === `${request.protocol}://${request.host}`;
}
