/** Signing in and out in a real browser, by keyboard alone and without scripts, with the demo's identity provider, in three languages. */
import assert from "node:assert/strict";
import { after, afterEach, beforeEach, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { DEMO_MAIL } from "#modules/accounts/demo/mail-page.tsx";
import { NEW_KEY } from "#modules/accounts/keys/paths.ts";
import { t as keyTexts } from "#modules/accounts/keys/texts.ts";
import { MAIL_LINK, MAIL_SENT, ME, SESSIONS, SIGN_IN, SIGNED_OUT } from "#modules/accounts/paths.ts";
import { t } from "#modules/accounts/texts.ts";
import { UNREAD } from "#modules/decisions/paths.ts";
import { assertAccessible, clickThrough } from "./browser.ts";
import { followMail, identifyAs, openDemoService, openWalker, passDirectory, type Walker } from "./demo-walk.ts";

const WIDE = { width: 1000, height: 900 };

const service = await openDemoService({ after });
const { address } = service;

for (const language of LANGUAGES) {
  describe(`by keyboard alone, without scripts (${language})`, () => {
    let walker: Walker;
    beforeEach(async () => {
      walker = await openWalker(service, language);
    });
    afterEach(() => walker.page.context().close());

    it("a resident is led from their own pages to the provider and back, sees their session, and signs out", async () => {
      const { page } = walker;
      await walker.open(SESSIONS.href(language));
      assert.equal(await walker.heading(), t(language, "signIn"));
      await identifyAs(walker, "salla", SESSIONS.href(language));
      assert.match(await page.locator(".self").innerText(), /Salla Rautiainen/);
      assert.match(await walker.text(), new RegExp(t(language, "kind_strong")));
      await walker.press(page.locator(".self button"), /\/demo\/identity\/session\/end/);
      await walker.press(page.locator("main button"), new RegExp(SIGNED_OUT.href(language)));
      assert.equal(await walker.heading(), t(language, "signedOutTitle"));
      await walker.open(ME.href(language));
      assert.equal(await walker.heading(), t(language, "signIn"));
    });

    it("an employee is led from the desk to their city's directory and back", async () => {
      const { page } = walker;
      const tampere = UNREAD.href(language, { city: "tampere" });
      await walker.open(tampere);
      await passDirectory(walker, "tampere-registrar", tampere);
      await walker.open(UNREAD.href(language, { city: "oulu" }));
      assert.equal(await page.locator(".error-page").count(), 1);
    });

    it("a link by mail lets in who asked for it, after a wrong address was mended", async () => {
      const { page } = walker;
      const mail = `kuka-lienee.${language}@example.fi`;
      await walker.open(SIGN_IN.href(language));
      await walker.write("#mail", "kuka-lienee");
      await page.keyboard.press("Enter");
      await page.locator("#mistakes").waitFor();
      assert.equal(await page.locator("#mail").inputValue(), "kuka-lienee");
      await walker.write("#mail", mail);
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(MAIL_SENT.href(language)));
      await followMail(walker, mail, new RegExp(MAIL_LINK.href(language, { token: "" })));
      await walker.press(t(language, "signIn"), ME.href(language));
      assert.match(await walker.text(), new RegExp(mail));
    });

    it("who came by mail, and who typed for too long, identify themselves and go on with what they typed", async () => {
      const mail = `hidas.${language}@example.fi`;
      const [form, parked] = [NEW_KEY.href(language), new RegExp(`${NEW_KEY.href(language)}\\?parked=`)];
      await walker.open(SIGN_IN.href(language));
      await walker.write("#mail", mail);
      await walker.press(t(language, "mailSend"), new RegExp(MAIL_SENT.href(language)));
      await followMail(walker, mail, new RegExp(MAIL_LINK.href(language, { token: "" })));
      await walker.press(t(language, "signIn"), ME.href(language));

      await walker.open(form);
      assert.equal(await walker.heading(), t(language, "signIn"));
      await identifyAs(walker, "salla", form);
      await walker.write("#name", "Oma ohjelma");
      service.app.clock.forward({ minutes: 61 });
      await walker.press(keyTexts(language, "keyNew"), new RegExp(SIGN_IN.href(language)));
      await identifyAs(walker, "salla", parked);
      assert.equal(await walker.page.locator("#name").inputValue(), "Oma ohjelma");
    });
  });
}

describe("every page of signing in", () => {
  for (const language of LANGUAGES) {
    it(`has nothing that axe finds and fits into 320 px (${language})`, async () => {
      // The check itself is a script from outside the page: only it goes past the policy.
      const context = await service.browser.newContext({ bypassCSP: true, reducedMotion: "reduce", viewport: WIDE });
      const page = await context.newPage();
      const look = () => assertAccessible(page, page.url());
      await beginAs(page, language);
      await look();
      await page.locator("main").getByRole("button", { name: "Aino Rautiainen" }).click();
      await page.waitForURL(address + ME.href(language));
      await look();
      await page.goto(address + DEMO_MAIL.href(language));
      await look();
      await clickThrough(page, page.locator(".self button"));
      await page.waitForURL(/session\/end/);
      await look();
      await context.close();
    });
  }
});

async function beginAs(page: Page, language: Language): Promise<void> {
  await page.goto(address + ME.href(language));
  await page.locator("a.hds-button--primary").click();
  await page.waitForURL(/\/people\//);
}
