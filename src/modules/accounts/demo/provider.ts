/**
 * The demo's identity provider: a real OpenID Provider in this process, where anybody may be any of the demo's people.
 * Never outside demo mode. OpenID Connect Core 1.0, RP-Initiated Logout 1.0, Back-Channel Logout 1.0.
 */
import type { EventEmitter } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyBaseLogger } from "fastify";
import Provider, { errors, type KoaContextWithOIDC } from "oidc-provider";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { forbidden } from "#core/errors.ts";
import { PROVIDER_ENDED } from "../paths.ts";
import type { RenderPage } from "./choose-page.tsx";
import { DEMO_PATH, type DemoClient, peopleOf, TEST_ASSURANCE } from "./clients.ts";
import type { DemoPerson } from "./people.ts";
import { languageAsked, settingsOf } from "./settings.ts";

export interface DemoProviderOptions {
  /** "http://localhost:3000" */
  origin: string;
  clients: readonly DemoClient[];
  renderPage: RenderPage;
  log: FastifyBaseLogger;
}

export interface DemoProvider {
  /** Answers what the standards have below DEMO_PATH. The request's body must be unread; the answer is sent when this resolves. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  /** The sign-in that this browser has begun under the name; null when it has begun none, or too long ago. */
  choiceOf(request: IncomingMessage, response: ServerResponse, uid: string): Promise<Choice | null>;
}

/** A sign-in that waits for somebody to be chosen. */
export interface Choice {
  language: Language;
  people: readonly DemoPerson[];
  /**
   * Goes on as the person with the id, or cancels for null. Answers with the address where the browser goes on.
   * Errors: Forbidden (none of `people`).
   */
  finish(id: string | null): Promise<string>;
}

export function openDemoProvider({ origin, clients, renderPage, log }: DemoProviderOptions): DemoProvider {
  const provider = new Provider(origin + DEMO_PATH, settingsOf(origin, clients, renderPage));
  // Behind a proxy that ends HTTPS, only its header says so, and cookies become Secure by it.
  provider.proxy = origin.startsWith("https:");
  provider.use((ctx: KoaContextWithOIDC, next: () => Promise<void>) => mounted(ctx, next, origin));
  provider.use((ctx: KoaContextWithOIDC, next: () => Promise<void>) => endAtOnce(ctx, next, origin));
  logTrouble(provider, log);
  const answer = provider.callback();
  return {
    async handle(request, response) {
      await answer(request, response);
    },
    choiceOf: (request, response, uid) => choiceOf(provider, clients, { request, response, uid }),
  };
}

/** Takes its own path off, and makes all addresses those of the origin, whatever the request says of its host. */
async function mounted(ctx: KoaContextWithOIDC, next: () => Promise<void>, origin: string): Promise<void> {
  Object.assign(ctx, { mountPath: DEMO_PATH });
  ctx.request.originalUrl = origin + ctx.url;
  ctx.url = ctx.url.slice(DEMO_PATH.length);
  await next();
}

/** With nobody signed in there is nothing to ask; the library's page for it goes on by a script, which our policy forbids. */
async function endAtOnce(ctx: KoaContextWithOIDC, next: () => Promise<void>, origin: string): Promise<void> {
  await next();
  if (ctx["routerName"] !== "end_session" || ctx.status !== 200 || ctx.oidc.session?.accountId) return;
  const { post_logout_redirect_uri: wanted, state } = ctx.oidc.params ?? {};
  const address = new URL(typeof wanted === "string" ? wanted : origin + PROVIDER_ENDED);
  if (typeof state === "string") address.searchParams.set("state", state);
  ctx.redirect(address.href);
  ctx.status = 303;
}

/** Its words only: what hangs on its errors may say who signs in. */
function logTrouble(provider: Provider, log: FastifyBaseLogger): void {
  const say = (error: Error): void => log.error({ why: error.message }, "the demo's identity provider failed");
  const koa: EventEmitter = provider;
  koa.on("error", say);
  provider.on("server_error", (_ctx, error) => say(error));
  provider.on("backchannel.error", (_ctx, error, client) =>
    log.warn(
      { why: error.message, client: client.clientId },
      "the demo's identity provider could not tell of a sign-out",
    ),
  );
}

interface Browser {
  request: IncomingMessage;
  response: ServerResponse;
  uid: string;
}

type Interaction = Awaited<ReturnType<Provider["interactionDetails"]>>;

async function choiceOf(provider: Provider, clients: readonly DemoClient[], browser: Browser): Promise<Choice | null> {
  const interaction = await interactionOf(provider, browser);
  const client = clients.find(({ id }) => id === interaction?.params["client_id"]);
  if (!interaction || !client) return null;
  const people = peopleOf(client);
  return {
    language: languageAsked(interaction.params["ui_locales"]) ?? LANGUAGES[0],
    people,
    async finish(id) {
      if (id === null) return end(provider, browser, { error: "access_denied" });
      const person = people.find((one) => one.id === id);
      if (!person) throw forbidden(`${client.id} may not have this person`);
      await forgetOther(provider, browser, interaction, person);
      const acr = client.city === null ? { acr: TEST_ASSURANCE } : {};
      return end(provider, browser, { login: { accountId: person.id, ...acr } });
    },
  };
}

const end = (
  provider: Provider,
  { request, response }: Browser,
  result: Parameters<Provider["interactionResult"]>[2],
) => provider.interactionResult(request, response, result, { mergeWithLastSubmission: false });

async function interactionOf(provider: Provider, { request, response, uid }: Browser): Promise<Interaction | null> {
  try {
    const interaction = await provider.interactionDetails(request, response);
    return interaction.uid === uid ? interaction : null;
  } catch (error) {
    if (error instanceof errors.SessionNotFound) return null;
    throw error;
  }
}

/**
 * One browser, one person: whoever was signed in here before is forgotten when another is chosen. The library would do it by
 * a page that goes on by a script, which our policy forbids.
 */
async function forgetOther(
  provider: Provider,
  { request, response }: Browser,
  interaction: Interaction,
  person: DemoPerson,
): Promise<void> {
  const session = await provider.Session.get(provider.createContext(request, response));
  if (session.accountId === undefined || session.accountId === person.id) return;
  await session.destroy();
  delete interaction.session;
  await interaction.persist();
}
