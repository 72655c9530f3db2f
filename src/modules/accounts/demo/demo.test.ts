import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { parseSetCookie } from "cookie";
import type { FastifyInstance } from "fastify";
import { createRemoteJWKSet, decodeJwt, jwtVerify } from "jose";
import * as oidc from "openid-client";
import { pino } from "pino";
import { h } from "preact";
import { renderToString } from "preact-render-to-string";
import Type from "typebox";
import { everybody, STAFF_ROLES } from "#core/actor.ts";
import { CITY_CODES } from "#core/cities.ts";
import { readConfig } from "#core/config.ts";
import { createServer } from "#core/http/server.ts";
import { holdPort } from "#core/port.ts";
import { BACK_CHANNEL, callbackOf, PROVIDER_ENDED } from "../paths.ts";
import { readClaims } from "../sign-in/claims.ts";
import type { Provider } from "../sign-in/provider.ts";
import type { RenderPage } from "./choose-page.tsx";
import { DEMO_PATH, demoProviders, makeDemoClients } from "./clients.ts";
import { DEMO_PEOPLE } from "./people.ts";
import { openDemoProvider } from "./provider.ts";
import { addDemoProvider } from "./web.ts";

const log = pino({ level: "silent" });
const renderPage: RenderPage = ({ title, body }, language, url) =>
  `<!doctype html><html lang="${language}" data-url="${url}"><title>${title}</title>${renderToString(h("main", {}, body))}`;

let server: FastifyInstance;
let origin: string;
let providers: Provider[];
/** Logout tokens that the provider sent to the back channel. */
const logouts: string[] = [];

before(async () => {
  const held = await holdPort("127.0.0.1", 0, 1);
  origin = `http://127.0.0.1:${held.port}`;
  const clients = makeDemoClients();
  providers = demoProviders(origin, clients);
  server = await createServer(readConfig({}), log, ({ status }) => `<h1>${status}</h1>`);
  await addDemoProvider(server, { provider: openDemoProvider({ origin, clients, renderPage, log }), renderPage });
  const schema = { hide: true, body: Type.Object({ logout_token: Type.String() }) };
  server.post(BACK_CHANNEL, { schema, config: { permission: everybody("test") } }, async (request, reply) => {
    logouts.push((request.body as { logout_token: string }).logout_token);
    return reply.code(200).send();
  });
  await server.ready();
  await held.handOver(server.server);
});
after(() => server.close());

/** A browser without scripts: keeps cookies by name and path, follows redirects as long as they stay at the provider. */
function openBrowser() {
  const cookies = new Map<string, { name: string; value: string; path: string }>();

  const keep = (header: string): void => {
    const { name, value = "", path = "/" } = parseSetCookie(header);
    if (value === "") cookies.delete(`${name} ${path}`);
    else cookies.set(`${name} ${path}`, { name, value, path });
  };
  const ask = async (url: URL, form?: Record<string, string>): Promise<Response> => {
    const sent = [...cookies.values()].filter(({ path }) => url.pathname.startsWith(path));
    const answer = await fetch(url, {
      redirect: "manual",
      headers: { accept: "text/html", cookie: sent.map(({ name, value }) => `${name}=${value}`).join("; ") },
      ...(form && { method: "POST", body: new URLSearchParams(form) }),
    });
    for (const header of answer.headers.getSetCookie()) keep(header);
    return answer;
  };
  return {
    cookies,
    async go(address: string, form?: Record<string, string>) {
      let at = new URL(address, origin);
      let answer = await ask(at, form);
      for (let next = answer.headers.get("location"); next !== null; next = answer.headers.get("location")) {
        at = new URL(next, at);
        if (!at.href.startsWith(`${origin}${DEMO_PATH}/`)) break;
        answer = await ask(at);
      }
      return { at: at.href, status: answer.status, html: await answer.text(), headers: answer.headers };
    },
  };
}
type Browser = ReturnType<typeof openBrowser>;
/** Where the browser came to, a page of the provider's or the first address outside it, and what stands there. */
type Page = Awaited<ReturnType<Browser["go"]>>;

const providerOf = (id: string): Provider => providers.find((one) => one.id === id) ?? assert.fail(id);

/** A service that lets people sign in with the provider, as openid-client would have it. */
async function begin(id: string, more: Record<string, string> = {}) {
  const provider = providerOf(id);
  const configuration = await oidc.discovery(
    new URL(provider.issuer),
    provider.clientId,
    {},
    oidc.ClientSecretBasic(provider.clientSecret ?? ""),
    { execute: [oidc.allowInsecureRequests, oidc.enableNonRepudiationChecks] },
  );
  const verifier = oidc.randomPKCECodeVerifier();
  const [state, nonce] = [oidc.randomState(), oidc.randomNonce()];
  const address = oidc.buildAuthorizationUrl(configuration, {
    redirect_uri: origin + callbackOf(provider.id),
    scope: `openid ${provider.scope}`,
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: "S256",
    ...(provider.acr !== undefined && { acr_values: provider.acr, max_age: "300" }),
    ...{ state, nonce, ui_locales: "fi" },
    ...more,
  });
  const tokensFor = (callback: string) =>
    oidc.authorizationCodeGrant(configuration, new URL(callback), {
      ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
    });
  return { provider, configuration, address: address.href, tokensFor };
}

/** The whole way in: to the provider, the choice of a person, and back with tokens. */
async function signIn(browser: Browser, id: string, person: string) {
  const begun = await begin(id);
  const choice = await browser.go(begun.address);
  const back = await browser.go(choice.at, { person });
  const tokens = await begun.tokensFor(back.at);
  const claims = tokens.claims();
  assert.ok(claims);
  return { ...begun, tokens, claims };
}

const xsrfOn = ({ html }: Page): string => /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? "";
const peopleOn = ({ html }: Page): string[] =>
  [...html.matchAll(/name="person" value="([^"]+)"/g)].map(([, id]) => id ?? "");

describe("signing in with the demo's identity provider", () => {
  it("lets a resident in as whom they choose, with the claims of strong identification", async () => {
    const browser = openBrowser();
    const { claims, provider, tokens, configuration } = await signIn(browser, "demo", "borje");
    assert.equal(claims.sub, "borje");
    assert.equal(claims["given_name"], "Börje");
    assert.equal(claims["family_name"], "Sundqvist");
    assert.equal(claims["urn:oid:1.2.246.21"], "091063-950S");
    assert.equal(claims["acr"], provider.acr);
    assert.equal(claims["groups"], undefined);
    assert.equal(typeof claims["sid"], "string");
    assert.ok(Math.abs(Number(claims["auth_time"]) - Date.now() / 1000) < 30);
    const vouched = readClaims(claims, provider);
    assert.equal(vouched.nationalId, "091063-950S");
    assert.equal(vouched.mail, "borje.sundqvist@example.org");
    assert.equal(tokens.refresh_token, undefined);
    const told = await oidc.fetchUserInfo(configuration, tokens.access_token, "borje");
    assert.equal(told["urn:oid:1.2.246.21"], "091063-950S");
    assert.ok(browser.cookies.size > 0);
    for (const { path } of browser.cookies.values()) assert.ok(path.startsWith(DEMO_PATH), path);
  });

  it("lets staff in with the role that their group gives, and without a national identity code", async () => {
    for (const [id, role] of [
      ["oulu-registrar", "registrar"],
      ["oulu-programmeManager", "programmeManager"],
    ] as const) {
      const { claims, provider } = await signIn(openBrowser(), "demo-oulu", id);
      assert.deepEqual(claims["groups"], [`avoin-${role}`]);
      assert.equal(claims["urn:oid:1.2.246.21"], undefined);
      assert.deepEqual(readClaims(claims, provider).roles, [{ city: "oulu", role, scope: null }]);
    }
  });

  it("signs its tokens with a key that it publishes", async () => {
    const { tokens, provider, configuration } = await signIn(openBrowser(), "demo", "aino");
    const keys = createRemoteJWKSet(new URL(configuration.serverMetadata().jwks_uri ?? ""));
    const { payload, protectedHeader } = await jwtVerify(tokens.id_token ?? "", keys, {
      issuer: provider.issuer,
      audience: provider.clientId,
    });
    assert.equal(protectedHeader.alg, "ES256");
    assert.equal(payload.sub, "aino");
    assert.doesNotMatch((await server.inject(`${DEMO_PATH}/jwks`)).body, /"d"/);
  });

  it("has all its addresses below its own, whatever name the host is asked by", async () => {
    const answer = await server.inject({
      url: `${DEMO_PATH}/.well-known/openid-configuration`,
      headers: { host: "elsewhere.example" },
    });
    const metadata: Record<string, unknown> = answer.json();
    const addresses = Object.entries(metadata).filter(([name]) => /_endpoint$|_uri$/.test(name));
    assert.ok(addresses.length >= 5);
    for (const [name, address] of addresses) assert.match(String(address), new RegExp(`^${origin}${DEMO_PATH}/`), name);
    assert.equal(answer.headers["x-content-type-options"], "nosniff");
  });

  it("refuses a code that comes with another verifier, a wrong secret, or twice", async () => {
    const browser = openBrowser();
    const begun = await begin("demo");
    const back = await browser.go((await browser.go(begun.address)).at, { person: "salla" });
    const trying = (verifier: string, secret: string) =>
      fetch(begun.configuration.serverMetadata().token_endpoint ?? "", {
        method: "POST",
        headers: { authorization: `Basic ${Buffer.from(`${begun.provider.clientId}:${secret}`).toString("base64")}` },
        body: new URLSearchParams({
          grant_type: "authorization_code",
          code: new URL(back.at).searchParams.get("code") ?? "",
          redirect_uri: origin + callbackOf(begun.provider.id),
          code_verifier: verifier,
        }),
      });
    assert.equal((await trying("v".repeat(43), "wrong")).status, 401);
    assert.equal((await trying("v".repeat(43), begun.provider.clientSecret ?? "")).status, 400);
    await begun.tokensFor(back.at);
    await assert.rejects(begun.tokensFor(back.at), /error in the response body/);
  });

  it("asks again each time who one is, also when somebody is signed in here", async () => {
    const browser = openBrowser();
    await signIn(browser, "demo", "salla");
    for (const [prompt, error] of Object.entries({ none: "login_required", consent: "invalid_request" }))
      assert.ok((await browser.go((await begin("demo", { prompt })).address)).at.includes(`error=${error}`), prompt);
    assert.equal((await signIn(browser, "demo", "aino")).claims.sub, "aino");
  });

  it("lets one browser change from a resident to staff and back, without any page between", async () => {
    const browser = openBrowser();
    await signIn(browser, "demo", "salla");
    assert.equal((await signIn(browser, "demo-turku", "turku-advisor")).claims.sub, "turku-advisor");
    assert.equal((await signIn(browser, "demo", "salla")).claims["urn:oid:1.2.246.21"], "140375-918D");
  });

  it("lets two windows of one browser finish one after the other", async () => {
    const browser = openBrowser();
    const first = await begin("demo");
    const firstChoice = await browser.go(first.address);
    await signIn(browser, "demo-espoo", "espoo-planner");
    const back = await browser.go(firstChoice.at, { person: "daria" });
    assert.equal((await first.tokensFor(back.at)).claims()?.sub, "daria");
  });

  it("tells the service when one cancels", async () => {
    const browser = openBrowser();
    const choice = await browser.go((await begin("demo")).address);
    assert.match((await browser.go(choice.at, { cancel: "1" })).at, /\/sign-in\/callback\/demo\?error=access_denied/);
  });
});

describe("the page where one chooses whom to be", () => {
  it("offers residents to the residents' client, and to a city's only its own staff", async () => {
    const residents = await openBrowser().go((await begin("demo")).address);
    assert.deepEqual(
      new Set(peopleOn(residents)),
      new Set(DEMO_PEOPLE.filter(({ kind }) => kind === "resident").map(({ id }) => id)),
    );
    for (const city of CITY_CODES) {
      const staff = await openBrowser().go((await begin(`demo-${city}`)).address);
      assert.deepEqual(
        peopleOn(staff),
        STAFF_ROLES.map((role) => `${city}-${role}`),
      );
    }
  });

  it("refuses a person of another client, one that there is not, and none at all", async () => {
    const browser = openBrowser();
    const { at } = await browser.go((await begin("demo")).address);
    for (const person of ["oulu-registrar", "nobody", "__proto__", ""]) {
      const refused = await browser.go(at, { person });
      assert.equal(refused.status, 403, person);
      assert.equal(refused.at, at);
    }
    const staff = openBrowser();
    const ofOulu = await staff.go((await begin("demo-oulu")).address);
    for (const person of ["aino", "turku-registrar"]) assert.equal((await staff.go(ofOulu.at, { person })).status, 403);
  });

  it("speaks the language that the service asks for", async () => {
    for (const [locales, words] of [
      ["fi", "Tämä on demon tunnistus. Valitse, kenenä haluat kokeilla palvelua."],
      ["sv-FI fi", "Välj vem du vill vara"],
      ["en", "Choose who you want to be"],
      ["de", "Tämä on demon tunnistus"],
    ] as const) {
      const { html } = await openBrowser().go((await begin("demo", { ui_locales: locales })).address);
      assert.ok(html.includes(words), locales);
    }
  });

  it("is for the browser that began, and nobody else", async () => {
    const { at } = await openBrowser().go((await begin("demo")).address);
    const stranger = openBrowser();
    for (const form of [undefined, { person: "salla" }]) {
      const answer = await stranger.go(at, form);
      assert.equal(answer.status, 404);
      assert.match(answer.html, /Aloita kirjautuminen alusta/);
    }
  });

  it("is not sent by a page of another site", async () => {
    const headers = { origin: "https://elsewhere.example", "content-type": "application/x-www-form-urlencoded" };
    assert.equal(
      (await server.inject({ method: "POST", url: `${DEMO_PATH}/people/x`, headers, payload: "person=salla" }))
        .statusCode,
      403,
    );
  });
});

describe("pages of the provider's own", () => {
  const noScript = ({ html, headers }: Page): void => {
    assert.doesNotMatch(html, /<script|<style|onload/i);
    assert.match(html, /data-url=/);
    assert.match(headers.get("content-security-policy") ?? "", /default-src 'none'/);
    assert.match(headers.get("cache-control") ?? "", /no-store/);
  };

  it("say what went wrong without a script, and send nobody to a stranger's address", async () => {
    const { address } = await begin("demo");
    for (const [name, value] of [
      ["redirect_uri", "https://elsewhere.example/"],
      ["client_id", "nobody"],
    ] as const) {
      const url = new URL(address);
      url.searchParams.set(name, value);
      const page = await openBrowser().go(url.href);
      assert.equal(page.status, 400);
      noScript(page);
      assert.match(page.html, /Virhekoodi/);
      assert.doesNotMatch(page.html, /elsewhere/);
    }
  });

  it("refuse what would need a script, and what is not proved by PKCE", async () => {
    const { address } = await begin("demo", { response_mode: "form_post" });
    assert.equal((await openBrowser().go(address)).status, 400);
    const url = new URL((await begin("demo")).address);
    for (const name of ["code_challenge", "code_challenge_method"]) url.searchParams.delete(name);
    assert.match((await openBrowser().go(url.href)).at, /error=invalid_request/);
  });

  it("are not there for anything that the standards do not need", async () => {
    for (const path of ["/reg", "/token/introspection", "/token/revocation", "/device", "/request", "/interaction/x"])
      assert.equal((await server.inject(DEMO_PATH + path)).statusCode, 404, path);
  });

  it("ask once before signing out, tell the service by the back channel, and lead back to it", async () => {
    const browser = openBrowser();
    const { configuration, provider, claims, tokens } = await signIn(browser, "demo", "hanne");
    logouts.length = 0;
    const end = oidc.buildEndSessionUrl(configuration, {
      post_logout_redirect_uri: origin + PROVIDER_ENDED,
      ...{ state: "sv", ui_locales: "sv" },
    });
    const page = await browser.go(end.href);
    noScript(page);
    assert.match(page.html, /Logga ut från demoidentifieringen/);
    assert.equal(logouts.length, 0);

    const [, action = ""] = /action="([^"]+)"/.exec(page.html) ?? [];
    assert.match(page.html, /<button[^>]*form="op\.logoutForm" name="logout" value="yes"/);
    const back = await browser.go(action, { xsrf: xsrfOn(page), logout: "yes" });
    assert.equal(back.at, `${origin}${PROVIDER_ENDED}?state=sv`);

    assert.equal(logouts.length, 1);
    const keys = createRemoteJWKSet(new URL(configuration.serverMetadata().jwks_uri ?? ""));
    const { payload } = await jwtVerify(logouts[0] ?? "", keys, {
      issuer: provider.issuer,
      audience: provider.clientId,
    });
    assert.equal(payload["sid"], claims["sid"]);
    assert.equal(payload.sub, "hanne");
    assert.ok("http://schemas.openid.net/event/backchannel-logout" in (payload["events"] as object));
    await assert.rejects(oidc.fetchUserInfo(configuration, tokens.access_token, "hanne"));
  });

  it("tell a service of the end once, however often one signed in there, and take no forged answer", async () => {
    const browser = openBrowser();
    await signIn(browser, "demo-vantaa", "vantaa-advisor");
    await signIn(browser, "demo-vantaa", "vantaa-advisor");
    logouts.length = 0;
    const xsrf = xsrfOn(await browser.go(`${DEMO_PATH}/session/end`));
    assert.equal((await browser.go(`${DEMO_PATH}/session/end/confirm`, { xsrf: "guess", logout: "yes" })).status, 400);
    const back = await browser.go(`${DEMO_PATH}/session/end/confirm`, { xsrf, logout: "yes" });
    assert.equal(back.at, origin + PROVIDER_ENDED);
    assert.deepEqual(
      logouts.map((token) => decodeJwt(token).aud),
      ["avoin-staff-vantaa"],
    );
  });

  it("lead back at once when nobody is signed in there", async () => {
    const query = new URLSearchParams({
      client_id: providerOf("demo").clientId,
      post_logout_redirect_uri: origin + PROVIDER_ENDED,
      state: "en",
    });
    const { at } = await openBrowser().go(`${DEMO_PATH}/session/end?${query}`);
    assert.equal(at, `${origin}${PROVIDER_ENDED}?state=en`);
    query.set("post_logout_redirect_uri", "https://elsewhere.example/");
    const refused = await openBrowser().go(`${DEMO_PATH}/session/end?${query}`);
    assert.equal(refused.status, 400);
    noScript(refused);
  });
});
