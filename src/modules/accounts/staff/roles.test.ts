import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { STAFF_ROLES } from "#core/actor.ts";
import { testApp } from "#test/app.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { changesAbout, get, granted, post, rolesOf } from "#test/staff.ts";
import { endRoles } from "./roles.ts";
import { mailsTo } from "#test/mail.ts";
import { t } from "./texts.ts";

const app = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
const STAFF = "/fi/helsinki/desk/henkilosto";
const page = ({ id }: Pick<TestPerson, "id">, rest = "") => `${STAFF}/${id}${rest}`;
const administrator = await somebody(app, {
  roles: [{ role: "administrator" }],
  given: "Aino",
  family: "Laine",
  mail: "aino.laine@hel.fi",
});

describe("an administrator", () => {
  it("sees everybody who has a role, with where it comes from, and nobody of other cities", async () => {
    await granted(app, "helsinki", [{ role: "advisor", scope: "kirjastot" }], { family: "Ahonen", mail: "a@hel.fi" });
    await somebody(app, { city: "espoo", roles: [{ role: "advisor" }], family: "Espoolainen" });
    const { statusCode, body } = await get(app, STAFF, administrator);
    assert.equal(statusCode, 200);
    assert.match(body, /Aino Ahonen[\s\S]*palveluneuvoja \(kirjastot\) <span class="dim">\(annettu täällä\)/);
    assert.match(body, /Aino Laine[\s\S]*pääkäyttäjä <span class="dim">\(hakemistosta\)/);
    assert.doesNotMatch(body, /Espoolainen/);
  });

  it("gives a role, which opens its pages at once and is told to the person in their language", async () => {
    const eino = await granted(app, "helsinki", [{ role: "planner" }], { mail: "eino@hel.fi", language: "sv" });
    const unread = "/fi/helsinki/desk/lukematta";
    assert.equal((await get(app, unread, eino)).statusCode, 403);
    const answer = await post(app, page(eino), administrator, { role: "registrar", scope: "" });
    assert.equal(answer.headers.location, `${page(eino)}?done=roleGiven`);
    assert.equal((await get(app, unread, eino)).statusCode, 200);
    const [mail] = await mailsTo(app, "eino@hel.fi", "helsinki");
    assert.match(mail?.body ?? "", /Du har fått en roll i Helsingfors: registrator\./);
    assert.match(mail?.body ?? "", /Ändringen gjordes av Aino Laine\. .*aino\.laine@hel\.fi/);
    assert.deepEqual(await changesAbout(app, "helsinki", eino.id), ["giveRole registrar"]);
  });

  it("gives the same role twice at once, and it is one, told once", async () => {
    const eino = await granted(app, "helsinki", [{ role: "planner" }], { mail: "twice@hel.fi" });
    const give = () => post(app, page(eino), administrator, { role: "advisor", scope: "Itäkeskus" });
    const answers = await Promise.all([give(), give()]);
    const outcomes = answers.map(({ headers }) => String(headers.location).split("=")[1] ?? "");
    assert.deepEqual(
      outcomes.toSorted((a, b) => a.localeCompare(b)),
      ["roleGiven", "roleHeld"],
    );
    assert.deepEqual(await rolesOf(app, "helsinki", eino.id), ["advisor/Itäkeskus", "planner"]);
    assert.equal((await mailsTo(app, "twice@hel.fi", "helsinki")).length, 1);
  });

  it("changes a role into another", async () => {
    const eino = await granted(app, "helsinki", [{ role: "advisor", scope: "kirjastot" }], { mail: "change@hel.fi" });
    const change = page(eino, "/muuta?role=advisor&scope=kirjastot");
    assert.match((await get(app, change, administrator)).body, /value="kirjastot"/);
    const answer = await post(app, change, administrator, { role: "coordinator", scope: "" });
    assert.equal(answer.headers.location, `${page(eino)}?done=roleChanged`);
    assert.deepEqual(await rolesOf(app, "helsinki", eino.id), ["coordinator"]);
    const [mail] = await mailsTo(app, "change@hel.fi", "helsinki");
    assert.match(mail?.body ?? "", /Ennen: palveluneuvoja \(kirjastot\)\. Nyt: palvelukoordinaattori\./);
    assert.deepEqual(await changesAbout(app, "helsinki", eino.id), ["changeRole advisor/kirjastot > coordinator"]);
    assert.equal((await post(app, change, administrator, { role: "planner" })).statusCode, 404, "it is gone by now");
  });

  it("changes nothing and tells nobody when the role stays the same", async () => {
    const eino = await granted(app, "helsinki", [{ role: "planner" }], { mail: "same@hel.fi" });
    const answer = await post(app, page(eino, "/muuta?role=planner"), administrator, { role: "planner" });
    assert.equal(answer.headers.location, `${page(eino)}?done=roleSame`);
    assert.deepEqual(await mailsTo(app, "same@hel.fi", "helsinki"), []);
  });

  it("ends one role: its pages close at the next request, the others stay open", async () => {
    const eino = await granted(app, "helsinki", [{ role: "registrar" }, { role: "planner" }], { mail: "end@hel.fi" });
    const end = page(eino, "/lopeta?role=registrar");
    assert.match((await get(app, end, administrator)).body, /Päättyy:[\s\S]*kirjaaja[\s\S]*Jää voimaan:[\s\S]*suunn/);
    assert.equal((await post(app, end, administrator)).headers.location, `${STAFF}?done=roleEnded`);
    assert.equal((await get(app, "/fi/helsinki/desk/lukematta", eino)).statusCode, 403);
    assert.equal((await get(app, "/fi/helsinki/desk", eino)).statusCode, 200);
    assert.equal((await post(app, end, administrator)).headers.location, `${STAFF}?done=roleGone`);
    assert.equal((await mailsTo(app, "end@hel.fi", "helsinki")).length, 1);
    assert.deepEqual(await changesAbout(app, "helsinki", eino.id), ["endRole registrar"]);
  });

  it("ends all roles: the person is signed out, and the city's pages about them are gone", async () => {
    const eino = await granted(app, "helsinki", [{ role: "registrar" }, { role: "planner" }]);
    const end = page(eino, "/lopeta");
    assert.match((await get(app, end, administrator)).body, /kirjataan heti ulos/);
    assert.equal((await post(app, end, administrator)).headers.location, `${STAFF}?done=roleEnded`);
    assert.deepEqual(await rolesOf(app, "helsinki", eino.id), []);
    assert.match(String((await get(app, "/fi/me", eino)).headers.location), /^\/fi\/kirjaudu/);
    assert.equal((await post(app, end, administrator)).headers.location, `${STAFF}?done=roleGone`);
    assert.equal((await get(app, page(eino), administrator)).statusCode, 404);
  });

  it("can't end what the directory says, and reads where it is ended", async () => {
    const eino = await somebody(app, { roles: [{ role: "registrar" }] });
    const { body } = await get(app, page(eino), administrator);
    assert.match(body, /Muutetaan kaupungin hakemistossa/);
    assert.doesNotMatch(body, /\/lopeta/);
    await post(app, page(eino, "/lopeta"), administrator);
    await post(app, page(eino, "/lopeta?role=registrar"), administrator);
    const change = await post(app, page(eino, "/muuta?role=registrar"), administrator, { role: "planner" });
    assert.equal(change.statusCode, 404);
    assert.deepEqual(await rolesOf(app, "helsinki", eino.id), ["registrar (directory)"]);
  });

  it("keeps who has a role of the directory signed in when the roles given here end", async () => {
    const eino = await granted(app, "helsinki", [{ role: "planner" }], { roles: [{ role: "registrar" }] });
    await post(app, page(eino, "/lopeta"), administrator);
    assert.deepEqual(await rolesOf(app, "helsinki", eino.id), ["registrar (directory)"]);
    assert.equal((await get(app, "/fi/helsinki/desk", eino)).statusCode, 200);
  });

  it("is told what to do about a role that can't be, with what was typed still there", async () => {
    const eino = await granted(app, "helsinki", [{ role: "planner" }]);
    const nobody = await post(app, page(eino), administrator, { role: "root", scope: "x".repeat(10_000) });
    assert.equal(nobody.statusCode, 422);
    assert.match(nobody.body, /<a href="#role">Valitse tehtävä<\/a>[\s\S]*<a href="#scope">Kirjoita yksikkö/);
    const part = await post(app, page(eino), administrator, { role: "administrator", scope: "kirjastot" });
    assert.match(part.body, /jätä yksikkö tyhjäksi[\s\S]*value="kirjastot"/);
    assert.deepEqual(await rolesOf(app, "helsinki", eino.id), ["planner"]);
  });

  it("finds nobody by a guessed id, and nobody of another city", async () => {
    const espoo = await granted(app, "espoo", [{ role: "planner" }]);
    for (const who of [espoo, { id: "00000000-0000-7000-8000-000000000000" }]) {
      for (const rest of ["", "/muuta?role=planner", "/lopeta"])
        assert.equal((await get(app, page(who, rest), administrator)).statusCode, 404, rest);
      assert.equal((await post(app, page(who), administrator, { role: "planner" })).statusCode, 404);
      await post(app, page(who, "/lopeta"), administrator);
    }
    for (const rest of ["/eino", "?page=99"])
      assert.equal((await get(app, STAFF + rest, administrator)).statusCode, 404, rest);
    assert.deepEqual(await rolesOf(app, "espoo", espoo.id), ["planner"]);
    assert.deepEqual(await rolesOf(app, "helsinki", espoo.id), []);
  });
});

const planner = await granted(app, "helsinki", [{ role: "planner" }]);
const OTHER_ROLES = STAFF_ROLES.filter((role) => role !== "administrator").map((role) => ({ role }));
const outsiders = {
  "staff of the city with every other role": await somebody(app, { roles: OTHER_ROLES }),
  "an administrator of a part of the city": await somebody(app, { roles: [{ role: "administrator", scope: "x" }] }),
  "an administrator of another city": await somebody(app, { city: "espoo", roles: [{ role: "administrator" }] }),
  "a resident": await somebody(app),
};

describe("the pages of staff are closed", () => {
  const rest = ["", "/muuta?role=planner", "/lopeta"].map((path) => page(planner, path));
  const PAGES = [STAFF, `${STAFF}/kutsu`, ...rest];
  const FORMS = [...PAGES.slice(1), `${STAFF}/kutsut/00000000-0000-7000-8000-000000000000/peru`];

  for (const [name, who] of Object.entries(outsiders)) {
    it(`to ${name}`, async () => {
      for (const url of PAGES) assert.equal((await get(app, url, who)).statusCode, 403, url);
      for (const url of FORMS)
        assert.equal((await post(app, url, who, { role: "advisor", mail: "x@hel.fi" })).statusCode, 403, url);
      assert.deepEqual(await rolesOf(app, "helsinki", planner.id), ["planner"]);
    });
  }

  it("to who is not signed in, who is led there and back", async () => {
    for (const url of PAGES) assert.match(String((await get(app, url, null)).headers.location), /^\/fi\/kirjaudu\?ret/);
  });
});

describe("the last administrator of a city", () => {
  it("can't end or change the own role, and reads what to do first", async () => {
    const only = await granted(app, "vantaa", [{ role: "administrator" }]);
    const own = `/fi/vantaa/desk/henkilosto/${only.id}`;
    for (const path of ["/lopeta", "/lopeta?role=administrator", "/muuta?role=administrator"]) {
      const { statusCode, body } = await post(app, own + path, only, { role: "planner" });
      assert.equal(statusCode, 422, path);
      assert.match(body, /Kaupungilla pitää olla pääkäyttäjä: anna tehtävä ensin toiselle/);
    }
    assert.deepEqual(await rolesOf(app, "vantaa", only.id), ["administrator"]);
    assert.deepEqual(await changesAbout(app, "vantaa", only.id), []);
  });

  it("can, once somebody else is one", async () => {
    const aino = await granted(app, "oulu", [{ role: "administrator" }]);
    const eino = await granted(app, "oulu", [{ role: "planner" }]);
    const at = "/fi/oulu/desk/henkilosto";
    await post(app, `${at}/${eino.id}`, aino, { role: "administrator" });
    await post(app, `${at}/${aino.id}/lopeta`, aino);
    assert.deepEqual(await rolesOf(app, "oulu", aino.id), []);
    assert.deepEqual(await rolesOf(app, "oulu", eino.id), ["administrator", "planner"]);
  });

  for (const [path, done] of [
    ["lopeta?role=administrator", "roleEnded"],
    ["muuta?role=administrator", "roleChanged"],
  ] as const) {
    it(`comes to the desk, which is still theirs to see, and reads that the own role is gone (${done})`, async () => {
      const given = [{ role: "administrator" }, { role: "planner" }] as const;
      const aino = await granted(app, "espoo", given);
      await granted(app, "espoo", [{ role: "administrator" }]);
      const own = `/fi/espoo/desk/henkilosto/${aino.id}/${path}`;
      const { location } = (await post(app, own, aino, { role: "registrar" })).headers;
      assert.equal(location, `/fi/espoo/desk?done=${done}`);
      const { statusCode, body } = await get(app, location ?? "", aino);
      assert.equal(statusCode, 200);
      assert.ok(body.includes(t("fi", `done_${done}`)));
    });
  }

  for (const [city, what] of [
    ["turku", "two end each other"],
    ["tampere", "two end themselves"],
  ] as const) {
    it(`stays when ${what} at the same moment`, async () => {
      const aino = await granted(app, city, [{ role: "administrator" }]);
      const eino = await granted(app, city, [{ role: "administrator" }]);
      // With rights that both still had when their requests came in.
      const ends = ({ id: person }: TestPerson, whom: TestPerson) => {
        const roles = [{ city, role: "administrator", scope: null }] as const;
        const asker = { actor: { kind: "staff", person, roles }, city, now: app.clock.now() } as const;
        return endRoles(app.db, asker, whom.id, null);
      };
      const outcomes = await Promise.allSettled(
        city === "turku" ? [ends(aino, eino), ends(eino, aino)] : [ends(aino, aino), ends(eino, eino)],
      );
      const done = outcomes.filter((one) => one.status === "fulfilled" && one.value === "done");
      assert.equal(done.length, 1, "one of them is first");
      const left = [await rolesOf(app, city, aino.id), await rolesOf(app, city, eino.id)];
      assert.deepEqual(left.flat(), ["administrator"]);
    });
  }
});
