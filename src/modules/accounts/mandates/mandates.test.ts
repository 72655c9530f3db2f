import assert from "node:assert/strict";
import { randomUUID } from "node:crypto";
import { after, before, describe, it } from "node:test";
import { dayInFinland } from "#core/clock.ts";
import { withPerson } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { newSecret } from "#core/secrets.ts";
import { testApp, type TestApp } from "#test/app.ts";
import { auditAbout, get, isActing, newAddress, offer, offerFields, personWithMail, send } from "#test/mandates.ts";
import { anotherSession, type Somebody, type TestPerson } from "#test/people.ts";
import { ACTING } from "../organisations/paths.ts";
import { updateActing } from "../sessions/acting.queries.ts";
import { insertSession } from "../sessions/queries.ts";
import { LIFETIMES } from "../sessions/session.ts";
import { mandateChoices } from "./act.ts";
import { writeDay } from "./day-field.ts";
import { selectMandates } from "./queries.ts";
import { linkIn, mailsTo } from "#test/mail.ts";

let app: TestApp;
const closing: (() => Promise<void>)[] = [];
before(async () => {
  app = await testApp({ after: (done) => closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
});
after(async () => {
  for (const close of closing) await close();
});

const LIST = "/fi/me/valtuutukset";
const GIVE = `${LIST}/anna`;
const today = () => dayInFinland(app.clock.now());
const inYears = (years: number) => writeDay(today().add({ years }));
const person = (given: string, more: Somebody = {}) => personWithMail(app, given, more);

/** A mandate that has been given and taken; answers with its id. */
async function mandate(giver: TestPerson, taker: TestPerson, more: Record<string, string> = {}): Promise<string> {
  const link = await offer(app, giver, newAddress(), more);
  const answer = await send(app, taker, link);
  assert.equal(answer.headers.location, `${LIST}?done=taken`);
  const [newest] = await mandatesOf(taker);
  assert.ok(newest);
  return newest.id;
}

const mandatesOf = (who: TestPerson) => withPerson(app.db, who.id, selectMandates);

describe("a mandate between two people", () => {
  it("is offered, taken, used and revoked, and both hear of each step", async () => {
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const link = await offer(app, maija, veli.mail);
    assert.match((await get(app, maija, LIST)).body, /Odottaa vastausta/);
    assert.equal((await mailsTo(app, maija.mail))[0]?.subject, "Tarjosit valtuutusta");

    const page = await get(app, veli, link);
    assert.match(page.body, /Maija Virtanen pyytää/);
    assert.match(page.body, /Palvelut ja hakemukset, päätökset ja muutoksenhaku/);
    assert.equal((await send(app, veli, link)).headers.location, `${LIST}?done=taken`);
    for (const { mail } of [maija, veli])
      assert.equal((await mailsTo(app, mail))[0]?.subject, "Valtuutus on otettu vastaan");

    const [taken] = await mandatesOf(veli);
    assert.ok(taken);
    assert.equal((await send(app, veli, `${LIST}/${taken.id}/asioi`)).headers.location, `${LIST}?done=acting`);
    assert.ok(await isActing(app, veli, "Maija Virtanen"));

    assert.equal((await send(app, maija, `${LIST}/${taken.id}/lopeta`)).headers.location, `${LIST}?done=ended`);
    assert.ok(!(await isActing(app, veli, "Maija Virtanen")), "it holds no longer at the very next request");
    for (const { mail } of [maija, veli]) assert.equal((await mailsTo(app, mail))[0]?.subject, "Valtuutus on peruttu");
  });

  it("is recorded with both names, for both to see", async () => {
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const id = await mandate(maija, veli);
    await send(app, veli, `${LIST}/${id}/asioi`);
    await send(app, veli, `${LIST}/lopeta-asiointi`);
    const about = await auditAbout(app, maija.id);
    const acts = about.map(({ action, person, behalf }) => [action, person === veli.id, behalf === maija.id]);
    assert.deepEqual(acts.slice(-3), [
      ["take", true, false],
      ["act", true, true],
      ["stopActing", true, true],
    ]);
    await send(app, maija, `${LIST}/${id}/lopeta`);
    assert.deepEqual(
      (await auditAbout(app, veli.id)).map(({ action }) => action),
      ["revoke"],
    );
  });

  it("is declined, and stays declined", async () => {
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const link = await offer(app, maija, veli.mail);
    assert.equal((await send(app, veli, `${link}/hylkaa`)).headers.location, `${LIST}?done=declined`);
    assert.equal((await send(app, veli, link)).headers.location, link);
    assert.match((await get(app, veli, link)).body, /Linkki ei enää toimi/);
    assert.match((await get(app, maija, LIST)).body, /Ei otettu vastaan/);
    assert.equal((await mailsTo(app, maija.mail))[0]?.subject, "Valtuutusta ei otettu vastaan");
  });

  it("is laid down by the taker", async () => {
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const id = await mandate(maija, veli);
    assert.match((await get(app, veli, `${LIST}/${id}/lopeta`)).body, /Luovu valtuutuksesta/);
    await send(app, veli, `${LIST}/${id}/lopeta`);
    assert.equal((await mailsTo(app, maija.mail))[0]?.subject, "Valtuutuksesta on luovuttu");
    assert.equal((await send(app, veli, `${LIST}/${id}/asioi`)).statusCode, 409);
  });

  it("is used by nobody who came by a mail link alone, by whatever page, until they identify themselves", async () => {
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const id = await mandate(maija, veli);
    const [session, token] = [newId(app.clock.now()), newSecret()];
    const origin = {
      provider: "mail",
      kind: "mail",
      providerSession: null,
      providerSubject: null,
      staffCity: null,
    } as const;
    const { idle, whole } = LIFETIMES.mail;
    const row = { id: session, secret: token, person: veli.id, device: "", idle, endsAt: app.clock.now().add(whole) };
    await withPerson(app.db, veli.id, (tx) => insertSession(tx, { ...row, ...origin }, app.clock.now()));
    const byMail = { id: veli.id, session, headers: { cookie: `__Host-avoin-session=${token}` } };

    const chosen = await send(app, byMail, ACTING.href("fi"), { as: `mandate:${id}` });
    assert.match(chosen.headers.location ?? "", /needs=strong/);
    assert.match((await send(app, byMail, `${LIST}/${id}/asioi`)).headers.location ?? "", /needs=strong/);
    assert.ok(!(await isActing(app, byMail, "Maija Virtanen")));
    // Whatever the row says, it does not hold.
    await withPerson(app.db, veli.id, (tx) => updateActing(tx, veli.id, session, { organisation: null, mandate: id }));
    assert.ok(!(await isActing(app, byMail, "Maija Virtanen")));
    assert.equal((await send(app, veli, ACTING.href("fi"), { as: `mandate:${id}` })).statusCode, 303);
    assert.ok(await isActing(app, veli, "Maija Virtanen"));
  });

  it("speaks to each in their language", async () => {
    const maija = await person("Maija", { language: "sv" });
    const veli = await person("Veli", { language: "en" });
    await mandate(maija, veli);
    assert.equal((await mailsTo(app, maija.mail))[0]?.subject, "Fullmakten har tagits emot");
    assert.equal((await mailsTo(app, veli.mail))[0]?.subject, "The mandate has been accepted");
  });

  it("begins on its first day and runs out after its last, without a notice", async () => {
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const [from, until] = [today().add({ days: 1 }), today().add({ days: 2 })];
    const id = await mandate(maija, veli, { from: writeDay(from), until: writeDay(until) });
    const choices = () => withPerson(app.db, veli.id, (tx) => mandateChoices(tx, veli.id, app.clock.now()));
    assert.deepEqual(await choices(), []);
    assert.equal((await send(app, veli, `${LIST}/${id}/asioi`)).statusCode, 409);
    app.clock.forward({ hours: 24 });
    const again = await anotherSession(app, veli.id);
    assert.deepEqual(
      (await choices()).map(({ id, name }) => [id, name]),
      [[id, "Maija Virtanen"]],
    );
    await send(app, again, `${LIST}/${id}/asioi`);
    assert.ok(await isActing(app, again, "Maija Virtanen"));
    app.clock.forward({ hours: 48 });
    const mails = (await mailsTo(app, veli.mail)).length;
    assert.deepEqual(await choices(), []);
    assert.match((await get(app, await anotherSession(app, veli.id), LIST)).body, /Voimassaolo on päättynyt/);
    assert.equal((await mailsTo(app, veli.mail)).length, mails);
  });

  it("ends at midnight for a session that goes on", async () => {
    const evening = today().add({ days: 1 }).toZonedDateTime({ timeZone: "Europe/Helsinki", plainTime: "23:40" });
    app.clock.forward(app.clock.now().until(evening.toInstant()));
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const id = await mandate(maija, veli, { until: writeDay(today()) });
    await send(app, veli, `${LIST}/${id}/asioi`);
    assert.ok(await isActing(app, veli, "Maija Virtanen"));
    app.clock.forward({ minutes: 40 });
    const page = await get(app, veli, "/fi/me");
    assert.equal(page.statusCode, 200);
    assert.ok(!page.body.includes("Toimit toisen nimissä"));
  });
});

describe("an offer", () => {
  it("is taken once, however many try at once", async () => {
    const maija = await person("Maija");
    const takers = await Promise.all(["A", "B", "C"].map((name) => person(name)));
    const link = await offer(app, maija, newAddress());
    const answers = await Promise.all(takers.map((taker) => send(app, taker, link)));
    assert.equal(answers.filter(({ headers }) => headers.location === `${LIST}?done=taken`).length, 1);
    assert.equal((await mandatesOf(maija)).length, 1);
  });

  it("sent twice at once is offered once, and says so", async () => {
    const maija = await person("Maija");
    const mail = newAddress();
    const answers = await Promise.all([1, 2].map(() => send(app, maija, GIVE, offerFields(app, mail))));
    assert.deepEqual(
      answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b),
      [303, 422],
    );
    assert.equal((await mailsTo(app, mail)).length, 1);
    const again = await send(app, maija, GIVE, offerFields(app, mail.toUpperCase()));
    assert.match(again.body, /Olet jo tarjonnut valtuutusta tähän osoitteeseen/);
  });

  it("is not for the giver themself", async () => {
    const maija = await person("Maija");
    const own = await send(app, maija, GIVE, offerFields(app, maija.mail));
    assert.match(own.body, /Itseäsi et voi valtuuttaa/);
    const link = await offer(app, maija, newAddress());
    assert.match((await get(app, maija, link)).body, /Tämä on oma tarjouksesi/);
    assert.equal((await send(app, maija, link)).headers.location, link);
    assert.equal((await send(app, maija, `${link}/hylkaa`)).headers.location, link);
    assert.equal((await mandatesOf(maija))[0]?.isTaken, false);
  });

  it("can be revoked before anybody takes it", async () => {
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const link = await offer(app, maija, veli.mail);
    const [offered] = await mandatesOf(maija);
    await send(app, maija, `${LIST}/${offered?.id}/lopeta`);
    assert.equal((await mailsTo(app, veli.mail))[0]?.subject, "Valtuutus on peruttu");
    assert.equal((await send(app, veli, link)).headers.location, link);
    assert.deepEqual(await mandatesOf(veli), []);
  });

  it("has a link for two weeks; a new one works then, and the old one no more", async () => {
    const maija = await person("Maija");
    const mail = newAddress();
    const old = await offer(app, maija, mail);
    const [offered] = await mandatesOf(maija);
    app.clock.forward({ hours: 15 * 24 });
    const [giver, veli] = [await anotherSession(app, maija.id), await person("Veli")];
    assert.match((await get(app, veli, old)).body, /Linkki ei enää toimi/);
    const resend = `${LIST}/${offered?.id}/uusi-linkki`;
    assert.equal((await send(app, giver, resend)).headers.location, `${LIST}?done=resent`);
    const link = await linkIn(app, mail);
    assert.notEqual(link, old);
    assert.equal((await send(app, veli, link)).headers.location, `${LIST}?done=taken`);
    assert.equal((await send(app, giver, resend)).statusCode, 404);
  });

  it("does not flood a mailbox", async () => {
    const maija = await person("Maija");
    await offer(app, maija, newAddress());
    const [offered] = await mandatesOf(maija);
    const codes: number[] = [];
    for (let n = 0; n < 4; n++) codes.push((await send(app, maija, `${LIST}/${offered?.id}/uusi-linkki`)).statusCode);
    assert.deepEqual(codes, [303, 303, 303, 429]);
  });

  it("tells the stranger nothing in the giver's own words", async () => {
    const maija = await person("Maija");
    const mail = newAddress();
    await offer(app, maija, mail, { name: "Osta nyt halvalla" });
    assert.ok(!JSON.stringify(await mailsTo(app, mail)).includes("halvalla"));
  });
});

describe("the form", () => {
  it("keeps what was typed and says what to mend", async () => {
    const maija = await person("Maija");
    const answer = await send(app, maija, GIVE, {
      name: "Veli",
      mail: "ei osoite",
      from: "31.2.2027",
      until: "",
      matters: "magic",
    });
    assert.equal(answer.statusCode, 422);
    for (const text of ["Kirjoita sähköpostiosoite muodossa", "Valitse vähintään yksi asia", "Kirjoita päivä muodossa"])
      assert.ok(answer.body.includes(text), text);
    assert.ok(answer.body.includes('value="31.2.2027"'));
    assert.deepEqual(await mandatesOf(maija), []);
  });

  it("takes no day that is past, too far, or before the first", async () => {
    const maija = await person("Maija");
    const wrong: [Record<string, string>, RegExp][] = [
      [{ from: writeDay(today().subtract({ days: 1 })) }, /tämä päivä tai myöhempi/],
      [{ until: writeDay(today().add({ years: 5, days: 1 })) }, /enintään 5 vuoden päässä/],
      [{ from: inYears(2), until: inYears(1) }, /sama päivä kuin ensimmäinen tai myöhempi/],
      [{ until: writeDay(today().subtract({ days: 1 })) }, /sama päivä kuin ensimmäinen tai myöhempi/],
    ];
    for (const [fields, why] of wrong)
      assert.match((await send(app, maija, GIVE, offerFields(app, newAddress(), fields))).body, why);
    await offer(app, maija, newAddress(), { until: inYears(5) });
  });

  it("stands hostile, enormous and odd input", async () => {
    const maija = await person("Maija");
    const hostile = [
      "<script>alert(1)</script>",
      "\u202Etxt.exe",
      "x".repeat(10_000),
      "\u0000",
      "''; drop table mandate;--",
      "a\u0300".repeat(5000),
    ];
    for (const name of hostile) {
      const answer = await send(app, maija, GIVE, offerFields(app, "x@", { name }));
      assert.equal(answer.statusCode, 422);
      assert.ok(!answer.body.includes("<script>"));
    }
    assert.equal((await send(app, maija, GIVE, offerFields(app, "x@", { name: "x".repeat(30_000) }))).statusCode, 422);
    const answer = await send(app, maija, GIVE, offerFields(app, newAddress(), { name: "\u202EVeli\u0000 <b>" }));
    assert.equal(answer.statusCode, 303);
    assert.equal((await mandatesOf(maija))[0]?.takerName, "Veli <b>");
  });
});

describe("others", () => {
  it("neither see, end, send nor use a mandate that is not theirs", async () => {
    const [maija, veli, other] = [await person("Maija"), await person("Veli"), await person("Muu")];
    const id = await mandate(maija, veli);
    for (const path of [`${id}/asioi`, `${id}/lopeta`, `${id}/uusi-linkki`, `${randomUUID()}/lopeta`])
      assert.equal((await send(app, other, `${LIST}/${path}`)).statusCode, 404, path);
    for (const path of [`${id}/asioi`, `${id}/lopeta`])
      assert.equal((await get(app, other, `${LIST}/${path}`)).statusCode, 404);
    assert.ok(!(await get(app, other, LIST)).body.includes("Maija"));
    assert.equal(
      (await send(app, maija, `${LIST}/${id}/asioi`)).statusCode,
      403,
      "the giver does not act for themself",
    );
    assert.ok(
      await withPerson(
        app.db,
        veli.id,
        async (tx) => (await mandateChoices(tx, veli.id, app.clock.now())).length === 1,
      ),
    );
  });

  it("have to identify themselves strongly, and staff comes as a resident", async () => {
    const maija = await person("Maija");
    const link = await offer(app, maija, newAddress());
    const byMail = await person("Veli", { kind: "mail" });
    for (const url of [GIVE, link])
      assert.match(String((await get(app, byMail, url)).headers.location), /needs=strong/);
    const staff = await person("Neuvoja", { roles: [{ role: "advisor" }] });
    for (const url of [GIVE, link]) assert.equal((await get(app, staff, url)).statusCode, 403);
    assert.equal((await send(app, staff, link)).statusCode, 403);
  });

  it("are led to sign in, with what they typed kept", async () => {
    const answer = await app.server.inject({
      method: "POST",
      url: GIVE,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      payload: new URLSearchParams(offerFields(app, newAddress())).toString(),
    });
    assert.match(String(answer.headers.location), /^\/fi\/kirjaudu\?return=.*parked/);
  });

  it("cannot make themselves the taker of somebody's mandate, even with the application's own role", async () => {
    const [maija, veli] = [await person("Maija"), await person("Veli")];
    const id = newId(app.clock.now());
    const days = { valid_from: "2026-01-01", valid_until: "2030-01-01", created_at: app.clock.now().toString() };
    const stolen = {
      id,
      kind: "given",
      vouched_by: "giver",
      giver: maija.id,
      taker: veli.id,
      taken_at: days.created_at,
    };
    const insert = withPerson(app.db, veli.id, (tx) =>
      tx
        .insertInto("mandate")
        .values({ ...stolen, ...days, offered_to: "x", offered_language: "fi", matters: ["data"] })
        .execute(),
    );
    await assert.rejects(insert, /row-level security/);
  });
});

it("addresses of mandates that are over are forgotten", async () => {
  const maija = await person("Maija");
  await offer(app, maija, newAddress());
  const [offered] = await mandatesOf(maija);
  const address = () =>
    withPerson(app.db, maija.id, (tx) =>
      tx.selectFrom("mandate").select("offered_mail as mail").where("giver", "=", maija.id).executeTakeFirstOrThrow(),
    );
  await app.jobs["sweep-accounts"]?.({});
  assert.notEqual((await address()).mail, null);
  await send(app, maija, `${LIST}/${offered?.id}/lopeta`);
  app.clock.forward({ seconds: 1 });
  await app.jobs["sweep-accounts"]?.({});
  assert.equal((await address()).mail, null);
});
