import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { Temporal } from "temporal-polyfill";
import { openDb } from "#core/db.ts";
import { queryWith } from "#core/query.ts";
import { hashSecret, newSecret } from "#core/secrets.ts";
import { testApp } from "#test/app.ts";
import { openIdentityProvider } from "#test/identity-provider.ts";
import { somebody } from "#test/people.ts";
import { BROWSER_COOKIE, identify, locationOf, openVisit, SESSION_COOKIE, type Visit, whoIs } from "#test/visit.ts";
import { END_SESSION, ME, SESSIONS, SIGN_IN } from "../paths.ts";
import { selectOptionalSession } from "./queries.ts";

const suomifi = await openIdentityProvider({ after });
const app = await testApp(
  { after },
  { settings: { RATE_LIMIT: "0" }, signIn: { isInsecure: true, providers: [suomifi.strong("suomifi")] } },
);
const SUOMIFI = { at: suomifi, as: "suomifi" };
const AINO = { sub: "aino", given_name: "Aino", family_name: "Esimerkki", national_id: "010190-900P" };

/** A browser in which Aino has just signed in. */
async function aino(): Promise<Visit> {
  const visit = openVisit(app);
  await identify(visit, SUOMIFI, AINO);
  return visit;
}
const isIn = async (visit: Visit): Promise<boolean> => (await visit.get(ME.href("fi"))).statusCode === 200;

describe("cookies", () => {
  it("stay on this host and with this site, out of scripts' reach", async () => {
    const visit = openVisit(app);
    const way = await visit.get("/fi/kirjaudu/tunnistus/suomifi");
    const answer = await visit.get(suomifi.answer(locationOf(way), AINO));
    for (const [header, name] of [
      [way.headers["set-cookie"], BROWSER_COOKIE],
      [answer.headers["set-cookie"], SESSION_COOKIE],
    ] as const) {
      const [pair = "", ...attributes] = String(header).split("; ");
      assert.match(pair, new RegExp(`^${name}=[\\w-]{43}$`));
      const fixed = attributes.filter((one) => !one.startsWith("Max-Age="));
      assert.deepEqual(fixed.toSorted(), ["HttpOnly", "Path=/", "SameSite=Lax", "Secure"]);
      assert.equal(attributes.length, 5);
      assert.ok(name.startsWith("__Host-"));
    }
  });

  it("are set by no public page, and pages of who is signed in are kept by nobody on the way", async () => {
    const visit = await aino();
    assert.equal((await visit.get("/fi")).headers["set-cookie"], undefined);
    const { headers } = await visit.get(ME.href("fi"));
    assert.equal(headers["cache-control"], "no-store");
    assert.match(String(headers["vary"]), /cookie/);
  });
});

describe("a session", () => {
  it("that an attacker had put into the browser is not the one after signing in", async () => {
    const attacker = openVisit(app);
    await identify(attacker, SUOMIFI, { ...AINO, sub: "evil", national_id: "010190-901R", given_name: "Ilkka" });
    const planted = attacker.cookie(SESSION_COOKIE) ?? "";
    for (const cookie of [planted, newSecret()]) {
      const victim = openVisit(app);
      victim.setCookie(SESSION_COOKIE, cookie);
      await identify(victim, SUOMIFI, AINO);
      assert.notEqual(victim.cookie(SESSION_COOKIE), cookie);
      assert.equal((await whoIs(app, victim))?.given, "Aino");
    }
    // The planted session has ended with the visit that it was planted in.
    assert.equal(await whoIs(app, attacker), null);
  });

  it("gets a new secret at every sign-in, and the old one is worth nothing", async () => {
    const visit = await aino();
    const old = visit.cookie(SESSION_COOKIE) ?? "";
    await identify(visit, SUOMIFI, AINO);
    assert.notEqual(visit.cookie(SESSION_COOKIE), old);
    const thief = openVisit(app);
    thief.setCookie(SESSION_COOKIE, old);
    assert.equal(await isIn(thief), false);
  });

  it("can't be made up, nor read from what the database holds", async () => {
    const visit = await aino();
    const secret = visit.cookie(SESSION_COOKIE) ?? "";
    const known = [hashSecret(secret), Buffer.from(secret, "base64url").toString("hex")];
    const other = secret.slice(0, -1) + (secret.endsWith("A") ? "E" : "A");
    const madeUp = [newSecret(), "x".repeat(43), "'".repeat(43), "null", secret.slice(1), `${secret}=`, `${other} `];
    for (const value of [...known, ...madeUp]) {
      const thief = openVisit(app);
      thief.setCookie(SESSION_COOKIE, value);
      assert.equal((await thief.get(ME.href("fi"))).statusCode, 303, value);
    }
    const plain = openVisit(app);
    plain.setCookie("avoin-session", secret);
    assert.equal(await isIn(plain), false);
  });

  it("of somebody else can't be ended, nor be told from one that is not there", async () => {
    const [visit, victim] = [await aino(), await somebody(app, { given: "Eero" })];
    const another = await visit.post(END_SESSION.href("fi", { id: victim.session }));
    const none = await visit.post(END_SESSION.href("fi", { id: "00000000-0000-7000-8000-000000000000" }));
    assert.equal(another.statusCode, 404);
    assert.equal(none.statusCode, 404);
    assert.doesNotMatch((await visit.get(SESSIONS.href("fi"))).body, new RegExp(victim.session));
    const eero = await app.server.inject({ url: ME.href("fi"), headers: victim.headers });
    assert.equal(eero.statusCode, 200);
    for (const id of ["x", "'", "%00"])
      assert.equal((await visit.post(`/fi/me/istunnot/${id}/lopeta`)).statusCode, 404);
  });

  it("of one's own can be ended from another browser, once", async () => {
    const [here, there] = [await aino(), await aino()];
    const id = (await whoIs(app, there))?.session ?? "";
    assert.match((await here.get(SESSIONS.href("fi"))).body, new RegExp(END_SESSION.href("fi", { id })));
    const ended = await here.post(END_SESSION.href("fi", { id }));
    assert.equal(locationOf(ended), "/fi/me/istunnot?done=sessionEnded");
    assert.deepEqual([await isIn(here), await isIn(there)], [true, false]);
    assert.equal((await here.post(END_SESSION.href("fi", { id }))).statusCode, 404);
  });

  it("can be ended by nobody who is not signed in", async () => {
    const visit = await aino();
    const id = (await whoIs(app, visit))?.session ?? "";
    const answer = await openVisit(app).post(END_SESSION.href("fi", { id }));
    assert.equal(locationOf(answer), SIGN_IN.href("fi", {}, { return: "/fi/me/istunnot" }));
    assert.equal(await isIn(visit), true);
  });
});

describe("a session ends", () => {
  it("an hour after its last use", async () => {
    const visit = await aino();
    for (let n = 0; n < 3; n++) {
      app.clock.forward({ minutes: 59 });
      assert.equal(await isIn(visit), true);
    }
    app.clock.forward({ minutes: 61 });
    assert.equal(await isIn(visit), false);
    assert.equal(locationOf(await visit.get(ME.href("fi"))), SIGN_IN.href("fi", {}, { return: "/fi/me" }));
  });

  it("after twelve hours, however busy it was", async () => {
    const visit = await aino();
    for (let n = 0; n < 23; n++) {
      app.clock.forward({ minutes: 31 });
      assert.equal(await isIn(visit), true, `after ${(n + 1) * 31} minutes`);
    }
    app.clock.forward({ minutes: 8 });
    assert.equal(await isIn(visit), false);
  });

  it("four hours after its last use for staff, at its own desk", async () => {
    const { headers } = await somebody(app, { roles: [{ role: "registrar" }] });
    const status = async () => (await app.server.inject({ url: ME.href("fi"), headers })).statusCode;
    app.clock.forward({ minutes: 239 });
    assert.equal(await status(), 200);
    app.clock.forward({ minutes: 241 });
    assert.equal(await status(), 303);
  });

  it("at its time although the clock was set back meanwhile", async () => {
    const [visit, idle] = [await aino(), await aino()];
    app.clock.forward({ minutes: 30 });
    assert.equal(await isIn(visit), true);
    app.clock.forward({ minutes: -20 });
    assert.equal(await isIn(visit), true);
    app.clock.forward({ minutes: 51 });
    assert.equal(await isIn(idle), false);
    // Last seen at half past, as the clock said then: an hour from there at the most.
    app.clock.forward({ minutes: 30 });
    assert.equal(await isIn(visit), false);
  });

  it("after as long in the nights when the clocks of Finland change", async () => {
    const inFinland = openDb(`${app.url}?options=-c%20timezone%3DEurope/Helsinki`, () => undefined, { max: 1 });
    try {
      assert.deepEqual(await queryWith(inFinland)("show timezone", []), [{ TimeZone: "Europe/Helsinki" }]);
      for (const change of ["2027-03-28T03:00:00+02:00", "2027-10-31T04:00:00+03:00"]) {
        const before = Temporal.Instant.from(change).subtract({ minutes: 30 });
        const { headers } = await somebody({ db: inFinland, clock: { now: () => before, forward: () => undefined } });
        const secret = headers.cookie.split("=")[1] ?? "";
        const holds = async (minutes: number) =>
          (await selectOptionalSession(inFinland, secret, before.add({ minutes }))) !== null;
        assert.deepEqual([await holds(61), await holds(59)], [false, true], change);
        for (let minutes = 100; minutes <= 700; minutes += 50) assert.ok(await holds(minutes), `${change} ${minutes}`);
        assert.deepEqual([await holds(721), await holds(719)], [false, true], change);
      }
    } finally {
      await inFinland.destroy();
    }
  });
});
