/** Mandates in a real browser: all flows by keyboard alone without scripts in three languages, and each page as axe sees it. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { Temporal } from "temporal-polyfill";
import { CITIES, LANGUAGES, type CityCode, type Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { withPerson } from "#core/db.ts";
import type { TestApp } from "#test/app.ts";
import { assertAccessible, clickThrough, visitAs } from "#test/browser.ts";
import {
  demoPerson,
  enterAs,
  enterDeskAs,
  followMail,
  nameOf,
  openDemoService,
  openWalker,
  says,
  type Walker,
} from "#test/demo-walk.ts";
import answers from "#test/fixtures/accounts/authorizations.json" with { type: "json" };
import { type Asked, replay, type Replayed } from "#test/fixtures/accounts/replay.ts";
import { linkIn } from "#test/mail.ts";
import * as walk from "#test/mandate-walks.ts";
import { codeOf, get, knowBy, send } from "#test/mandates.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { DEMO_MAIL } from "../demo/mail-page.tsx";
import { SEEN } from "../me/paths.ts";
import { t as me } from "../me/texts.ts";
import { ACTING } from "../organisations/paths.ts";
import { t as organisation } from "../organisations/texts.ts";
import { NOTIFICATIONS } from "../notifications/paths.ts";
import { MAIL_LINK, MAIL_SENT, ME, SIGN_IN } from "../paths.ts";
import { t as account } from "../texts.ts";
import { writeDay } from "./day-field.ts";
import { REASON } from "./help-form.ts";
import * as paths from "./paths.ts";
import { selectMandates } from "./queries.ts";
import { t } from "./texts.ts";

/** Whom the register of mandates has for everybody: it allows to act for the first and refuses the second. */
const CHILD = { personId: codeOf(Temporal.Now.plainDateISO().subtract({ years: 10 })), name: "Lapsi Esimerkki" };
const STRANGER = { personId: codeOf(Temporal.PlainDate.from("1975-03-02")), name: "Vieras Esimerkki" };

/** The register, and its own page, on which somebody would choose: it leads back at once. */
function register({ path }: Asked): Replayed {
  const { pathname, searchParams } = new URL(path, "http://register");
  if (pathname === "/oauth/authorize") {
    const back = `${searchParams.get("redirect_uri")}?code=k&state=${searchParams.get("state")}`;
    return { status: 303, headers: { location: back }, body: "" };
  }
  if (path.includes("/register/")) return { body: answers.registration };
  if (path.includes("/token")) return { body: answers.token };
  if (path.includes("/delegate/")) return { body: [CHILD, STRANGER] };
  return { body: path.includes(CHILD.personId) ? answers.allowed : answers.disallowed };
}

const { address } = await replay({ after }, register);
const service = await openDemoService(
  { after },
  {
    AUTHORIZATIONS_URL: address,
    AUTHORIZATIONS_CLIENT: "client",
    AUTHORIZATIONS_KEY: "key",
    AUTHORIZATIONS_SECRET: "secret",
  },
);

/** Who gives mandates, and whose desk helps them. */
const WALKS: Record<Language, { giver: string; city: CityCode }> = {
  fi: { giver: "salla", city: "helsinki" },
  sv: { giver: "elma", city: "turku" },
  en: { giver: "thanh", city: "oulu" },
};
const COMPANY = "Melnyk Palvelumuotoilu Oy";
const WHY = "Hän kysyi sitä";

for (const language of LANGUAGES) {
  describe(`mandates by keyboard alone, without scripts (${language})`, () => {
    const { giver: giverId, city } = WALKS[language];
    const [giverName, takerName, childName] = [
      nameOf(demoPerson(giverId)),
      nameOf(demoPerson("hanne")),
      nameOf(demoPerson("eeli")),
    ];
    const offered = { name: takerName, mail: walk.offeredTo(language) };
    let giver: Walker;
    let taker: Walker;
    let advisor: Walker;
    before(async () => {
      giver = await enterAs(service, language, giverId);
      taker = await enterAs(service, language, "hanne");
      advisor = await enterDeskAs(service, language, `${city}-advisor`);
    });
    after(async () => {
      await leave(giver, taker, advisor);
    });

    it("one is given after mistakes were mended, taken by the link in the mail, used, and revoked", async () => {
      await giver.follow(paths.MANDATES.href(language));
      await giver.follow(paths.GIVE_MANDATE.href(language));
      await giver.write("#name", offered.name);
      await giver.press(t(language, "give"), paths.GIVE_MANDATE.href(language));
      const mistakes = [t(language, "mailWrong"), t(language, "mattersWrong"), t(language, "dayWrong")];
      assert.deepEqual(await walk.mistakesOf(giver), mistakes);
      assert.equal(await giver.page.inputValue("#name"), offered.name);
      await walk.fillOffer(service, giver, offered.mail);
      assert.equal(await walk.countMandates(giver, takerName, "offered"), 1);

      await walk.takeOffer(taker);
      await walk.actFor(taker, giverName);
      await walk.stopActing(taker, giverName);

      assert.equal(await walk.countMandates(giver, takerName, "inForce"), 1);
      await walk.revoke(giver, takerName);
      assert.equal(await walk.countMandates(taker, giverName, "inForce"), 0);
      assert.equal(await walk.countMandates(taker, giverName, "ended"), 1);
    });

    it("one is offered again by a new link, and declined by it", async () => {
      await walk.offerMandate(service, giver, offered);
      const again = giver.page.getByLabel(t(language, "resendOf", { name: takerName }));
      await giver.press(again, paths.MANDATES.href(language, {}, { done: "resent" }));
      await says(giver, t(language, "done_resent"));
      await walk.declineOffer(taker);
      assert.equal(await walk.countMandates(giver, takerName, "offered"), 0);
      assert.equal(await walk.countMandates(giver, takerName, "declined"), 1);
    });

    it("one is laid down by its taker", async () => {
      await walk.offerMandate(service, giver, offered);
      await walk.takeOffer(taker);
      assert.equal(await walk.countMandates(giver, takerName, "inForce"), 1);
      await walk.layDown(taker, giverName);
      assert.equal(await walk.countMandates(giver, takerName, "inForce"), 0);
    });

    it("one is taken for an organisation after a mistake was mended, and its member acts by it until it is revoked", async () => {
      const member = await enterAs(service, language, "daria");
      await walk.offerMandate(service, giver, { ...offered, name: COMPANY });
      await takeFor(member, COMPANY);
      await actThrough(member, { name: giverName, organisation: COMPANY });
      assert.ok(await walk.actsAs(member, `${COMPANY}, ${giverName}`));
      await walk.openMandates(giver);
      await walk.revoke(giver, COMPANY);
      await member.open(ME.href(language));
      assert.ok(!(await walk.actsAs(member, `${COMPANY}, ${giverName}`)));
      await leave(member);
    });

    it("a guardian acts for a child, who sees it and can't end it", async () => {
      const child = await enterAs(service, language, "eeli");
      await walk.openMandates(taker);
      await walk.actFor(taker, childName);
      await says(taker, t(language, "giveNotNow"));
      await walk.stopActing(taker, childName);

      await child.follow(SEEN.href(language));
      await says(child, me(language, "whoTaker", { name: takerName }));
      await walk.openMandates(child);
      const row = child.page.locator("main tr", { hasText: t(language, "guardian", { name: takerName }) });
      assert.deepEqual([await row.count(), await row.locator("a, button").count()], [1, 0]);
      await leave(child);
    });

    it("an advisor helps a resident after a mistake was mended, and the resident gets a receipt and sees why", async () => {
      const mail = `by.mail.${language}@example.org`;
      const customer = await enterByMail(language, mail);
      const help = paths.HELP.href(language, { city });
      await advisor.follow(help);
      await advisor.write("#mail", mail);
      await advisor.press(t(language, "helpGo"), help);
      assert.deepEqual(await walk.mistakesOf(advisor), [t(language, "reasonWrong", REASON)]);
      assert.equal(await advisor.page.inputValue("#mail"), mail);
      await walk.help(advisor, city, WHY);
      await says(advisor, WHY);
      await readReceipt(customer, city, mail);
      await customer.follow(SEEN.href(language));
      await says(customer, WHY);
      await walk.stopHelping(advisor, city);
      await leave(customer);
    });

    it("the desk records a child's guardian and ends the right after mistakes were mended, and the guardian sees both", async () => {
      await advisor.open(paths.GUARDIANS.href(language, { city }));
      await advisor.follow(paths.HELP.href(language, { city }));
      await advisor.write("#code", demoPerson(giverId).nationalId ?? "");
      await walk.help(advisor, city, WHY);
      assert.ok(await walk.actsAs(advisor, giverName));

      const child = t(language, "child", { name: CHILD.name });
      await recordGuardian(advisor, city);
      assert.equal(await walk.countMandates(giver, child, "inForce"), 1);
      await endGuardian(advisor, city);
      assert.equal(await walk.countMandates(giver, child, "inForce"), 0);

      const help = paths.HELP.href(language, { city });
      await advisor.follow(advisor.page.locator(`.crumbs a[href="${help}"]`), new RegExp(`${help}$`));
      await walk.stopHelping(advisor, city);
    });

    it("somebody acts by Suomi.fi e-Authorizations for whom it allows, and for nobody else", async () => {
      await chooseAtRegister(taker, STRANGER.name);
      await taker.press(t(language, "chooseGo"), paths.MANDATES.href(language, {}, { why: "refused" }));
      await says(taker, t(language, "why_refused"));

      await chooseAtRegister(taker, CHILD.name);
      await taker.press(t(language, "chooseGo"), /done=authorized$/);
      await says(taker, t(language, "done_authorized"));
      await taker.press(t(language, "act"), paths.MANDATES.href(language, {}, { done: "acting" }));
      assert.ok(await walk.actsAs(taker, CHILD.name));
      await walk.stopActing(taker, CHILD.name);
      await walk.layDown(taker, CHILD.name);
    });
  });
}

/** Picks the round choice of that name that has those words. */
async function pickCalled(walker: Walker, name: string, words: string): Promise<void> {
  await walker.pick(name, await walker.page.getByLabel(words, { exact: true }).inputValue());
}

async function leave(...walkers: Walker[]): Promise<void> {
  for (const { page } of walkers) await page.context().close();
}

/** Takes the newest offer for an organisation, at first without saying for whom. */
async function takeFor(member: Walker, company: string): Promise<void> {
  const { language } = member;
  await walk.openOffer(member);
  await member.press(t(language, "take"), new RegExp(paths.MANDATE_OFFER.href(language, { token: "" })));
  assert.deepEqual(await walk.mistakesOf(member), [t(language, "forWrong")]);
  await pickCalled(member, "for", company);
  await member.press(t(language, "take"), paths.MANDATES.href(language, {}, { done: "taken" }));
}

/** By the link at the top of each page, where one chooses as whom one acts. */
async function actThrough(member: Walker, whom: { name: string; organisation: string }): Promise<void> {
  const { language, page } = member;
  const acting = ACTING.href(language);
  await member.follow(page.locator(`.self a[href="${acting}"]`), new RegExp(`${acting}$`));
  await pickCalled(member, "as", t(language, "actingForThrough", whom));
  await member.press(organisation(language, "actingChoose"), `${acting}?done=acting`);
}

/** A resident of whom nothing is known but an address, in the window where they came by the link in their mail. */
async function enterByMail(language: Language, mail: string): Promise<Walker> {
  const walker = await openWalker(service, language);
  await walker.open(SIGN_IN.href(language));
  await walker.write("#mail", mail);
  await walker.press(account(language, "mailSend"), new RegExp(MAIL_SENT.href(language)));
  await followMail(walker, mail, new RegExp(MAIL_LINK.href(language, { token: "" })));
  await walker.press(account(language, "signIn"), ME.href(language));
  return walker;
}

/** Reads the receipt among the mails of the city, and on one's own pages, from where it leads to who has looked. */
async function readReceipt(customer: Walker, city: CityCode, mail: string): Promise<void> {
  const { language, page } = customer;
  await customer.open(DEMO_MAIL.href(language));
  await customer.follow(DEMO_MAIL.href(language, {}, { city }));
  const receipt = page.locator("main article", { hasText: mail });
  const text = await receipt.innerText();
  assert.ok(text.startsWith(t(language, "title_helped", { city: CITIES[city].names[language].name })), text);
  assert.ok(text.includes(WHY), text);
  await customer.open(ME.href(language));
  await customer.follow(NOTIFICATIONS.href(language));
  await says(customer, WHY);
}

/** From the page of helping: records the customer as the child's guardian, at first without a family name and papers. */
async function recordGuardian(advisor: Walker, city: CityCode): Promise<void> {
  const { language, page } = advisor;
  const guardians = paths.GUARDIANS.href(language, { city });
  const [given = "", family = ""] = CHILD.name.split(" ");
  await advisor.follow(guardians);
  await advisor.write("#given", given);
  await advisor.write("#until", walk.inAYear(service));
  await advisor.press(t(language, "recordGuardian"), guardians);
  assert.deepEqual(await walk.mistakesOf(advisor), [t(language, "familyWrong"), t(language, "papersWrong", REASON)]);
  assert.equal(await page.inputValue("#given"), given);
  await advisor.write("#family", family);
  await advisor.write("#reason", WHY);
  await advisor.press(t(language, "recordGuardian"), `${guardians}?done=guardianRecorded`);
}

/** From the list of children: ends the right, at first with too short a reason. */
async function endGuardian(advisor: Walker, city: CityCode): Promise<void> {
  const { language, page } = advisor;
  const here = await walk.openGuardianEnd(advisor, CHILD.name);
  await advisor.write("#reason", "Ote");
  await advisor.press(t(language, "endGuardianGo"), here);
  assert.deepEqual(await walk.mistakesOf(advisor), [t(language, "reasonWrong", REASON)]);
  assert.equal(await page.inputValue("#reason"), "Ote");
  await advisor.write("#reason", WHY);
  await advisor.press(
    t(language, "endGuardianGo"),
    paths.GUARDIANS.href(language, { city }, { done: "guardianEnded" }),
  );
  await says(advisor, t(language, "childrenNone"));
}

/** To the register and back, and chooses somebody, at first nobody. */
async function chooseAtRegister(taker: Walker, name: string): Promise<void> {
  const { language } = taker;
  const choice = new RegExp(`${paths.CHOOSE_PRINCIPAL.href(language, { id: "" })}[0-9a-f-]{36}$`);
  await walk.openMandates(taker);
  await taker.follow(paths.AUTHORIZE.href(language), choice);
  await taker.press(t(language, "chooseGo"), choice);
  assert.deepEqual(await walk.mistakesOf(taker), [t(language, "chooseWrong")]);
  await pickCalled(taker, "choice", name);
}

const MAIL = "veli@example.fi";

interface People {
  giver: TestPerson;
  taker: TestPerson;
  advisor: TestPerson;
  helper: TestPerson;
}

/** Everything there is to look at. */
async function fill(app: TestApp): Promise<People & { links: Record<string, string> }> {
  const giver = await somebody(app, { given: "Maija", family: "Virtanen" });
  const taker = await somebody(app, { given: "Veli", family: "Virtanen" });
  await knowBy(app, taker, "strong", codeOf(Temporal.PlainDate.from("1980-01-01")));
  const today = dayInFinland(app.clock.now());
  const offer = { name: "Sisar", matters: "services", from: writeDay(today), until: writeDay(today.add({ years: 1 })) };
  for (const mail of [MAIL, "sisar@example.fi"])
    await send(app, giver, paths.GIVE_MANDATE.href("fi"), { ...offer, mail });
  await send(app, taker, await linkIn(app, MAIL));
  await send(app, giver, paths.GIVE_MANDATE.href("fi"), { ...offer, mail: MAIL });
  const [taken] = await withPerson(app.db, taker.id, selectMandates);

  const [advisor, helper] = await Promise.all(
    [1, 2].map(() => somebody(app, { given: "Neuvoja", city: "turku", roles: [{ role: "advisor" }] })),
  );
  assert.ok(advisor && helper && taken);
  const code = codeOf(Temporal.PlainDate.from("1981-01-01"));
  await knowBy(app, giver, "strong", code);
  await send(app, helper, paths.HELP.href("fi", { city: "turku" }), { code, reason: "Asiakas kysyy hakemuksestaan" });
  const child = { given: "Lapsi", family: "Virtanen", until: offer.until, reason: "Ote väestötiedoista" };
  await send(app, helper, paths.GUARDIANS.href("fi", { city: "turku" }), child);
  const guarded = (await withPerson(app.db, giver.id, selectMandates)).find(({ kind }) => kind === "guardian");
  const token = (await linkIn(app, MAIL)).split("/").at(-1) ?? "";
  return { giver, taker, advisor, helper, links: { taken: taken.id, token, guarded: guarded?.id ?? "" } };
}

type Visit = [who: keyof People, address: string, isSent?: boolean];

async function visitsOf(app: TestApp, people: People, links: Record<string, string>, lang: Language): Promise<Visit[]> {
  const [id, token, guarded] = [links["taken"] ?? "", links["token"] ?? "", links["guarded"] ?? ""];
  const city = "turku";
  const there = new URL(String((await get(app, people.taker, paths.AUTHORIZE.href(lang))).headers.location));
  const back = `${paths.AUTHORIZED}?code=k&state=${there.searchParams.get("state")}`;
  const choice = String((await get(app, people.taker, back)).headers.location);
  return [
    ["giver", paths.MANDATES.href(lang, {}, { done: "offered" })],
    ["giver", paths.GIVE_MANDATE.href(lang)],
    ["giver", paths.GIVE_MANDATE.href(lang), true],
    ["giver", paths.END_MANDATE.href(lang, { id })],
    ["giver", paths.MANDATE_OFFER.href(lang, { token })],
    ["taker", paths.MANDATES.href(lang, {}, { why: "refused" })],
    ["taker", paths.MANDATE_OFFER.href(lang, { token })],
    ["taker", paths.MANDATE_OFFER.href(lang, { token: "x".repeat(43) })],
    ["taker", paths.ACT_BY_MANDATE.href(lang, { id })],
    ["taker", paths.END_MANDATE.href(lang, { id })],
    ["taker", choice],
    ["advisor", paths.HELP.href(lang, { city })],
    ["advisor", paths.HELP.href(lang, { city }), true],
    ["advisor", paths.GUARDIANS.href(lang, { city })],
    ["helper", paths.HELP.href(lang, { city }, { done: "helping" })],
    ["helper", paths.GUARDIANS.href(lang, { city })],
    ["helper", paths.END_GUARDIAN.href(lang, { city, id: guarded })],
  ];
}

async function look(page: Page, [, path, isSent = false]: Visit): Promise<void> {
  const answer = await page.goto(service.address + path);
  assert.equal(answer?.status(), 200, path);
  if (isSent) await clickThrough(page, page.locator("main button[type=submit]").first());
  await assertAccessible(page, `${path} ${isSent}`);
  assert.ok((await page.locator("main .hds-button--primary").count()) <= 1, `${path}: one filled button a page`);
}

it("each page has nothing that axe finds and fits into 320 px, in three languages", async () => {
  const { app, browser, address } = service;
  const { links, ...people } = await fill(app);
  const visits: Visit[] = [];
  for (const language of LANGUAGES) visits.push(...(await visitsOf(app, people, links, language)));
  for (const who of ["giver", "taker", "advisor", "helper"] as const) {
    const { cookie } = people[who].headers;
    // The check itself is a script from outside the page: only it goes past the policy.
    await visitAs(browser, { address, cookie }, { bypassCSP: true }, async (page) => {
      for (const visit of visits.filter(([whose]) => whose === who)) await look(page, visit);
    });
  }
});
