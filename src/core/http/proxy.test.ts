/** Behind a proxy that ends TLS: what it says of its clients is believed when the settings say so, and what they say themselves is not. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { testApp } from "#test/app.ts";

type Headers = Record<string, string>;
const HTTPS = { host: "avoin.test", "x-forwarded-proto": "https" };

const { server } = await testApp({ after }, { settings: { TRUST_PROXY: "on", RATE_LIMIT: "3" } });

describe("behind a proxy", () => {
  const get = (headers: Headers) => server.inject({ url: "/fi/haku", headers });
  // Each of these tests has clients of its own: requests are counted.
  const from = (client: string, headers: Headers = HTTPS) => ({ ...headers, "x-forwarded-for": client });

  it("browsers are told to come by HTTPS only when they did", async () => {
    const secure = await get(from("192.0.2.1"));
    assert.match(String(secure.headers["strict-transport-security"]), /^max-age=\d{8}; includeSubDomains$/);
    const open = await get(from("192.0.2.1", { ...HTTPS, "x-forwarded-proto": "http" }));
    assert.equal(open.headers["strict-transport-security"], undefined);
  });

  it("a form of our own pages is taken, and one of a page that somebody changed on an open line is not", async () => {
    const send = (origin: string) =>
      server.inject({ method: "POST", url: "/fi", headers: from("192.0.2.2", { ...HTTPS, origin }) });
    assert.equal((await send("https://avoin.test")).statusCode, 404, "past the check: there is no such form");
    for (const origin of ["http://avoin.test", "https://evil.example", "null"])
      assert.equal((await send(origin)).statusCode, 403, origin);
  });

  it("requests are counted by the address that the proxy saw, whatever its client wrote left of it", async () => {
    const ask = (client: string) => get(from(client));
    for (const n of [1, 2, 3]) assert.equal((await ask(`198.51.100.${n}, 192.0.2.3`)).statusCode, 200);
    assert.equal((await ask("198.51.100.4, 192.0.2.3")).statusCode, 429);
    assert.equal((await ask("192.0.2.3, 192.0.2.4")).statusCode, 200, "whom somebody names is not refused for it");
  });
});

describe("without a proxy", () => {
  it("nobody is believed to be elsewhere, or to have come by HTTPS", async (t) => {
    const { server: open } = await testApp(t, { settings: { RATE_LIMIT: "3" } });
    const ask = (n: number) =>
      open.inject({ url: "/fi/haku", headers: { ...HTTPS, "x-forwarded-for": `198.51.100.${n}` } });
    assert.equal((await ask(1)).headers["strict-transport-security"], undefined);
    for (const n of [2, 3]) assert.equal((await ask(n)).statusCode, 200);
    assert.equal((await ask(4)).statusCode, 429);
  });
});
