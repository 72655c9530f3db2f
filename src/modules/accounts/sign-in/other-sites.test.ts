/** Nothing here leads to another site, and nothing that another site sends is done. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { routesOf } from "#core/http/server.ts";
import { ORIGIN, testApp } from "#test/app.ts";
import { openIdentityProvider } from "#test/identity-provider.ts";
import { enterByMail, identify, linksTo, locationOf, openVisit, whoIs } from "#test/visit.ts";
import * as paths from "../paths.ts";

const suomifi = await openIdentityProvider({ after });
const app = await testApp(
  { after },
  { settings: { RATE_LIMIT: "0" }, signIn: { isInsecure: true, providers: [suomifi.strong("suomifi")] } },
);
const SUOMIFI = { at: suomifi, as: "suomifi" };
const AINO = { sub: "a", given_name: "Aino", family_name: "Esimerkki", national_id: "010190-900P" };

const NASTY = [
  "//evil.example",
  "//evil.example/fi/me",
  "/\\evil.example",
  "\\\\evil.example",
  "https:evil.example",
  "https://evil.example/fi/me",
  "/fi/../..//evil.example",
  "/fi/..//evil.example",
  "/\t/evil.example",
  "\r\n//evil.example",
  "/fi/me\r\nset-cookie: a=b",
  "javascript:alert(1)",
  "data:text/html,x",
  `${ORIGIN}.evil.example/fi`,
  `${ORIGIN}@evil.example/fi`,
];

const isOnOurSite = (location: string): boolean =>
  new URL(location, ORIGIN).origin === ORIGIN && /^\/(?:fi|sv|en)(?:[/?]|$)/.test(location);

describe("the way back after signing in", () => {
  it("is on our site, whatever a link said", async () => {
    for (const returnTo of NASTY) {
      const answer = await identify(openVisit(app), { ...SUOMIFI, returnTo }, AINO);
      assert.ok(isOnOurSite(locationOf(answer)), JSON.stringify(returnTo));
    }
  });

  it("is on our site from a link in a mail, and on every page on the way", async () => {
    for (const [n, returnTo] of NASTY.entries()) {
      const visit = openVisit(app, `198.51.100.${n}`);
      const answer = await enterByMail(app, visit, `nasty${n}@example.fi`, returnTo);
      assert.ok(isOnOurSite(locationOf(answer)), JSON.stringify(returnTo));
      const { body } = await visit.get(paths.SIGN_IN.href("fi", {}, { return: returnTo }));
      const hrefs = [...body.matchAll(/(?:href|action)="([^"]*)"/g)].map(([, href = ""]) =>
        href.replaceAll("&amp;", "&"),
      );
      assert.ok(hrefs.length > 10);
      for (const href of hrefs) assert.doesNotMatch(href, /^(?:javascript|data):|^[a-z]*:?[/\\]+[^?]*evil/i);
    }
  });

  it("is on our site, whatever anybody thinks of", async () => {
    const pieces = fc.constantFrom(
      "/",
      "\\",
      "..",
      ":",
      "@",
      "?",
      "#",
      "fi",
      "evil.example",
      "https:",
      "\t",
      "\n",
      "%2f",
      "ä",
    );
    const wanted = fc.oneof(fc.string({ unit: pieces, maxLength: 10 }), fc.webUrl(), fc.string({ unit: "grapheme" }));
    await fc.assert(
      fc.asyncProperty(wanted, async (returnTo) => {
        const answer = await identify(openVisit(app), { ...SUOMIFI, returnTo }, AINO);
        assert.ok(isOnOurSite(locationOf(answer)));
      }),
      { numRuns: 40 },
    );
  });

  it("can't be said twice, nor so long that nobody would see what it is", async () => {
    const visit = openVisit(app);
    const twice = `${paths.SIGN_IN_WITH.href("fi", { provider: "suomifi" })}?return=/fi/me&return=//evil.example`;
    assert.equal((await visit.get(twice)).statusCode, 400);
    const long = paths.SIGN_IN_WITH.href("fi", { provider: "suomifi" }, { return: `/fi/${"a".repeat(2001)}` });
    assert.equal((await visit.get(long)).statusCode, 400);
  });
});

describe("a page of another site", () => {
  const FOREIGN = {
    "on another site": { origin: "https://evil.example", "sec-fetch-site": "cross-site" },
    "on a neighbouring host": { origin: "https://other.example.fi", "sec-fetch-site": "same-site" },
    "that hides where it is": { origin: "null", "sec-fetch-site": "cross-site" },
    "in a browser that tells its origin only": { origin: "https://evil.example", "sec-fetch-site": undefined },
    "in a browser that tells its relation only": { origin: undefined, "sec-fetch-site": "cross-site" },
    "on another port": { origin: "http://avoin.example.fi:8080", "sec-fetch-site": undefined },
  };

  it("can send no form of ours, and what it would have done is not done", async () => {
    const visit = openVisit(app, "198.51.100.100");
    await identify(visit, SUOMIFI, AINO);
    const session = (await whoIs(app, visit))?.session ?? "";
    await visit.post(paths.SIGN_IN.href("fi"), { mail: "aino@example.fi" });
    const token = (await linksTo(app, "aino@example.fi"))[0]?.split("/").at(-1) ?? "";
    const routes = postRoutes({ id: session, token, city: "helsinki" });
    assert.ok(routes.length > 100 && routes.includes(`/en/me/sessions/${session}/end`), `${routes.length} routes`);
    const logoutToken = await suomifi.logoutToken({ sub: AINO.sub });

    for (const [where, headers] of Object.entries(FOREIGN))
      for (const route of routes) {
        const form = { mail: "victim@example.fi", logout_token: logoutToken };
        assert.equal((await visit.post(route, form, headers)).statusCode, 403, `${route} from a page ${where}`);
      }
    assert.equal((await whoIs(app, visit))?.session, session);
    assert.deepEqual(await linksTo(app, "victim@example.fi"), []);
    assert.equal((await visit.post(paths.MAIL_LINK.href("fi", { token }))).statusCode, 303);
  });

  /** Every route of the app that takes a form. */
  const postRoutes = (params: Record<string, string>): string[] =>
    routesOf(app.server)
      .filter(({ method }) => method === "POST")
      .map(({ url }) => url.replaceAll(/:(\w+)/g, (_, name: string) => params[name] ?? "0"));
});
