/** Creating an organisation, with and without the company register, and what everybody sees of it. */
import assert from "node:assert/strict";
import { after, describe, it, type TestContext } from "node:test";
import { testApp } from "#test/app.ts";
import answers from "#test/fixtures/accounts/companies.json" with { type: "json" };
import { replay, type Replayed } from "#test/fixtures/accounts/replay.ts";
import { audited, citizen, foundOrganisation, locationOf, open, read, send } from "#test/organisation-stories.ts";
import { somebody } from "#test/people.ts";

const app = await testApp({ after });
const NEW = "/fi/me/toimijat/uusi";

describe("a group of people", () => {
  it("comes in without a business ID, and everybody sees what it tells, and that nobody has checked it", async () => {
    const aino = await citizen(app);
    const first = await send(app, aino, NEW, { kind: "group" });
    assert.equal(first.headers.location, `${NEW}/tiedot?kind=group`);
    const id = await foundOrganisation(app, aino, {
      name: "Kallion pihatalkoot",
      "presentation-fi": "Siivoamme pihoja.\r\n\r\nKaikki mukaan",
      contactMail: "piha@example.fi",
      website: "www.pihatalkoot.example",
      interests: ["environment", "housing"],
      languages: ["fi"],
    });
    await app.changes.refresh();
    const page = read((await open(app, null, `/fi/toimijat/${id}`)).body);
    assert.match(page, /Kallion pihatalkoot/);
    assert.match(page, /Ei tarkistettu/);
    assert.match(page, /Siivoamme pihoja\. +Kaikki mukaan/);
    assert.match(page, /asuminen, ympäristö/);
    assert.doesNotMatch(page, /Aino|Esimerkki/);
    const swedish = await open(app, null, `/sv/aktorer/${id}`);
    assert.match(swedish.body, /lang="fi"><p>Siivoamme/);
    assert.match(read((await open(app, aino, `/fi/me/toimijat/${id}`)).body), /Olet omistaja.*Aino Esimerkki \(sinä\)/);
  });

  it("is recorded with who made it, and told in the public log without them", async () => {
    const aino = await citizen(app);
    const id = await foundOrganisation(app, aino);
    const act = (await audited(app)).find((one) => one.subject === id);
    assert.deepEqual([act?.action, act?.person, act?.about], ["create", aino.id, aino.id]);
    // The log itself: its readers wait for every transaction of the server, also of other tests.
    const changes = await app.db
      .selectFrom("change")
      .select(["city", "kind", "verb", "actor"])
      .where("id", "=", id)
      .execute();
    assert.deepEqual(changes, [{ city: "joint", kind: "organisation", verb: "published", actor: "resident" }]);
  });
});

describe("who may create one", () => {
  it("is known strongly: others are led to sign in and come back with what they typed", async () => {
    const byMail = await somebody(app, { kind: "mail", mail: "m@example.fi" });
    for (const who of [null, byMail]) {
      const answer = await send(app, who, `${NEW}/tiedot?kind=group`, { name: "Piha" });
      assert.equal(answer.statusCode, 303);
      assert.match(answer.headers.location ?? "", /^\/fi\/kirjaudu\?return=.*parked.*needs=strong$/);
      assert.doesNotMatch(answer.headers.location ?? "", /Piha/);
    }
  });

  it("is not staff at work", async () => {
    const staff = await somebody(app, { roles: [{ role: "administrator" }] });
    assert.equal((await send(app, staff, NEW, { kind: "group" })).statusCode, 403);
  });

  it("makes twenty a day at most", async () => {
    const eager = await citizen(app);
    for (let n = 0; n < 20; n++) await foundOrganisation(app, eager);
    assert.equal((await send(app, eager, `${NEW}/tiedot?kind=group`, { name: "Piha" })).statusCode, 429);
    app.clock.forward({ hours: 25 });
  });
});

describe("a mistake", () => {
  it("is told in words, and what was typed is kept", async () => {
    const aino = await citizen(app);
    const wrong = await send(app, aino, NEW, { kind: "company", businessId: "1234567-9" });
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /value="1234567-9"/);
    assert.match(wrong.body, /<a href="#businessId">Tarkista Y-tunnus/);
    const page = await send(app, aino, `${NEW}/tiedot?kind=group`, { name: "", website: "<b>", interests: ["sport"] });
    assert.equal(page.statusCode, 422);
    assert.match(page.body, /value="&lt;b>"/);
    assert.match(page.body, /value="sport"[^>]*checked|checked[^>]*value="sport"/);
  });

  it("in the address of the second page is told as well", async () => {
    const aino = await citizen(app);
    const at = (query: string) => open(app, aino, `${NEW}/tiedot?${query}`);
    assert.equal((await at("kind=pirates")).statusCode, 400);
    assert.equal((await at("kind=company")).statusCode, 422);
    assert.equal((await at("kind=company&businessId=1234567-9")).statusCode, 422);
  });

  it("of any size or script harms nothing", async () => {
    const aino = await citizen(app);
    for (const name of [
      "x".repeat(10_000),
      "\u202eabc",
      "e" + "\u0301".repeat(400),
      "\0",
      "\ud800",
      "'; drop table organisation; --",
    ]) {
      const { statusCode } = await send(app, aino, `${NEW}/tiedot?kind=group`, { name });
      assert.ok([303, 422].includes(statusCode), `${statusCode}`);
    }
  });
});

describe("a business ID", () => {
  it("is given once: whoever comes with it next is led to claiming, also of two in the same moment", async () => {
    const [aino, eino] = [await citizen(app), await citizen(app)];
    const url = `${NEW}/tiedot?kind=company&businessId=7654321-2`;
    const both = await Promise.all([aino, eino].map((who) => send(app, who, url, { name: "Paja Oy" })));
    const ways = both.map((answer) => locationOf(answer).replace(/[0-9a-f-]{36}/, "ID")).toSorted();
    assert.deepEqual(ways, ["/fi/me/toimijat/ID/ilmoittaudu", "/fi/me/toimijat/ID?done=created"]);
    const third = await send(app, await citizen(app), NEW, { kind: "company", businessId: "FI7654321-2" });
    assert.match(third.headers.location ?? "", /\/ilmoittaudu$/);
  });
});

describe("with a company register", () => {
  async function withRegister(test: TestContext, answer: () => Replayed) {
    const { address, asked } = await replay(test, answer);
    const known = await testApp(test, { settings: { COMPANY_REGISTER_URL: address } });
    return { known, asked, aino: await citizen(known) };
  }
  const DETAILS = `${NEW}/tiedot?kind=company&businessId=7654321-2`;

  it("the name is the register's whatever is sent, and the page says what was not checked", async (test) => {
    const { known, aino } = await withRegister(test, () => ({ body: answers.limited }));
    const page = read((await open(known, aino, DETAILS)).body);
    assert.match(page, /Malliston Paja Oyj löytyi kaupparekisteristä/);
    assert.match(page, /Rekisteri ei kerro, saatko edustaa toimijaa/);
    const id = await foundOrganisation(known, aino, { kind: "company", businessId: "7654321-2", name: "Nokia Oyj" });
    await known.changes.refresh();
    const shown = read((await open(known, null, `/fi/toimijat/${id}`)).body);
    assert.match(shown, /Malliston Paja Oyj/);
    assert.match(shown, /Tiedot kaupparekisteristä\. Edustajan oikeutta ei ole tarkistettu/);
    assert.doesNotMatch(shown, /Nokia/);
    await send(known, aino, `/fi/me/toimijat/${id}/muokkaa`, { name: "Nokia Oyj" });
    await known.changes.refresh();
    assert.doesNotMatch((await open(known, null, `/fi/toimijat/${id}`)).body, /Nokia/);
  });

  it("a company that has ended is refused on both pages", async (test) => {
    const { known, aino } = await withRegister(test, () => ({ body: answers.ended }));
    const first = await send(known, aino, NEW, { kind: "company", businessId: "7200100-2" });
    assert.equal(first.statusCode, 422);
    assert.match(read(first.body), /toiminta on päättynyt/);
    const url = `${NEW}/tiedot?kind=company&businessId=7200100-2`;
    assert.match(read((await open(known, aino, url)).body), /Toiminta on päättynyt/);
    assert.equal((await send(known, aino, url, { name: "Lopettanut" })).statusCode, 409);
  });

  it("that is away, creating goes on unchecked and says so; saving later checks it", async (test) => {
    let isAway = true;
    const { known, aino } = await withRegister(test, () =>
      isAway ? { status: 503, body: "" } : { body: answers.limited },
    );
    assert.match(read((await open(known, aino, DETAILS)).body), /Kaupparekisteri ei juuri nyt vastaa/);
    const id = await foundOrganisation(known, aino, { kind: "company", businessId: "7654321-2", name: "Mallisto" });
    const checked = async () =>
      (await known.server.inject(`/api/v1/organisations/${id}`)).json<{ checkedBy: string }>();
    assert.equal((await checked()).checkedBy, "nobody");
    isAway = false;
    await send(known, aino, `/fi/me/toimijat/${id}/muokkaa`, { name: "Mallisto" });
    assert.equal((await checked()).checkedBy, "register");
  });

  it("that does not have it, as it has not every association, creating goes on unchecked", async (test) => {
    const { known, aino } = await withRegister(test, () => ({ body: answers.none }));
    const url = `${NEW}/tiedot?kind=association&businessId=7654321-2`;
    assert.match(read((await open(known, aino, url)).body), /ei ole tunnusta 7654321-2/);
    await foundOrganisation(known, aino, { kind: "association", businessId: "7654321-2", name: "Koti ry" });
  });

  it("is not asked by who may not create or change anything", async (test) => {
    const { known, asked, aino } = await withRegister(test, () => ({ body: answers.limited }));
    const id = await foundOrganisation(known, aino, { kind: "company", businessId: "7654321-2" });
    const before = asked.length;
    const other = await citizen(known);
    assert.equal((await send(known, other, `/fi/me/toimijat/${id}/muokkaa`, { name: "x" })).statusCode, 404);
    await send(known, null, NEW, { kind: "company", businessId: "7654321-2" });
    await open(known, null, DETAILS);
    assert.equal(asked.length, before);
  });
});
