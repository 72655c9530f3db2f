import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { testApp } from "#test/app.ts";
import { statementsOf } from "#test/statements.ts";
import { enterByMail, linksTo, locationOf, openVisit, SESSION_COOKIE, type Visit, whoIs } from "#test/visit.ts";
import { MAIL_LINK, MAIL_SENT, SIGN_IN, SIGN_IN_FAILED } from "../paths.ts";

const app = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
const FORM = SIGN_IN.href("fi");
const FAILED = SIGN_IN_FAILED.href("fi", {}, { why: "link" });

/** Each visit from a network of its own, so that no test uses up another's tries. */
let networks = 0;
const someVisit = (): Visit => openVisit(app, `198.51.100.${networks++}`);

const ask = async (visit: Visit, mail: string): Promise<number> => (await visit.post(FORM, { mail })).statusCode;

/** Asks for a link, and gives its address. */
async function linkFor(visit: Visit, mail: string): Promise<string> {
  assert.equal(await ask(visit, mail), 303);
  const [link] = await linksTo(app, mail);
  return link ?? assert.fail("no mail came");
}

const isIn = async (visit: Visit): Promise<boolean> => (await whoIs(app, visit)) !== null;

describe("a link by mail", () => {
  it("lets in the browser that asked for it, to where they wanted", async () => {
    const visit = someVisit();
    const answer = await enterByMail(app, visit, "aino@example.fi", "/fi/me/istunnot");
    assert.equal(locationOf(answer), "/fi/me/istunnot");
    assert.equal((await whoIs(app, visit))?.mail, "aino@example.fi");
  });

  it("works once", async () => {
    const visit = someVisit();
    const link = await linkFor(visit, "once@example.fi");
    assert.equal(locationOf(await visit.post(link)), "/fi/me");
    assert.equal(locationOf(await visit.post(link)), FAILED);
  });

  it("works once, also pressed twice at once", async () => {
    const visit = someVisit();
    const link = await linkFor(visit, "twice@example.fi");
    const answers = await Promise.all([visit.post(link), visit.post(link), visit.post(link)]);
    assert.deepEqual(answers.map(locationOf).toSorted(), ["/fi/me", FAILED, FAILED].toSorted());
  });

  it("works in the browser that asked only, and no other can spoil it", async () => {
    const [visit, thief] = [someVisit(), someVisit()];
    const link = await linkFor(visit, "mine@example.fi");
    assert.match((await thief.get(link)).body, /Linkki ei enää toimi/);
    assert.equal(locationOf(await thief.post(link)), FAILED);
    await ask(thief, "thief@example.fi");
    assert.equal(locationOf(await thief.post(link)), FAILED);
    assert.equal(await isIn(thief), false);
    assert.equal(locationOf(await visit.post(link)), "/fi/me");
  });

  it("is not used up by looking at it, as mail programs do", async () => {
    const [visit, program] = [someVisit(), someVisit()];
    const link = await linkFor(visit, "looked@example.fi");
    await program.get(link);
    await visit.get(link);
    await app.server.inject({ method: "HEAD", url: link });
    assert.match((await visit.get(link)).body, /Linkki toimii/);
    assert.equal(await isIn(visit), false);
    assert.equal(locationOf(await visit.post(link)), "/fi/me");
  });

  it("works for fifteen minutes and not longer", async () => {
    const visit = someVisit();
    const link = await linkFor(visit, "late@example.fi");
    app.clock.forward({ minutes: 14 });
    assert.match((await visit.get(link)).body, /Linkki toimii/);
    app.clock.forward({ minutes: 1 });
    assert.match((await visit.get(link)).body, /Linkki ei enää toimi/);
    assert.equal(locationOf(await visit.post(link)), FAILED);
    assert.equal(await isIn(visit), false);
  });

  it("leads to this service, whatever the request said the service is called", async () => {
    const visit = someVisit();
    const headers = { host: "evil.example", origin: "http://evil.example", "x-forwarded-host": "evil.example" };
    assert.equal((await visit.post(FORM, { mail: "host@example.fi" }, headers)).statusCode, 303);
    const [link = ""] = await linksTo(app, "host@example.fi");
    assert.match(link, /^\/fi\/kirjaudu\/linkki\/[\w-]{43}$/);
  });

  it("is kept nowhere but in the mail", async () => {
    const visit = someVisit();
    const link = await linkFor(visit, "kept@example.fi");
    const token = link.split("/").at(-1) ?? "";
    assert.equal(token.length, 43);
    assert.doesNotMatch((await visit.get(MAIL_SENT.href("fi"))).body, new RegExp(token));
    // A page with it in its address tells nobody else of it.
    assert.equal((await visit.get(link)).headers["referrer-policy"], "strict-origin-when-cross-origin");
    assert.equal((await visit.get(link)).headers["cache-control"], "no-store");
  });
});

describe("an address that can't be written to", () => {
  it("is asked for again, and nothing is sent", async () => {
    const visit = someVisit();
    const many = [
      "",
      "aino",
      "a@b",
      "a@b.fi\nBcc: c@d.fi",
      "a@b.fi,c@d.fi",
      "a@b.fi c@d.fi",
      `${"a".repeat(300)}@b.fi`,
    ];
    for (const mail of many) {
      const { statusCode, body } = await visit.post(FORM, { mail });
      assert.equal(statusCode, 422, JSON.stringify(mail));
      assert.match(body, /muodossa nimi@esimerkki\.fi/);
    }
    for (const address of ["c@d.fi", "a@b.fi", "a@b.fi,c@d.fi"]) assert.deepEqual(await linksTo(app, address), []);
  });
});

describe("asking for links", () => {
  it("gives one address five in an hour, however it is written and wherever it is asked from", async () => {
    const written = ["full@example.fi", "FULL@example.fi", "Full@EXAMPLE.fi", " full@example.fi ", "full@example.FI"];
    for (const mail of written) assert.equal(await ask(someVisit(), mail), 303, mail);
    const sixth = await someVisit().post(FORM, { mail: "full@example.fi" });
    assert.equal(sixth.statusCode, 429);
    assert.doesNotMatch(sixth.body, /full@/);
    assert.equal(await ask(someVisit(), "empty@example.fi"), 303);
    app.clock.forward({ minutes: 61 });
    assert.equal(await ask(someVisit(), "full@example.fi"), 303);
  });

  it("gives one address five, also asked for all at once", async () => {
    const statuses = await Promise.all(Array.from({ length: 12 }, () => ask(someVisit(), "atonce@example.fi")));
    assert.equal(statuses.filter((status) => status === 303).length, 5);
    assert.equal((await linksTo(app, "atonce@example.fi")).length, 5);
  });

  it("does not put off the end of the limit by trying on", async () => {
    for (let n = 0; n < 5; n++) await ask(someVisit(), "patient@example.fi");
    app.clock.forward({ minutes: 59 });
    assert.equal(await ask(someVisit(), "patient@example.fi"), 429);
    app.clock.forward({ minutes: 2 });
    assert.equal(await ask(someVisit(), "patient@example.fi"), 303);
  });

  it("gives one network thirty in an hour, whatever the addresses, and a household of IPv6 is one", async () => {
    for (const [one, other] of [
      ["203.0.113.1", "203.0.113.1"],
      ["2001:db8:1:2::1", "2001:db8:1:2:ffff::9"],
    ] as const) {
      const statuses: number[] = [];
      for (let n = 0; n < 30; n++) statuses.push(await ask(openVisit(app, one), `n${n}@${networks}.example.fi`));
      assert.deepEqual([...new Set(statuses)], [303]);
      assert.equal(await ask(openVisit(app, other), "more@example.fi"), 429);
      assert.deepEqual(await linksTo(app, "more@example.fi"), []);
      networks++;
    }
    assert.equal(await ask(openVisit(app, "203.0.113.2"), "neighbour@example.fi"), 303);
    assert.equal(await ask(openVisit(app, "2001:db8:1:3::1"), "neighbour@example.fi"), 303);
  });

  it("lets a network guess thirty links in an hour; a good one still works", async () => {
    const visit = openVisit(app, "203.0.113.7");
    const link = await linkFor(visit, "guess@example.fi");
    const wrong = (n: number) => MAIL_LINK.href("fi", { token: String(n).padStart(43, "x") });
    for (let n = 0; n < 30; n++) assert.equal(locationOf(await visit.post(wrong(n))), FAILED);
    assert.equal((await visit.post(wrong(31))).statusCode, 429);
    assert.equal((await openVisit(app, "203.0.113.8").post(wrong(32))).statusCode, 303);
    assert.equal(locationOf(await visit.post(link)), "/fi/me");
  });

  it("knows no link that is none", async () => {
    for (const token of ["x", "x".repeat(42), "x".repeat(44), "%00".repeat(43), "'".repeat(43), "../../me"])
      assert.equal((await someVisit().post(`/fi/kirjaudu/linkki/${token}`)).statusCode, 404, token);
  });
});

/** What somebody at the other end could see, but for what differs each time. */
async function outcomeOf(visit: Visit, mail: string) {
  await visit.get(FORM); // both have been here before
  const { statements, result: answer } = await statementsOf(app.url, () => visit.post(FORM, { mail }));
  const { "x-request-id": _id, date: _date, "set-cookie": _cookie, ...headers } = answer.headers;
  const page = await visit.get(locationOf(answer));
  const sent = (await linksTo(app, mail)).length;
  return { status: answer.statusCode, headers, body: answer.body, page: page.body, statements, sent };
}

describe("whether somebody is known here by an address", () => {
  it("shows in nothing: not in words, headers, mails, nor in what the database is asked", async () => {
    await enterByMail(app, someVisit(), "known@example.fi");
    app.clock.forward({ minutes: 61 });
    const known = await outcomeOf(someVisit(), "known@example.fi");
    const unknown = await outcomeOf(someVisit(), "novel@example.fi");
    assert.equal(unknown.sent, 1);
    assert.deepEqual({ ...known, sent: known.sent - 1 }, unknown);
    assert.ok(unknown.statements.length > 5);
  });

  it("shows in nothing either when the address has had its five", async () => {
    for (const mail of ["known@example.fi", "novel@example.fi"]) {
      for (let n = 0; n < 4; n++) assert.equal(await ask(someVisit(), mail), 303);
      assert.equal(await ask(someVisit(), mail), 429);
    }
  });

  it("shows only to who can read the mail: a new person or the one they were", async () => {
    const [first, again, other] = [someVisit(), someVisit(), someVisit()];
    for (const [visit, mail] of [
      [first, "same@example.fi"],
      [again, "Same@example.fi"],
      [other, "other@example.fi"],
    ] as const) {
      await enterByMail(app, visit, mail);
      assert.match(visit.cookie(SESSION_COOKIE) ?? "", /^[\w-]{43}$/);
    }
    const persons = await Promise.all([first, again, other].map(async (visit) => (await whoIs(app, visit))?.person));
    assert.equal(persons[0], persons[1]);
    assert.notEqual(persons[0], persons[2]);
  });
});
