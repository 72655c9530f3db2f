/**
 * Tokens by which the city's profile service asks about a person: access tokens of the city's issuer, with the scopes "gdprquery" and
 * "gdprdelete". Two shapes are in use: Keycloak's `authorization.permissions[].scopes`, and before it a claim named by the audience
 * without its last word (audience "https://api.hel.fi/auth/avoin": claim "https://api.hel.fi/auth" with "avoin.gdprquery").
 */
import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from "jose";
import { unavailable } from "#core/errors.ts";

export interface GdprApiSettings {
  /** "https://tunnistus.example.fi/auth/realms/helsinki", without a slash at its end; tokens may have one. */
  issuer: string;
  audience: string;
}

export type GdprScope = "gdprquery" | "gdprdelete";

/** What a good token says. */
export interface Bearer {
  person: string;
  scopes: readonly string[];
}

const ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"];
const TIMEOUT_MS = 10_000;

type KeySet = ReturnType<typeof createRemoteJWKSet>;

/**
 * Reads the Authorization header. Null when it holds no good token: none at all, of another issuer or for another audience, run out,
 * unsigned, forged. Errors: Unavailable when the issuer's keys can't be had.
 */
export function openBearers({ issuer, audience }: GdprApiSettings) {
  let keySet: Promise<KeySet> | undefined;
  const keys = async (): Promise<KeySet> => {
    keySet ??= findKeys(issuer);
    try {
      return await keySet;
    } catch (error) {
      keySet = undefined;
      throw Object.assign(unavailable("the issuer of the profile service's tokens can't be reached"), { cause: error });
    }
  };

  return async function readBearer(header: string | undefined, now: Date): Promise<Bearer | null> {
    const token = /^Bearer +([\w-]+\.[\w-]+\.[\w-]+)$/i.exec(header ?? "")?.[1];
    if (token === undefined) return null;
    const options = {
      issuer: [issuer, `${issuer}/`],
      audience,
      algorithms: ALGORITHMS,
      currentDate: now,
      requiredClaims: ["exp", "sub"],
    };
    const found = await keys();
    try {
      const { payload } = await jwtVerify(token, found, options);
      return { person: payload.sub ?? "", scopes: scopesOf(payload, audience) };
    } catch (error) {
      if (isIssuerAway(error)) throw Object.assign(unavailable("the issuer's keys can't be had"), { cause: error });
      return null; // to the caller, one bad token is like another
    }
  };
}

/** Where the issuer says that its keys are: OpenID Connect Discovery 1.0, section 4. */
async function findKeys(issuer: string): Promise<KeySet> {
  const address = `${issuer}/.well-known/openid-configuration`;
  const response = await fetch(address, { signal: AbortSignal.timeout(TIMEOUT_MS) });
  const metadata: unknown = await response.json();
  const keys = memberOf(metadata, "jwks_uri");
  if (!response.ok || typeof keys !== "string") throw new Error("the issuer publishes no keys");
  return createRemoteJWKSet(new URL(keys), { timeoutDuration: TIMEOUT_MS });
}

const AWAY = new Set(["ERR_JWKS_TIMEOUT", "ERR_JWKS_INVALID", "ERR_JOSE_GENERIC"]);

/** Everything else that jose throws is about the token. */
const isIssuerAway = (error: unknown): boolean => !(error instanceof errors.JOSEError) || AWAY.has(error.code);

function scopesOf(claims: JWTPayload, audience: string): string[] {
  const permissions = [memberOf(claims["authorization"], "permissions")].flat();
  const slash = audience.lastIndexOf("/");
  const prefix = `${audience.slice(slash + 1)}.`;
  const named = [slash > 0 ? claims[audience.slice(0, slash)] : undefined].flat();
  return [
    ...permissions.flatMap((permission) => memberOf(permission, "scopes")).filter(isText),
    ...named
      .filter(isText)
      .filter((scope) => scope.startsWith(prefix))
      .map((scope) => scope.slice(prefix.length)),
  ];
}

const isText = (value: unknown): value is string => typeof value === "string";

/** The member of that name of whatever it is. */
const memberOf = (value: unknown, name: string): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined;
