/** Signing out here, at the provider, and when the provider says so. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { isLanguage } from "#core/cities.ts";
import { type Db, withPerson } from "#core/db.ts";
import { AppError, invalid } from "#core/errors.ts";
import { languageOf } from "#core/http/negotiate.ts";
import { addPrivateAction, addPrivatePage, type PrivateRequest } from "#core/http/private-pages.ts";
import * as paths from "../paths.ts";
import { maySeeSignedOut, maySignOut, mayTellSignOut } from "../policy.ts";
import { clearBrowserCookie, clearSessionCookie, sessionSecret } from "../sessions/cookies.ts";
import { endSessionOfSecret, endSessionsOfProvider, selectProviderOf } from "../sessions/queries.ts";
import { isWithinHere, type Limit } from "./limits.ts";
import { openLogoutTokens } from "./logout-token.ts";
import { signedOutPage } from "./pages.tsx";
import type { Provider } from "./provider.ts";
import { providerNames } from "./sign-in.ts";
import type { SignInServices } from "./web.ts";

const NOTHING = Type.Object({});
/** A token counts once within the minutes in which it is taken at all. */
const TOKENS: Limit = { name: "logout token", most: 1, minutes: 10 };

export function addSignOut(app: FastifyInstance, services: SignInServices): void {
  addPrivateAction(app, services, {
    path: paths.SIGN_OUT,
    page: paths.SIGNED_OUT,
    params: NOTHING,
    permission: () => maySignOut,
    act: (_db, _values, ask) => signOut(services, ask),
  });
  addPrivatePage(app, services, {
    path: paths.SIGNED_OUT,
    params: NOTHING,
    query: Type.Object({ provider: Type.Optional(Type.String({ pattern: "^[a-z0-9-]{1,40}$" })) }),
    permission: () => maySeeSignedOut,
    load: async (_db, ask) => ({ onwards: await leadOnwards(services, ask) }),
    view: signedOutPage,
  });
  addProviderLogouts(app, services);
}

/** Ends the session and answers with the page that leads on. */
async function signOut({ db }: SignInServices, ask: PrivateRequest<object>): Promise<string> {
  const { visitor, http, language } = ask;
  const provider = visitor.session === null ? null : await noteSignOut(db, ask, visitor.session);
  const secret = sessionSecret(http.request);
  if (secret !== undefined) await endSessionOfSecret(db, secret);
  clearSessionCookie(http.reply);
  clearBrowserCookie(http.reply);
  return paths.SIGNED_OUT.href(language, {}, provider === null || provider === "mail" ? {} : { provider });
}

/** Answers with the provider of the session that ends. */
async function noteSignOut(db: Db, { actor, now }: PrivateRequest<object>, session: string): Promise<string | null> {
  const person = requirePerson(actor);
  return withPerson(db, person, async (tx) => {
    const act = { city: "joint", action: "signOut", subjectKind: "session", subjectId: session } as const;
    await recordAudit(tx, actor, { ...act, about: person }, now);
    return selectProviderOf(tx, person, session);
  });
}

/**
 * Public e-identification demands that one signs out there too. The page leads on by itself: an answer to a form may not be
 * redirected to another site, because of the policy that guards all forms.
 */
async function leadOnwards(
  { signIn }: SignInServices,
  { query, language, http }: PrivateRequest<object>,
): Promise<{ provider: string; address: string } | null> {
  const provider = signIn.providers.find(({ id }) => id === query["provider"]);
  const address = provider && (await signIn.party.endAddress(provider, language));
  if (!provider || address === null || address === undefined) return null;
  http.reply.header("refresh", `0;url=${address}`);
  return { provider: provider.name[language], address };
}

function addProviderLogouts(app: FastifyInstance, { signIn, clock, db }: SignInServices): void {
  const namesOf = (provider: string, name: string | null) =>
    name === null ? null : providerNames(signIn.sealer, provider, name);
  const readToken = openLogoutTokens(signIn.providers, signIn.party);
  const config = { permission: mayTellSignOut };

  const LogoutBody = Type.Object({ logout_token: Type.String({ maxLength: 10_000 }) });
  app.post(paths.BACK_CHANNEL, { config, schema: { hide: true, body: LogoutBody } }, async (request, reply) => {
    const { logout_token: token } = request.body as { logout_token: string };
    reply.header("cache-control", "no-store");
    try {
      const now = clock();
      const { provider, session, subject, id } = await readToken(token, new Date(now.epochMilliseconds));
      const names = { sessions: namesOf(provider.id, session), subjects: namesOf(provider.id, subject) };
      const ended = await db.transaction().execute(async (tx) => {
        if (!(await isWithinHere(tx, signIn.sealer, TOKENS, `${provider.id}\n${id}`, now)))
          throw invalid("this logout token has come before");
        return endSessionsOfProvider(tx, provider.id, names);
      });
      request.log.info({ provider: provider.id, ended }, "signed out at the identity provider");
      return reply.code(200).send();
    } catch (error) {
      if (!(error instanceof AppError) || error.kind !== "invalid") throw error;
      // Back-Channel Logout 1.0, section 2.8.
      return reply.code(400).send({ error: "invalid_request", error_description: error.message });
    }
  });

  // Loaded in a frame of the provider's page, without our cookies: the session's own name there is what proves it.
  const FrontQuery = Type.Object({ iss: Type.String({ maxLength: 500 }), sid: Type.String({ maxLength: 500 }) });
  app.get(paths.FRONT_CHANNEL, { config, schema: { hide: true, querystring: FrontQuery } }, async (request, reply) => {
    const { iss, sid } = request.query as { iss: string; sid: string };
    const senders = signIn.providers.filter(({ issuer }) => issuer === iss);
    const end = ({ id }: Provider) => endSessionsOfProvider(db, id, { sessions: namesOf(id, sid), subjects: null });
    await Promise.all(senders.map(end));
    return reply.header("cache-control", "no-store").code(204).send();
  });

  const EndedQuery = Type.Object({ state: Type.Optional(Type.String({ maxLength: 20 })) });
  app.get(paths.PROVIDER_ENDED, { config, schema: { hide: true, querystring: EndedQuery } }, async (request, reply) => {
    const { state = "" } = request.query as { state?: string };
    const language = isLanguage(state) ? state : languageOf(request.headers["accept-language"]);
    return reply.redirect(paths.SIGNED_OUT.href(language), 303);
  });
}
