/** What every answer of the running service owes: status, headers, language, form. Asked of the whole app with the demo content. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { ORIGIN, testApp } from "#test/app.ts";
import { somebody } from "#test/people.ts";
import { CITY_CODES, LANGUAGES } from "../cities.ts";

const app = await testApp({ after }, { demo: true, settings: { RATE_LIMIT: "0" } });
const { server, health, db } = app;
const SEED = "/fi/helsinki/paatokset/HEL-2015-004216-29";
const SEED_API = "/api/v1/decisions/HEL-2015-004216-29";

type Headers = Record<string, string>;
const get = (url: string, headers: Headers = {}) => server.inject({ method: "GET", url, headers });

interface List {
  items: { id: string; ref: string }[];
  next: string | null;
}

describe("the page of a decision", () => {
  it("has one heading of the first rank and every sum that the decision names", async () => {
    const answer = await get(SEED);
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers["content-type"], "text/html; charset=utf-8");
    assert.equal(answer.body.match(/<h1[ >]/g)?.length, 1);
    assert.match(answer.body, /<html[^>]* lang="fi"/);
    const text = answer.body.replaceAll(/&nbsp;|\u{a0}|\u{202f}/gu, " ");
    for (const sum of ["8 981 791", "6 017 799", "2 963 992", "1 350 004", "904 502", "445 502"])
      assert.ok(text.includes(sum), sum);
  });

  it("is not sent again to who has it, until something changes", async () => {
    const first = await get(SEED);
    const etag = String(first.headers["etag"]);
    const again = await get(SEED, { "if-none-match": etag });
    assert.equal(again.statusCode, 304);
    assert.equal(again.body, "");
    assert.equal(again.headers["etag"], etag);
    assert.equal(again.headers["vary"], "accept-encoding");
    for (const known of [etag.slice(2), `"older", ${etag}`, "*"])
      assert.equal((await get(SEED, { "if-none-match": known })).statusCode, 304, known);
    assert.equal((await get(SEED, { "if-none-match": '"older"' })).statusCode, 200);
    assert.equal((await get(`${SEED}-9`, { "if-none-match": "*" })).statusCode, 404);
  });

  it("answers HEAD with the same headers and nothing else", async () => {
    const [full, head] = [await get(SEED), await server.inject({ method: "HEAD", url: SEED })];
    assert.equal(head.statusCode, 200);
    assert.equal(head.body, "");
    for (const name of ["etag", "content-type", "cache-control"])
      assert.equal(head.headers[name], full.headers[name], name);
  });

  it("leads to its one address from a loose spelling, and from another city's", async () => {
    for (const url of [SEED.replace("HEL", "hel"), SEED.replace("/helsinki/", "/espoo/")]) {
      const answer = await get(url);
      assert.equal(answer.statusCode, 301);
      assert.equal(answer.headers.location, SEED);
    }
  });

  it("comes compressed to who can read that, and says that it varies", async () => {
    for (const encoding of ["br", "gzip"]) {
      const answer = await get(SEED, { "accept-encoding": encoding });
      assert.equal(answer.headers["content-encoding"], encoding);
      assert.match(String(answer.headers["vary"]), /accept-encoding/i);
    }
  });
});

describe("a page that does not exist", () => {
  for (const language of LANGUAGES) {
    it(`says so in the language of its address: ${language}`, async () => {
      for (const url of [
        `/${language}/no-such-page`,
        `/${language}/helsinki/${"x".repeat(400)}`,
        `/${language}/rovaniemi`,
      ]) {
        const answer = await get(url, { "accept-language": "de" });
        assert.equal(answer.statusCode, 404, url);
        assert.match(answer.body, new RegExp(`<html[^>]* lang="${language}"`));
      }
    });
  }

  it("is a problem in JSON (RFC 9457) under /api, with a reference for asking about it", async () => {
    for (const url of ["/api/v1/nothing", "/api/v1/decisions/no-such", "/api/v1/matters/rovaniemi/x"]) {
      const answer = await get(url);
      assert.equal(answer.statusCode, 404, url);
      assert.match(String(answer.headers["content-type"]), /^application\/problem\+json/);
      const problem = answer.json<{ status: number; title: string; instance: string }>();
      assert.equal(problem.status, 404);
      assert.equal(problem.instance, answer.headers["x-request-id"]);
    }
  });

  it("is answered in the asker's form and language even before any route", async () => {
    const page = await get("/sv/helsinki/beslut/%ff");
    assert.equal(page.statusCode, 400);
    assert.match(page.body, /<html[^>]* lang="sv"/);
    const problem = await get("/api/v1/decisions/%ff");
    assert.equal(problem.statusCode, 400);
    assert.match(String(problem.headers["content-type"]), /^application\/problem\+json/);
    assert.equal(problem.json<{ instance: string }>().instance, problem.headers["x-request-id"]);
  });

  it("names the field that is wrong", async () => {
    const answer = await get("/api/v1/decisions?limit=many");
    assert.equal(answer.statusCode, 400);
    assert.match(JSON.stringify(answer.json<{ errors: unknown }>().errors), /limit/);
  });

  it("may not be kept by anybody on the way", async () => {
    assert.equal((await get("/fi/no-such-page")).headers["cache-control"], "no-store");
  });
});

describe("every answer", () => {
  const URLS = [
    SEED,
    "/fi",
    "/no-such-page",
    "/api/v1/decisions",
    "/api/v1/none",
    "/health/live",
    "/metrics",
    "/%ff",
    "/fi/helsinki/desk/lukematta",
  ];

  for (const url of URLS) {
    it(`carries the headers that guard the reader: ${url}`, async () => {
      const { headers } = await get(url);
      assert.match(String(headers["content-security-policy"]), /default-src 'none'/);
      assert.doesNotMatch(String(headers["content-security-policy"]), /script-src/);
      assert.equal(headers["x-content-type-options"], "nosniff");
      assert.ok(headers["referrer-policy"]);
      assert.ok(headers["x-request-id"]);
      assert.equal(headers["set-cookie"], undefined);
      assert.equal(headers["strict-transport-security"], undefined, "only over HTTPS");
    });
  }
});

describe("a write", () => {
  const post = (headers: Headers) =>
    server.inject({ method: "POST", url: "/fi", headers: { host: "avoin.test", ...headers } });

  it("is refused when another site's page sends it", async () => {
    const ours = { origin: "http://avoin.test" };
    for (const site of ["cross-site", "same-site"])
      assert.equal((await post({ ...ours, "sec-fetch-site": site })).statusCode, 403, site);
    assert.equal((await post({ origin: "https://evil.example" })).statusCode, 403);
    assert.equal((await post({ origin: "null" })).statusCode, 403);
  });

  it("gets past that check from our own pages and from programs", async () => {
    assert.equal((await post({ origin: "http://avoin.test", "sec-fetch-site": "same-origin" })).statusCode, 404);
    assert.equal((await post({})).statusCode, 404);
  });
});

describe("who runs the service", () => {
  it("sees that it lives and can serve", async () => {
    assert.equal((await get("/health/live")).statusCode, 200);
    const ready = await get("/health/ready");
    assert.equal(ready.statusCode, 200);
    const body = ready.json<{ checks: Record<string, { ok: boolean }> }>();
    assert.equal(body.checks["database"]?.ok, true);
    assert.equal(body.checks["finnish"]?.ok, true);
  });

  it("sees times by route and never what people asked for", async () => {
    await get("/fi/helsinki/paatokset/secret-thing-that-somebody-typed");
    const answer = await get("/metrics");
    assert.match(answer.body, /http_request_seconds_count\{[^}]*route="\/fi\/:city\/paatokset\/:ref"/);
    assert.doesNotMatch(answer.body, /secret-thing/);
  });
});

describe("a permanent address", () => {
  const ID = "/id/decision/HEL-2015-004216-29";

  it("leads people to the page in their language", async () => {
    const places = {
      fi: "/fi/helsinki/paatokset/",
      "sv-FI,sv;q=0.9": "/sv/helsinki/beslut/",
      "de, en;q=0.5, fi;q=0.4": "/en/helsinki/decisions/",
    };
    for (const [language, place] of Object.entries(places)) {
      const answer = await get(ID, { "accept-language": language, accept: "text/html" });
      assert.equal(answer.statusCode, 303);
      assert.equal(answer.headers.location, `${place}HEL-2015-004216-29`);
      assert.match(String(answer.headers["vary"]), /accept-language/);
    }
  });

  it("leads programs to the data", async () => {
    const answer = await get(ID, { accept: "application/json" });
    assert.equal(answer.statusCode, 303);
    assert.equal(answer.headers.location, "/api/v1/decisions/HEL-2015-004216-29");
    const matter = await get("/id/matter/helsinki/HEL-2015-004216", { accept: "application/ld+json" });
    assert.equal(matter.headers.location, "/api/v1/matters/helsinki/HEL-2015-004216");
  });
});

describe("a feed", () => {
  it("is an Atom document whose tags all close, in each language and for each city", async () => {
    const urls = [
      "/fi/paatokset.atom",
      "/sv/beslut.atom",
      "/en/decisions.atom?year=2017",
      ...CITY_CODES.map((c) => `/fi/${c}/paatokset.atom`),
    ];
    for (const url of urls) {
      const answer = await get(url);
      assert.equal(answer.statusCode, 200, url);
      assert.match(String(answer.headers["content-type"]), /^application\/atom\+xml/);
      assertWellFormed(answer.body);
      assert.ok((answer.body.match(/<entry /g)?.length ?? 0) > 0, `${url} has entries`);
    }
  });
});

/** Tags nest and close, and every "&" begins one of the entities that we write. */
function assertWellFormed(xml: string): void {
  const open: string[] = [];
  for (const [, close, name = "", empty] of xml.matchAll(/<(\/?)([a-z]+)[^>]*?(\/?)>/g)) {
    if (close) assert.equal(open.pop(), name);
    else if (!empty) open.push(name);
  }
  assert.deepEqual(open, []);
  assert.doesNotMatch(xml, /&(?!(?:amp|lt|gt|quot);)/);
}

describe("the open interface", () => {
  it("gives every decision once to who follows `next` to the end", async () => {
    const seen: string[] = [];
    let url: string | null = "/api/v1/decisions?limit=7";
    while (url !== null) {
      const answer: Awaited<ReturnType<typeof get>> = await get(url);
      assert.equal(answer.statusCode, 200);
      const list: List = answer.json<List>();
      seen.push(...list.items.map(({ ref }) => ref));
      url = list.next === null ? null : list.next.slice(ORIGIN.length);
    }
    const rows = await db.selectFrom("decision").select("ref").execute();
    assert.deepEqual(seen.toSorted(), rows.map(({ ref }) => ref).toSorted());
  });

  it("describes itself: each route with its answers, and every reference leads somewhere", async () => {
    const answer = await get("/api/v1/openapi.json");
    assert.equal(answer.statusCode, 200);
    const api = answer.json<{
      openapi: string;
      info: object;
      paths: Record<string, Record<string, { responses: object }>>;
    }>();
    assert.match(api.openapi, /^3\.1/);
    for (const path of [
      "/api/v1/decisions",
      "/api/v1/decisions/{ref}",
      "/api/v1/matters/{city}/{slug}",
      "/api/v1/changes",
    ])
      assert.ok(api.paths[path]?.["get"]?.responses, path);
    for (const [path, methods] of Object.entries(api.paths)) {
      assert.ok(path.startsWith("/api/v1/"), path);
      assert.deepEqual(Object.keys(methods), ["get"]);
    }
    for (const [, reference = ""] of answer.body.matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = reference
        .split("/")
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], api);
      assert.ok(found, reference);
    }
  });

  it("does not send again what the asker has", async () => {
    for (const url of ["/api/v1/decisions", SEED_API, `${SEED_API}/original`]) {
      const { headers } = await get(url);
      const etag = String(headers["etag"]);
      for (const known of [etag, etag.replace("W/", ""), `"older", W/${etag.replace("W/", "")}`, "*"]) {
        const again = await get(url, { "if-none-match": known });
        assert.equal(again.statusCode, 304, known);
        assert.equal(again.body, "");
        for (const name of ["etag", "vary", "cache-control"]) assert.equal(again.headers[name], headers[name], name);
      }
      assert.equal((await get(url, { "if-none-match": '"older"' })).statusCode, 200);
    }
  });

  it("has no tag on an error, which nobody then takes for what there is", async () => {
    for (const url of ["/api/v1/decisions/NOPE", "/api/v1/decisions/NOPE/original", "/api/v1/matters/turku/nope"]) {
      const answer = await get(url);
      assert.equal(answer.statusCode, 404);
      assert.equal(answer.headers["etag"], undefined);
      assert.equal((await get(url, { "if-none-match": "*" })).statusCode, 404);
    }
  });

  it("may be asked from any site's page, but not written to", async () => {
    const answer = await get("/api/v1/decisions", { origin: "https://example.org" });
    assert.equal(answer.headers["access-control-allow-origin"], "*");
    const write = await server.inject({ method: "POST", url: "/api/v1/decisions" });
    assert.equal(write.statusCode, 404);
  });

  it("serves the original, where nothing can run", async () => {
    const answer = await get("/api/v1/decisions/HEL-2015-004216-29/original");
    assert.equal(answer.statusCode, 200);
    assert.match(String(answer.headers["content-security-policy"]), /^sandbox/);
    assert.match(answer.body, /Avoin osallisuus/);
  });
});

describe("the registrars' desk", () => {
  const DESK = "/fi/helsinki/desk/lukematta";

  it("leads who has not signed in to where one can, and back afterwards", async () => {
    const asked = await get(DESK);
    assert.equal(asked.statusCode, 303);
    assert.equal(asked.headers.location, `/fi/kirjaudu?return=${encodeURIComponent(DESK)}`);
    const program = await get(DESK, { accept: "application/json" });
    assert.equal(program.statusCode, 401);
    assert.equal(program.headers["www-authenticate"], "Bearer");
  });

  it("opens to the city's own registrars and to nobody else", async () => {
    const opened = await get(DESK, (await somebody(app, { roles: [{ role: "registrar" }] })).headers);
    assert.equal(opened.statusCode, 200);
    assert.equal(opened.headers["cache-control"], "no-store");
    const others = [
      await somebody(app),
      await somebody(app, { roles: [{ role: "advisor" }] }),
      await somebody(app, { roles: [{ role: "registrar", scope: "kirjastot" }] }),
      await somebody(app, { city: "espoo", roles: [{ role: "registrar" }] }),
    ];
    for (const { headers } of others) assert.equal((await get(DESK, headers)).statusCode, 403);
  });
});

describe("a service that is stopping", () => {
  it("tells the proxy to send nobody any more", async () => {
    health.drain();
    const answer = await get("/health/ready");
    assert.equal(answer.statusCode, 503);
    assert.equal(answer.json<{ status: string }>().status, "draining");
  });
});
