import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { CityCode } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { testApp } from "#test/app.ts";
import { somebody } from "#test/people.ts";
import { changesAbout, get, granted, post, rolesOf, type Sender, signInAsStaff } from "#test/staff.ts";
import { MOST_INVITATIONS } from "./invitations.ts";
import { insertInvitation, sweepStaffInvitations } from "./queries.ts";
import { mailsTo } from "#test/mail.ts";

const app = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
const administratorOf = (city: CityCode) =>
  somebody(app, { city, roles: [{ role: "administrator" }], given: "Aino", family: "Laine", mail: `aino@${city}.fi` });
const administrator = await administratorOf("helsinki");
const DESK = "/fi/helsinki/desk";
const STAFF = `${DESK}/henkilosto`;

const invite = (mail: string, values: Record<string, string> = {}, sender: Sender = administrator) =>
  post(app, `${STAFF}/kutsu`, sender, { mail, role: "registrar", scope: "", language: "fi", ...values });

const openInvitations = (city: CityCode) =>
  withTx(app.db, city, (tx) =>
    tx.selectFrom("staff_invitation").select(["id", "address"]).where("city", "=", city).execute(),
  );
const invitationsOf = async (address: string) =>
  (await openInvitations("helsinki")).filter((one) => one.address === address);
const deskOf = async (headers: { cookie: string }) => (await get(app, DESK, { headers })).statusCode;

describe("an invitation", () => {
  it("is mailed with where to sign in, and its role is theirs when they do, whatever the capitals", async () => {
    const answer = await invite("Eino.Virkkunen@hel.fi", { language: "sv", role: "advisor", scope: "kirjastot" });
    assert.equal(answer.headers.location, `${STAFF}?done=invited`);
    assert.match((await get(app, STAFF, administrator)).body, /eino\.virkkunen@hel\.fi[\s\S]*palveluneuvoja \(kirja/);
    const [mail] = await mailsTo(app, "Eino.Virkkunen@hel.fi", "helsinki");
    assert.match(mail?.body ?? "", /Aino Laine har bjudit in dig till en roll i Helsingfors: servicerådgivare/);
    assert.match(mail?.body ?? "", /https:\/\/avoin\.example\.fi\/sv\/logga-in\?return=%2Fsv%2Fhelsinki%2Fdesk\n/);
    assert.match(mail?.body ?? "", /aino@helsinki\.fi/);

    const headers = await signInAsStaff(app, "helsinki", { subject: "eino", mail: "eino.virkkunen@HEL.fi" });
    assert.equal(await deskOf(headers), 200);
    assert.match((await get(app, "/fi/me", { headers })).body, /palveluneuvoja, Helsinki: kirjastot/);
    assert.deepEqual(await invitationsOf("eino.virkkunen@hel.fi"), []);
    const [news] = await mailsTo(app, "eino.virkkunen@hel.fi", "helsinki");
    assert.match(news?.body ?? "", /Sinulle on annettu tehtävä Helsingissä: palveluneuvoja \(kirjastot\)\./);
    assert.match(news?.body ?? "", /Muutoksen teki Aino Laine/);

    const { body } = await get(app, STAFF, administrator);
    assert.match(body, /Eino Virkkunen[\s\S]*\(annettu täällä\)/);
    const person = /henkilosto\/([0-9a-f-]{36})">Eino Virkkunen/.exec(body)?.[1] ?? "";
    assert.deepEqual(await changesAbout(app, "helsinki", person), ["takeInvitation advisor/kirjastot"]);
  });

  it("gives a role beside those of the directory, which stays when the directory says otherwise later", async () => {
    await invite("both@hel.fi", { role: "planner" });
    const before = await signInAsStaff(app, "helsinki", { subject: "both", mail: "both@hel.fi", groups: ["clerks"] });
    assert.equal((await get(app, `${DESK}/lukematta`, { headers: before })).statusCode, 200);
    const later = await signInAsStaff(app, "helsinki", { subject: "both", mail: "both@hel.fi" });
    assert.equal((await get(app, `${DESK}/lukematta`, { headers: later })).statusCode, 403);
    assert.equal(await deskOf(later), 200);
  });

  it("is for that address, by that city's directory", async () => {
    await invite("meant@hel.fi");
    for (const [city, who] of [
      ["espoo", { subject: "meant", mail: "meant@hel.fi" }],
      ["helsinki", { subject: "other", mail: "other@hel.fi" }],
      ["helsinki", { subject: "nobody" }],
    ] as const)
      assert.equal(await deskOf(await signInAsStaff(app, city, who)), 403, who.subject);
    assert.equal((await invitationsOf("meant@hel.fi")).length, 1);
  });

  it("given twice, also at once, is one and is mailed once", async () => {
    const answers = await Promise.all([invite("once@hel.fi"), invite("once@hel.fi"), invite("ONCE@hel.fi")]);
    const outcomes = answers.map(({ headers }) => String(headers.location).split("=")[1] ?? "");
    assert.deepEqual(
      outcomes.toSorted((a, b) => a.localeCompare(b)),
      ["invitationWaits", "invitationWaits", "invited"],
    );
    assert.equal((await invitationsOf("once@hel.fi")).length, 1);
    const mails = await Promise.all(["once@hel.fi", "ONCE@hel.fi"].map((to) => mailsTo(app, to, "helsinki")));
    assert.equal(mails.flat().length, 1);
  });

  it("is taken once by two sign-ins at once", async () => {
    await invite("race@hel.fi");
    const who = { subject: "race", mail: "race@hel.fi" };
    const sessions = await Promise.all([1, 2].map(() => signInAsStaff(app, "helsinki", who)));
    for (const headers of sessions) assert.equal(await deskOf(headers), 200);
    assert.equal((await mailsTo(app, "race@hel.fi", "helsinki")).length, 2, "the invitation, and the news of it");
  });

  it("can be withdrawn, once, which is told by mail, and gives nothing then", async () => {
    await invite("gone@hel.fi");
    const [invitation] = await invitationsOf("gone@hel.fi");
    const withdraw = () => post(app, `${STAFF}/kutsut/${invitation?.id}/peru`, administrator);
    assert.equal((await withdraw()).headers.location, `${STAFF}?done=withdrawn`);
    assert.equal((await withdraw()).headers.location, `${STAFF}?done=invitationGone`);
    assert.match((await mailsTo(app, "gone@hel.fi", "helsinki"))[0]?.subject ?? "", /peruttu/);
    assert.equal(await deskOf(await signInAsStaff(app, "helsinki", { subject: "gone", mail: "gone@hel.fi" })), 403);
  });

  it("of another city can't be withdrawn by its id", async () => {
    const values = { mail: "x@espoo.fi", role: "planner", language: "fi" };
    await post(app, "/fi/espoo/desk/henkilosto/kutsu", await administratorOf("espoo"), values);
    const [invitation] = await openInvitations("espoo");
    assert.ok(invitation);
    await post(app, `${STAFF}/kutsut/${invitation.id}/peru`, administrator);
    assert.equal((await openInvitations("espoo")).length, 1);
  });

  it("is refused with what to do about each mistake, and nothing of it stands in an address", async () => {
    const wrong = await invite("eino@hel.fi\nBcc: x@y.fi", { role: "", language: "de", scope: "\u202e" });
    assert.equal(wrong.statusCode, 422);
    for (const field of ["mail", "role", "scope", "language"]) assert.match(wrong.body, new RegExp(`href="#${field}"`));
    for (const mail of ["", "eino", `${"x".repeat(10_000)}@hel.fi`, "<script>@hel.fi"])
      assert.equal((await invite(mail)).statusCode, 422, mail.slice(0, 20));
    const colleague = await granted(app, "helsinki", [{ role: "planner" }], { mail: "Colleague@hel.fi" });
    assert.match((await invite("colleague@HEL.fi")).body, /on jo työntekijä/);
    assert.deepEqual(await rolesOf(app, "helsinki", colleague.id), ["planner"]);
    assert.doesNotMatch(String((await invite("new@hel.fi")).headers.location), /@|%40|new/);
  });

  it("is refused when too many wait", async () => {
    const boss = await administratorOf("oulu");
    const now = app.clock.now();
    const expiresAt = new Date(now.add({ hours: 1 }).epochMilliseconds);
    const common = { role: "planner", scope: null, language: "fi", expiresAt, invitedBy: boss.id } as const;
    await withTx(app.db, "oulu", async (tx) => {
      for (let n = 0; n < MOST_INVITATIONS; n++)
        await insertInvitation(tx, "oulu", { id: newId(now), address: `${n}@ouka.fi`, ...common }, now);
    });
    const values = { mail: "x@ouka.fi", role: "planner", language: "fi" };
    const refused = await post(app, "/fi/oulu/desk/henkilosto/kutsu", boss, values);
    assert.match(refused.body, /Avoimia kutsuja on jo 200/);
  });

  // Last: the clock goes on for every test after this.
  it("runs out after fourteen days, and can then be given anew; what has run out is swept away", async () => {
    await invite("late@hel.fi");
    app.clock.forward({ hours: 24 * 14 - 1 });
    const boss = { headers: await signInAsStaff(app, "helsinki", { subject: "boss", groups: ["admins"] }) };
    await invite("swept@hel.fi", {}, boss);
    assert.match((await get(app, STAFF, boss)).body, /late@hel\.fi/, "an hour before its end");

    app.clock.forward({ hours: 2 });
    assert.equal(await deskOf(await signInAsStaff(app, "helsinki", { subject: "late", mail: "late@hel.fi" })), 403);
    assert.doesNotMatch((await get(app, STAFF, boss)).body, /late@hel\.fi/);
    assert.equal((await invite("late@hel.fi", {}, boss)).headers.location, `${STAFF}?done=invited`);

    app.clock.forward({ hours: 24 * 14 - 1 });
    await sweepStaffInvitations(app.db, app.clock.now());
    assert.deepEqual(await invitationsOf("swept@hel.fi"), []);
    assert.equal((await invitationsOf("late@hel.fi")).length, 1);
  });
});
