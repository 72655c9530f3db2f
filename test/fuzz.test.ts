/** Whatever is asked, the service answers, and never with a fault of its own. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import fc from "fast-check";
import { STAFF_ROLES } from "#core/actor.ts";
import { CITY_CODES, LANGUAGES } from "#core/cities.ts";
import { routesOf } from "#core/http/server.ts";
import { SIGN_OUT } from "#modules/accounts/paths.ts";
import { testApp } from "./app.ts";
import { somebody } from "./people.ts";

const app = await testApp({ after }, { demo: true, settings: { RATE_LIMIT: "0" } });
const { server } = app;
/** A third of the requests each comes from nobody, from staff with every role, and from a resident. */
const WHO = [
  {},
  (await somebody(app, { roles: STAFF_ROLES.map((role) => ({ role })) })).headers,
  (await somebody(app)).headers,
];

const REQUESTS = 10_000;
const REFS = ["HEL-2015-004216-29", "hel-2015-004216-29", "HEL-2015-004216", "x", "..", "%00", "a".repeat(301)];
const WORDS =
  "toimijat aktorer organisations valtuutukset fullmakter mandates avaimet keys henkilosto staff oikeudet rights asiakas kund help huoltajat toimin tietoni katsotut poista kutsu uusi anna yhdista gdpr-api profiles me sign-in kirjaudu logga-in callback backchannel frontchannel ended tunnistus lahetetty linkki istunnot sessions lopeta end paatokset beslut decisions asiat arenden matters haku sok search desk lukematta avoin-data tietoa paatokset.atom original changes openapi.json id decision matter api v1 assets metrics health ready".split(
    " ",
  );
/** Nearly right: of the right form, and nothing that the database would take. */
const NEARLY = [
  "9999-99-99_00000000-0000-0000-0000-000000000000",
  `2017-02-31_${"-".repeat(36)}`,
  "2017-05-29_" + "a".repeat(36),
  "999999999999999999.999999999999999999",
  "99999",
  "1900",
  "00 00 00 00",
  "\0",
  "\ud800",
  "%",
  "' or 1=1 --",
  "$1",
  '{"a":1}',
  "__proto__",
];
const KEYS = [
  "q",
  "page",
  "city",
  "maker",
  "class",
  "year",
  "after",
  "limit",
  "version",
  "return",
  "needs",
  "parked",
  "done",
  "kind",
  "businessId",
  "role",
  "scope",
  "state",
  "code",
  "iss",
  "sid",
  "__proto__",
  "constructor",
  "",
];

const junk = fc.oneof(
  fc.string({ unit: "binary", maxLength: 30 }),
  fc.constantFrom(...NEARLY),
  fc.integer().map(String),
);
const segment = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom(...LANGUAGES, ...CITY_CODES, ...WORDS, ...REFS) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: "binary", maxLength: 20 }).map((text) => encodeURIComponent(text.toWellFormed())),
  },
  { weight: 1, arbitrary: fc.constantFrom("%", "%ff", "%2e%2e", "%2f", "", "a%00b") },
);
/** Addresses that exist, so that what follows them is read by a route. */
const known = fc.constantFrom(
  "/fi/paatokset",
  "/sv/espoo/beslut",
  "/en/helsinki/decisions/HEL-2015-004216-29",
  "/fi/helsinki/asiat/HEL-2015-004216",
  "/fi/haku",
  "/sv/helsinki/sok",
  "/en/decisions.atom",
  "/api/v1/decisions",
  "/api/v1/decisions/HEL-2015-004216-29",
  "/api/v1/decisions/HEL-2015-004216-29/original",
  "/api/v1/changes",
  "/id/decision/HEL-2015-004216-29",
  "/fi/kirjaudu",
  "/en/sign-in/with/nobody",
  "/sv/logga-in/skickat",
  "/sign-in/callback/demo",
  "/sign-in/backchannel",
  "/sign-in/frontchannel",
  "/fi/me",
  "/en/me/sessions",
  "/en/me/sessions/00000000-0000-7000-8000-000000000000/end",
  "/fi/helsinki/desk/lukematta",
  "/fi/helsinki/desk",
  "/sv/helsinki/desk/rattigheter",
  "/fi/helsinki/desk/henkilosto",
  "/fi/helsinki/desk/asiakas",
  "/en/helsinki/desk/organisations",
  "/fi/toimijat",
  "/api/v1/organisations",
  "/fi/me/toimijat/uusi",
  "/fi/me/toimijat/uusi/tiedot",
  "/fi/me/toimin",
  "/fi/me/valtuutukset/anna",
  "/fi/me/avaimet/uusi",
  "/fi/me/tiedot",
  "/fi/me/tietoni",
  "/fi/me/data.json",
  "/fi/me/katsotut",
);
const path = fc.oneof(
  known,
  fc.array(segment, { maxLength: 6 }).map((parts) => `/${parts.join("/")}`),
);
const pair = fc
  .tuple(fc.constantFrom(...KEYS), junk)
  .map(([key, value]) => `${key}=${encodeURIComponent(value.toWellFormed())}`);
const query = fc.oneof(
  fc.array(pair, { maxLength: 4 }).map((pairs) => pairs.join("&")),
  fc.constantFrom("", "?", "&&=&", "%", "a[b]=c", `q=${"x".repeat(9000)}`),
);
const headerText = fc.oneof(
  fc.string({ maxLength: 40 }),
  fc.constantFrom(
    "*/*",
    "application/json",
    "br;q=0, gzip",
    "Basic !!!!",
    "Basic OmE=",
    "sv;q=9, fi;q=x,,;",
    'W/"x"',
    "bytes=0-1",
  ),
);
const headers = fc.dictionary(
  fc.constantFrom(
    "accept",
    "accept-language",
    "accept-encoding",
    "if-none-match",
    "authorization",
    "origin",
    "sec-fetch-site",
    "content-type",
    "range",
    "x-forwarded-for",
    "host",
    "cookie",
  ),
  headerText,
  { maxKeys: 4 },
);
const request = fc.record({
  method: fc.oneof(
    { weight: 8, arbitrary: fc.constant("GET" as const) },
    { weight: 2, arbitrary: fc.constantFrom("HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS") },
  ),
  url: fc.tuple(path, query).map(([at, asked]) => (asked === "" ? at : `${at}?${asked}`)),
  headers,
  who: fc.constantFrom(...WHO),
  body: fc.oneof(fc.constant(undefined), fc.string({ unit: "binary", maxLength: 60 })),
});

test("ten thousand odd requests are answered without one error of the service", { timeout: 120_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(request, async ({ method, url, headers: asked, who, body }) => {
      const headers = { ...asked, ...who };
      const payload = method === "GET" || method === "HEAD" || body === undefined ? {} : { payload: body };
      const answer = await server.inject({ method, url, headers, ...payload });
      assert.ok(answer.statusCode < 500, `${method} ${url} gave ${answer.statusCode}`);
    }),
    { numRuns: REQUESTS },
  );
});

/** Every form of the service but the one that would end the askers' sessions. */
const FORMS = routesOf(server).filter(
  ({ method, url }) => method === "POST" && !Object.values<string>(SIGN_OUT.patterns).includes(url),
);
/** Percent-encoded, also in ways that no browser does: NUL, half a character, bytes that are no text. */
const typed = fc.oneof(
  junk.map((text) => encodeURIComponent(text.toWellFormed())),
  fc.constantFrom(
    "",
    "a%00b",
    "%ED%A0%80",
    "%ff%fe",
    "+%E2%80%AE",
    "%F0%9F%92%A9",
    "%0d%0a",
    "2026-02-31",
    "2026-11-24",
  ),
  fc.constantFrom("on", "yes", "fi", "helsinki", "registrar", "a@example.fi", "1234567-1", "010190-999Z"),
  fc.constantFrom(1_000, 20_001).map((length) => "x".repeat(length)),
);
const form = fc.constantFrom(...FORMS).chain(({ url, fields }) =>
  fc.record({
    url: fc
      .tuple(fc.constantFrom(...CITY_CODES), fc.constantFrom("00000000-0000-7000-8000-000000000000", ...NEARLY))
      .map(([city, other]) =>
        url.replaceAll(/:(\w+)/g, (_, name) => (name === "city" ? city : encodeURIComponent(other.toWellFormed()))),
      ),
    payload: fc
      .array(fc.tuple(fc.constantFrom(...fields, "other"), typed), { maxLength: 2 * fields.length + 1 })
      .map((pairs) => pairs.map((pair) => pair.join("=")).join("&")),
    who: fc.constantFrom(...WHO),
  }),
);

test("two thousand odd forms are answered without one either", { timeout: 120_000 }, async () => {
  assert.ok(FORMS.length > 100 && FORMS.some(({ fields }) => fields.length > 5));
  await fc.assert(
    fc.asyncProperty(form, async ({ url, payload, who }) => {
      const headers = { ...who, "content-type": "application/x-www-form-urlencoded" };
      const answer = await server.inject({ method: "POST", url, headers, payload });
      assert.ok(answer.statusCode < 500, `POST ${url} with ${payload.slice(0, 200)} gave ${answer.statusCode}`);
      assert.notEqual(answer.statusCode, 415);
    }),
    { numRuns: 2_000 },
  );
  for (const headers of WHO.slice(1))
    assert.equal((await server.inject({ url: "/fi/me", headers })).statusCode, 200, "the askers are still signed in");
});
