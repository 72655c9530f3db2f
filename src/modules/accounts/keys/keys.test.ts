/** API keys as people make, use and end them: the whole app on a real PostgreSQL. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { sql } from "kysely";
import { LANGUAGES } from "#core/cities.ts";
import { withPerson, withTx } from "#core/db.ts";
import { selectWaitingMail } from "#core/mail.ts";
import { testApp } from "#test/app.ts";
import { actAs, leave, someOrganisation } from "#test/organisations.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { MOST_KEYS } from "./key.ts";
import { END_KEY, KEYS, NEW_KEY } from "./paths.ts";

const app = await testApp({ after });
const { server, db, clock } = app;
const FORM = { name: "Tilastosivusto", scopes: "read", lastDay: "" };
const NOBODYS = "01900000-0000-7000-8000-000000000000";

const get = (url: string, who?: TestPerson) => server.inject({ url, headers: { ...who?.headers } });
const post = (url: string, who: TestPerson | undefined, form: Record<string, string | string[]> = {}) =>
  server.inject({
    method: "POST",
    url,
    headers: { ...who?.headers, "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(Object.entries(form).flatMap(([k, v]) => [v].flat().map((one) => [k, one]))).toString(),
  });
const keyIn = (body: string): string | undefined => /avoin_[\w-]{43}/.exec(body)?.[0];

async function make(who: TestPerson, form: Partial<typeof FORM> = {}): Promise<string> {
  const answer = await post(NEW_KEY.href("fi"), who, { ...FORM, ...form });
  assert.equal(answer.statusCode, 200, answer.body);
  const key = keyIn(answer.body);
  assert.ok(key);
  return key;
}

const use = (key: string) => server.inject({ url: "/api/v1/changes", headers: { authorization: `Bearer ${key}` } });
const isGood = async (key: string): Promise<boolean> => {
  const { statusCode } = await use(key);
  assert.ok(statusCode === 200 || statusCode === 401);
  return statusCode === 200;
};

const rowsOf = (who: TestPerson) =>
  withPerson(db, who.id, (tx) => tx.selectFrom("api_key").selectAll().orderBy("id", "desc").execute());
const idOf = async (who: TestPerson): Promise<string> => (await rowsOf(who))[0]?.id ?? "";
const auditOf = (who: TestPerson) =>
  withPerson(db, who.id, (tx) =>
    tx
      .selectFrom("audit")
      .select(["action", "actor", "person", "organisation"])
      .where("subject_kind", "=", "api_key")
      .where("about", "=", who.id)
      .orderBy("at")
      .execute(),
  );
const mailTo = async (address: string) =>
  (await withTx(db, "joint", (tx) => selectWaitingMail(tx, "joint", 1000))).filter((one) => one.recipient === address);

describe("a key", () => {
  it("is shown once, on the page that answers the form, and kept nowhere", async () => {
    const aino = await somebody(app);
    const answer = await post(NEW_KEY.href("fi"), aino, FORM);
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers["cache-control"], "no-store");
    const key = keyIn(answer.body) ?? "";
    assert.equal(answer.body.split(key).length - 1, 1);

    const list = (await get(KEYS.href("fi"), aino)).body;
    assert.ok(list.includes(key.slice(0, 10)) && list.includes("Tilastosivusto"));
    assert.ok(list.includes("3\u00A0000 pyyntöä"));
    assert.equal(keyIn(list), undefined);
    const [row] = await rowsOf(aino);
    assert.ok(row);
    const kept = JSON.stringify({ ...row, token_hash: row.token_hash.toString("base64url") });
    assert.ok(!kept.includes(key.slice(10)));
  });

  it("opens the interface at once, to its own limit, and notes when it was used", async () => {
    const aino = await somebody(app);
    const key = await make(aino);
    const answer = await use(key);
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.headers["ratelimit-limit"], "3000");
    assert.equal(answer.headers["cache-control"], "public, no-cache");
    const open = await get("/api/v1/changes");
    assert.equal(open.headers["ratelimit-limit"], "600");
    assert.equal(answer.headers["etag"], open.headers["etag"], "the same answer as without a key");

    const [first] = await rowsOf(aino);
    assert.ok(first?.last_used_at);
    clock.forward({ seconds: 30 });
    await use(key);
    assert.deepEqual((await rowsOf(aino))[0]?.last_used_at, first.last_used_at, "once a minute is enough");
    clock.forward({ minutes: 1 });
    await Promise.all([use(key), use(key), use(key)]);
    assert.ok(Number((await rowsOf(aino))[0]?.last_used_at) > Number(first.last_used_at));
  });

  it("is told and recorded when it is made and when it is ended", async () => {
    const aino = await somebody(app, { mail: "aino@example.fi", language: "sv" });
    const key = await make(aino);
    await post(END_KEY.href("sv", { id: await idOf(aino) }), aino);
    const mails = await mailTo("aino@example.fi");
    assert.deepEqual(mails.map(({ subject }) => subject).toReversed(), [
      "En nyckel för ett program har skapats i Avoin",
      "En nyckel i Avoin har avslutats",
    ]);
    for (const { body, subject } of mails) {
      assert.ok(body.includes(key.slice(0, 10)) && body.includes("egna sidor"));
      assert.ok(!(body + subject).includes(key));
    }
    const person = aino.id;
    assert.deepEqual(await auditOf(aino), [
      { action: "create", actor: "resident", person, organisation: null },
      { action: "end", actor: "resident", person, organisation: null },
    ]);
  });

  it("is ended from the next request on, and for good", async () => {
    const aino = await somebody(app);
    const key = await make(aino);
    const id = await idOf(aino);
    assert.match((await get(END_KEY.href("fi", { id }), aino)).body, /Et voi perua/);
    assert.ok(await isGood(key), "asking whether does nothing yet");
    const ended = await post(END_KEY.href("fi", { id }), aino);
    assert.equal(ended.statusCode, 303);
    assert.equal(ended.headers.location, "/fi/me/avaimet?done=keyEnded");
    assert.equal(await isGood(key), false);
    const list = (await get(ended.headers.location, aino)).body;
    assert.match(list, /Avain on lopetettu\./);
    assert.match(list, /Lopetettu \d/);
    assert.match((await get(END_KEY.href("fi", { id }), aino)).body, /ei ole enää voimassa/);
  });

  it("that is ended twice, also at once, is ended, recorded and told once", async () => {
    const aino = await somebody(app, { mail: "twice@example.fi" });
    await make(aino);
    const url = END_KEY.href("fi", { id: await idOf(aino) });
    const answers = await Promise.all([post(url, aino), post(url, aino), post(url, aino)]);
    assert.deepEqual(new Set(answers.map(({ statusCode }) => statusCode)), new Set([303]));
    assert.equal((await auditOf(aino)).filter(({ action }) => action === "end").length, 1);
    assert.equal((await mailTo("twice@example.fi")).length, 2);
  });

  it("runs out at the end of its last day in Finland", async () => {
    const aino = await somebody(app);
    const today = clock.now().toZonedDateTimeISO("Europe/Helsinki");
    const tomorrow = today.toPlainDate().add({ days: 1 });
    const key = await make(aino, { lastDay: `${tomorrow.day}.${tomorrow.month}.${tomorrow.year}` });
    assert.ok(await isGood(key));
    const midnight = tomorrow.add({ days: 1 }).toZonedDateTime("Europe/Helsinki");
    clock.forward(today.until(midnight).subtract({ seconds: 5 }));
    assert.ok(await isGood(key));
    clock.forward({ seconds: 6 });
    assert.equal(await isGood(key), false);
  });

  it("ends with its person", async () => {
    const aino = await somebody(app);
    const key = await make(aino);
    assert.ok(await isGood(key));
    await withPerson(db, aino.id, (tx) =>
      tx.updateTable("person").set({ erased_at: clock.now().toString() }).where("id", "=", aino.id).execute(),
    );
    assert.equal(await isGood(key), false);
  });
});

describe("who wants a key", () => {
  it("signs in strongly first, and finds what they typed again", async () => {
    for (const language of LANGUAGES)
      for (const path of [KEYS, NEW_KEY, END_KEY]) {
        const url = path.href(language, { id: NOBODYS });
        assert.match(String((await get(url)).headers.location), /needs=strong/);
      }
    const byMail = await somebody(app, { kind: "mail" });
    const sent = await post(NEW_KEY.href("fi"), byMail, FORM);
    assert.equal(sent.statusCode, 303);
    const location = new URL(String(sent.headers.location), "https://avoin.example.fi");
    assert.equal(location.searchParams.get("needs"), "strong");
    assert.match(location.searchParams.get("return") ?? "", /^\/fi\/me\/avaimet\/uusi\?parked=/);
    assert.doesNotMatch(location.href, /Tilasto/);
    assert.deepEqual(await rowsOf(byMail), []);
  });

  it("is no staff at work", async () => {
    const atWork = await somebody(app, { roles: [{ role: "administrator" }] });
    for (const path of [KEYS, NEW_KEY]) assert.equal((await get(path.href("fi"), atWork)).statusCode, 403);
    assert.equal((await post(NEW_KEY.href("fi"), atWork, FORM)).statusCode, 403);
  });

  it("sees every mistake beside what they typed", async () => {
    const aino = await somebody(app);
    const answer = await post(NEW_KEY.href("fi"), aino, { name: "<b>123</b>".repeat(20), lastDay: "31.2.2027" });
    assert.equal(answer.statusCode, 422);
    for (const field of ["name", "scopes", "lastDay"]) assert.ok(answer.body.includes(`href="#${field}"`), field);
    assert.match(answer.body, /value="31\.2\.2027"/);
    assert.match(answer.body, /&lt;b/);
    assert.doesNotMatch(answer.body, / checked/);
    assert.deepEqual(await rowsOf(aino), []);
  });

  it("may write what they like: it stays text", async () => {
    const aino = await somebody(app);
    await make(aino, { name: `</bdi><script>'"; drop table api_key --\u202e` });
    const list = (await get(KEYS.href("fi"), aino)).body;
    assert.match(list, /&lt;\/bdi>&lt;script>/);
    assert.doesNotMatch(list, /\u202e|<script>/);
    const long = await post(NEW_KEY.href("fi"), aino, { ...FORM, name: "x".repeat(30_000) });
    assert.equal(long.statusCode, 422);
    const many = await post(NEW_KEY.href("fi"), aino, { ...FORM, scopes: Array<string>(300).fill("read") });
    assert.equal(many.statusCode, 422);
  });

  it("may have twenty that hold, also when they ask for many at once", async () => {
    const aino = await somebody(app);
    const url = NEW_KEY.href("en");
    const answers = await Promise.all(Array.from({ length: MOST_KEYS + 4 }, () => post(url, aino, FORM)));
    assert.equal(answers.filter(({ statusCode }) => statusCode === 200).length, MOST_KEYS);
    const refused = answers.find(({ statusCode }) => statusCode === 422);
    assert.match(refused?.body ?? "", /You already have 20 keys/);
    await post(END_KEY.href("en", { id: await idOf(aino) }), aino);
    await make(aino);
    assert.equal((await post(url, aino, FORM)).statusCode, 422);
  });

  it("and sends the form twice has two keys, each shown on its own page", async () => {
    const aino = await somebody(app);
    assert.notEqual(await make(aino), await make(aino));
    assert.equal((await rowsOf(aino)).length, 2);
  });
});

describe("somebody else's key", () => {
  it("is not to be seen, looked at or ended by its id", async () => {
    const [aino, eero] = [await somebody(app), await somebody(app)];
    const key = await make(aino, { name: "Ainon oma" });
    const id = await idOf(aino);
    assert.doesNotMatch((await get(KEYS.href("fi"), eero)).body, /Ainon oma/);
    for (const language of LANGUAGES) {
      assert.equal((await get(END_KEY.href(language, { id }), eero)).statusCode, 404);
      assert.equal((await post(END_KEY.href(language, { id }), eero)).statusCode, 404);
    }
    assert.ok(await isGood(key));
    assert.deepEqual(await auditOf(eero), []);
  });

  it("is none, as one that there never was is", async () => {
    const aino = await somebody(app);
    for (const id of [NOBODYS, "x", "%00", "' or 1=1"])
      assert.equal((await post(END_KEY.href("fi", { id }), aino)).statusCode, 404);
  });

  it("can't be made by going round the pages", async () => {
    const [aino, eero] = [await somebody(app), await somebody(app)];
    const organisation = await someOrganisation(app);
    const row = { beginning: "avoin_xxxx", name: "x", scopes: ["read"], rate: 1, created_at: clock.now().toString() };
    const insert = (person: string, of: string | null) =>
      withPerson(db, eero.id, (tx) =>
        tx
          .insertInto("api_key")
          .values({ ...row, id: NOBODYS, token_hash: Buffer.from("x"), person, organisation: of })
          .execute(),
      );
    await assert.rejects(insert(aino.id, null), /row-level security/);
    await assert.rejects(insert(eero.id, organisation), /row-level security/);
    await make(eero);
    const widen = withPerson(db, eero.id, (tx) => tx.updateTable("api_key").set({ rate: 100_000 }).execute());
    await assert.rejects(widen, /permission denied/);
    assert.deepEqual(await db.selectFrom("api_key").selectAll().execute(), []);
    await assert.rejects(sql`delete from api_key`.execute(db), /permission denied/);
  });
});

describe("an organisation's key", () => {
  it("is made by an owner who acts in its name, told to its address too, and names both", async () => {
    const aino = await somebody(app, { mail: "aino@yritys.example" });
    const organisation = await someOrganisation(app, { name: "Ainon Yritys Oy", mail: "info@yritys.example" });
    await actAs(app, aino, organisation, "owner");
    assert.match((await get(NEW_KEY.href("fi"), aino)).body, /Avain tehdään toimijan Ainon Yritys Oy nimiin\./);
    const key = await make(aino);
    assert.ok(await isGood(key));
    assert.match((await get(KEYS.href("fi"), aino)).body, /Avaimet: Ainon Yritys Oy/);
    for (const address of ["aino@yritys.example", "info@yritys.example"])
      assert.match((await mailTo(address))[0]?.body ?? "", /Haltija: Ainon Yritys Oy/);
    assert.deepEqual(await auditOf(aino), [{ action: "create", actor: "member", person: aino.id, organisation }]);
  });

  it("is ended by another owner, and its maker hears of it", async () => {
    const [aino, eero] = [await somebody(app, { mail: "maker@example.fi" }), await somebody(app)];
    const organisation = await someOrganisation(app);
    await actAs(app, aino, organisation, "owner");
    await actAs(app, eero, organisation, "owner");
    const key = await make(aino);
    const others = await make(await somebody(app));
    const ended = await post(END_KEY.href("fi", { id: await idOf(aino) }), eero);
    assert.equal(ended.statusCode, 303);
    assert.equal(await isGood(key), false);
    assert.ok(await isGood(others));
    assert.match((await mailTo("maker@example.fi"))[0]?.subject ?? "", /lopetettu/);
    assert.deepEqual((await auditOf(aino))[1], { action: "end", actor: "member", person: eero.id, organisation });
  });

  it("is none of its other members' business, nor of another organisation's owner", async () => {
    const [aino, member, other] = [await somebody(app), await somebody(app), await somebody(app)];
    const organisation = await someOrganisation(app, { name: "Yhdistys ry" });
    await actAs(app, aino, organisation, "owner");
    await actAs(app, member, organisation, "member");
    await actAs(app, other, await someOrganisation(app), "owner");
    const key = await make(aino, { name: "Yhdistyksen avain" });
    const id = await idOf(aino);
    const list = await get(KEYS.href("fi"), member);
    assert.equal(list.statusCode, 200);
    assert.doesNotMatch(list.body, /Yhdistyksen avain/);
    assert.match(list.body, /Toimijan avaimia hallitsevat sen omistajat/);
    assert.equal((await post(NEW_KEY.href("fi"), member, FORM)).statusCode, 403);
    assert.equal((await post(END_KEY.href("fi", { id }), member)).statusCode, 403);
    assert.equal((await post(END_KEY.href("fi", { id }), other)).statusCode, 404);
    assert.deepEqual(await rowsOf(member), []);
    assert.ok(await isGood(key));
  });

  it("stops when its maker leaves, and the other owners see why", async () => {
    const [aino, eero] = [await somebody(app), await somebody(app)];
    const organisation = await someOrganisation(app);
    await actAs(app, aino, organisation, "owner");
    await actAs(app, eero, organisation, "owner");
    const key = await make(aino);
    await leave(app, aino, organisation);
    assert.equal(await isGood(key), false);
    assert.match((await get(KEYS.href("fi"), eero)).body, /tekijä ei ole enää omistaja/);
    // Who has left acts for themself again, and has no say over it.
    assert.equal((await post(END_KEY.href("fi", { id: await idOf(aino) }), aino)).statusCode, 404);
  });

  it("stops with its organisation", async () => {
    const aino = await somebody(app);
    const organisation = await someOrganisation(app);
    await actAs(app, aino, organisation, "owner");
    const key = await make(aino);
    assert.ok(await isGood(key));
    await db.updateTable("organisation").set({ state: "ended" }).where("id", "=", organisation).execute();
    assert.equal(await isGood(key), false);
  });
});
