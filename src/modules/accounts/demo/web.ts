/** Routes of the demo's identity provider: what the standards have, and the page where one chooses whom to be. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import type { Language } from "#core/cities.ts";
import { languageOf } from "#core/http/negotiate.ts";
import type { PageContent } from "#core/http/pages.ts";
import { choosePage, expiredPage, type RenderPage } from "./choose-page.tsx";
import { DEMO_PATH } from "./clients.ts";
import { mayUseDemoProvider } from "./policy.ts";
import type { DemoProvider } from "./provider.ts";

const config = { permission: mayUseDemoProvider, rateLimit: false } as const;

/** Adds everything below DEMO_PATH. `renderPage` as `openDemoProvider` got it. */
export async function addDemoProvider(
  app: FastifyInstance,
  { provider, renderPage }: { provider: DemoProvider; renderPage: RenderPage },
): Promise<void> {
  addChoice(app, provider, renderPage);
  await app.register(async (scope) => addStandardRoutes(scope, provider));
}

/** The library reads requests and writes answers itself: nothing of Fastify's may touch the bodies. */
function addStandardRoutes(scope: FastifyInstance, provider: DemoProvider): void {
  scope.removeAllContentTypeParsers();
  scope.addContentTypeParser("*", (_request, _payload, done) => done(null));

  const handOver = async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    reply.hijack();
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value);
    await provider.handle(request.raw, reply.raw);
  };
  const add = (method: "GET" | "POST", path: string, querystring = Type.Object({})): void => {
    scope.route({ method, url: DEMO_PATH + path, config, schema: { hide: true, querystring }, handler: handOver });
  };

  add("GET", "/.well-known/openid-configuration");
  add("GET", "/jwks");
  // Other ways to bring the answer back are pages that go on by a script, which our policy forbids.
  add("GET", "/auth", Type.Object({ response_mode: Type.Optional(Type.Literal("query")) }));
  add("GET", "/auth/:uid");
  add("POST", "/token");
  add("GET", "/me");
  add("POST", "/me");
  add("GET", "/session/end");
  add("POST", "/session/end/confirm");
  add("GET", "/session/end/success");
}

const ChoiceParams = Type.Object({ uid: Type.String({ maxLength: 100 }) });
const ChoiceBody = Type.Object({
  person: Type.Optional(Type.String({ maxLength: 100 })),
  cancel: Type.Optional(Type.Literal("1")),
});

function addChoice(app: FastifyInstance, provider: DemoProvider, renderPage: RenderPage): void {
  const url = `${DEMO_PATH}/people/:uid`;
  const choiceOf = ({ raw, params }: FastifyRequest, reply: FastifyReply) =>
    provider.choiceOf(raw, reply.raw, (params as { uid: string }).uid);
  const show = (request: FastifyRequest, reply: FastifyReply, content: PageContent, language: Language) =>
    reply
      .header("cache-control", "no-store")
      .type("text/html; charset=utf-8")
      .send(renderPage(content, language, pathOf(request)));
  const showExpired = (request: FastifyRequest, reply: FastifyReply) => {
    const language = languageOf(request.headers["accept-language"]);
    return show(request, reply.code(404), expiredPage(language), language);
  };

  app.get(url, { config, schema: { hide: true, params: ChoiceParams } }, async (request, reply) => {
    const choice = await choiceOf(request, reply);
    if (!choice) return showExpired(request, reply);
    return show(request, reply, choosePage(choice.people, choice.language, pathOf(request)), choice.language);
  });

  const schema = { hide: true, params: ChoiceParams, body: ChoiceBody };
  app.post(url, { config, schema }, async (request, reply) => {
    const choice = await choiceOf(request, reply);
    if (!choice) return showExpired(request, reply);
    const { person, cancel } = request.body as { person?: string; cancel?: "1" };
    const address = await choice.finish(cancel === undefined ? (person ?? "") : null);
    return reply.header("cache-control", "no-store").redirect(address, 303);
  });
}

const pathOf = (request: FastifyRequest): string => request.url.split("?", 1)[0] ?? request.url;
