/** Settings of the demo's identity provider, and its own pages. */
import { generateKeyPairSync, randomBytes } from "node:crypto";
import {
  type Account,
  type ClientMetadata,
  type Configuration,
  interactionPolicy,
  type JWK,
  type KoaContextWithOIDC,
} from "oidc-provider";
import { isLanguage, LANGUAGES, type Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import { languageOf } from "#core/http/negotiate.ts";
import { BACK_CHANNEL, callbackOf, PROVIDER_ENDED } from "../paths.ts";
import { endPage, type RenderPage, wrongPage } from "./choose-page.tsx";
import { CLAIMS, DEMO_PATH, type DemoClient, groupOf, providerOf, scopeOf, SCOPES, TEST_ASSURANCE } from "./clients.ts";
import { DEMO_PEOPLE, type DemoPerson } from "./people.ts";
import { memoryStore } from "./store.ts";

const HOUR = 3600;
/** How long things hold, in seconds. */
const LIFETIMES = {
  AccessToken: 300,
  AuthorizationCode: 60,
  Grant: 12 * HOUR,
  IdToken: 300,
  Interaction: HOUR / 2,
  Session: 12 * HOUR,
};
const ALGORITHM = "ES256";

/** `origin`: "http://localhost:3000". Keys are made anew each time, and hold until the process ends. */
export function settingsOf(origin: string, clients: readonly DemoClient[], renderPage: RenderPage): Configuration {
  const show = (ctx: KoaContextWithOIDC, pageIn: (language: Language) => PageContent): void => {
    const language = languageAsked(ctx.query["ui_locales"]) ?? languageOf(ctx.get("accept-language"));
    ctx.type = "html";
    ctx.body = renderPage(pageIn(language), language, DEMO_PATH + ctx.path);
  };
  return {
    adapter: memoryStore(),
    jwks: { keys: [makeKey()] },
    enabledJWA: { idTokenSigningAlgValues: [ALGORITHM] },
    clients: clients.map((client) => metadataOf(client, origin)),
    responseTypes: ["code"],
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    acrValues: [TEST_ASSURANCE],
    scopes: ["openid"],
    claims: SCOPES,
    conformIdTokenClaims: false,
    findAccount: (_ctx, id) => accountOf(DEMO_PEOPLE.find((person) => person.id === id)),
    loadExistingGrant: grantAll,
    interactions: { policy: alwaysAskWho(), url: (_ctx, { uid }) => `${DEMO_PATH}/people/${uid}` },
    discovery: { ui_locales_supported: [...LANGUAGES] },
    cookies: {
      names: { session: "avoin-demo-session", interaction: "avoin-demo-choice", resume: "avoin-demo-resume" },
      keys: [randomBytes(32).toString("base64url")],
      long: { httpOnly: true, sameSite: "lax", path: DEMO_PATH },
    },
    ttl: LIFETIMES,
    renderError: (ctx, { error }) => show(ctx, (language) => wrongPage(language, error)),
    // It asks nothing but the back channel of this very server, which its own guard against local addresses would refuse.
    fetch: (address, options) => fetch(address, Object.assign({}, options, { dispatcher: undefined })),
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      resourceIndicators: { enabled: false },
      revocation: { enabled: false },
      userinfo: { enabled: true },
      backchannelLogout: { enabled: true },
      rpInitiatedLogout: {
        enabled: true,
        // Without an ID token as a hint the person must be asked (RP-Initiated Logout 1.0, section 2): one button does it.
        logoutSource: (ctx, form) => show(ctx, (language) => endPage(language, form)),
        postLogoutSuccessSource: (ctx) => ctx.redirect(origin + PROVIDER_ENDED),
      },
    },
  };
}

const metadataOf = (client: DemoClient, origin: string): ClientMetadata => ({
  client_id: client.id,
  client_secret: client.secret,
  redirect_uris: [origin + callbackOf(providerOf(client))],
  post_logout_redirect_uris: [origin + PROVIDER_ENDED],
  backchannel_logout_uri: origin + BACK_CHANNEL,
  backchannel_logout_session_required: true,
  scope: `openid ${scopeOf(client)}`,
  id_token_signed_response_alg: ALGORITHM,
});

function makeKey(): JWK {
  const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  return { ...privateKey.export({ format: "jwk" }), use: "sig", alg: ALGORITHM };
}

/** Who was signed in before is never taken over in silence: each time somebody is chosen, of those whom the client may have. */
function alwaysAskWho(): interactionPolicy.DefaultPolicy {
  const policy = interactionPolicy.base();
  policy.remove("consent");
  const wasChosen = (ctx: KoaContextWithOIDC): boolean => ctx.oidc.result?.login !== undefined;
  policy
    .get("login")
    ?.checks.add(
      new interactionPolicy.Check("choose", "somebody must be chosen", "login_required", (ctx) => !wasChosen(ctx)),
    );
  return policy;
}

/** Consent to everything that the client asks for and may have. */
async function grantAll({ oidc }: KoaContextWithOIDC) {
  const grant = new oidc.provider.Grant({
    clientId: oidc.client?.clientId,
    accountId: oidc.session?.accountId,
  });
  grant.addOIDCScope(oidc.requestParamOIDCScopes);
  await grant.save();
  return grant;
}

function accountOf(person: DemoPerson | undefined): Account | undefined {
  if (!person) return undefined;
  const { id, given, family, mail, nationalId, role } = person;
  return {
    accountId: id,
    claims: () => ({
      sub: id,
      [CLAIMS.givenName]: given,
      [CLAIMS.familyName]: family,
      [CLAIMS.mail]: mail,
      email_verified: true,
      [CLAIMS.nationalId]: nationalId,
      ...(role && { [CLAIMS.groups]: [groupOf(role)] }),
    }),
  };
}

/** The first of `ui_locales` that we speak: "sv-FI fi" gives Swedish. */
export const languageAsked = (locales: unknown): Language | undefined =>
  typeof locales === "string"
    ? locales
        .split(" ")
        .map((tag) => tag.split("-", 1)[0] ?? "")
        .find(isLanguage)
    : undefined;
