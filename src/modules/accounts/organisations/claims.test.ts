/** Somebody says that an organisation is theirs to run, and a city looks at it. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { sql } from "kysely";
import type { CityCode } from "#core/cities.ts";
import { withPerson, withTx } from "#core/db.ts";
import { testApp } from "#test/app.ts";
import {
  audited,
  citizen,
  foundOrganisation,
  locationOf,
  open,
  read,
  rolesSeenBy,
  send,
  statusesOf,
} from "#test/organisation-stories.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { mailsTo } from "#test/mail.ts";

const app = await testApp({ after });
const coordinator = (city: CityCode = "helsinki") => somebody(app, { city, roles: [{ role: "coordinator" }] });

async function claimed(city: CityCode = "helsinki", grounds = "Olen yhdistyksen puheenjohtaja.\nKatso pöytäkirja.") {
  const mails = { owner: `${crypto.randomUUID()}@example.fi`, claimant: `${crypto.randomUUID()}@example.fi` };
  const owner = await citizen(app, { mail: mails.owner });
  const id = await foundOrganisation(app, owner, { name: "Koti ry" });
  const claimant = await citizen(app, { given: "Kerttu", mail: mails.claimant, language: "en" });
  const answer = await claim(claimant, id, city, grounds);
  assert.equal(locationOf(answer), "/fi/me/toimijat?done=claimed");
  return { owner, claimant, id, mails, page: await pageOfClaim(city, id) };
}

const claim = (who: TestPerson | null, id: string, city: string, grounds: string) =>
  send(app, who, `/fi/me/toimijat/${id}/ilmoittaudu`, { city, grounds });

async function pageOfClaim(city: CityCode, organisation: string): Promise<string> {
  const row = await withTx(app.db, city, (tx) =>
    tx.selectFrom("organisation_claim").select("id").where("organisation", "=", organisation).executeTakeFirstOrThrow(),
  );
  return `/fi/${city}/desk/toimijat/ilmoitukset/${row.id}`;
}

describe("a claim", () => {
  it("reaches the city that was chosen and no other; the owners hear of it and not from whom", async () => {
    const { claimant, page, mails } = await claimed("turku");
    const desk = await open(app, await coordinator("turku"), "/fi/turku/desk/toimijat");
    assert.match(desk.body, new RegExp(page));
    assert.doesNotMatch(read(desk.body), /Kerttu/);
    const elsewhere = await coordinator("oulu");
    assert.doesNotMatch((await open(app, elsewhere, "/fi/oulu/desk/toimijat")).body, new RegExp(page.slice(-36)));
    assert.equal((await open(app, elsewhere, page)).statusCode, 403);
    assert.equal((await open(app, elsewhere, page.replace("turku", "oulu"))).statusCode, 404);
    const [told] = await mailsTo(app, mails.owner);
    assert.match(told?.body ?? "", /Joku on ilmoittanut edustavansa toimijaa Koti ry\. Asian tarkistaa Turku/);
    assert.doesNotMatch(told?.body ?? "", /Kerttu/);
    assert.match(
      read((await open(app, claimant, "/fi/me/toimijat")).body),
      /Koti ry Turku, lähetetty .*Kaupunki käsittelee/,
    );
  });

  it("that is opened shows who claims and why, and they can see who has looked", async () => {
    const { claimant, page } = await claimed();
    const staff = await coordinator();
    const shown = read((await open(app, staff, page)).body);
    assert.match(shown, /Kerttu Esimerkki.*Olen yhdistyksen puheenjohtaja\. +Katso pöytäkirja/);
    const acts = (await audited(app, "helsinki")).filter((one) => one.about === claimant.id);
    assert.deepEqual(
      acts.map(({ action, person }) => [action, person]),
      [["open", staff.id]],
    );
  });

  it("that is approved makes an owner, marks the entry as checked by a city, and everybody concerned hears of it", async () => {
    const { owner, claimant, id, page, mails } = await claimed();
    const staff = await coordinator();
    const answer = await send(app, staff, page, { decision: "approved" });
    assert.equal(locationOf(answer), "/fi/helsinki/desk/toimijat?done=approved");
    assert.deepEqual(await rolesSeenBy(app, owner, id), ["owner", "owner"]);
    assert.equal((await open(app, claimant, `/fi/me/toimijat/${id}/kutsu`)).statusCode, 200);
    const { checkedBy } = (await app.server.inject(`/api/v1/organisations/${id}`)).json<{ checkedBy: string }>();
    assert.equal(checkedBy, "city");
    assert.match((await mailsTo(app, mails.claimant, "helsinki"))[0]?.body ?? "", /Helsinki has approved your claim/);
    assert.match((await mailsTo(app, mails.owner, "helsinki"))[0]?.body ?? "", /uusi omistaja/);
  });

  it("that is refused needs an answer, which the claimant gets by mail and sees on their page", async () => {
    const { owner, claimant, id, page, mails } = await claimed();
    const staff = await coordinator();
    assert.equal((await send(app, staff, page, { decision: "refused" })).statusCode, 422);
    assert.equal((await send(app, staff, page, { answer: "?" })).statusCode, 422);
    await send(app, staff, page, { decision: "refused", answer: "Lähetä nimenkirjoitusoikeus." });
    assert.deepEqual(await rolesSeenBy(app, owner, id), ["owner"]);
    assert.match((await mailsTo(app, mails.claimant, "helsinki"))[0]?.body ?? "", /Lähetä nimenkirjoitusoikeus/);
    assert.match(
      read((await open(app, claimant, "/fi/me/toimijat")).body),
      /Vastaus: Lähetä nimenkirjoitusoikeus\. Ei hyväksytty/,
    );
    assert.match(read((await open(app, staff, page)).body), /Ilmoitusta ei ole hyväksytty/);
    assert.equal(locationOf(await claim(claimant, id, "helsinki", "Nyt on paperit")), "/fi/me/toimijat?done=claimed");
  });

  it("is no other city's, by whatever address its own staff asks", async () => {
    const { owner, id, page } = await claimed();
    const espoo = await somebody(app, { city: "espoo", roles: [{ role: "coordinator" }] });
    const elsewhere = page.replace("/helsinki/", "/espoo/");
    assert.equal((await open(app, espoo, elsewhere)).statusCode, 404);
    assert.equal((await send(app, espoo, elsewhere, { decision: "approved" })).statusCode, 404);
    assert.deepEqual(await rolesSeenBy(app, owner, id), ["owner"]);
  });

  it("is decided once, also by two in the same moment", async () => {
    const { page } = await claimed();
    const [a, b] = [await coordinator(), await coordinator()];
    const both = await Promise.all([
      send(app, a, page, { decision: "approved" }),
      send(app, b, page, { decision: "refused", answer: "Ei" }),
    ]);
    assert.deepEqual(statusesOf(both), [303, 409]);
  });

  it("is decided by coordinators and administrators of that city only", async () => {
    const { claimant, owner, page } = await claimed();
    for (const role of ["advisor", "planner", "registrar", "programmeManager"] as const) {
      const staff = await somebody(app, { roles: [{ role }] });
      assert.equal((await send(app, staff, page, { decision: "approved" })).statusCode, 403, role);
    }
    for (const who of [claimant, owner, await coordinator("espoo")])
      assert.equal((await send(app, who, page, { decision: "approved" })).statusCode, 403);
    const administrator = await somebody(app, { roles: [{ role: "administrator" }] });
    assert.equal((await send(app, administrator, page, { decision: "approved" })).statusCode, 303);
  });

  it("is made once at a time, strongly identified, of an organisation that is there and not one's own", async () => {
    const { owner, claimant, id } = await claimed();
    assert.equal((await claim(claimant, id, "espoo", "Taas")).statusCode, 409);
    assert.equal((await claim(owner, id, "espoo", "Oma")).statusCode, 409);
    const stranger = await citizen(app);
    const both = await Promise.all(["espoo", "oulu"].map((city) => claim(stranger, id, city, "Kahdesti")));
    assert.deepEqual(statusesOf(both), [303, 409]);
    assert.equal((await claim(stranger, crypto.randomUUID(), "espoo", "Mikä?")).statusCode, 404);
    const byMail = await somebody(app, { kind: "mail" });
    assert.match(locationOf(await claim(byMail, id, "espoo", "Minä")), /needs=strong/);
  });

  it("tells its mistakes in words and keeps what was typed", async () => {
    const { id } = await claimed();
    const stranger = await citizen(app);
    const wrong = await claim(stranger, id, "atlantis", "Kirjoitin tämän");
    assert.equal(wrong.statusCode, 422);
    assert.match(wrong.body, /Kirjoitin tämän/);
    for (const grounds of ["", "\u200b \n", "x".repeat(2001)])
      assert.equal((await claim(stranger, id, "espoo", grounds)).statusCode, 422);
  });
});

describe("in the database", () => {
  it("nobody approves a claim of their own, and nothing but an approved claim of that city makes an owner", async () => {
    const { owner, claimant, id } = await claimed();
    await withPerson(app.db, claimant.id, (tx) =>
      tx.updateTable("organisation_claim").set({ state: "approved" }).where("person", "=", claimant.id).execute(),
    );
    for (const city of ["helsinki", "espoo"] as const)
      await withTx(app.db, city, (tx) =>
        sql`select make_owner_by_claim('helsinki', id, now(), gen_random_uuid()) from organisation_claim where organisation = ${id}`.execute(
          tx,
        ),
      );
    assert.deepEqual(await rolesSeenBy(app, owner, id), ["owner"]);
  });

  it("members of a role are told to members, to who claims, and to a city's desk", async () => {
    const { owner, claimant, id } = await claimed();
    const stranger = await citizen(app);
    const told = (who: TestPerson, city: CityCode | "joint" = "joint") =>
      withPerson(
        app.db,
        who.id,
        async (tx) => {
          const { rows } = await sql`select from members_to_tell(${id}, array['owner'])`.execute(tx);
          return rows.length;
        },
        city,
      );
    assert.deepEqual(
      [await told(owner), await told(claimant), await told(stranger), await told(stranger, "espoo")],
      [1, 1, 0, 1],
    );
  });
});
