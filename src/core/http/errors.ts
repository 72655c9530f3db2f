/** The one place where errors become answers: a page for people, problem details (RFC 9457) for programs. */
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest, FastifyServerOptions } from "fastify";
import type { Language } from "../cities.ts";
import { AppError, type FieldError, STATUS_OF } from "../errors.ts";
import { languageOfUrl, wantsJson } from "./negotiate.ts";
import { SECURITY_HEADERS } from "./security.ts";

/** What an error page needs to know; `reference` is the request's id, which the log carries too. */
export interface ErrorView {
  status: number;
  language: Language;
  reference: string;
  /** Path that was asked for, for the language links and the city's colours. */
  path: string;
  /** When to come again, as Retry-After says it; 0 when nobody knows. */
  retryAfterSeconds: number;
  /** True when something was sent: who is answered with an error then wants to know whether it arrived. */
  isWrite: boolean;
}
export type RenderErrorPage = (view: ErrorView) => string;

interface Problem {
  status: number;
  title: string;
  fields: readonly FieldError[];
}

const TITLES: Record<number, string> = {
  400: "The request is not understood",
  401: "Sign in first, or bring a key that holds",
  403: "Not allowed",
  404: "Not found",
  405: "Method not allowed",
  406: "Not acceptable",
  409: "In conflict with the present state",
  413: "Too large",
  414: "The address is too long",
  415: "Media type not supported",
  422: "The input needs mending",
  429: "Too many requests; slow down",
  431: "The headers are too large",
  503: "Out of service for the moment",
};

/** Registers the error handler of the whole server. */
export function addErrorHandling(app: FastifyInstance, renderPage: RenderErrorPage): void {
  app.setErrorHandler((error: FastifyError | AppError, request, reply) => {
    const problem = problemOf(error, request);
    if (problem.status >= 500) request.log.error({ err: error }, "request failed");
    return answer(request, reply, problem, renderPage);
  });
}

/** Registers the answer to addresses that do not exist. After the rate limit, which covers them too: guessing addresses is not free. */
export function addNotFound(app: FastifyInstance, renderPage: RenderErrorPage): void {
  const preHandler = app.hasDecorator("rateLimit") ? [app.rateLimit()] : [];
  app.setNotFoundHandler({ preHandler }, (request, reply) => answer(request, reply, problem(404), renderPage));
}

/** Errors before any route and its hooks (a path that is no text, too long a parameter): the same answers as everywhere. */
export function answerBeforeRouting(renderPage: RenderErrorPage): NonNullable<FastifyServerOptions["frameworkErrors"]> {
  return (error, request, reply) => {
    const early: FastifyReply = reply;
    early.headers(SECURITY_HEADERS).header("x-request-id", request.id);
    void answer(request, early, problem(error.statusCode ?? 400), renderPage);
  };
}

/** Ours by their kind; the framework's by their status; a wrong path segment is an address that does not exist. */
function problemOf(error: FastifyError | AppError, request: FastifyRequest): Problem {
  if (error instanceof AppError) return problem(STATUS_OF[error.kind], error.fields);
  if (error.validation) {
    if (error.validationContext === "params") return problem(404);
    const fields = error.validation.map((v) => ({
      field: `${error.validationContext ?? ""}${v.instancePath}`,
      message: v.message ?? "not allowed",
    }));
    return problem(request.method === "GET" || request.method === "HEAD" ? 400 : 422, fields);
  }
  if (isOverOrStopped(error)) return problem(503);
  const status = error.statusCode ?? 500;
  return problem(status >= 400 && status < 600 ? status : 500);
}

/** Of PostgreSQL: a statement or a transaction has taken its time, the server has no room, stops or starts; or its connection is lost. */
const isOverOrStopped = ({ code, message }: FastifyError): boolean =>
  /^(?:57014|57P0[123]|25P0[34]|53\w{3})$/.test(code) ||
  /^(?:Connection terminated|Client .*not queryable)/.test(message);

const problem = (status: number, fields: readonly FieldError[] = []): Problem => ({
  status,
  title: TITLES[status] ?? (status >= 500 ? "Something went wrong here" : "The request can't be served"),
  fields,
});

/** What is out of service or too slow is so for moments: a proxy, or too many requests at once. */
const COME_AGAIN_SECONDS = 10;

/** What a route has said of the answer that it then could not give. A tag would have the asker keep the error as if it were that answer. */
const OF_ANOTHER_ANSWER = ["etag", "content-encoding", "content-disposition", "link"];

function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  { status, title, fields }: Problem,
  renderPage: RenderErrorPage,
) {
  for (const name of OF_ANOTHER_ANSWER) reply.removeHeader(name);
  reply.code(status).header("cache-control", "no-store");
  if (status === 503 && !reply.hasHeader("retry-after")) reply.header("retry-after", COME_AGAIN_SECONDS);
  if (status === 401 && !reply.hasHeader("www-authenticate")) reply.header("www-authenticate", "Bearer");
  if (wantsJson(request.url, request.headers.accept)) {
    const body = {
      type: "about:blank",
      title,
      status,
      instance: request.id,
      ...(fields.length > 0 && { errors: fields }),
    };
    // Serialised here: the route's own schema describes success only.
    return reply.type("application/problem+json; charset=utf-8").serializer(String).send(JSON.stringify(body));
  }
  const path = request.url.split("?", 1)[0] ?? "/";
  const page = renderPage({
    status,
    language: languageOfUrl(path, request.headers["accept-language"]),
    reference: request.id,
    path,
    retryAfterSeconds: Number(reply.getHeader("retry-after") ?? 0),
    isWrite: request.method !== "GET" && request.method !== "HEAD",
  });
  return reply.type("text/html; charset=utf-8").serializer(String).send(page);
}
