/** What the interface says to keys that are none, to other sites' pages, and of itself: the whole app on a real PostgreSQL. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { FastifyInstance } from "fastify";
import { testApp } from "#test/app.ts";

const { server } = await testApp({ after });
const get = (url: string) => server.inject({ url });
const use = (asked: FastifyInstance, key: string) =>
  asked.inject({ url: "/api/v1/changes", headers: { authorization: `Bearer ${key}` } });

describe("a wrong key", () => {
  it("is refused as a problem, never taken for none, with nothing of it in the answer", async () => {
    const wrong = `avoin_${"x".repeat(43)}`;
    const headers = { authorization: `Bearer ${wrong}`, origin: "https://example.org" };
    for (const url of [
      "/api/v1/changes",
      "/api/v1/decisions",
      "/api/v1/openapi.json",
      "/api/v1/decisions/x/original",
    ]) {
      const answer = await server.inject({ url, headers });
      assert.equal(answer.statusCode, 401, url);
      assert.equal(answer.headers["www-authenticate"], 'Bearer error="invalid_token"');
      assert.equal(answer.headers["access-control-allow-origin"], "*", "a page of another site can read why");
      assert.ok(!answer.body.includes(wrong));
    }
    assert.equal((await get("/api/v1/changes")).statusCode, 200);
  });

  it("is not asked about of the database when it can't be a key", async (t) => {
    const { db: away, server: asked } = await testApp(t);
    await away.destroy();
    for (const text of ["avoin_short", "x".repeat(4000), "avoin_ääää", "' or 1=1 --"])
      assert.equal((await use(asked, encodeURIComponent(text))).statusCode, 401);
  });
});

it("a page of another site may bring a key, and read what it may still ask", async () => {
  const answer = await server.inject({
    method: "OPTIONS",
    url: "/api/v1/decisions",
    headers: {
      origin: "https://example.org",
      "access-control-request-method": "GET",
      "access-control-request-headers": "authorization",
    },
  });
  assert.equal(answer.statusCode, 204);
  assert.match(String(answer.headers["access-control-allow-headers"]), /authorization/);
  const exposed = String((await get("/api/v1/changes")).headers["access-control-expose-headers"]);
  assert.match(exposed, /ratelimit-remaining/);
});

it("the interface's description tells of keys, on every route as a choice", async () => {
  const api = (await get("/api/v1/openapi.json")).json<{
    components: { securitySchemes: Record<string, { type: string; scheme: string }> };
    security: Record<string, string[]>[];
    paths: Record<string, Record<string, { security?: unknown }>>;
  }>();
  assert.deepEqual(api.security, [{}, { key: [] }]);
  assert.equal(api.components.securitySchemes["key"]?.type, "http");
  assert.equal(api.components.securitySchemes["key"]?.scheme, "bearer");
  const methods = Object.values(api.paths).flatMap((path) => Object.values(path));
  assert.ok(methods.length > 4);
  for (const { security } of methods) assert.equal(security, undefined, "as for all");
});
