/**
 * An identity provider for tests (OpenID Connect Core 1.0, code flow with PKCE): real HTTP on this machine, and it can be told to
 * misbehave. It has no page: a test says who has identified themself there, and follows the address that comes back.
 */
import { createHash, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import {
  CompactEncrypt,
  createLocalJWKSet,
  exportJWK,
  generateKeyPair,
  importJWK,
  type JWK,
  type JWTPayload,
  jwtVerify,
  SignJWT,
  UnsecuredJWT,
} from "jose";
import type { CityCode } from "#core/cities.ts";
import type { GroupRole, StaffProvider, StrongProvider } from "#modules/accounts/sign-in/provider.ts";
import type { Scope } from "./app.ts";

/** Claims of an ID token, as a provider would tell them of somebody. */
export type Told = Readonly<Record<string, unknown>>;

/** "own": by the key that is published. "secret": HS256 with the client's own secret. */
export type Signing = "own" | "none" | "stranger" | "secret";

/** How the answer is other than it should be. */
export interface Mischief {
  /** In place of the right ones; undefined leaves a claim out. */
  claims?: Told;
  signing?: Signing;
  /** Instead of a token: 500, the connection breaks, or a refusal that gives everything it knows as its reason. */
  trouble?: "fails" | "breaks" | "refuses";
  /** The token comes only after this. */
  until?: Promise<void>;
}

export interface IdentityProvider {
  issuer: string;
  /** Every code that was brought to the token endpoint, in order. */
  codes: readonly string[];
  /** The settings that a service needs to lean on it, for residents and for staff. */
  strong(id: string, more?: Partial<StrongProvider>): StrongProvider;
  /** Knows the service by its signature instead of a secret, and seals the ID tokens for it. */
  sealed(id: string): StrongProvider;
  staff(id: string, city: CityCode, roles: Readonly<Record<string, GroupRole>>): StaffProvider;
  /**
   * Somebody has identified themself after coming by `address`: where their browser is sent back to, "/sign-in/callback?…".
   * Errors: throws when the service asked for something else than a code with PKCE.
   */
  answer(address: string, told: Told, mischief?: Mischief): string;
  /** Tells the service that somebody has signed out (Back-Channel Logout 1.0, 2.4). */
  logoutToken(claims: Told, signing?: Signing): Promise<string>;
  /** From now on tokens are signed by another key, and only that one is published. */
  rotateKeys(): Promise<void>;
  /** Whether answers name their issuer (RFC 9207). They do unless this is set. */
  isSilentOnIssuer: boolean;
}

const CLIENT = { id: "avoin", secret: "a secret of the test's client" };
const CODE_SECONDS = 300;
const LOGOUT = "http://schemas.openid.net/event/backchannel-logout";
const NAME = { fi: "Tunnistus", sv: "Identifiering", en: "Identification" };
const CLAIMS = { givenName: "given_name", familyName: "family_name" };

interface Grant {
  redirect: string;
  challenge: string;
  claims: Told;
  mischief: Mischief;
}

/** Runs until the scope ends. */
export async function openIdentityProvider(scope: Scope): Promise<IdentityProvider> {
  const [signer, clientKeys] = [await openSigner(), await newClientKeys()];
  const tokens = tokenEndpoint(signer, clientKeys);
  const issuer = await listen(scope, (request, response) => {
    if (request.url === "/.well-known/openid-configuration") return send(response, 200, metadataOf(issuer));
    if (request.url === "/keys") return send(response, 200, { keys: [signer.published()] });
    if (request.url === "/token") return void tokens.answer(request, response);
    return send(response, 404, {});
  });
  const told = (claims: Told, at = Math.floor(Date.now() / 1000)): Told => ({
    ...{ iss: issuer, aud: CLIENT.id, iat: at, exp: at + CODE_SECONDS },
    ...claims,
  });

  const base = { name: NAME, issuer, clientId: CLIENT.id, scope: "profile" };
  const secret = { clientSecret: CLIENT.secret };
  const strong = { ...base, kind: "strong" as const, claims: { ...CLAIMS, nationalId: "national_id" } };
  const provider: IdentityProvider = {
    issuer,
    codes: tokens.codes,
    isSilentOnIssuer: false,
    strong: (id, more = {}) => ({ ...strong, ...secret, id, ...more }),
    sealed: (id) => ({ ...strong, id, clientKeys: clientKeys.map((key) => key.whole) }),
    staff: (id, city, roles) => ({
      ...{ ...base, ...secret, id, kind: "staff", city, roles },
      claims: { ...CLAIMS, mail: "email", groups: "groups" },
    }),
    answer(address, person, mischief = {}) {
      const { state, nonce, redirect, challenge } = readQuestion(address, issuer);
      const code = random();
      const claims = told({ nonce, auth_time: Math.floor(Date.now() / 1000), ...person, ...mischief.claims });
      tokens.grants.set(code, { redirect, challenge, claims, mischief });
      const named = provider.isSilentOnIssuer ? {} : { iss: issuer };
      return `${new URL(redirect).pathname}?${new URLSearchParams({ code, state, ...named }).toString()}`;
    },
    logoutToken: (claims, signing) =>
      signer.sign(told({ jti: random(), events: { [LOGOUT]: {} }, ...claims }), signing, "logout+jwt"),
    rotateKeys: () => signer.rotate(),
  };
  return provider;
}

const random = (): string => randomBytes(16).toString("base64url");

/** Answers with the address of the server, which runs until the scope ends. */
async function listen(
  scope: Scope,
  handle: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<string> {
  const server = createServer(handle);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  scope.after(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Codes are given out by the one who fills `grants`, and hold once. */
function tokenEndpoint(signer: Signer, clientKeys: readonly Key[]) {
  const grants = new Map<string, Grant>();
  const codes: string[] = [];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = new URLSearchParams(await text(request));
    const isSealing = await isSignedBy(clientKeys, body);
    if (!isSealing && !hasOurSecret(request)) return send(response, 401, { error: "invalid_client" });
    const code = body.get("code") ?? "";
    codes.push(code);
    const grant = grants.get(code);
    grants.delete(code);
    if (!grant || !fits(grant, body)) return send(response, 400, { error: "invalid_grant" });

    const { trouble, until, signing } = grant.mischief;
    await until;
    if (trouble === "breaks") return void response.destroy();
    if (trouble === "fails") return send(response, 500, { error: "server_error" });
    const reason = JSON.stringify(grant.claims);
    if (trouble === "refuses") return send(response, 400, { error: "invalid_grant", error_description: reason });
    const token = await signer.sign(grant.claims, signing);
    const idToken = isSealing ? await seal(token, clientKeys) : token;
    return send(response, 200, { access_token: random(), token_type: "Bearer", id_token: idToken });
  }
  return { grants, codes, answer };
}

interface Key {
  kid: string;
  private: CryptoKey;
  /** Its public half, and both. */
  published: JWK;
  whole: JWK;
}

async function newKey(alg = "ES256", use = "sig", kid = random()): Promise<Key> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const about = { kid, alg, use };
  return {
    kid,
    private: privateKey,
    published: { ...(await exportJWK(publicKey)), ...about },
    whole: { ...(await exportJWK(privateKey)), ...about },
  };
}

/** Of the service: for its signature, and for what is sealed to it. */
const newClientKeys = async (): Promise<Key[]> => [await newKey(), await newKey("ECDH-ES", "enc")];

interface Signer {
  sign(claims: Told, signing?: Signing, typ?: string): Promise<string>;
  published(): JWK;
  rotate(): Promise<void>;
}

async function openSigner(): Promise<Signer> {
  let own = await newKey();
  const stranger = await newKey("ES256", "sig", own.kid);
  return {
    async sign(claims, signing = "own", typ = "JWT") {
      const payload = { ...claims } as JWTPayload;
      if (signing === "none") return new UnsecuredJWT(payload).encode();
      if (signing === "secret")
        return new SignJWT(payload).setProtectedHeader({ alg: "HS256" }).sign(Buffer.from(CLIENT.secret));
      const { kid, private: key } = signing === "own" ? own : stranger;
      return new SignJWT(payload).setProtectedHeader({ alg: "ES256", kid, typ }).sign(key);
    },
    published: () => own.published,
    async rotate() {
      own = await newKey();
    },
  };
}

async function seal(token: string, clientKeys: readonly Key[]): Promise<string> {
  const published = clientKeys.find((key) => key.published.use === "enc")?.published ?? {};
  return new CompactEncrypt(Buffer.from(token))
    .setProtectedHeader({ alg: "ECDH-ES", enc: "A256GCM", cty: "JWT", ...(published.kid && { kid: published.kid }) })
    .encrypt(await importJWK(published));
}

const metadataOf = (issuer: string) => ({
  issuer,
  authorization_endpoint: `${issuer}/authorize`,
  token_endpoint: `${issuer}/token`,
  jwks_uri: `${issuer}/keys`,
  end_session_endpoint: `${issuer}/end`,
  response_types_supported: ["code"],
  subject_types_supported: ["public"],
  id_token_signing_alg_values_supported: ["ES256"],
  backchannel_logout_supported: true,
});

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

/** What the service asked for, as the browser brought it. */
function readQuestion(address: string, issuer: string) {
  const { origin, pathname, searchParams: asked } = new URL(address);
  const told = (name: string): string => asked.get(name) ?? "";
  const isSound =
    `${origin}${pathname}` === `${issuer}/authorize` &&
    told("client_id") === CLIENT.id &&
    told("response_type") === "code" &&
    told("code_challenge_method") === "S256" &&
    told("scope").split(" ").includes("openid");
  if (!isSound) throw new Error(`no question that this provider answers: ${address}`);
  return {
    state: told("state"),
    nonce: told("nonce"),
    redirect: told("redirect_uri"),
    challenge: told("code_challenge"),
  };
}

/** RFC 6749, 2.3.1: both halves are form-encoded before they are put together. */
function hasOurSecret({ headers }: IncomingMessage): boolean {
  const given = Buffer.from(headers.authorization?.replace(/^Basic /, "") ?? "", "base64").toString();
  const [id, secret] = given.split(":").map((half) => new URLSearchParams(`half=${half}`).get("half"));
  return id === CLIENT.id && secret === CLIENT.secret;
}

/** RFC 7523, 2.2: the service proves who it is by a token of its own. */
async function isSignedBy(clientKeys: readonly Key[], body: URLSearchParams): Promise<boolean> {
  const assertion = body.get("client_assertion");
  if (assertion === null) return false;
  const keys = createLocalJWKSet({ keys: clientKeys.map((key) => key.published) });
  const { payload } = await jwtVerify(assertion, keys, {
    issuer: CLIENT.id,
    subject: CLIENT.id,
    requiredClaims: ["jti"],
  });
  return payload.aud !== undefined;
}

/** RFC 7636, 4.6, and the same redirect address as in the question. */
const fits = ({ redirect, challenge }: Grant, body: URLSearchParams): boolean =>
  body.get("grant_type") === "authorization_code" &&
  body.get("redirect_uri") === redirect &&
  createHash("sha256")
    .update(body.get("code_verifier") ?? "")
    .digest("base64url") === challenge;
