import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { Temporal } from "temporal-polyfill";
import { dayInFinland } from "#core/clock.ts";
import { withPerson, withTx } from "#core/db.ts";
import { testApp, type TestApp } from "#test/app.ts";
import { auditAbout, codeOf, get, knowBy, send } from "#test/mandates.ts";
import { anotherSession, somebody, type TestPerson } from "#test/people.ts";
import { mandateChoices } from "./act.ts";
import { writeDay } from "./day-field.ts";
import { deleteDirectoryRoles } from "../staff/queries.ts";
import { selectOptionalCustomer } from "./desk.queries.ts";
import { selectMandates } from "./queries.ts";
import { mailsTo } from "#test/mail.ts";

let app: TestApp;
const closing: (() => Promise<void>)[] = [];
before(async () => {
  app = await testApp({ after: (done) => closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
});
after(async () => {
  for (const close of closing) await close();
});

const HELP = "/fi/oulu/desk/asiakas";
const GUARDIANS = "/fi/oulu/desk/huoltajat";
const REASON = "Asiakas kysyy päiväkotipaikasta";
const PAPERS = "Ote väestötietojärjestelmästä";

let count = 0;
const today = () => dayInFinland(app.clock.now());
/** Twelve years old, or to become so this year. */
const childBirth = () => Temporal.PlainDate.from({ year: today().year - 12, month: 6, day: 15 });
const adultCode = () => codeOf(Temporal.PlainDate.from("1980-01-01"));
const childCode = () => codeOf(childBirth());

const advisor = (
  roles: readonly { role: "advisor" | "registrar"; scope?: string }[] = [{ role: "advisor" }],
  city = "oulu" as const,
) => somebody(app, { given: "Neuvoja", city, roles });

async function resident(language: "fi" | "sv" = "fi"): Promise<TestPerson & { code: string; mail: string }> {
  const [code, mail] = [adultCode(), `asukas${++count}@example.fi`];
  const who = await somebody(app, { given: "Maija", family: "Virtanen", mail, language });
  await knowBy(app, who, "strong", code);
  await knowBy(app, who, "mail", mail);
  return { ...who, code, mail };
}

/** An advisor who helps somebody. */
async function helping(customer: { code: string }): Promise<TestPerson> {
  const staff = await advisor();
  assert.equal(
    (await send(app, staff, HELP, { code: customer.code, reason: REASON })).headers.location,
    `${HELP}?done=helping`,
  );
  return staff;
}

describe("an advisor at the desk", () => {
  it("helps a resident: both names are recorded, the resident gets a receipt and sees why", async () => {
    const customer = await resident();
    const staff = await helping(customer);
    const page = await get(app, staff, HELP);
    assert.match(page.body, /Autat asiakasta/);
    assert.match(page.body, /Toimit toisen nimissä: Maija Virtanen/);
    assert.ok(page.body.includes(REASON));

    const [receipt] = await mailsTo(app, customer.mail, "oulu");
    assert.equal(receipt?.subject, "Kuitti asioinnista: Oulu");
    assert.match(receipt.body, /Kuka: palveluneuvoja, Oulu/);
    assert.ok(receipt.body.includes(REASON));
    const [act] = await auditAbout(app, customer.id);
    assert.deepEqual(act, {
      ...{ city: "oulu", actor: "staff", action: "help", person: staff.id, behalf: customer.id },
      ...{ organisation: null, unit: "advisor", reason: REASON },
    });

    assert.equal((await send(app, staff, `${HELP}/lopeta`)).headers.location, `${HELP}?done=helpEnded`);
    assert.ok(!(await get(app, staff, HELP)).body.includes("Toimit toisen nimissä"));
    assert.deepEqual(
      (await auditAbout(app, customer.id)).map(({ action }) => action),
      ["help", "stopHelping"],
    );
  });

  it("helps no longer once they are no advisor any more, whatever else they are", async () => {
    const customer = await resident();
    const staff = await advisor([{ role: "advisor" }, { role: "registrar" }]);
    await send(app, staff, HELP, { code: customer.code, reason: REASON });
    assert.match((await get(app, staff, "/fi/me")).body, /Toimit toisen nimissä: Maija Virtanen/);
    await withTx(app.db, "oulu", (tx) =>
      deleteDirectoryRoles(tx, "oulu", staff.id, [{ role: "advisor", scope: null }]),
    );
    const page = await get(app, staff, "/fi/me");
    assert.equal(page.statusCode, 200);
    assert.doesNotMatch(page.body, /Maija Virtanen/);
    await get(app, staff, "/fi/oulu/desk/lukematta");
    assert.deepEqual(
      (await auditAbout(app, customer.id)).map(({ action }) => action),
      ["help"],
    );
  });

  it("finds a resident by a confirmed address too, however it is written, and writes in their language", async () => {
    const customer = await resident("sv");
    const staff = await advisor();
    const answer = await send(app, staff, HELP, { mail: ` ${customer.mail.toUpperCase()} `, reason: REASON });
    assert.equal(answer.statusCode, 303);
    assert.equal((await mailsTo(app, customer.mail, "oulu"))[0]?.subject, "Kvitto på ett ärende: Uleåborg");
  });

  it("finds nobody by a part of it, and the search is recorded all the same", async () => {
    const customer = await resident();
    const staff = await advisor();
    const searches = () =>
      withPerson(
        app.db,
        staff.id,
        (tx) =>
          tx
            .selectFrom("audit")
            .select(["action", "reason"])
            .where("person", "=", staff.id)
            .where("action", "=", "search")
            .execute(),
        "oulu",
      );
    const unknown = adultCode();
    const tries = [{ code: unknown }, { mail: customer.mail.slice(1) }, { mail: customer.mail.replace("@", "%@") }];
    for (const by of tries) {
      const answer = await send(app, staff, HELP, { ...by, reason: REASON });
      assert.equal(answer.statusCode, 422);
      assert.match(answer.body, /Ketään ei löytynyt/);
    }
    assert.deepEqual(
      await searches(),
      tries.map(() => ({ action: "search", reason: REASON })),
    );
  });

  it("says why, and by what to find the resident", async () => {
    const customer = await resident();
    const staff = await advisor();
    const wrong: [Record<string, string>, RegExp][] = [
      [{ code: customer.code }, /Kirjoita syy, 10–500 merkkiä/],
      [{ code: customer.code, reason: "..........." }, /Kirjoita syy/],
      [{ code: customer.code, reason: "x".repeat(501) }, /Kirjoita syy/],
      [{ code: customer.code, reason: `syy${"\u0000".repeat(10)}` }, /Kirjoita syy/],
      [{ reason: REASON }, /joko henkilötunnus tai sähköpostiosoite/],
      [{ code: customer.code, mail: customer.mail, reason: REASON }, /joko henkilötunnus tai sähköpostiosoite/],
      [{ code: "010180-9999", reason: REASON }, /Tarkista henkilötunnus/],
      [{ mail: "ei osoite", reason: REASON }, /Kirjoita sähköpostiosoite/],
    ];
    for (const [fields, why] of wrong) {
      const answer = await send(app, staff, HELP, fields);
      assert.equal(answer.statusCode, 422);
      assert.match(answer.body, why);
    }
    assert.deepEqual(await auditAbout(app, customer.id), []);
  });

  it("sees the identity code in no page and no address, and it is not kept while they sign in", async () => {
    const customer = await resident();
    const staff = await advisor();
    const fields = { code: customer.code, mail: "", reason: "" };
    assert.ok(!(await send(app, staff, HELP, fields)).body.includes(customer.code));
    const signedOut = await app.server.inject({
      method: "POST",
      url: HELP,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams({ ...fields, reason: REASON }).toString(),
    });
    assert.equal(signedOut.statusCode, 303);
    assert.ok(!String(signedOut.headers.location).includes(customer.code));
    const { Client } = await import("pg");
    const owner = new Client({ connectionString: app.ownerUrl });
    await owner.connect();
    const { rows } = await owner.query<{ text: string }>("select form_values::text as text from parked_form");
    await owner.end();
    assert.ok(rows.some(({ text }) => text.includes(REASON)));
    assert.ok(!rows.some(({ text }) => text.includes(customer.code)));
  });

  it("helps one at a time", async () => {
    const [first, second] = [await resident(), await resident()];
    const staff = await helping(first);
    await send(app, staff, HELP, { code: second.code, reason: REASON });
    const [act] = await auditAbout(app, second.id);
    assert.equal(act?.behalf, second.id);
  });
});

describe("nobody else", () => {
  it("helps: another city's advisor, other roles, a part of the city, residents", async () => {
    const customer = await resident();
    const others = [
      await somebody(app, { city: "espoo", roles: [{ role: "advisor" }] }),
      await advisor([{ role: "registrar" }]),
      await advisor([{ role: "advisor", scope: "kirjastot" }]),
      customer,
    ];
    for (const who of others) {
      for (const url of [HELP, GUARDIANS]) {
        assert.equal((await get(app, who, url)).statusCode, 403);
        assert.equal((await send(app, who, url, { code: customer.code, reason: REASON })).statusCode, 403);
      }
      assert.equal((await send(app, who, `${HELP}/lopeta`)).statusCode, 403);
    }
    assert.deepEqual(await auditAbout(app, customer.id), []);
  });

  it("is answered by the database itself when they are no advisor of that city", async () => {
    const customer = await resident();
    const staff = await advisor();
    const fingerprints = app.signIn.sealer.fingerprints(customer.code, "strong");
    const asked = (person: string, city: "oulu" | "espoo") =>
      withPerson(app.db, person, (tx) => selectOptionalCustomer(tx, "strong", fingerprints), city);
    assert.equal(await asked(staff.id, "oulu"), customer.id);
    assert.equal(await asked(staff.id, "espoo"), null);
    assert.equal(await asked(customer.id, "oulu"), null);
  });
});

describe("a child's guardian", () => {
  const childFields = (code: string, more: Record<string, string> = {}) => ({
    ...{ given: "Lapsi", family: "Virtanen", code, reason: PAPERS },
    ...more,
  });

  it("is recorded on the papers, until the day before the child is 18, for everything but voting", async () => {
    const guardian = await resident();
    const staff = await helping(guardian);
    const answer = await send(app, staff, GUARDIANS, childFields(childCode()));
    assert.equal(answer.headers.location, `${GUARDIANS}?done=guardianRecorded`, answer.body);
    const [choice] = await withPerson(app.db, guardian.id, (tx) => mandateChoices(tx, guardian.id, app.clock.now()));
    assert.equal(choice?.name, "Lapsi Virtanen");
    assert.equal(choice.kind, "guardian");
    assert.equal(choice.validUntil.toString(), `${today().year + 6}-06-14`);
    assert.ok(!choice.matters.includes("participation") && choice.matters.includes("vouchers"));
    assert.equal((await mailsTo(app, guardian.mail, "oulu"))[0]?.subject, "Huoltaja voi asioida lapsen puolesta");
    const last = (await auditAbout(app, guardian.id)).at(-1);
    assert.deepEqual([last?.action, last?.reason, last?.behalf], ["recordGuardian", PAPERS, guardian.id]);
    assert.match((await get(app, staff, GUARDIANS)).body, new RegExp(`14\\.6\\.${today().year + 6}`));
  });

  it("of a child who is known here is told to the child, who does not dismiss them", async () => {
    const guardian = await resident();
    const [code, mail] = [childCode(), "lapsi@example.fi"];
    const child = await somebody(app, { given: "Lapsi", family: "Virtanen", mail });
    await knowBy(app, child, "strong", code);
    const staff = await helping(guardian);
    await send(app, staff, GUARDIANS, childFields(code, { given: "Toinen" }));
    assert.match((await mailsTo(app, mail, "oulu"))[0]?.body ?? "", /Maija Virtanen/);
    const [mandate] = await withPerson(app.db, child.id, selectMandates);
    assert.equal(mandate?.giverName, "Lapsi Virtanen", "whom a paper names otherwise keeps their name");
    assert.equal((await send(app, child, `/fi/me/valtuutukset/${mandate.id}/lopeta`)).statusCode, 403);
  });

  it("is recorded once, also by two advisors at once; two guardians are two", async () => {
    const [guardian, other] = [await resident(), await resident()];
    const code = childCode();
    const desks = [await helping(guardian), await helping(guardian)];
    const answers = await Promise.all(desks.map((staff) => send(app, staff, GUARDIANS, childFields(code))));
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b),
      [303, 422],
    );
    assert.ok(answers.some(({ body }) => body.includes("on jo kirjattu tämän lapsen huoltajaksi")));
    assert.equal((await send(app, await helping(other), GUARDIANS, childFields(code))).statusCode, 303);
  });

  it("of a child without a code is recorded until a day that is given", async () => {
    const guardian = await resident();
    const staff = await helping(guardian);
    const far = writeDay(today().add({ years: 18, days: 1 }));
    for (const until of ["", "joskus", far, writeDay(today().subtract({ days: 1 }))])
      assert.equal((await send(app, staff, GUARDIANS, childFields("", { until }))).statusCode, 422, until);
    const answer = await send(app, staff, GUARDIANS, childFields("", { until: writeDay(today().add({ years: 10 })) }));
    assert.equal(answer.statusCode, 303);
  });

  it("is neither of somebody of age, nor of themself, nor known by an address alone", async () => {
    const guardian = await resident();
    const staff = await helping(guardian);
    const grown = await send(app, staff, GUARDIANS, childFields(adultCode()));
    assert.match(grown.body, /täysi-ikäinen/);
    const byMail = await somebody(app, { kind: "mail", mail: "vain@example.fi" });
    await knowBy(app, byMail, "mail", "vain@example.fi");
    await send(app, staff, HELP, { mail: "vain@example.fi", reason: REASON });
    assert.match((await send(app, staff, GUARDIANS, childFields(childCode()))).body, /ei ole tunnistautunut/);
    const child = await somebody(app, {});
    const own = childCode();
    await knowBy(app, child, "strong", own);
    await send(app, staff, HELP, { code: own, reason: REASON });
    const ofThemself = await send(app, staff, GUARDIANS, childFields(own));
    assert.match(ofThemself.body, /Tämä on asiakkaan oma/);
    assert.ok(!ofThemself.body.includes(own));
  });

  it("needs somebody at the desk", async () => {
    const staff = await advisor();
    assert.match((await get(app, staff, GUARDIANS)).body, /Aloita ensin huoltajan auttaminen/);
    assert.equal((await send(app, staff, GUARDIANS, childFields(childCode()))).statusCode, 409);
  });

  it("is ended by the city with a reason, at once and only for whom is helped", async () => {
    const guardian = await resident();
    const staff = await helping(guardian);
    await send(app, staff, GUARDIANS, childFields(childCode()));
    const [mandate] = await withPerson(app.db, guardian.id, selectMandates);
    const end = `${GUARDIANS}/${mandate?.id}/lopeta`;
    const again = await anotherSession(app, guardian.id);
    await send(app, again, `/fi/me/valtuutukset/${mandate?.id}/asioi`);
    assert.match((await get(app, again, "/fi/me")).body, /Toimit toisen nimissä: Lapsi Virtanen/);

    const stranger = await helping(await resident());
    assert.equal((await send(app, stranger, end, { reason: REASON })).statusCode, 404);
    assert.equal((await get(app, await advisor(), end)).statusCode, 404);
    assert.equal((await send(app, staff, end, { reason: "" })).statusCode, 422);
    assert.equal((await send(app, staff, end, { reason: REASON })).headers.location, `${GUARDIANS}?done=guardianEnded`);
    assert.ok(!(await get(app, again, "/fi/me")).body.includes("Toimit toisen nimissä"));
    assert.equal((await mailsTo(app, guardian.mail, "oulu"))[0]?.subject, "Huoltajan oikeus asioida on päättynyt");
    assert.equal((await send(app, staff, end, { reason: REASON })).statusCode, 404);
  });
});
