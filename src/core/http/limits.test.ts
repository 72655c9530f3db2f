/** How much one may ask, and how often: what the whole app answers beyond that. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { testApp } from "#test/app.ts";

const { server } = await testApp({ after });

describe("too many requests", () => {
  it("from one address are answered with when to come again; others and health checks go on", async (t) => {
    const { server: limited } = await testApp(t, { settings: { RATE_LIMIT: "3" } });
    const ask = (url: string, remoteAddress: string) => limited.inject({ method: "GET", url, remoteAddress });
    for (const url of ["/fi", "/sv", "/en"]) assert.equal((await ask(url, "192.0.2.1")).statusCode, 200);
    const refused = await ask("/fi/haku", "192.0.2.1");
    assert.equal(refused.statusCode, 429);
    const seconds = Number(refused.headers["retry-after"]);
    assert.ok(seconds > 0);
    assert.match(refused.body, new RegExp(`Odota ${seconds} sekunti`));
    assert.match(String(refused.headers["content-security-policy"]), /default-src 'none'/);
    assert.equal((await ask("/fi/haku", "192.0.2.2")).statusCode, 200);
    assert.equal((await ask("/fi", "192.0.2.1")).statusCode, 200, "a page that is kept costs less than counting it");
    assert.equal((await ask("/health/live", "192.0.2.1")).statusCode, 200);
  });
});

describe("too many requests for what does not exist", () => {
  it("are counted with all others", async (t) => {
    const { server: limited } = await testApp(t, { settings: { RATE_LIMIT: "3" } });
    const ask = (url: string, remoteAddress: string) => limited.inject({ method: "GET", url, remoteAddress });
    for (const url of ["/nothing", "/fi/nothing/at/all", "/api/v1/nothing"])
      assert.equal((await ask(url, "192.0.2.1")).statusCode, 404, url);
    assert.equal((await ask("/wp-login.php", "192.0.2.1")).statusCode, 429);
    assert.equal((await ask("/fi/haku", "192.0.2.1")).statusCode, 429);
    assert.equal((await ask("/wp-login.php", "192.0.2.2")).statusCode, 404);
  });
});

describe("a request that is too large", () => {
  const get = (url: string) => server.inject({ url });

  it("is told so, in the asker's form and language", async () => {
    const tooLong = `/sv/sok?q=${"x".repeat(8192)}`;
    const page = await get(tooLong);
    assert.equal(page.statusCode, 414);
    assert.match(page.body, /Adressen är längre än vi kan läsa/);
    assert.equal((await get(`/api/v1/search?q=${"x".repeat(8192)}`)).json<{ status: number }>().status, 414);
  });

  it("also when it is what a form sends", async () => {
    const send = (accept: string) =>
      server.inject({
        method: "POST",
        url: "/fi/kirjaudu",
        payload: `mail=${"x".repeat(1024 * 1024)}`,
        headers: { accept, "content-type": "application/x-www-form-urlencoded" },
      });
    const page = await send("text/html");
    assert.equal(page.statusCode, 413);
    assert.match(page.body, /Lähetit enemmän kuin voimme ottaa vastaan/);
    const problem = await send("application/json");
    assert.match(String(problem.headers["content-type"]), /^application\/problem\+json/);
    assert.equal(problem.json<{ status: number; title: string }>().title, "Too large");
  });
});
