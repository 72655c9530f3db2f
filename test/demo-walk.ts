/**
 * Walks through the service as the demo's people take them: signed in by the demo's identity provider, and then by keyboard alone and without scripts.
 * What leads from page to page is found by its address or its words in the walk's language, so that one walk is every language's.
 */
import assert from "node:assert/strict";
import type { Browser, Locator, Page } from "playwright-core";
import type { CityCode, Language } from "#core/cities.ts";
import { holdPort } from "#core/port.ts";
import { DEMO_MAIL } from "#modules/accounts/demo/mail-page.tsx";
import { DEMO_PEOPLE, type DemoPerson } from "#modules/accounts/demo/people.ts";
import { openDemoIdentity } from "#modules/accounts/index.ts";
import { ME, SIGN_IN_WITH } from "#modules/accounts/paths.ts";
import { DESK } from "#modules/accounts/staff/paths.ts";
import { type Scope, type TestApp, testApp, testSealer } from "./app.ts";
import { askWith } from "./ask.ts";
import { launchBrowser } from "./browser.ts";
import { follow, tabTo } from "./keyboard.ts";

export interface DemoService {
  app: TestApp;
  /** Where it listens: "http://127.0.0.1:PORT". */
  address: string;
  browser: Browser;
}

/** The service with the demo's people and what they bring with them, on a port of its own, and a browser. */
export async function openDemoService(scope: Scope, settings: Record<string, string> = {}): Promise<DemoService> {
  const held = await holdPort("127.0.0.1", 0, 1);
  const address = `http://127.0.0.1:${held.port}`;
  const closing: (() => Promise<void>)[] = [];
  scope.after(async () => {
    for (const close of closing.toReversed()) await close();
  });
  const demo = openDemoIdentity(address);
  const sealer = testSealer();
  const signIn = { providers: demo.providers, sealer, isInsecure: true, demo };
  const app = await testApp(
    { after: (done) => void closing.push(done) },
    { settings: { RATE_LIMIT: "0", ...settings }, origin: address, signIn },
  );
  await demo.load(app.db, sealer, app.clock.now());
  const browser = await launchBrowser();
  closing.push(() => browser.close());
  await held.handOver(app.server.server);
  return { app, address, browser };
}

/** A window in which everything is done by keyboard. */
export interface Walker {
  page: Page;
  language: Language;
  /** Opens an address of the service, as from a bookmark. */
  open(path: string): Promise<void>;
  /** Goes to a link by Tab and follows it: a locator, or where it leads. */
  follow(link: Locator | string, leadsTo?: RegExp): Promise<void>;
  /** Goes to a button of the page's own part by Tab and presses it: a locator, or its words. `leadsTo`: the address afterwards. */
  press(button: Locator | string, leadsTo: RegExp | string): Promise<void>;
  /** Goes to a field by Tab and writes there in place of what is in it. */
  write(field: string, text: string): Promise<void>;
  /** Goes to a choice from a list by Tab, and to the option with those words by the arrow keys. */
  choose(field: string, option: string): Promise<void>;
  /** Goes to a box or a round choice by Tab and presses Space. */
  tick(field: string): Promise<void>;
  /** Goes to round choices of that name by Tab, and to the one with that value by the arrow keys. */
  pick(name: string, value: string): Promise<void>;
  /**
   * Mends a mistake: the list of mistakes has got the focus and leads to the field, where what was typed stands still, and `mended` is
   * written in its place.
   */
  mend(field: string, typed: string, mended: string): Promise<void>;
  /** What the page says between its header and its footer. */
  text(): Promise<string>;
  /** The page's heading. */
  heading(): Promise<string>;
}

/** A window in which nobody has signed in. The caller closes its context. */
export async function openWalker({ browser, address }: DemoService, language: Language): Promise<Walker> {
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, reducedMotion: "reduce", javaScriptEnabled: false });
  const page = await context.newPage();
  return {
    page,
    language,
    open: async (path) => void (await page.goto(address + path)),
    follow: async (link, leadsTo) => {
      const isAddress = typeof link === "string";
      const place = isAddress ? { css: `main a[href="${link}"]` } : link;
      await follow(page, place, leadsTo ?? new RegExp(`${isAddress ? RegExp.escape(link) : ""}$`));
    },
    press: async (button, leadsTo) => {
      await tabTo(page, typeof button === "string" ? { css: "main button", name: button } : button);
      // A refused form comes back under the address it has already.
      const answer = page.waitForEvent("load");
      await page.keyboard.press("Enter");
      await answer;
      await page.waitForURL(typeof leadsTo === "string" ? address + leadsTo : leadsTo);
    },
    write: async (field, text) => {
      await tabTo(page, { css: field });
      await page.keyboard.press("Control+A");
      await page.keyboard.type(text);
    },
    choose: async (field, option) => {
      await tabTo(page, { css: field });
      await page.keyboard.press("Home");
      // Not by typing its words: they may begin with a letter that has no key here.
      const options = await askWith(page, textsOf, `${field} option`);
      for (let n = options.indexOf(option); n > 0; n--) await page.keyboard.press("ArrowDown");
      assert.deepEqual(await askWith(page, textsOf, `${field} option:checked`), [option]);
    },
    tick: async (field) => {
      await tabTo(page, { css: field });
      await page.keyboard.press("Space");
    },
    pick: async (name, value) => {
      const css = `main input[name="${name}"]`;
      const [chosen] = await askWith(page, valuesOf, `${css}:checked`);
      await tabTo(page, { css: chosen === undefined ? css : `${css}:checked` });
      await page.keyboard.press("Space");
      const choices = await askWith(page, valuesOf, css);
      for (let n = choices.length; n > 1 && (await askWith(page, valuesOf, `${css}:checked`))[0] !== value; n--)
        await page.keyboard.press("ArrowDown");
      assert.deepEqual(await askWith(page, valuesOf, `${css}:checked`), [value]);
    },
    mend: async (field, typed, mended) => {
      await page.locator(".errors:focus").waitFor();
      await follow(page, { css: `.errors a[href="${field}"]` }, new RegExp(`${field}$`));
      assert.deepEqual(await askWith(page, valuesOf, `${field}:focus`), [typed]);
      await page.keyboard.press("Control+A");
      await page.keyboard.type(mended);
    },
    text: () => askWith(page, textOf, "main"),
    heading: () => askWith(page, textOf, "h1"),
  };
}

const textOf = (css: string): string => document.querySelector<HTMLElement>(css)?.innerText ?? "";
const textsOf = (css: string): string[] => [...document.querySelectorAll(css)].map((one) => one.textContent);
const valuesOf = (css: string): string[] =>
  [...document.querySelectorAll<HTMLInputElement>(css)].map(({ value }) => value);

/** A resident of the demo on their own pages: "aino" of `DEMO_PEOPLE`, identified strongly. */
export async function enterAs(service: DemoService, language: Language, id: string): Promise<Walker> {
  return await enter(service, language, { id, provider: "demo" }, ME.href(language));
}

/** From the page where one chooses how to sign in: by strong identification, and back to where one came from. */
export async function identifyAs(walker: Walker, id: string, leadsTo: RegExp | string): Promise<void> {
  await walker.press(walker.page.locator("a.hds-button--primary"), /\/demo\/identity\/people\//);
  await walker.press(buttonOf(walker, id), leadsTo);
}

/** An employee of the demo at the desk of their city: "oulu-registrar" of `DEMO_PEOPLE`. */
export async function enterDeskAs(service: DemoService, language: Language, id: string): Promise<Walker> {
  const [city] = id.split("-") as [CityCode];
  return await enter(service, language, { id, provider: `demo-${city}` }, DESK.href(language, { city }));
}

/** By the provider, as by keyboard, but without drawing the pages on the way: `sign-in.browser.test.ts` walks through those. */
async function enter(
  service: DemoService,
  language: Language,
  { id, provider }: { id: string; provider: string },
  leadsTo: string,
): Promise<Walker> {
  const walker = await openWalker(service, language);
  const { request } = walker.page.context();
  const way = SIGN_IN_WITH.href(language, { provider }, { return: leadsTo });
  const people = await request.get(service.address + way);
  const headers = { origin: service.address };
  const answer = await request.post(people.url(), { form: { person: id }, headers });
  assert.equal(answer.url(), service.address + leadsTo);
  await walker.open(leadsTo);
  return walker;
}

/** From the page of signing in through the directory of the desk's city, and on to where one wanted to. */
export async function passDirectory(walker: Walker, id: string, leadsTo: string): Promise<void> {
  await walker.press(walker.page.locator("#staff ~ .ways a"), /\/demo\/identity\/people\//);
  await walker.press(buttonOf(walker, id), leadsTo);
}

/** Follows the link of the newest mail to that address, where the demo shows mails: those of a city, or of the service itself. */
export async function followMail(walker: Walker, recipient: string, leadsTo: RegExp, city?: CityCode): Promise<void> {
  const { page, language } = walker;
  await walker.open(DEMO_MAIL.href(language, {}, { city }));
  const mail = page.locator("main article", { hasText: recipient }).first();
  await walker.follow(mail.locator("a"), leadsTo);
}

/** Fails unless the page says so between its header and its footer. */
export async function says(walker: Walker, words: string): Promise<void> {
  const text = await walker.text();
  assert.ok(text.includes(words), `"${words}" is not in:\n${text}`);
}

/** Fails when the demo has nobody of that id: "aino", "oulu-registrar". */
export const demoPerson = (id: string): DemoPerson =>
  DEMO_PEOPLE.find((person) => person.id === id) ?? assert.fail(`nobody of the demo is ${id}`);

/** As it stands on pages. */
export const nameOf = ({ given, family }: Pick<DemoPerson, "given" | "family">): string => `${given} ${family}`;

/** One's button among the people to sign in as. */
const buttonOf = ({ page }: Walker, id: string): Locator => page.locator(`main button[value="${id}"]`);
