/** Acting on the word of Suomi.fi e-Authorizations, from the button to the mandate, against a recorded server. */
import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { Temporal } from "temporal-polyfill";
import { dayInFinland } from "#core/clock.ts";
import { withPerson } from "#core/db.ts";
import { ORIGIN, testApp, type TestApp } from "#test/app.ts";
import answers from "#test/fixtures/accounts/authorizations.json" with { type: "json" };
import { type Asked, replay, type Replayed } from "#test/fixtures/accounts/replay.ts";
import { auditAbout, codeOf, get, knowBy, send } from "#test/mandates.ts";
import { anotherSession, somebody, type TestPerson } from "#test/people.ts";
import { selectMandates } from "./queries.ts";
import { mailsTo } from "#test/mail.ts";

const LIST = "/fi/me/valtuutukset";
const START = `${LIST}/suomifi`;
const ADULT = codeOf(Temporal.PlainDate.from("1975-03-02"));
const CHILD = codeOf(Temporal.Now.plainDateISO().subtract({ years: 10 }));

interface Register {
  app: TestApp;
  user: TestPerson;
  userCode: string;
  asked: readonly Asked[];
  /** What the server answers to a part of an address, in place of what was recorded. */
  instead: Map<string, Replayed>;
}

/** The service with the register, and a person who has identified themself strongly. */
async function register(t: TestContext, principals: object[]): Promise<Register> {
  const instead = new Map<string, Replayed>();
  const recorded: [string, Replayed][] = [
    ["/user/register/", { body: answers.registration }],
    ["/oauth/token", { body: answers.token }],
    ["/api/delegate/", { body: principals }],
    ["/api/authorization/", { body: answers.allowed }],
  ];
  const { address, asked } = await replay(t, ({ path }) => {
    const found = [...instead, ...recorded].find(([part]) => path.includes(part));
    return found?.[1] ?? { status: 404, body: {} };
  });
  const app = await testApp(t, {
    settings: {
      RATE_LIMIT: "0",
      AUTHORIZATIONS_URL: address,
      AUTHORIZATIONS_CLIENT: "4a11b2c3",
      AUTHORIZATIONS_KEY: "key-for-tests",
      AUTHORIZATIONS_SECRET: "secret-for-tests",
    },
  });
  const userCode = codeOf(Temporal.PlainDate.from("1980-01-01"));
  const user = await somebody(app, { given: "Aino", family: "Esimerkki" });
  await knowBy(app, user, "strong", userCode);
  return { app, user, userCode, asked, instead };
}

/** To the register and back; answers with the address of the choice, or of why there is none. */
async function visit({ app, user }: Register, back = "code=k3y5Qx"): Promise<string> {
  const there = new URL(String((await get(app, user, START)).headers.location));
  const state = there.searchParams.get("state");
  return String((await get(app, user, `/authorizations/callback?${back}&state=${state}`)).headers.location);
}

const mandatesOf = (app: TestApp, { id }: TestPerson) => withPerson(app.db, id, selectMandates);

describe("acting by Suomi.fi e-Authorizations", () => {
  it("leads there and back to a choice, and to a mandate for a child until the end of the day", async (t) => {
    const all = await register(t, [{ personId: CHILD, name: "Lapsi Maria Virtanen" }]);
    const { app, user, userCode, asked } = all;
    assert.match((await get(app, user, LIST)).body, /Jatka Suomi\.fi-valtuuksiin/);
    const there = new URL(String((await get(app, user, START)).headers.location));
    assert.equal(there.pathname, "/oauth/authorize");
    assert.equal(there.searchParams.get("redirect_uri"), `${ORIGIN}/authorizations/callback`);
    assert.ok(asked[0]?.path.includes(encodeURIComponent(userCode)), "the person's own code is what the visit is for");

    const choice = await visit(all);
    assert.match(choice, /^\/fi\/me\/valtuutukset\/suomifi\/[\da-f-]{36}$/);
    const page = await get(app, user, choice);
    assert.match(page.body, /Lapsi Maria Virtanen/);
    assert.ok(!page.body.includes(CHILD) && !choice.includes(CHILD), "a code stands in no page and no address");

    const answer = await send(app, user, choice, { choice: "0" });
    const act = String(answer.headers.location);
    assert.match(act, /\/asioi\?done=authorized$/);
    assert.match((await get(app, user, act)).body, /Suomi\.fi vahvisti valtuuden/);
    const [mandate] = await mandatesOf(app, user);
    assert.equal(mandate?.kind, "guardian");
    assert.equal(mandate.giverName, "Lapsi Maria Virtanen");
    assert.ok(mandate.validUntil.equals(dayInFinland(app.clock.now())));

    await send(app, user, act.split("?")[0] ?? "");
    assert.match((await get(app, user, "/fi/me")).body, /Toimit toisen nimissä: Lapsi Maria Virtanen/);
    assert.deepEqual(
      (await auditAbout(app, mandate.giver)).map(({ action, behalf }) => [action, behalf]),
      [
        ["authorize", null],
        ["act", mandate.giver],
      ],
    );
    app.clock.forward({ hours: 24 });
    const tomorrow = await anotherSession(app, user.id);
    assert.equal((await send(app, tomorrow, act.split("?")[0] ?? "")).statusCode, 409);
  });

  it("finds an adult who is known here, tells them, and takes no mandate twice", async (t) => {
    const all = await register(t, [{ personId: ADULT, name: "Maija Virtanen" }]);
    const { app, user } = all;
    const maija = await somebody(app, { given: "Maija", family: "V", mail: "maija@example.fi" });
    await knowBy(app, maija, "strong", ADULT);
    const choices = [await visit(all), await visit(all)];
    const sent = await Promise.all(choices.map((choice) => send(app, user, choice, { choice: "0" })));
    const [first, second] = sent.map(({ headers }) => headers.location);
    assert.ok(first !== undefined && first === second);
    const mandates = await mandatesOf(app, user);
    assert.deepEqual(
      mandates.map(({ kind, giver, giverName }) => [kind, giver, giverName]),
      [["given", maija.id, "Maija V"]],
    );
    assert.equal((await mailsTo(app, "maija@example.fi")).length, 1);
  });

  it("gives nothing when the register does not allow it", async (t) => {
    const all = await register(t, [{ personId: CHILD, name: "Lapsi Virtanen" }]);
    all.instead.set("/api/authorization/", { body: answers.disallowed });
    const answer = await send(all.app, all.user, await visit(all), { choice: "0" });
    assert.equal(answer.headers.location, `${LIST}?why=refused`);
    assert.match((await get(all.app, all.user, `${LIST}?why=refused`)).body, /ei vahvistanut/);
    assert.deepEqual(await mandatesOf(all.app, all.user), []);
  });

  it("takes a choice of what was chosen there and nothing else", async (t) => {
    const all = await register(t, [{ personId: CHILD, name: "Lapsi Virtanen" }]);
    const { app, user, userCode, instead } = all;
    const choice = await visit(all);
    for (const wrong of ["", "-1", "0x0", CHILD, "1e9"]) {
      const answer = await send(app, user, choice, { choice: wrong });
      assert.equal(answer.statusCode, 422, wrong);
    }
    assert.equal((await send(app, user, choice, { choice: "7" })).headers.location, `${LIST}?why=nobody`);
    instead.set("/api/delegate/", { body: [{ personId: userCode, name: "Aino Esimerkki" }] });
    assert.equal((await send(app, user, await visit(all), { choice: "0" })).headers.location, `${LIST}?why=refused`);
    instead.set("/api/delegate/", { body: [] });
    assert.equal(await visit(all), `${LIST}?why=nobody`);
    assert.deepEqual(await mandatesOf(app, user), []);
  });

  it("says so when it was cancelled, used, too old, or another's", async (t) => {
    const all = await register(t, [{ personId: CHILD, name: "Lapsi Virtanen" }]);
    const { app, user, instead } = all;
    assert.equal(await visit(all, "error=access_denied"), `${LIST}?why=cancelled`);
    const other = await somebody(app, {});
    const start = async () => new URL(String((await get(app, user, START)).headers.location)).searchParams.get("state");
    const state = await start();
    const back = `/authorizations/callback?code=k&state=${state}`;
    assert.equal((await get(app, other, back)).headers.location, `${LIST}?why=late`, "a state of somebody else's");
    const choice = String((await get(app, user, back)).headers.location);
    assert.match(choice, /suomifi/);
    assert.equal((await get(app, user, back)).headers.location, `${LIST}?why=late`, "a state is used once");
    assert.equal((await get(app, other, choice)).statusCode, 404);
    assert.equal((await send(app, other, choice, { choice: "0" })).headers.location, `${LIST}?why=late`);
    instead.set("/oauth/token", { status: 400, body: answers.usedCode });
    assert.equal(await visit(all), `${LIST}?why=late`);
    const late = await start();
    app.clock.forward({ minutes: 16 });
    assert.equal(
      (await get(app, user, `/authorizations/callback?code=k&state=${late}`)).headers.location,
      `${LIST}?why=late`,
    );
    assert.equal((await send(app, user, choice, { choice: "0" })).headers.location, `${LIST}?why=late`);
    assert.equal((await get(app, user, "/authorizations/callback")).headers.location, `${LIST}?why=late`);
  });

  it("is out of service with the register, and tells no code", async (t) => {
    const all = await register(t, [{ personId: CHILD, name: "Lapsi Virtanen" }]);
    all.instead.set("/user/register/", { status: 401, body: answers.refused });
    const answer = await get(all.app, all.user, START);
    assert.equal(answer.statusCode, 503);
    assert.ok(!answer.body.includes(all.userCode) && !answer.body.includes(answers.refused.path));
  });

  it("keeps nobody's code readable in the database", async (t) => {
    const all = await register(t, [{ personId: CHILD, name: "Lapsi Virtanen" }]);
    await visit(all);
    const { sealed } = await withPerson(all.app.db, all.user.id, (tx) =>
      tx.selectFrom("authorization_visit").select("sealed").executeTakeFirstOrThrow(),
    );
    assert.ok(!sealed.includes(CHILD) && !sealed.includes(answers.token.access_token));
    all.app.clock.forward({ minutes: 16 });
    await all.app.jobs["sweep-accounts"]?.({});
    const left = await withPerson(all.app.db, all.user.id, (tx) =>
      tx.selectFrom("authorization_visit").select("id").execute(),
    );
    assert.deepEqual(left, []);
  });

  it("is for residents who have identified themselves strongly", async (t) => {
    const { app, asked } = await register(t, []);
    const signedOut = await app.server.inject({ url: START });
    assert.match(String(signedOut.headers.location), /needs=strong/);
    const byMail = await somebody(app, { kind: "mail", mail: "x@example.fi" });
    assert.match(String((await get(app, byMail, START)).headers.location), /needs=strong/);
    const staff = await somebody(app, { roles: [{ role: "advisor" }] });
    assert.equal((await get(app, staff, START)).statusCode, 403);
    const uncoded = await somebody(app, {});
    assert.equal((await get(app, uncoded, START)).headers.location, `${LIST}?why=unidentified`);
    assert.equal(asked.length, 0);
  });

  it("is not there where it is not set up", async (t) => {
    const app = await testApp(t, { settings: { RATE_LIMIT: "0" } });
    const user = await somebody(app, {});
    assert.equal((await get(app, user, START)).statusCode, 404);
    assert.ok(!(await get(app, user, LIST)).body.includes("Suomi.fi"));
  });
});
