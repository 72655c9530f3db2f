import assert from "node:assert/strict";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, describe, it } from "node:test";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import { ConfigError, gdprApiOf, readConfig } from "#core/config.ts";
import { withPerson } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { testApp } from "#test/app.ts";
import { somebody } from "#test/people.ts";

const AUDIENCE = "https://api.example.fi/auth/avoin";
const [own, stranger] = [await generateKeyPair("RS256"), await generateKeyPair("RS256")];
const jwk = { ...(await exportJWK(own.publicKey)), kid: "own", alg: "RS256", use: "sig" };

/** The city's token issuer. */
let isAway = false;
const issuerServer = createServer((request, response) => {
  if (isAway) return void response.writeHead(500).end();
  const body = request.url === "/keys" ? { keys: [jwk] } : { issuer: issuer(), jwks_uri: `${issuer()}/keys` };
  return void response.setHeader("content-type", "application/json").end(JSON.stringify(body));
});
await new Promise<void>((listening) => issuerServer.listen(0, "127.0.0.1", listening));
const issuer = (): string => `http://127.0.0.1:${(issuerServer.address() as AddressInfo).port}`;

const settings = { RATE_LIMIT: "0", GDPR_API_ISSUER: issuer(), GDPR_API_AUDIENCE: AUDIENCE };
const app = await testApp(
  {
    after: (done) =>
      after(async () => {
        await done();
        issuerServer.close();
      }),
  },
  { settings },
);
const { db, clock, server } = app;

const keycloak = (...scopes: string[]) => ({ authorization: { permissions: [{ scopes }] } });

interface Wish {
  claims?: Record<string, unknown>;
  key?: CryptoKey;
  seconds?: number;
}
function token(
  sub: string,
  { claims = keycloak("gdprquery", "gdprdelete"), key = own.privateKey, seconds = 300 }: Wish = {},
) {
  const now = Math.floor(clock.now().epochMilliseconds / 1000);
  return new SignJWT({ iss: issuer(), aud: AUDIENCE, sub, iat: now, exp: now + seconds, ...claims })
    .setProtectedHeader({ alg: "RS256", kid: "own" })
    .sign(key);
}

interface Call {
  method?: "GET" | "DELETE";
  bearer?: string;
  query?: string;
  payload?: object;
}
const call = (id: string, { method = "GET", bearer, query = "", payload }: Call) =>
  server.inject({
    method,
    url: `/gdpr-api/v1/profiles/${id}${query}`,
    ...(bearer !== undefined && { headers: { authorization: `Bearer ${bearer}` } }),
    ...(payload && { payload }),
  });
const erase = async (id: string, more: Call = {}) => call(id, { method: "DELETE", bearer: await token(id), ...more });

const isErased = async (id: string): Promise<boolean> => {
  const row = await withPerson(db, id, (tx) =>
    tx.selectFrom("person").select("erased_at").where("id", "=", id).executeTakeFirstOrThrow(),
  );
  return row.erased_at !== null;
};

interface Node {
  key: string;
  value?: string;
  children?: Node[];
}
const isNode = (node: Node): boolean =>
  /^[A-Z0-9_]+$/.test(node.key) &&
  (node.value === undefined || typeof node.value === "string") &&
  (node.children ?? []).every(isNode);

describe("the profile service asks what is kept", () => {
  it("and gets it as a tree; the person sees that it was asked", async () => {
    const { id } = await somebody(app, { given: "Aino", mail: "aino@example.fi" });
    const answer = await call(id, { bearer: await token(id) });
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers["cache-control"], "no-store");
    const tree = JSON.parse(answer.body) as Node;
    assert.ok(isNode(tree));
    assert.match(answer.body, /\{"key":"GIVEN_NAME","value":"Aino"\}/);
    assert.ok(tree.children?.some(({ key }) => key === "ACCOUNTS_SESSIONS"));
    const rows = await withPerson(db, id, (tx) => tx.selectFrom("audit").select(["actor", "action"]).execute());
    assert.deepEqual(rows, [{ actor: "system:gdpr-api", action: "download" }]);
  });

  it("and gets 204 of somebody whom we do not know", async () => {
    const id = newId(clock.now());
    const answer = await call(id, { bearer: await token(id) });
    assert.deepEqual([answer.statusCode, answer.body], [204, ""]);
  });

  it("with the scopes that an older issuer names by the audience too", async () => {
    const { id } = await somebody(app);
    const named = (scope: string) => ({ "https://api.example.fi/auth": [scope] });
    const ask = async (scope: string) =>
      (await call(id, { bearer: await token(id, { claims: named(scope) }) })).statusCode;
    assert.deepEqual(
      [await ask("avoin.gdprquery"), await ask("other.gdprquery"), await ask("gdprquery")],
      [200, 403, 403],
    );
  });
});

describe("the profile service erases", () => {
  it("only in a rehearsal when it says so, in the address or in the body", async () => {
    const { id } = await somebody(app);
    for (const more of [
      { query: "?dry_run=true" },
      { query: "?dry_run=1" },
      { payload: { dry_run: true } },
      { query: "?dry_run=false", payload: { dry_run: "true" } },
    ])
      assert.equal((await erase(id, more)).statusCode, 204, JSON.stringify(more));
    assert.equal(await isErased(id), false);
  });

  it("nothing when it can't be told whether it is a rehearsal", async () => {
    const { id } = await somebody(app);
    for (const query of ["?dry_run=maybe", "?dry_run=true&dry_run=false", "?dry_run=2"])
      assert.equal((await erase(id, { query })).statusCode, 400, query);
    assert.equal(await isErased(id), false);
  });

  it("the person, once however often it is asked, also twice at once", async () => {
    const { id } = await somebody(app, { mail: "pois@example.fi" });
    const answers = await Promise.all([erase(id), erase(id)]);
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode),
      [204, 204],
    );
    assert.equal((await erase(id)).statusCode, 204);
    assert.equal(await isErased(id), true);
    const answer = await call(id, { bearer: await token(id) });
    assert.doesNotMatch(answer.body, /ACCOUNTS_PERSON|pois@example/);
  });

  it("nobody whom we do not know, and says that all is well", async () => {
    assert.equal((await erase(newId(clock.now()))).statusCode, 204);
  });

  it("not what something hinders, and says what in three languages", async () => {
    const { id } = await somebody(app, { city: "oulu", roles: [{ role: "advisor" }] });
    for (const query of ["?dry_run=true", ""]) {
      const answer = await erase(id, { query });
      assert.equal(answer.statusCode, 403);
      const { errors } = JSON.parse(answer.body) as { errors: { code: string; message: Record<string, string> }[] };
      assert.equal(errors[0]?.code, "staff-role");
      assert.deepEqual(Object.keys(errors[0]?.message ?? {}), ["fi", "sv", "en"]);
    }
    assert.equal(await isErased(id), false);
  });
});

describe("a token", () => {
  it("that does not hold gives 401", async () => {
    const { id } = await somebody(app);
    const now = Math.floor(clock.now().epochMilliseconds / 1000);
    const all = { iss: issuer(), aud: AUDIENCE, sub: id, exp: now + 300, ...keycloak("gdprquery") };
    const bad: Record<string, string | undefined> = {
      none: undefined,
      "no token": "x",
      "another audience": await token(id, {
        claims: { ...keycloak("gdprquery"), aud: "https://api.example.fi/auth/other" },
      }),
      "another issuer": await token(id, { claims: { ...keycloak("gdprquery"), iss: "https://evil.example" } }),
      "run out": await token(id, { seconds: -60 }),
      "without an end": await token(id, { claims: { ...keycloak("gdprquery"), exp: undefined } }),
      "for later": await token(id, { claims: { ...keycloak("gdprquery"), nbf: now + 3600 } }),
      "of a stranger's key": await token(id, { key: stranger.privateKey }),
      "alg none": new UnsecuredJWT(all).encode(),
      "signed with the public key as a secret": await new SignJWT(all)
        .setProtectedHeader({ alg: "HS256", kid: "own" })
        .sign(new TextEncoder().encode(JSON.stringify(jwk))),
    };
    for (const [what, bearer] of Object.entries(bad)) {
      for (const method of ["GET", "DELETE"] as const) {
        const answer = await call(id, { method, ...(bearer !== undefined && { bearer }) });
        assert.equal(answer.statusCode, 401, what);
        assert.equal(answer.headers["www-authenticate"], "Bearer");
      }
    }
    assert.equal(await isErased(id), false);
  });

  it("of somebody else, or without the scope, gives 403", async () => {
    const [{ id }, other] = [await somebody(app), await somebody(app)];
    const cases: [method: "GET" | "DELETE", bearer: string][] = [
      ["GET", await token(other.id)],
      ["DELETE", await token(other.id)],
      ["GET", await token(id, { claims: keycloak("gdprdelete") })],
      ["DELETE", await token(id, { claims: keycloak("gdprquery") })],
      ["GET", await token(id, { claims: {} })],
      ["GET", await token(id, { claims: { authorization: "gdprquery" } })],
      ["GET", await token(id, { claims: { authorization: { permissions: [null, { scopes: { gdprquery: true } }] } } })],
    ];
    for (const [method, bearer] of cases) assert.equal((await call(id, { method, bearer })).statusCode, 403);
    assert.deepEqual([await isErased(id), await isErased(other.id)], [false, false]);
  });

  it("does not let in by cookie, nor to what is no id", async () => {
    const { id, headers } = await somebody(app);
    const answer = await server.inject({ url: `/gdpr-api/v1/profiles/${id}`, headers });
    assert.equal(answer.statusCode, 401);
    assert.equal((await call("x", { bearer: await token("x") })).statusCode, 404);
  });
});

it("where the issuer is away, the answer is 503, and once it is back all is well", async () => {
  const away = await testApp({ after }, { settings });
  const { id } = await somebody(away);
  const headers = { authorization: `Bearer ${await token(id)}` };
  const ask = async () => (await away.server.inject({ url: `/gdpr-api/v1/profiles/${id}`, headers })).statusCode;
  isAway = true;
  assert.equal(await ask(), 503);
  isAway = false;
  assert.equal(await ask(), 200);
});

it("where no issuer is set, there is no such interface, and half a setting stops the start", async () => {
  const without = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
  const id = newId(clock.now());
  assert.equal((await without.server.inject(`/gdpr-api/v1/profiles/${id}`)).statusCode, 404);
  assert.throws(() => gdprApiOf(readConfig({ GDPR_API_ISSUER: "https://a.example" })), ConfigError);
  assert.throws(() => gdprApiOf(readConfig({ GDPR_API_AUDIENCE: "a" })), ConfigError);
});
