import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { withPerson, withTx } from "#core/db.ts";
import { selectWaitingMail } from "#core/mail.ts";
import { testApp } from "#test/app.ts";
import { somebody, type Somebody } from "#test/people.ts";
import { enterByMail, linksTo, locationOf, openVisit, SESSION_COOKIE, type Visit, whoIs } from "#test/visit.ts";
import { ME, SIGN_IN } from "../paths.ts";
import type { SessionKind } from "../sessions/session.ts";
import { hasStrongIdentity, replaceIdentity, selectOptionalPersonId } from "../sign-in/queries.ts";
import { CONTACT_MAIL, PROFILE } from "./paths.ts";
import { type Profile, selectProfile } from "./queries.ts";

const app = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
const { db, clock } = app;
let networks = 0;

interface Known {
  id: string;
  visit: Visit;
}

/** Somebody in a browser of their own; `known`: the identity by which they are. */
async function visitor(who: Somebody = {}, known?: SessionKind): Promise<Known> {
  const { id, headers } = await somebody(app, who);
  if (known) {
    const identity = { kind: known, person: id, fingerprints: [`test ${id}`], sealed: null };
    await withPerson(db, id, (tx) => replaceIdentity(tx, identity, clock.now()));
  }
  const visit = openVisit(app, `198.51.100.${networks++}`);
  visit.setCookie(SESSION_COOKIE, headers.cookie.split("=")[1] ?? "");
  return { id, visit };
}

const profileOf = (id: string): Promise<Profile> => withPerson(db, id, (tx) => selectProfile(tx, id));
const mailTo = async (address: string) => {
  const mails = await withTx(db, "joint", (tx) => selectWaitingMail(tx, "joint", 1000));
  return mails.filter(({ recipient }) => recipient === address);
};
const auditOf = (id: string) =>
  withPerson(db, id, (tx) =>
    tx.selectFrom("audit").select(["action", "subject_kind"]).where("about", "=", id).execute(),
  );

describe("the profile", () => {
  it("of who signed in by mail takes a name, a number and a language, and goes on in that language", async () => {
    const { id, visit } = await visitor({ kind: "mail", given: "", family: "", mail: "uusi@example.fi" });
    const form = { given: "  Aino ", family: "Mäki\u200b", language: "sv", phone: "040 123 4567" };
    const answer = await visit.post(PROFILE.href("fi"), form);
    assert.equal(locationOf(answer), `${PROFILE.href("sv")}?done=saved`);
    assert.match((await visit.get(locationOf(answer))).body, /Uppgifterna har sparats/);
    const { given, family, language, phone } = await profileOf(id);
    assert.deepEqual([given, family, language, phone], ["Aino", "Mäki", "sv", "0401234567"]);
    assert.deepEqual(await auditOf(id), [{ action: "change", subject_kind: "person" }]);
  });

  it("of who has identified themself keeps the name of the register, and says where it is corrected", async () => {
    const { id, visit } = await visitor({ given: "Aino", family: "Laine" }, "strong");
    assert.match((await visit.get(PROFILE.href("fi"))).body, /Digi- ja väestötietovirastolta/);
    await visit.post(PROFILE.href("fi"), { given: "Muu", family: "Nimi", language: "fi", phone: "" });
    const { given, family } = await profileOf(id);
    assert.deepEqual([given, family], ["Aino", "Laine"]);
  });

  it("is asked for again with what was typed when something is wrong, and nothing is kept", async () => {
    const { id, visit } = await visitor({ kind: "mail", given: "Aino", family: "" });
    for (const [field, value] of [
      ["given", "x".repeat(10_000)],
      ["family", "\u202e\u202e"],
      ["phone", "kotona"],
      ["language", "ru"],
    ] as const) {
      const form = { given: "Muu", family: "Nimi", language: "fi", phone: "0401234567", [field]: value };
      const answer = await visit.post(PROFILE.href("fi"), form);
      assert.equal(answer.statusCode, 422, field);
      assert.match(answer.body, new RegExp(`href="#${field}"`), field);
      assert.match(answer.body, field === "given" ? /value="Nimi"/ : /value="Muu"/, field);
    }
    assert.equal((await profileOf(id)).given, "Aino");
  });

  it("takes names of every script, and shows mark-up as text", async () => {
    const { visit } = await visitor({ kind: "mail" });
    await visit.post(PROFILE.href("fi"), { given: "<b>李</b>", family: "ကျော်", language: "fi", phone: "" });
    const { body } = await visit.get(PROFILE.href("fi"));
    assert.match(body, /value="&lt;b>李&lt;\/b>"/);
    assert.match(body, /ကျော်/);
  });

  it("is nobody's who has not signed in, and keeps what they had typed", async () => {
    const visit = openVisit(app);
    const answer = await visit.post(PROFILE.href("fi"), { given: "Aino", language: "fi" });
    assert.match(locationOf(answer), new RegExp(`^${SIGN_IN.href("fi")}\\?return=.*parked`));
    assert.doesNotMatch(locationOf(answer), /Aino/);
  });

  it("is kept for who has to sign in, of so many from one network that nobody fills the database by it", async () => {
    const send = (network: string) => openVisit(app, network).post(PROFILE.href("fi"), { phone: "0401234567" });
    for (let n = 0; n < 120; n++) assert.equal((await send("203.0.113.77")).statusCode, 303);
    assert.equal((await send("203.0.113.77")).statusCode, 429);
    assert.equal((await send("203.0.113.78")).statusCode, 303);
    app.clock.forward({ minutes: 61 });
    assert.equal((await send("203.0.113.77")).statusCode, 303);
  });

  it("is not changed from another site", async () => {
    const { id, visit } = await visitor({ kind: "mail", given: "Aino" });
    const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    assert.equal((await visit.post(PROFILE.href("fi"), { given: "Muu", language: "fi" }, headers)).statusCode, 403);
    assert.equal((await profileOf(id)).given, "Aino");
  });
});

/** Asks for the link to an address, and gives its path. */
async function linkFor(visit: Visit, mail: string): Promise<string> {
  assert.equal(locationOf(await visit.post(CONTACT_MAIL.href("fi"), { mail })), `${PROFILE.href("fi")}?done=linkSent`);
  const [link] = await linksTo(app, mail);
  return link ?? assert.fail("no mail came");
}
const CONFIRMED = `${PROFILE.href("fi")}?done=mailConfirmed`;

describe("another address", () => {
  it("becomes mine when I open the link that was sent to it; the old one is told and signs in no more", async () => {
    const visit = openVisit(app, `198.51.100.${networks++}`);
    await enterByMail(app, visit, "vanha@example.fi");
    const before = await whoIs(app, visit);
    const link = await linkFor(visit, "Uusi.Osoite@example.fi");
    assert.equal((await profileOf(before?.person ?? "")).mail, "vanha@example.fi");
    assert.match((await visit.get(link)).body, /Uusi\.Osoite@example\.fi/);
    assert.equal(locationOf(await visit.post(link)), CONFIRMED);
    const [told] = await mailTo("vanha@example.fi");
    assert.match(told?.subject ?? "", /on vaihdettu/);
    assert.doesNotMatch(told?.body ?? "", /uusi/i);

    const [again, other] = [openVisit(app, "198.51.100.250"), openVisit(app, "198.51.100.251")];
    await enterByMail(app, again, "Uusi.Osoite@example.fi");
    assert.equal((await whoIs(app, again))?.person, before?.person);
    await enterByMail(app, other, "vanha@example.fi");
    assert.notEqual((await whoIs(app, other))?.person, before?.person);
  });

  it("is confirmed once, also when the button is pressed twice at once", async () => {
    const { visit } = await visitor({ kind: "mail" });
    const link = await linkFor(visit, "kerran@example.fi");
    const answers = await Promise.all([visit.post(link), visit.post(link), visit.post(link)]);
    assert.deepEqual(answers.map(locationOf).toSorted(), [CONFIRMED, link, link].toSorted());
    assert.match((await visit.get(link)).body, /Linkki ei enää toimi/);
  });

  it("is not confirmed after fifteen minutes, in another browser, or by another person", async () => {
    const { id, visit } = await visitor({ kind: "mail" });
    const other = await visitor({ kind: "mail" });
    const link = await linkFor(visit, "vain.minun@example.fi");
    await linkFor(other.visit, "toisen@example.fi");
    assert.equal(locationOf(await other.visit.post(link)), link);
    const mine = visit.cookie(SESSION_COOKIE) ?? "";
    visit.setCookie(SESSION_COOKIE, other.visit.cookie(SESSION_COOKIE) ?? "");
    assert.equal(locationOf(await visit.post(link)), link);
    visit.setCookie(SESSION_COOKIE, mine);
    clock.forward({ minutes: 15 });
    assert.equal(locationOf(await visit.post(link)), link);
    assert.equal((await profileOf(id)).mail, null);
    assert.equal((await profileOf(other.id)).mail, null);
  });

  it("that is somebody else's is not taken, and only its mailbox hears that", async () => {
    const owner = openVisit(app, `198.51.100.${networks++}`);
    await enterByMail(app, owner, "varattu@example.fi");
    const { id, visit } = await visitor({ kind: "mail" });
    const taken = await visit.post(CONTACT_MAIL.href("fi"), { mail: "Varattu@example.fi" });
    const free = await visit.post(CONTACT_MAIL.href("fi"), { mail: "vapaa@example.fi" });
    assert.deepEqual([taken.statusCode, locationOf(taken)], [free.statusCode, locationOf(free)]);
    const [mail] = await mailTo("Varattu@example.fi");
    assert.match(mail?.body ?? "", /se on siellä jo käytössä/);
    assert.doesNotMatch(mail?.body ?? "", /https:/);
    assert.equal((await profileOf(id)).mail, null);
  });

  it("that two ask for at once becomes one's, and the other's link does not hold", async () => {
    const [a, b] = [await visitor({ kind: "mail" }), await visitor({ kind: "mail" })];
    const first = await linkFor(a.visit, "kilpailu@example.fi");
    const second = await linkFor(b.visit, "kilpailu@example.fi");
    const answers = await Promise.all([a.visit.post(first), b.visit.post(second)]);
    assert.equal(answers.filter((answer) => locationOf(answer) === CONFIRMED).length, 1);
    const mails = [(await profileOf(a.id)).mail, (await profileOf(b.id)).mail];
    assert.deepEqual(new Set(mails), new Set(["kilpailu@example.fi", null]));
  });

  it("needs identification again of who has once identified themself: a mailbox is not enough", async () => {
    const { id, visit } = await visitor({ kind: "mail", mail: "aino@example.fi" }, "strong");
    assert.equal(await withPerson(db, id, (tx) => hasStrongIdentity(tx, id)), true);
    const answer = await visit.post(CONTACT_MAIL.href("fi"), { mail: "varas@example.fi" });
    assert.match(locationOf(answer), /needs=strong/);
    assert.deepEqual(await mailTo("varas@example.fi"), []);
  });

  it("is not for staff, whose address is the employer's", async () => {
    const { visit } = await visitor({ roles: [{ role: "advisor" }] }, "staff");
    assert.match((await visit.get(PROFILE.href("fi"))).body, /kaupunkisi hakemistosta/);
    assert.equal((await visit.post(CONTACT_MAIL.href("fi"), { mail: "oma@example.fi" })).statusCode, 409);
  });

  it("is asked for again when it can't be written to, and is sent to five times an hour at most", async () => {
    const { visit } = await visitor({ kind: "mail" });
    for (const mail of ["", "aino", "a@b.fi\nBcc: c@d.fi"])
      assert.equal((await visit.post(CONTACT_MAIL.href("fi"), { mail })).statusCode, 422, mail);
    const statuses: number[] = [];
    for (let n = 0; n < 6; n++)
      statuses.push((await visit.post(CONTACT_MAIL.href("fi"), { mail: "usein@example.fi" })).statusCode);
    assert.deepEqual(statuses, [303, 303, 303, 303, 303, 429]);
  });

  it("does not sign in by the link that confirms it, nor is it confirmed by a link that signs in", async () => {
    const { visit } = await visitor({ kind: "mail" });
    const link = await linkFor(visit, "sekaisin@example.fi");
    const token = link.split("/").at(-1) ?? "";
    const answer = await visit.post(`/fi/kirjaudu/linkki/${token}`);
    assert.notEqual(locationOf(answer), ME.href("fi"));
    const fingerprints = app.signIn.sealer.fingerprints("sekaisin@example.fi", "mail");
    assert.equal(await db.transaction().execute((tx) => selectOptionalPersonId(tx, "mail", fingerprints)), null);
  });
});
