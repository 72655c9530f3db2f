/** The pages of API keys in a real browser: made, used and ended by keyboard without scripts, and nothing that axe finds. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type Language, LANGUAGES } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { type TestApp, testApp } from "#test/app.ts";
import { axeFindings, launchBrowser, overflow, visitAs } from "#test/browser.ts";
import { follow, tabTo } from "#test/keyboard.ts";
import { actAs, someOrganisation } from "#test/organisations.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { KEYS, NEW_KEY } from "./paths.ts";

let app: TestApp;
let browser: Browser;
let address: string;
const closing: (() => Promise<void>)[] = [];
before(async () => {
  app = await testApp({ after: (done) => void closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
  address = await app.server.listen({ host: "127.0.0.1", port: 0 });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  for (const close of closing) await close();
});

/** A window of theirs. Only axe is a script, from outside the page: it goes past the policy. */
async function visit(who: TestPerson, hasAxe: boolean, look: (page: Page) => Promise<void>): Promise<void> {
  await visitAs(
    browser,
    { address, cookie: who.headers.cookie },
    hasAxe ? { bypassCSP: true } : { javaScriptEnabled: false },
    look,
  );
}

const use = async (key: string): Promise<number> => {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${address}/api/v1/changes`, { headers })).status;
};

const button = (page: Page) => page.locator("main form button[type=submit]");
const onwards = (page: Page) => page.locator("main .hds-button--primary");

it("somebody with a keyboard and without scripts makes a key, reads it once, uses it and ends it", async () => {
  await visit(await somebody(app), false, async (page) => {
    await page.goto(address + KEYS.href("fi"));
    await follow(page, onwards(page), /\/avaimet\/uusi$/);
    await tabTo(page, page.locator("#name"));
    await page.keyboard.type("Tilastosivusto");
    await tabTo(page, page.locator("#lastDay"));
    await page.keyboard.type("31.2.2099");
    await tabTo(page, button(page));
    await page.keyboard.press("Enter");
    await page.locator("#mistakes").waitFor();
    assert.equal(await page.locator("#name").inputValue(), "Tilastosivusto");
    assert.ok(await page.locator("#scopes").isChecked());

    await follow(page, page.locator(".errors a"), /#lastDay$/);
    await page.locator("#lastDay").fill("");
    await tabTo(page, button(page));
    await page.keyboard.press("Enter");
    const key = await page.locator(".secret code").innerText();
    assert.equal(await use(key), 200);

    await follow(page, onwards(page), /\/avaimet$/);
    assert.ok(!(await page.content()).includes(key));
    await follow(page, page.locator("main table a"), /\/lopeta$/);
    await tabTo(page, button(page));
    await page.keyboard.press("Enter");
    await page.waitForURL(/done=keyEnded$/);
    assert.equal(await use(key), 401);
  });
});

describe("each page of keys", () => {
  for (const language of LANGUAGES) {
    it(`has nothing that axe finds, and fits into 320 px (${language})`, async () => {
      const aino = await somebody(app, { language });
      await actAs(app, aino, await someOrganisation(app), "owner");
      await visit(aino, true, (page) => walk(page, language));
    });
  }
});

/** Through all pages, with a key whose name has no place to break. */
async function walk(page: Page, language: Language): Promise<void> {
  const look = async (what: string) => {
    assert.deepEqual(await axeFindings(page), [], what);
    await page.setViewportSize({ width: 320, height: 640 });
    assert.equal(await overflow(page), 0, what);
    await page.setViewportSize({ width: 1280, height: 900 });
  };
  await page.goto(address + KEYS.href(language));
  await look("no keys yet");
  await page.goto(address + NEW_KEY.href(language));
  await look("a new key");
  await button(page).click();
  await look("mistakes");
  await page.locator("#name").fill("Tilastosivusto".repeat(5));
  await page.locator("#lastDay").fill(`31.12.${dayInFinland(app.clock.now()).year + 1}`);
  await button(page).click();
  await look("the key, once");
  await onwards(page).click();
  await look("keys");
  await page.locator("main table a").click();
  await look("before it ends");
  await button(page).click();
  await look("ended");
}
