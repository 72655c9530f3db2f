/** Routes of signing in: the choice of ways, to a provider and back, mail links. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import Type from "typebox";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { invalid } from "#core/errors.ts";
import { languageOf } from "#core/http/negotiate.ts";
import { textOf } from "#core/http/forms.ts";
import { addPrivateForm, addPrivatePage, type PrivateServices } from "#core/http/private-pages.ts";
import { SECRET_PATTERN } from "#core/secrets.ts";
import * as paths from "../paths.ts";
import { parseMailAddress } from "../people/mail-address.ts";
import { maySignIn } from "../policy.ts";
import { browserOf, markBrowser, setSessionCookie } from "../sessions/cookies.ts";
import { describeDevice } from "../sessions/device.ts";
import { t } from "../texts.ts";
import { networkOf } from "./limits.ts";
import { isLinkGood, sendMailLink, takeLink } from "./mail-link.ts";
import { SignInRefused } from "./oidc.ts";
import { type Failure, FAILURES, failedPage, linkPage, mailSentPage } from "./pages.tsx";
import { safeReturn } from "./return-to.ts";
import { type Asker, finishSignIn, type SignedIn, type SignInTools, startSignIn } from "./sign-in.ts";
import { signInPage } from "./sign-in-page.tsx";

export interface SignInServices extends PrivateServices {
  signIn: SignInTools;
  /** Whether links can be sent by mail. */
  hasMail: boolean;
}

const NOTHING = Type.Object({});
const ReturnQuery = Type.Object({
  return: Type.Optional(Type.String({ maxLength: 2000 })),
  needs: Type.Optional(Type.Literal("strong")),
});
type ReturnQuery = { return?: string; needs?: "strong" };

export function addSignIn(app: FastifyInstance, services: SignInServices): void {
  addChoice(app, services);
  addProviders(app, services);
  addMailLinks(app, services);
  addPrivatePage(app, services, {
    path: paths.SIGN_IN_FAILED,
    params: NOTHING,
    query: Type.Object({ why: Type.Optional(Type.Enum([...FAILURES])) }),
    permission: () => maySignIn,
    load: async (_db, { query }) => ({ why: FAILURES.find((one) => one === query["why"]) ?? "refused" }),
    view: failedPage,
  });
}

function addChoice(app: FastifyInstance, services: SignInServices): void {
  const { signIn, hasMail, origin } = services;
  addPrivateForm(app, services, {
    path: paths.SIGN_IN,
    params: NOTHING,
    query: ReturnQuery,
    permission: () => maySignIn,
    fields: ["mail"],
    async load(_db, { query, language }) {
      const { return: wanted, needs } = query as ReturnQuery;
      const returnTo = safeReturn(wanted, language);
      const desk = /^\/[a-z]{2}\/([a-z]+)\/desk(?:[/?]|$)/.exec(returnTo)?.[1];
      const isStepUp = needs === "strong";
      return { providers: signIn.providers, hasMail: hasMail && !isStepUp, isStepUp, returnTo, desk };
    },
    view: signInPage,
    async act(_db, values, { query, language, http, now }) {
      const address = parseMailAddress(textOf(values, "mail"));
      if (!address) throw invalid("no mail address", [{ field: "mail", message: t(language, "mailWrong") }]);
      const { return: wanted } = query as ReturnQuery;
      const link = {
        address,
        browser: markBrowser(http.request, http.reply),
        network: networkOf(http.request.ip),
        language,
        returnTo: safeReturn(wanted, language),
      };
      await sendMailLink({ ...signIn, origin }, link, now);
      return paths.MAIL_SENT.href(language, {}, wanted === undefined ? {} : { return: wanted });
    },
  });
  addPrivatePage(app, services, {
    path: paths.MAIL_SENT,
    params: NOTHING,
    query: ReturnQuery,
    permission: () => maySignIn,
    load: async () => ({}),
    view: mailSentPage,
  });
}

function addProviders(app: FastifyInstance, services: SignInServices): void {
  const { signIn, clock } = services;
  const config = { permission: maySignIn };
  const params = Type.Object({ provider: Type.String({ pattern: "^[a-z0-9-]{1,40}$" }) });
  for (const language of LANGUAGES) {
    const schema = { hide: true, params, querystring: ReturnQuery };
    app.get(paths.SIGN_IN_WITH.patterns[language], { schema, config }, async (request, reply) => {
      const { provider } = request.params as { provider: string };
      const returnTo = safeReturn((request.query as ReturnQuery).return, language);
      const browser = markBrowser(request, reply);
      const address = await startSignIn(signIn, { provider, language, returnTo, browser }, clock());
      return reply.header("cache-control", "no-store").redirect(address, 303);
    });
  }

  const schema = { hide: true, params, querystring: Type.Record(Type.String(), Type.Unknown()) };
  app.get(paths.CALLBACK, { schema, config }, async (request, reply) => {
    const { provider } = request.params as { provider: string };
    const query = request.url.slice(request.url.indexOf("?") + 1);
    const asker = await askerOf(services, request);
    return answer(request, reply, () => finishSignIn(signIn, { provider, query }, asker, clock()));
  });
}

function addMailLinks(app: FastifyInstance, services: SignInServices): void {
  const { signIn } = services;
  addPrivateForm(app, services, {
    path: paths.MAIL_LINK,
    params: Type.Object({ token: Type.String({ pattern: SECRET_PATTERN }) }),
    permission: () => maySignIn,
    fields: [],
    load: async (_db, { params, http, now }) => ({
      isGood: await isLinkGood(signIn, params.token, browserOf(http.request), now),
    }),
    view: (data, _form, ask) => linkPage(data, ask),
    async act(_db, _values, { params, http, now, language }) {
      const asker = { ...(await askerOf(services, http.request)), network: networkOf(http.request.ip) };
      try {
        return welcome(http.reply, await takeLink(signIn, params.token, asker, now));
      } catch (error) {
        if (!(error instanceof SignInRefused)) throw error;
        return failedAt(error, language);
      }
    },
  });
}

/** Sends who was let in to where they wanted, and who was not to what can be done about it. */
async function answer(
  request: FastifyRequest,
  reply: FastifyReply,
  signIn: () => Promise<SignedIn>,
): Promise<FastifyReply> {
  reply.header("cache-control", "no-store");
  try {
    return reply.redirect(welcome(reply, await signIn()), 303);
  } catch (error) {
    if (!(error instanceof SignInRefused)) throw error;
    request.log.info({ why: error.message, ...describeCause(error) }, "a sign-in was refused");
    return reply.redirect(failedAt(error, languageOf(request.headers["accept-language"])), 303);
  }
}

/** Names only: the provider's own words may hold whom they are about, and the address's whatever somebody wrote into it. */
function describeCause({ code, cause }: SignInRefused): { code: string | undefined; cause: string | undefined } {
  const inner = cause instanceof Error ? cause : undefined;
  const kind = inner && "code" in inner ? `${inner.name} ${String(inner.code)}` : inner?.name;
  return { code: /^[a-z_]{1,40}$/.test(code ?? "") ? code : undefined, cause: kind };
}

function welcome(reply: FastifyReply, { secret, seconds, returnTo }: SignedIn): string {
  setSessionCookie(reply, secret, seconds);
  return returnTo;
}

function failedAt({ code, language }: SignInRefused, fallback: Language): string {
  const why: Failure = code === "access_denied" ? "cancelled" : (FAILURES.find((one) => one === code) ?? "refused");
  return paths.SIGN_IN_FAILED.href(language ?? fallback, {}, { why });
}

/** The browser that comes back, what it says it is, and whom it was signed in as. */
async function askerOf({ visitors }: SignInServices, request: FastifyRequest): Promise<Asker> {
  const { actor, person, session } = await visitors.of(request);
  const { browser, system } = describeDevice(request.headers["user-agent"]);
  const isMail = "assurance" in actor && actor.assurance === "mail";
  return {
    browser: browserOf(request) ?? "",
    device: `${browser ?? ""}/${system ?? ""}`,
    before: person && session !== null ? { session, person: person.id, kind: isMail ? "mail" : "other" } : null,
  };
}
