/** What the interface makes of `Authorization`, on a server with a few routes and keys of its own. */
import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import Fastify from "fastify";
import { everybody, type Permission } from "../actor.ts";
import { addApiKeys, apiActorOf, type FindKey } from "./api-keys.ts";
import { addErrorHandling } from "./errors.ts";
import { limitRate } from "./rate-limit.ts";

const KEYS: Readonly<Record<string, { rate: number; scopes: string[] }>> = {
  slow: { rate: 1, scopes: ["read"] },
  fast: { rate: 5, scopes: ["read"] },
  reporter: { rate: 5, scopes: ["write:cases"] },
};
const forKeys: Permission = { name: "do what takes a key", allows: ({ kind }) => kind === "key" };

async function server(t: TestContext, perAddress = 3) {
  const app = Fastify();
  t.after(() => app.close());
  const asked: string[] = [];
  const findKey: FindKey = async (key) => {
    asked.push(key);
    const found = KEYS[key];
    if (!found) return null;
    const { rate, scopes } = found;
    return { actor: { kind: "key", key, person: "p", organisation: null, scopes }, rate };
  };
  addErrorHandling(app, () => "");
  await limitRate(app, perAddress);
  await app.register(async (api) => {
    addApiKeys(api, findKey);
    api.get("/api/open", { config: { permission: everybody("read") } }, (request, reply) =>
      reply.send(apiActorOf(request)),
    );
    api.get("/api/keyed", { config: { permission: forKeys } }, async () => ({}));
    api.get("/api/report", { config: { permission: everybody("report"), scope: "write:cases" } }, async () => ({}));
  });
  const ask = (url: string, authorization?: string, remoteAddress = "192.0.2.1") =>
    app.inject({ url, remoteAddress, headers: authorization === undefined ? {} : { authorization } });
  return { ask, asked };
}

describe("who asks the interface", () => {
  it("is anonymous without a key, and nobody looks for one", async (t) => {
    const { ask, asked } = await server(t);
    assert.deepEqual((await ask("/api/open")).json(), { kind: "anonymous" });
    assert.deepEqual(asked, []);
  });

  it("is known by a key, however the scheme is written", async (t) => {
    const { ask } = await server(t);
    for (const scheme of ["Bearer", "bearer", "BEARER "]) {
      const answer = await ask("/api/open", `${scheme} fast`);
      assert.equal(answer.json<{ key: string }>().key, "fast");
    }
  });

  it("is refused with anything else, and never taken for anonymous", async (t) => {
    const { ask } = await server(t, 100);
    const wrong = [
      "Bearer",
      "Bearer ",
      "",
      "fast",
      "Basic fast",
      "Bearer fast fast",
      "Bearer unknown",
      "x".repeat(9000),
    ];
    for (const authorization of wrong) {
      const answer = await ask("/api/open", authorization);
      assert.equal(answer.statusCode, 401, authorization);
      assert.equal(answer.headers["www-authenticate"], 'Bearer error="invalid_token"');
      assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
      assert.equal(answer.headers["cache-control"], "no-store");
      assert.equal(answer.json<{ errors: { field: string }[] }>().errors[0]?.field, "authorization");
    }
  });

  it("is asked the route's rule, and what the key is for", async (t) => {
    const { ask } = await server(t);
    assert.equal((await ask("/api/keyed")).statusCode, 403);
    assert.equal((await ask("/api/keyed", "Bearer fast")).statusCode, 200);
    assert.equal((await ask("/api/report")).statusCode, 200);
    assert.equal((await ask("/api/report", "Bearer reporter")).statusCode, 200);
    const refused = await ask("/api/report", "Bearer fast");
    assert.equal(refused.statusCode, 403);
    assert.equal(refused.headers["www-authenticate"], 'Bearer error="insufficient_scope", scope="write:cases"');
    assert.equal((await ask("/api/open", "Bearer reporter")).statusCode, 403);
  });
});

describe("how often one may ask", () => {
  it("is counted by key, in place of the address, and told", async (t) => {
    const { ask } = await server(t);
    for (const left of [4, 3, 2, 1, 0]) {
      const answer = await ask("/api/open", "Bearer fast", `192.0.2.${left}`);
      assert.equal(answer.statusCode, 200);
      assert.equal(answer.headers["ratelimit-limit"], "5");
      assert.equal(answer.headers["ratelimit-remaining"], String(left));
      assert.ok(Number(answer.headers["ratelimit-reset"]) > 0);
    }
    const refused = await ask("/api/open", "Bearer fast", "192.0.2.9");
    assert.equal(refused.statusCode, 429);
    assert.ok(Number(refused.headers["retry-after"]) > 0);
    assert.equal((await ask("/api/open", "Bearer slow")).statusCode, 200, "another key goes on");
    assert.equal((await ask("/api/open")).statusCode, 200, "and so does the address without one");
  });

  it("is by a key never less than without one", async (t) => {
    const { ask } = await server(t);
    for (let n = 0; n < 3; n++) assert.equal((await ask("/api/open", "Bearer slow")).statusCode, 200);
    assert.equal((await ask("/api/open", "Bearer slow")).statusCode, 429);
  });

  it("holds for guessing too: after so many wrong keys nothing is looked up for that address, and others go on", async (t) => {
    const { ask, asked } = await server(t);
    for (let n = 0; n < 3; n++) assert.equal((await ask("/api/open", `Bearer guess${n}`)).statusCode, 401);
    const refused = await ask("/api/open", "Bearer guess3");
    assert.equal(refused.statusCode, 429);
    assert.ok(Number(refused.headers["retry-after"]) > 0);
    assert.equal(asked.length, 3);
    assert.equal((await ask("/api/open")).statusCode, 200, "what is open stays open there");
    assert.equal((await ask("/api/open", "Bearer fast", "192.0.2.2")).statusCode, 200);
  });

  it("counts the addresses of one household as one, and is no matter where no limit is set", async (t) => {
    const { ask } = await server(t, 1);
    assert.equal((await ask("/api/open", undefined, "2001:db8::1")).statusCode, 200);
    assert.equal((await ask("/api/open", undefined, "2001:db8::2")).statusCode, 429);
    assert.equal((await ask("/api/open", undefined, "2001:db8:0:1::2")).statusCode, 200);
    const { ask: askFree } = await server(t, 0);
    for (let n = 0; n < 10; n++) assert.equal((await askFree("/api/open", "Bearer slow")).statusCode, 200);
    for (let n = 0; n < 10; n++) assert.equal((await askFree("/api/open", "Bearer wrong")).statusCode, 401);
  });
});
