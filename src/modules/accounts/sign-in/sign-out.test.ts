import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import { openDb } from "#core/db.ts";
import { testApp } from "#test/app.ts";
import { openIdentityProvider, type Signing, type Told } from "#test/identity-provider.ts";
import {
  BROWSER_COOKIE,
  enterByMail,
  identify,
  locationOf,
  openVisit,
  SESSION_COOKIE,
  type Visit,
  whoIs,
} from "#test/visit.ts";
import { BACK_CHANNEL, FRONT_CHANNEL, ME, PROVIDER_ENDED, SIGN_IN, SIGN_OUT, SIGNED_OUT } from "../paths.ts";

const suomifi = await openIdentityProvider({ after });
const bank = await openIdentityProvider({ after });
const app = await testApp(
  { after },
  {
    settings: { RATE_LIMIT: "0" },
    signIn: { isInsecure: true, providers: [suomifi.strong("suomifi"), bank.strong("bank")] },
  },
);
const SUOMIFI = { at: suomifi, as: "suomifi" };
const BANK = { at: bank, as: "bank" };
const AINO = { sub: "aino", given_name: "Aino", family_name: "Esimerkki", national_id: "010190-900P" };
const EERO = { sub: "eero", given_name: "Eero", family_name: "Malli", national_id: "010190-901R" };

const isIn = async (visit: Visit): Promise<boolean> => (await whoIs(app, visit)) !== null;

/** A browser in which that person has just signed in. */
async function visitOf(way: typeof SUOMIFI, told: Told): Promise<Visit> {
  const visit = openVisit(app);
  assert.equal(locationOf(await identify(visit, way, told)), "/fi/me");
  return visit;
}

describe("signing out", () => {
  it("ends the session here and leads on to the provider's end, telling it nothing of who it was", async () => {
    const visit = await visitOf(SUOMIFI, AINO);
    const old = visit.cookie(SESSION_COOKIE) ?? "";
    const answer = await visit.post(SIGN_OUT.href("fi"));
    assert.equal(locationOf(answer), SIGNED_OUT.href("fi", {}, { provider: "suomifi" }));
    assert.equal(visit.cookie(SESSION_COOKIE), undefined);
    assert.equal(visit.cookie(BROWSER_COOKIE), undefined);

    const thief = openVisit(app);
    thief.setCookie(SESSION_COOKIE, old);
    assert.equal(await isIn(thief), false);

    const { headers, body } = await visit.get(locationOf(answer));
    const [, onwards = ""] = /^0;url=(.+)$/.exec(String(headers["refresh"])) ?? [];
    const { origin, pathname, searchParams } = new URL(onwards);
    assert.equal(origin + pathname, `${suomifi.issuer}/end`);
    assert.deepEqual([...searchParams.keys()].toSorted(), [
      "client_id",
      "post_logout_redirect_uri",
      "state",
      "ui_locales",
    ]);
    assert.match(body, /Olet kirjautunut ulos/);
  });

  it("of who came by mail leads nowhere else", async () => {
    const visit = openVisit(app);
    await enterByMail(app, visit, "aino@example.fi");
    assert.equal(locationOf(await visit.post(SIGN_OUT.href("sv"))), SIGNED_OUT.href("sv"));
    assert.equal(await isIn(visit), false);
    assert.equal((await visit.get(SIGNED_OUT.href("sv"))).headers["refresh"], undefined);
  });

  it("does no harm twice, without a session, or with one that has ended", async () => {
    const visit = await visitOf(SUOMIFI, AINO);
    const cookie = visit.cookie(SESSION_COOKIE) ?? "";
    await visit.post(SIGN_OUT.href("fi"));
    visit.setCookie(SESSION_COOKIE, cookie);
    for (const who of [visit, openVisit(app)])
      assert.equal(locationOf(await who.post(SIGN_OUT.href("fi"))), SIGNED_OUT.href("fi"));
  });

  it("ends this session only", async () => {
    const [here, there, other] = [
      await visitOf(SUOMIFI, AINO),
      await visitOf(BANK, AINO),
      await visitOf(SUOMIFI, EERO),
    ];
    await here.post(SIGN_OUT.href("fi"));
    assert.deepEqual([await isIn(here), await isIn(there), await isIn(other)], [false, true, true]);
  });

  it("never leads to what is no provider of ours", async () => {
    for (const provider of ["mail", "evil", "constructor"]) {
      const { statusCode, headers } = await openVisit(app).get(SIGNED_OUT.href("fi", {}, { provider }));
      assert.equal(statusCode, 200);
      assert.equal(headers["refresh"], undefined);
    }
    const astray = await openVisit(app).get(SIGNED_OUT.href("fi", {}, { provider: "https://evil.example" }));
    assert.equal(astray.statusCode, 400);
  });

  it("comes back from the provider in the person's language", async () => {
    const ended = async (state: string) => locationOf(await openVisit(app).get(`${PROVIDER_ENDED}?state=${state}`));
    assert.equal(await ended("sv"), SIGNED_OUT.href("sv"));
    for (const state of ["", "xx", "%2f%2fevil", "fi%2f.."]) assert.match(await ended(state), /^\/(?:fi|sv|en)\/[^/]/);
  });
});

const seconds = (moment: Temporal.Instant): number => Math.floor(moment.epochMilliseconds / 1000);
const EVENTS = { "http://schemas.openid.net/event/backchannel-logout": {} };

/** A provider's word, made now as this service's clock has it. */
const tokenOf = (claims: Told, signing?: Signing, at = suomifi): Promise<string> => {
  const iat = seconds(app.clock.now());
  return at.logoutToken({ iat, exp: iat + 120, ...claims }, signing);
};

/** As a program sends it: without anything that a browser would say. */
const tell = (token: string) =>
  openVisit(app, "203.0.113.9").post(
    BACK_CHANNEL,
    { logout_token: token },
    { origin: undefined, "sec-fetch-site": undefined, "user-agent": undefined },
  );

describe("a provider's word that somebody has signed out there", () => {
  it("ends the session that it names, and no other", async () => {
    const [here, there] = [
      await visitOf(SUOMIFI, { ...AINO, sid: "one" }),
      await visitOf(SUOMIFI, { ...AINO, sid: "two" }),
    ];
    const { statusCode, headers } = await tell(await tokenOf({ sub: AINO.sub, sid: "one" }));
    assert.equal(statusCode, 200);
    assert.equal(headers["cache-control"], "no-store");
    assert.deepEqual([await isIn(here), await isIn(there)], [false, true]);
    assert.equal(locationOf(await here.get(ME.href("fi"))), SIGN_IN.href("fi", {}, { return: "/fi/me" }));
  });

  it("ends all sessions of the person, when it names the person only", async () => {
    const [here, there] = [await visitOf(SUOMIFI, AINO), await visitOf(SUOMIFI, { ...AINO, sid: "x" })];
    const [other, elsewhere] = [await visitOf(SUOMIFI, EERO), await visitOf(BANK, AINO)];
    assert.equal((await tell(await tokenOf({ sub: AINO.sub }))).statusCode, 200);
    assert.deepEqual([await isIn(here), await isIn(there)], [false, false]);
    assert.deepEqual([await isIn(other), await isIn(elsewhere)], [true, true]);
  });

  it("does no harm when it comes late, or of somebody who never was here", async () => {
    const visit = await visitOf(SUOMIFI, AINO);
    for (const claims of [{ sid: "gone" }, { sub: "nobody" }, { sub: AINO.sub, sid: "other" }, { sub: "%" }])
      assert.equal((await tell(await tokenOf(claims))).statusCode, 200);
    assert.equal(await isIn(visit), true);
  });

  it("counts once: the same word again does not end what began after it", async () => {
    await visitOf(SUOMIFI, AINO);
    const token = await tokenOf({ sub: AINO.sub });
    assert.equal((await tell(token)).statusCode, 200);
    const visit = await visitOf(SUOMIFI, AINO);
    const { statusCode } = await tell(token);
    assert.equal(await isIn(visit), true);
    assert.ok(statusCode >= 400 && statusCode < 500);
  });

  it("is heard when it comes again after it could not be done", async () => {
    const visit = await visitOf(SUOMIFI, AINO);
    const token = await tokenOf({ sub: AINO.sub });
    const owner = openDb(app.ownerUrl, () => undefined, { max: 1 });
    await sql`create function out_of_order() returns trigger language plpgsql as 'begin raise exception ''out of order''; end'`.execute(
      owner,
    );
    await sql`create trigger out_of_order before delete on session execute function out_of_order()`.execute(owner);
    assert.equal((await tell(token)).statusCode, 500);
    assert.equal(await isIn(visit), true);
    await sql`drop function out_of_order cascade`.execute(owner);
    await owner.destroy();
    assert.equal((await tell(token)).statusCode, 200);
    assert.equal(await isIn(visit), false);
  });

  const now = seconds(app.clock.now());
  const WRONG: Record<string, [claims: Told, signing?: Signing]> = {
    "of another issuer": [{ iss: bank.issuer }],
    "of an issuer whom nobody knows": [{ iss: "https://evil.example" }],
    "of no issuer": [{ iss: undefined }],
    "for another audience": [{ aud: "somebody-else" }],
    "for no audience": [{ aud: undefined }],
    "with a nonce, which makes it an ID token": [{ nonce: "x" }],
    "with an empty nonce": [{ nonce: "" }],
    "without a signature": [{}, "none"],
    "signed by a stranger": [{}, "stranger"],
    "signed with the client's secret": [{}, "secret"],
    "of an hour ago": [{ iat: now - 3600, exp: now + 3600 }],
    "of the hour to come": [{ iat: now + 3600, exp: now + 7200 }],
    "that has run out": [{ iat: now - 120, exp: now - 60 }],
    "of no time": [{ iat: undefined }],
    "without events": [{ events: undefined }],
    "with other events": [{ events: { "http://schemas.openid.net/event/other": {} } }],
    "whose events are a list": [{ events: Object.keys(EVENTS) }],
    "whose event is a word": [{ events: { [Object.keys(EVENTS)[0] ?? ""]: "yes" } }],
    "without a name of its own": [{ jti: undefined }],
    "that names nobody": [{ sub: undefined }],
  };
  for (const [what, [claims, signing]] of Object.entries(WRONG))
    it(`is refused when it is a token ${what}`, async () => {
      const visit = await visitOf(SUOMIFI, AINO);
      const { statusCode } = await tell(await tokenOf({ sub: AINO.sub, ...claims }, signing));
      assert.ok(statusCode >= 400 && statusCode < 500, String(statusCode));
      assert.equal(await isIn(visit), true);
    });

  it("is refused when it is no token at all", async () => {
    const token = await tokenOf({ sub: AINO.sub });
    const cut = token.split(".").slice(0, 2).join(".");
    const visit = await visitOf(SUOMIFI, AINO);
    for (const wrong of ["", "x", "..", "a.b.c", cut, `${cut}.`, `${token}x`, "x".repeat(20_000), "é.\0.é"]) {
      const { statusCode } = await tell(wrong);
      assert.ok(statusCode >= 400 && statusCode < 500, `${statusCode} for ${wrong.slice(0, 20)}`);
    }
    assert.equal((await openVisit(app).post(BACK_CHANNEL)).statusCode, 422);
    assert.equal(await isIn(visit), true);
  });
});

describe("a provider's page that ends sessions by a frame", () => {
  const frame = (iss: string, sid: string) =>
    openVisit(app).get(`${FRONT_CHANNEL}?${new URLSearchParams({ iss, sid }).toString()}`);

  it("ends the session that it names", async () => {
    const [here, there] = [
      await visitOf(SUOMIFI, { ...AINO, sid: "f1" }),
      await visitOf(SUOMIFI, { ...AINO, sid: "f2" }),
    ];
    assert.equal((await frame(suomifi.issuer, "f1")).statusCode, 204);
    assert.deepEqual([await isIn(here), await isIn(there)], [false, true]);
  });

  it("ends nothing of another provider, nor without a name", async () => {
    const [visit, nameless] = [await visitOf(SUOMIFI, { ...AINO, sid: "f3" }), await visitOf(SUOMIFI, EERO)];
    for (const [iss, sid] of [
      [bank.issuer, "f3"],
      ["https://evil.example", "f3"],
      [suomifi.issuer, ""],
      [suomifi.issuer, "%"],
      [suomifi.issuer, EERO.sub],
    ] as const)
      assert.equal((await frame(iss, sid)).statusCode, 204);
    assert.equal((await openVisit(app).get(FRONT_CHANNEL)).statusCode, 400);
    assert.deepEqual([await isIn(visit), await isIn(nameless)], [true, true]);
  });
});
