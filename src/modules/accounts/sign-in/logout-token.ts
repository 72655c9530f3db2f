/** A provider's word that somebody has signed out: OpenID Connect Back-Channel Logout 1.0, section 2.6. */
import { createRemoteJWKSet, decodeJwt, errors, jwtVerify, type JWTPayload } from "jose";
import { invalid, unavailable } from "#core/errors.ts";
import type { RelyingParty } from "./oidc.ts";
import type { Provider } from "./provider.ts";

const EVENT = "http://schemas.openid.net/event/backchannel-logout";
const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
/** Tokens are made when they are sent; an old one is a repeated one. */
const MAX_AGE_SECONDS = 180;

export interface SignedOut {
  provider: Provider;
  /** The provider's name for the session, and for the person; at least one is there. */
  session: string | null;
  subject: string | null;
  /** The token's own name (jti): the same token counts once. */
  id: string;
}

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/** Verifies tokens of these providers. Errors: Invalid for a token that is not one, or not for us. */
export function openLogoutTokens(providers: readonly Provider[], party: RelyingParty) {
  const keySets = new Map<string, KeySet>();

  const keysOf = async (provider: Provider): Promise<KeySet> => {
    const known = keySets.get(provider.id);
    if (known) return known;
    const { jwks_uri: address } = await party.metadata(provider);
    if (address === undefined) throw invalid("the provider publishes no keys");
    const keys = createRemoteJWKSet(new URL(address));
    keySets.set(provider.id, keys);
    return keys;
  };

  return async function readLogoutToken(token: string, now: Date): Promise<SignedOut> {
    const provider = senderOf(token, providers);
    if (!provider) throw invalid("a logout token of nobody we know");
    const keys = await keysOf(provider);
    const options = {
      issuer: provider.issuer,
      audience: provider.clientId,
      algorithms: ALGORITHMS,
      currentDate: now,
      maxTokenAge: MAX_AGE_SECONDS,
      requiredClaims: ["iat", "jti", "events"],
    };
    const { payload } = await jwtVerify(token, keys, options).catch((error: unknown) => {
      const isAboutToken = error instanceof errors.JOSEError && !(error instanceof errors.JWKSTimeout);
      const problem = isAboutToken
        ? invalid("the logout token does not hold")
        : unavailable("the provider's keys can't be read");
      throw Object.assign(problem, { cause: error });
    });
    return { provider, ...readClaims(payload) };
  };
}

/** Whose it claims to be: nothing of it is believed before the signature is looked at with that provider's keys. */
function senderOf(token: string, providers: readonly Provider[]): Provider | undefined {
  try {
    const { iss, aud } = decodeJwt(token);
    return providers.find(({ issuer, clientId }) => issuer === iss && [aud].flat().includes(clientId));
  } catch {
    return undefined; // no token at all: the same answer as to a stranger's
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function readClaims(claims: JWTPayload): Omit<SignedOut, "provider"> {
  const { events, nonce, sid, sub, jti } = claims;
  // A nonce would make an ID token of it.
  if (nonce !== undefined) throw invalid("a logout token with a nonce");
  if (!isObject(events) || !isObject(events[EVENT])) throw invalid("no logout event in the token");
  const session = typeof sid === "string" ? sid : null;
  const subject = sub ?? null;
  if (session === null && subject === null) throw invalid("a logout token that names neither session nor person");
  return { session, subject, id: jti ?? "" };
}
