/** Signing in and out in a real browser, by keyboard alone and without scripts, with the demo's identity provider, in three languages. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { choosePort } from "#core/port.ts";
import { openDemoIdentity } from "#modules/accounts/index.ts";
import { DEMO_MAIL } from "#modules/accounts/demo/mail-page.tsx";
import { ME, SESSIONS, SIGN_IN } from "#modules/accounts/paths.ts";
import { t } from "#modules/accounts/texts.ts";
import { UNREAD } from "#modules/decisions/paths.ts";
import { testApp } from "./app.ts";
import { axeFindings, launchBrowser, overflow } from "./browser.ts";
import { tabTo } from "./keyboard.ts";

let browser: Browser;
let address: string;
const closing: (() => Promise<void>)[] = [];
before(async () => {
  const port = await choosePort("127.0.0.1", 0, 1);
  address = `http://127.0.0.1:${port}`;
  const demo = openDemoIdentity(address);
  const app = await testApp(
    { after: (done) => closing.push(done) },
    { settings: { RATE_LIMIT: "0" }, origin: address, signIn: { providers: demo.providers, isInsecure: true, demo } },
  );
  await app.server.listen({ host: "127.0.0.1", port });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  for (const close of closing) await close();
});

async function visit(options: BrowserContextOptions, walk: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext({
    viewport: { width: 1000, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  await walk(await context.newPage());
  await context.close();
}

/** Goes to it by Tab, presses Enter, and waits for the page that follows. */
async function press(page: Page, what: ReturnType<Page["locator"]>, leadsTo: RegExp | string): Promise<void> {
  await tabTo(page, what);
  await page.keyboard.press("Enter");
  await page.waitForURL(leadsTo);
}

const button = (page: Page, name: string) => page.locator("main").getByRole("button", { name });
const heading = (page: Page): Promise<string> => page.locator("h1").innerText();

for (const language of LANGUAGES) {
  describe(`by keyboard alone, without scripts (${language})`, () => {
    const scriptless = (walk: (page: Page) => Promise<void>) => visit({ javaScriptEnabled: false }, walk);

    it("a resident is led from their own pages to the provider and back, sees their session, and signs out", async () => {
      await scriptless(async (page) => {
        await page.goto(address + SESSIONS.href(language));
        assert.equal(await heading(page), t(language, "signIn"));
        await press(page, page.locator("a.hds-button--primary"), /\/demo\/identity\/people\//);
        await press(page, button(page, "Salla Rautiainen"), address + SESSIONS.href(language));
        assert.match(await page.locator(".self").innerText(), /Salla Rautiainen/);
        assert.match(await page.locator("main").innerText(), new RegExp(t(language, "kind_strong")));
        await press(page, page.locator(".self button"), /\/demo\/identity\/session\/end/);
        await press(page, page.locator("main button"), /signed-out|ulkona|utloggad/);
        assert.equal(await heading(page), t(language, "signedOutTitle"));
        await page.goto(address + ME.href(language));
        assert.equal(await heading(page), t(language, "signIn"));
      });
    });

    it("an employee is led from the desk to their city's directory and back", async () => {
      await scriptless(async (page) => {
        await page.goto(address + UNREAD.href(language, { city: "tampere" }));
        await press(page, page.locator("#staff ~ .ways a"), /\/demo\/identity\/people\//);
        await press(page, button(page, "Arto Kivijoki"), address + UNREAD.href(language, { city: "tampere" }));
        await page.goto(address + UNREAD.href(language, { city: "oulu" }));
        assert.equal(await page.locator(".error-page").count(), 1);
      });
    });

    it("a link by mail lets in who asked for it, after a wrong address was mended", async () => {
      await scriptless(async (page) => {
        await page.goto(address + SIGN_IN.href(language));
        await tabTo(page, page.locator("#mail"));
        await page.keyboard.type("kuka-lienee");
        await page.keyboard.press("Enter");
        await page.locator("#mistakes").waitFor();
        assert.equal(await page.locator("#mail").inputValue(), "kuka-lienee");
        await tabTo(page, page.locator("#mail"));
        await page.keyboard.press("End");
        await page.keyboard.type(`.${language}@example.fi`);
        await page.keyboard.press("Enter");
        await page.waitForURL(/lahetetty|skickat|sent/);
        await page.goto(address + DEMO_MAIL.href(language));
        await press(page, page.locator("main a", { hasText: "127.0.0.1" }).first(), /linkki|lank|link/);
        await press(page, button(page, t(language, "signIn")), address + ME.href(language));
        assert.match(await page.locator("main").innerText(), new RegExp(`kuka-lienee.${language}@example.fi`));
      });
    });
  });
}

describe("every page of signing in", () => {
  for (const language of LANGUAGES) {
    it(`has nothing that axe finds and fits into 320 px (${language})`, async () => {
      // The check itself is a script from outside the page: only it goes past the policy.
      await visit({ bypassCSP: true }, async (page) => {
        const look = async () => {
          assert.deepEqual(await axeFindings(page), [], page.url());
          await page.setViewportSize({ width: 320, height: 800 });
          assert.equal(await overflow(page), 0, page.url());
          await page.setViewportSize({ width: 1000, height: 900 });
        };
        await beginAs(page, language);
        await look();
        await button(page, "Aino Rautiainen").click();
        await page.waitForURL(address + ME.href(language));
        await look();
        await page.goto(address + DEMO_MAIL.href(language));
        await look();
        await page.locator(".self button").click();
        await page.waitForURL(/session\/end/);
        await look();
      });
    });
  }
});

async function beginAs(page: Page, language: Language): Promise<void> {
  await page.goto(address + ME.href(language));
  await page.locator("a.hds-button--primary").click();
  await page.waitForURL(/\/people\//);
}
