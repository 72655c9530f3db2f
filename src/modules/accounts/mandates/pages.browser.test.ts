/** Mandates in a real browser: given and used by keyboard alone without scripts, and each page as axe sees it. */
import assert from "node:assert/strict";
import { it, type TestContext } from "node:test";
import type { Browser, Locator, Page } from "playwright-core";
import { Temporal } from "temporal-polyfill";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { withPerson } from "#core/db.ts";
import { testApp, type TestApp } from "#test/app.ts";
import { axeFindings, launchBrowser, overflow } from "#test/browser.ts";
import answers from "#test/fixtures/accounts/authorizations.json" with { type: "json" };
import { replay } from "#test/fixtures/accounts/replay.ts";
import { follow } from "#test/keyboard.ts";
import { codeOf, get, knowBy, send } from "#test/mandates.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { writeDay } from "./day-field.ts";
import * as paths from "./paths.ts";
import { selectMandates } from "./queries.ts";
import { mailsTo } from "#test/mail.ts";

const MAIL = "veli@example.fi";

interface Scene {
  app: TestApp;
  address: string;
  browser: Browser;
}

async function open(t: TestContext): Promise<Scene> {
  const register = await replay(t, ({ path }) => {
    if (path.includes("/register/")) return { body: answers.registration };
    return { body: path.includes("/token") ? answers.token : answers.principals };
  });
  const app = await testApp(t, {
    settings: {
      RATE_LIMIT: "0",
      AUTHORIZATIONS_URL: register.address,
      AUTHORIZATIONS_CLIENT: "client",
      AUTHORIZATIONS_KEY: "key",
      AUTHORIZATIONS_SECRET: "secret",
    },
  });
  const browser = await launchBrowser();
  t.after(() => browser.close());
  return { app, address: await app.server.listen({ host: "127.0.0.1", port: 0 }), browser };
}

/** A window of somebody who has signed in. */
async function pageOf({ browser, address }: Scene, who: TestPerson, isChecked = false): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    javaScriptEnabled: isChecked,
    // The check itself is a script from outside the page: only it goes past the policy.
    bypassCSP: isChecked,
  });
  const [name = "", value = ""] = who.headers.cookie.split("=");
  // As over HTTPS, which a __Host- cookie asks for; browsers count this machine's own address as safe, and send it there.
  const url = address.replace("http:", "https:");
  await context.addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: "Lax" }]);
  return context.newPage();
}

/** Presses Tab until the place has the focus. How fields show it is their component's, and looked at where that is. */
async function reach(page: Page, place: Locator): Promise<void> {
  for (let stop = 0; stop < 60; stop++) {
    await page.keyboard.press("Tab");
    if (await place.evaluate((element) => element.matches(":focus"))) return;
  }
  assert.fail(`not reached: ${String(place)}`);
}

async function type(page: Page, name: string, text: string): Promise<void> {
  await reach(page, page.locator(`[name=${name}]`));
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
}

async function press(page: Page, button: string, address: RegExp): Promise<void> {
  await reach(page, page.getByRole("button", { name: button }));
  await page.keyboard.press("Enter");
  await page.waitForURL(address);
}

async function offerLink(app: TestApp): Promise<string> {
  const [mail] = await mailsTo(app, MAIL);
  return /https:\/\/avoin\.example\.fi(\/\S+)/.exec(mail?.body ?? "")?.[1] ?? "";
}

it("a mandate is given, taken, used and revoked by keyboard alone, without scripts", { timeout: 60_000 }, async (t) => {
  const scene = await open(t);
  const { app, address } = scene;
  const giver = await pageOf(scene, await somebody(app, { given: "Maija", family: "Virtanen" }));
  await giver.goto(`${address}/fi/me`);
  await follow(giver, giver.getByRole("link", { name: "Valtuutukset" }), /valtuutukset$/);
  await follow(giver, giver.getByRole("link", { name: "Anna valtuutus" }), /anna$/);
  await type(giver, "name", "Veli");
  await press(giver, "Anna valtuutus", /anna$/);
  assert.match(await giver.locator(".errors").innerText(), /Korjaa 3 kohtaa/);
  assert.equal(await giver.locator("[name=name]").inputValue(), "Veli");
  await type(giver, "mail", MAIL);
  await reach(giver, giver.locator("#matters"));
  await giver.keyboard.press("Space");
  await type(giver, "until", writeDay(dayInFinland(app.clock.now()).add({ years: 1 })));
  await press(giver, "Anna valtuutus", /done=offered$/);

  const taker = await pageOf(scene, await somebody(app, { given: "Veli", family: "Virtanen" }));
  await taker.goto(address + (await offerLink(app)));
  await press(taker, "Ota vastaan", /done=taken$/);
  await press(taker, "Asioi hänen puolestaan", /done=acting$/);
  assert.match(await taker.locator(".self").innerText(), /Maija Virtanen/);

  await giver.reload();
  await follow(giver, giver.getByRole("link", { name: "Peru valtuutus" }), /lopeta$/);
  await press(giver, "Peru valtuutus", /done=ended$/);
  await taker.reload();
  assert.doesNotMatch(await taker.locator(".self").innerText(), /Maija Virtanen/);
});

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
  await send(app, taker, await offerLink(app));
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
  const token = (await offerLink(app)).split("/").at(-1) ?? "";
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

it("each page has nothing that axe finds and fits into 320 px, in three languages", { timeout: 90_000 }, async (t) => {
  const scene = await open(t);
  const { app, address } = scene;
  const { links, ...people } = await fill(app);
  const pages = new Map<keyof People, Page>();
  for (const who of ["giver", "taker", "advisor", "helper"] as const)
    pages.set(who, await pageOf(scene, people[who], true));
  for (const language of LANGUAGES) {
    for (const [who, path, isSent = false] of await visitsOf(app, people, links, language)) {
      const page = pages.get(who);
      assert.ok(page);
      const answer = await page.goto(address + path);
      assert.equal(answer?.status(), 200, path);
      if (isSent) await page.locator("main button[type=submit]").first().click();
      assert.deepEqual(await axeFindings(page), [], `${path} ${isSent}`);
      assert.ok((await page.locator("main .hds-button--primary").count()) <= 1, `${path}: one filled button a page`);
      await page.setViewportSize({ width: 320, height: 800 });
      assert.equal(await overflow(page), 0, path);
      await page.setViewportSize({ width: 1280, height: 900 });
    }
  }
});
