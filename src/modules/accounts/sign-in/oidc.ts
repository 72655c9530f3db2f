/** Talking to identity providers: OpenID Connect Core 1.0, code flow with PKCE (RFC 7636), signed answers only. */
import { importJWK, type JWK } from "jose";
import * as client from "openid-client";
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { unavailable } from "#core/errors.ts";
import { callbackOf, PROVIDER_ENDED } from "../paths.ts";
import type { Provider } from "./provider.ts";

/** What has to be the same on the way back. */
export interface Checks {
  state: string;
  nonce: string;
  verifier: string;
}

/** Claims of a verified ID token. */
export type Claims = Readonly<Record<string, unknown>> & { sub: string };

export interface RelyingParty {
  /** Where to send the browser, and what to keep meanwhile. Errors: Unavailable. */
  begin(provider: Provider, language: string): Promise<{ address: string; checks: Checks }>;
  /** The claims for the code that the browser brought back. Errors: SignInRefused, Unavailable. */
  finish(provider: Provider, query: string, checks: Checks, now: Temporal.Instant): Promise<Claims>;
  /** Where the browser signs out of the provider too; null when the provider has no such place. */
  endAddress(provider: Provider, language: string): Promise<string | null>;
  /** Where the provider's public keys are, and its name: for its logout tokens. */
  metadata(provider: Provider): Promise<client.ServerMetadata>;
}

/** The provider said no, or what came back is not an answer to what we asked. Nobody is signed in. */
export class SignInRefused extends Error {
  /** The provider's own error code: "access_denied". */
  readonly code: string | undefined;
  /** In which the person had begun to sign in, once that is known. */
  language: Language | undefined;
  constructor(message: string, code?: string, cause?: unknown) {
    super(message, { cause });
    this.name = "SignInRefused";
    this.code = code;
  }
}

const TIMEOUT_SECONDS = 10;
/** Metadata is read anew after an hour; keys when a token names an unknown one, at most once a minute. */
const METADATA_MS = 3_600_000;
/** One may have been signed in at the provider for long: for strong identification the moment counts, so it asks again. */
const STRONG_MAX_AGE_SECONDS = 300;

/** `origin`: ours. `insecure`: allows providers without HTTPS, for the demo's on this machine. */
export function openRelyingParty(origin: string, insecure: boolean): RelyingParty {
  const known = new Map<string, { since: number; configuration: Promise<client.Configuration> }>();

  const configured = async (provider: Provider): Promise<client.Configuration> => {
    let entry = known.get(provider.id);
    if (!entry || Date.now() - entry.since > METADATA_MS) {
      entry = { since: Date.now(), configuration: discover(provider, insecure) };
      known.set(provider.id, entry);
    }
    try {
      return await entry.configuration;
    } catch (error) {
      known.delete(provider.id);
      throw Object.assign(unavailable(`the identity provider ${provider.id} can't be reached`), { cause: error });
    }
  };

  return {
    async begin(provider, language) {
      const configuration = await configured(provider);
      const checks = {
        state: client.randomState(),
        nonce: client.randomNonce(),
        verifier: client.randomPKCECodeVerifier(),
      };
      const address = client.buildAuthorizationUrl(configuration, {
        redirect_uri: origin + callbackOf(provider.id),
        scope: `openid ${provider.scope}`.trim(),
        state: checks.state,
        nonce: checks.nonce,
        code_challenge: await client.calculatePKCECodeChallenge(checks.verifier),
        code_challenge_method: "S256",
        ui_locales: language,
        ...(provider.acr !== undefined && { acr_values: provider.acr }),
        ...(provider.kind === "strong" && { max_age: String(STRONG_MAX_AGE_SECONDS) }),
      });
      return { address: address.href, checks };
    },

    async finish(provider, query, checks, now) {
      const configuration = await configured(provider);
      const claims = await claimsOf(
        configuration,
        provider,
        new URL(`${origin}${callbackOf(provider.id)}?${query}`),
        checks,
      );
      requirePast(claims, now);
      if (provider.acr !== undefined && claims["acr"] !== provider.acr)
        throw new SignInRefused("the identification was weaker than asked for");
      return claims;
    },

    async endAddress(provider, language) {
      const configuration = await configured(provider);
      if (configuration.serverMetadata().end_session_endpoint === undefined) return null;
      // Without id_token_hint: the token would carry the identity code into an address, and so into logs on the way.
      return client.buildEndSessionUrl(configuration, {
        client_id: provider.clientId,
        post_logout_redirect_uri: origin + PROVIDER_ENDED,
        state: language,
        ui_locales: language,
      }).href;
    },

    metadata: async (provider) => (await configured(provider)).serverMetadata(),
  };
}

/** Clocks differ a little. */
const SKEW_SECONDS = 60;

/** What happened tomorrow did not happen: the library looks at these times in one direction only. */
function requirePast(claims: Claims, now: Temporal.Instant): void {
  const latest = now.epochMilliseconds / 1000 + SKEW_SECONDS;
  const isLater = (time: unknown): boolean => typeof time === "number" && time > latest;
  if (isLater(claims["iat"]) || isLater(claims["auth_time"])) throw new SignInRefused("a token of the future");
}

async function claimsOf(
  configuration: client.Configuration,
  provider: Provider,
  callback: URL,
  { state, nonce, verifier }: Checks,
): Promise<Claims> {
  try {
    const tokens = await client.authorizationCodeGrant(configuration, callback, {
      expectedState: state,
      expectedNonce: nonce,
      pkceCodeVerifier: verifier,
      idTokenExpected: true,
      ...(provider.kind === "strong" && { maxAge: STRONG_MAX_AGE_SECONDS }),
    });
    const claims = tokens.claims();
    if (!claims) throw new SignInRefused("there is no ID token in the answer");
    return claims;
  } catch (error) {
    if (error instanceof SignInRefused) throw error;
    if (isTrouble(error)) throw Object.assign(unavailable(`no answer from ${provider.id}`), { cause: error });
    const code = error instanceof client.AuthorizationResponseError ? error.error : undefined;
    throw new SignInRefused(`${provider.id} did not vouch for anybody`, code, error);
  }
}

/** The network's fault or the provider's, not the answer's. */
function isTrouble(error: unknown): boolean {
  if (error instanceof TypeError && error.message === "fetch failed") return true;
  if (!(error instanceof client.ClientError)) return error instanceof DOMException;
  const cause: unknown = error.cause;
  return error.code === "OAUTH_TIMEOUT" || (cause instanceof Response && cause.status >= 500);
}

async function discover(provider: Provider, insecure: boolean): Promise<client.Configuration> {
  const keys = await clientKeysOf(provider);
  const authentication =
    provider.clientSecret === undefined && keys.signing
      ? client.PrivateKeyJwt(keys.signing)
      : client.ClientSecretBasic(provider.clientSecret ?? "");
  const configuration = await client.discovery(new URL(provider.issuer), provider.clientId, {}, authentication, {
    timeout: TIMEOUT_SECONDS,
    execute: insecure ? [client.allowInsecureRequests] : [],
  });
  // The token comes to us over TLS, where its signature need not be looked at; a proxy between might still have changed it.
  client.enableNonRepudiationChecks(configuration);
  if (keys.sealed)
    client.enableDecryptingResponses(configuration, ["A256GCM", "A128GCM", "A128CBC-HS256"], keys.sealed);
  return configuration;
}

/** The client's own private keys: the one for signatures, and the one by which sealed ID tokens are opened. */
async function clientKeysOf({ clientKeys = [] }: Provider) {
  const key = async (
    use: string,
  ): Promise<{ key: CryptoKey; kid: string | undefined; alg: string | undefined } | undefined> => {
    const found = (clientKeys as readonly JWK[]).find((one) => one.use === use);
    if (!found) return undefined;
    const imported = await importJWK(found);
    if (imported instanceof Uint8Array) throw new Error(`the client key for "${use}" is no private key`);
    return { key: imported, kid: found.kid, alg: found.alg };
  };
  const [signing, sealed] = [await key("sig"), await key("enc")];
  return {
    signing: signing && { key: signing.key, ...(signing.kid !== undefined && { kid: signing.kid }) },
    sealed: sealed && {
      key: sealed.key,
      ...(sealed.kid !== undefined && { kid: sealed.kid }),
      ...(sealed.alg !== undefined && { alg: sealed.alg }),
    },
  };
}
