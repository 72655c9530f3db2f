import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import fc from "fast-check";
import { LANGUAGES, type Tenant } from "#core/cities.ts";
import { withPerson, withTx } from "#core/db.ts";
import { inEachLanguage } from "#core/i18n.ts";
import type { MailKind } from "#core/retention.ts";
import { testApp } from "#test/app.ts";
import { mailsTo } from "#test/mail.ts";
import { somebody, type Somebody, type TestPerson } from "#test/people.ts";
import { locationOf, openVisit, SESSION_COOKIE, type Visit } from "#test/visit.ts";
import { erasePerson } from "../retention/erase.ts";
import { accountData } from "../me/sources.ts";
import { ME, SIGN_IN } from "../paths.ts";
import { replaceIdentity } from "../sign-in/queries.ts";
import { chooseMail } from "./choose.ts";
import { OF_MEMBERS, SAFETY } from "./kinds.ts";
import { type Notification, notify } from "./notify.ts";
import { BY_MAIL, MARK_READ, NOTIFICATIONS } from "./paths.ts";
import { selectNotifications } from "./queries.ts";

const app = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
const { db, clock } = app;

interface Reader extends TestPerson {
  mail: string;
  visit: Visit;
}

let count = 0;
/** Somebody with an address, in a browser of their own. */
async function reader(who: Somebody = {}): Promise<Reader> {
  const mail = `reader${count++}@example.fi`;
  const person = await somebody(app, { mail, ...who });
  const visit = openVisit(app, `198.51.100.${count}`);
  visit.setCookie(SESSION_COOKIE, person.headers.cookie.split("=")[1] ?? "");
  return { ...person, mail, visit };
}

const about = (person: string, title: string, more: Partial<Notification> = {}): Notification => ({
  person,
  kind: SAFETY,
  title: inEachLanguage((lang) => `${title} ${lang}`),
  text: inEachLanguage((lang) => `Text of ${title} ${lang}.`),
  path: null,
  names: [],
  ...more,
});

/** Sends them in that city's name, a second after what came before. */
async function send(told: readonly Notification[], city: Tenant = "joint"): Promise<void> {
  clock.forward({ seconds: 1 });
  await withTx(db, city, (tx) => notify(tx, told, clock.now()));
}

const listOf = ({ id }: TestPerson) => withPerson(db, id, (tx) => selectNotifications(tx, id, null, 100));
const pageOf = async ({ visit }: Reader, url = NOTIFICATIONS.href("fi")) => {
  const { statusCode, body } = await visit.get(url);
  assert.equal(statusCode, 200);
  return body;
};
/** Titles on the page, in their order. */
const titlesOn = (body: string): string[] =>
  [...body.matchAll(/<h2 id="m-[^"]*">(?:<a[^>]*>)?([^<]*)/g)].map(([, title = ""]) => title);

describe("a notification", () => {
  it("stands on one's own pages in every language, with whose it is and where it goes on", async () => {
    const person = await reader();
    const path = inEachLanguage((lang) => ME.href(lang));
    await send([about(person.id, "Muutos", { path })], "oulu");
    for (const [language, city] of [
      ["fi", "Oulu"],
      ["sv", "Uleåborg"],
      ["en", "Oulu"],
    ] as const) {
      const body = await pageOf(person, NOTIFICATIONS.href(language));
      assert.deepEqual(titlesOn(body), [`Muutos ${language}`]);
      assert.match(body, new RegExp(`<a href="${ME.href(language)}">Muutos ${language}</a>`));
      assert.match(body, new RegExp(`<span>${city}</span>`));
      assert.match(body, new RegExp(`<p>Text of Muutos ${language}\\.</p>`));
    }
  });

  it("goes by mail, too, in the reader's language and the city's name, without a link", async () => {
    const person = await reader({ language: "sv" });
    await send([about(person.id, "Ändring", { path: inEachLanguage((lang) => ME.href(lang)) })], "turku");
    const [mail, ...others] = await mailsTo(app, person.mail, "turku");
    assert.deepEqual(others, []);
    assert.equal(mail?.subject, "Ändring sv");
    assert.equal(mail?.language, "sv");
    assert.match(mail?.body ?? "", /^Hej!\n\nText of Ändring sv\.\n\n/);
    assert.doesNotMatch(mail?.body ?? "", /http|\/me/);
  });

  it("reaches who has given no address, on their own pages", async () => {
    const person = await reader({ mail: null });
    await send([about(person.id, "Muutos")]);
    assert.deepEqual(titlesOn(await pageOf(person)), ["Muutos fi"]);
  });

  it("is seen by whom it is for, and by nobody else", async () => {
    const [aino, other] = [await reader(), await reader()];
    await send([about(aino.id, "Salaisuus")]);
    assert.deepEqual(titlesOn(await pageOf(other)), []);
    const seen = await withPerson(db, other.id, (tx) => selectNotifications(tx, aino.id, null, 100));
    assert.deepEqual(seen, []);
  });

  it("shows mark-up and odd characters as the text that they are", async () => {
    const person = await reader();
    const text = inEachLanguage(() => "<script>alert(1)</script>\nkaksi\n\n\u202eכן ကျော်");
    await send([about(person.id, "<b>Otsikko</b>", { text })]);
    const body = await pageOf(person);
    assert.match(body, /&lt;b>Otsikko&lt;\/b> fi/);
    assert.match(body, /<p>&lt;script>alert\(1\)&lt;\/script><br\/>kaksi<\/p><p>\u202eכן ကျော်<\/p>/);
  });

  it("is not kept when what it tells did not happen", async () => {
    const person = await reader();
    const failing = withTx(db, "joint", async (tx) => {
      await notify(tx, [about(person.id, "Peruttu")], clock.now());
      throw new Error("it did not happen");
    });
    await assert.rejects(failing, /did not happen/);
    assert.deepEqual(await listOf(person), []);
    assert.deepEqual(await mailsTo(app, person.mail), []);
  });

  it("is told to many at once, once each", async () => {
    const people = await Promise.all(Array.from({ length: 5 }, () => reader()));
    await send(people.map(({ id }, n) => about(id, `Numero ${n}`)));
    for (const [n, person] of people.entries()) {
      assert.deepEqual(
        (await listOf(person)).map(({ title }) => title.fi),
        [`Numero ${n} fi`],
      );
      assert.deepEqual(
        (await mailsTo(app, person.mail)).map(({ subject }) => subject),
        [`Numero ${n} fi`],
      );
    }
  });
});

describe("the list of notifications", () => {
  it("is empty at first and says what will come", async () => {
    assert.match(await pageOf(await reader()), /Sinulle ei ole vielä ilmoituksia/);
  });

  it("shows the newest first, twenty at a time, each of them once", async () => {
    const person = await reader();
    for (let n = 1; n <= 45; n++) await send([about(person.id, `Nro ${n}`)]);
    const seen: string[] = [];
    let url: string | undefined = NOTIFICATIONS.href("fi");
    const sizes: number[] = [];
    while (url !== undefined) {
      const body: string = await pageOf(person, url);
      sizes.push(titlesOn(body).length);
      seen.push(...titlesOn(body));
      url = /href="([^"]*after=[^"]*)"[^>]*>Vanhempiin/.exec(body)?.[1];
    }
    assert.deepEqual(sizes, [20, 20, 5]);
    assert.deepEqual(
      seen,
      Array.from({ length: 45 }, (_, n) => `Nro ${45 - n} fi`),
    );
  });

  it("says how many are unread, here and on the first of one's own pages, until they are marked as read", async () => {
    const person = await reader();
    await send([about(person.id, "Yksi")]);
    assert.match(await pageOf(person, ME.href("fi")), /1 lukematon</);
    await send([about(person.id, "Kaksi")]);
    const body = await pageOf(person);
    assert.match(body, /2 lukematonta/);
    assert.equal(body.match(/>Uusi</g)?.length, 2);
    const [newest] = await listOf(person);
    const answer = await person.visit.post(MARK_READ.href("fi", { id: newest?.id ?? "" }));
    assert.equal(locationOf(answer), `${NOTIFICATIONS.href("fi")}?done=read`);
    const after = await pageOf(person, locationOf(answer));
    assert.match(after, /on merkitty luetuiksi/);
    assert.doesNotMatch(after, />Uusi<|lukematon/);
    assert.doesNotMatch(await pageOf(person, ME.href("fi")), /lukematon/);
  });

  it("leaves unread what came while one read", async () => {
    const person = await reader();
    await send([about(person.id, "Nähty")]);
    const [seen] = await listOf(person);
    await send([about(person.id, "Uudempi")]);
    await person.visit.post(MARK_READ.href("fi", { id: seen?.id ?? "" }));
    assert.deepEqual(
      (await listOf(person)).map(({ title, isRead }) => [title.fi, isRead]),
      [
        ["Uudempi fi", false],
        ["Nähty fi", true],
      ],
    );
  });

  it("of somebody else is never marked, by whatever number", async () => {
    const [aino, other] = [await reader(), await reader()];
    await send([about(aino.id, "Oma")]);
    const [own] = await listOf(aino);
    const answer = await other.visit.post(MARK_READ.href("fi", { id: own?.id ?? "" }));
    assert.equal(answer.statusCode, 404);
    assert.equal((await listOf(aino))[0]?.isRead, false);
    assert.equal((await other.visit.post("/fi/me/ilmoitukset/x/luettu")).statusCode, 404);
  });

  it("is not marked from another site", async () => {
    const person = await reader();
    await send([about(person.id, "Oma")]);
    const [own] = await listOf(person);
    const headers = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    const answer = await person.visit.post(MARK_READ.href("fi", { id: own?.id ?? "" }), {}, headers);
    assert.equal(answer.statusCode, 403);
    assert.equal((await listOf(person))[0]?.isRead, false);
  });

  it("asks who has once identified themself to do so again, and who is nobody to sign in", async () => {
    const person = await reader({ kind: "mail" });
    const identity = { kind: "strong", person: person.id, fingerprints: [`of ${person.id}`], sealed: "x" } as const;
    await withPerson(db, person.id, (tx) => replaceIdentity(tx, identity, clock.now()));
    for (const [visit, needs] of [
      [person.visit, { needs: "strong" }],
      [openVisit(app), {}],
    ] as const) {
      const answer = await visit.get(NOTIFICATIONS.href("fi"));
      assert.equal(locationOf(answer), SIGN_IN.href("fi", {}, { return: NOTIFICATIONS.href("fi"), ...needs }));
    }
  });
});

describe("choosing what comes by mail", () => {
  it("stops the mail of a kind that one may refuse, and nothing else", async () => {
    const person = await reader();
    const tell = () => send([about(person.id, "Jäsen", { kind: OF_MEMBERS }), about(person.id, "Avain")]);
    const answer = await person.visit.post(BY_MAIL.href("fi"), {});
    assert.equal(locationOf(answer), `${BY_MAIL.href("fi")}?done=chosen`);
    assert.doesNotMatch(await pageOf(person, BY_MAIL.href("fi")), /type="checkbox"[^>]*checked/);
    await tell();
    assert.deepEqual(
      (await mailsTo(app, person.mail)).map(({ subject }) => subject),
      ["Avain fi"],
    );
    assert.equal((await listOf(person)).length, 2);

    await person.visit.post(BY_MAIL.href("fi"), { wanted: OF_MEMBERS.id });
    assert.match(await pageOf(person, BY_MAIL.href("fi")), /type="checkbox"[^>]*checked/);
    await tell();
    assert.equal((await mailsTo(app, person.mail)).length, 3);
  });

  it("takes any choice of kinds, and keeps those out that must be sent or are none", async () => {
    const person = await reader();
    const actor = { kind: "resident", person: person.id, assurance: "mail" } as const;
    const kind = (id: string, isMust: boolean): MailKind => ({ id, title: inEachLanguage(() => id), isMust });
    const kinds = [kind("must", true), kind("digest", false), kind("news", false)];
    await fc.assert(
      fc.asyncProperty(fc.subarray(["must", "digest", "news", "none", "'; --"]), async (wanted) => {
        await chooseMail(db, actor, { wanted, kinds }, clock.now());
        const row = await withPerson(db, person.id, (tx) =>
          tx.selectFrom("person").select("unwanted_mail").where("id", "=", person.id).executeTakeFirstOrThrow(),
        );
        assert.deepEqual(
          row.unwanted_mail,
          ["digest", "news"].filter((id) => !wanted.includes(id)),
        );
      }),
      { numRuns: 20 },
    );
  });

  it("says where mail goes, or that it goes nowhere", async () => {
    const [with_, without] = [await reader(), await reader({ mail: null })];
    assert.match(await pageOf(with_, BY_MAIL.href("fi")), new RegExp(with_.mail));
    assert.match(await pageOf(without, BY_MAIL.href("fi")), /Et ole antanut sähköpostiosoitetta/);
  });

  it("keeps what was chosen while one signs in", async () => {
    const answer = await openVisit(app).post(BY_MAIL.href("fi"), { wanted: OF_MEMBERS.id });
    assert.match(locationOf(answer), new RegExp(`^${SIGN_IN.href("fi")}\\?return=.*parked`));
  });
});

describe("erasing somebody", () => {
  const tools = { db, register: accountData, sealer: app.signIn.sealer };
  const erase = ({ id }: TestPerson) =>
    erasePerson(tools, { kind: "resident", person: id, assurance: "mail" }, id, clock.now());

  it("removes what they were told, and the texts of others in which their name stood", async () => {
    const [leaving, friend] = [await reader({ kind: "mail" }), await reader()];
    await send([
      about(leaving.id, "Lähtevän"),
      about(friend.id, "Ystävän", { names: [leaving.id] }),
      about(friend.id, "Muu"),
    ]);
    await erase(leaving);
    assert.deepEqual(await listOf(leaving), []);
    const body = await pageOf(friend);
    assert.deepEqual(titlesOn(body).toSorted(), ["Muu fi", "Ystävän fi"]);
    assert.doesNotMatch(body, /Text of Ystävän/);
    assert.match(body, /Teksti on poistettu, koska siinä mainittu ihminen/);
    assert.match(body, /Text of Muu/);
  });

  it("is told of nothing afterwards, also by what goes on at the same moment", async () => {
    const leaving = await reader({ kind: "mail" });
    await Promise.all([erase(leaving), ...Array.from({ length: 5 }, (_, n) => send([about(leaving.id, `Nro ${n}`)]))]);
    await send([about(leaving.id, "Jälkeen")]);
    assert.deepEqual(await listOf(leaving), []);
  });
});

describe("what is known about me", () => {
  it("holds my notifications in my language, and nobody else's", async () => {
    const [person, other] = [await reader({ language: "en" }), await reader()];
    await send([about(person.id, "Mine"), about(other.id, "Theirs")], "espoo");
    const file = JSON.parse((await person.visit.get("/en/me/data.json")).body) as {
      sources: { id: string; rows: Record<string, unknown>[] }[];
    };
    const rows = file.sources.find(({ id }) => id === "accounts.notifications")?.rows ?? [];
    assert.deepEqual(
      rows.map(({ sender, title, text, read_at }) => [sender, title, text, read_at]),
      [["espoo", "Mine en", "Text of Mine en.", null]],
    );
  });
});

it("notifications are swept away after a year", async () => {
  const person = await reader({ mail: null });
  await send([about(person.id, "Vanha")]);
  const sweep = app.jobs["sweep-accounts"] ?? assert.fail("no job");
  clock.forward({ hours: 24 * 365 - 1 });
  await sweep({});
  assert.equal((await listOf(person)).length, 1);
  clock.forward({ hours: 2 });
  await sweep({});
  assert.deepEqual(await listOf(person), []);
});

it("every kind has a title in each language", () => {
  for (const { title } of accountData.mailKinds)
    assert.equal(new Set(LANGUAGES.map((language) => title[language])).size, LANGUAGES.length);
});
