/** One's own pages in a real browser: the way through them by keyboard without scripts, and axe on each in three languages. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { recordAudit } from "#core/audit.ts";
import { LANGUAGES } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { testApp, type TestApp } from "#test/app.ts";
import { axeFindings, launchBrowser, overflow, visitAs } from "#test/browser.ts";
import { follow, tabTo } from "#test/keyboard.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { ME } from "../paths.ts";
import { ERASE, ERASED } from "../retention/paths.ts";
import { CONFIRM_MAIL, CONTACT_MAIL, DATA, PROFILE, SEEN } from "./paths.ts";

let app: TestApp;
let browser: Browser;
let address: string;
const closing: (() => Promise<void>)[] = [];
before(async () => {
  app = await testApp({ after: (done) => closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
  address = await app.server.listen({ host: "127.0.0.1", port: 0 });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  for (const close of closing) await close();
});

/** A window of somebody who has signed in. */
async function visit(
  person: TestPerson,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  await visitAs(browser, { address, cookie: person.headers.cookie }, options, look);
}

const lookedAt = (person: TestPerson) =>
  withTx(app.db, "oulu", (tx) =>
    recordAudit(
      tx,
      { kind: "staff", person: person.id, roles: [{ city: "oulu", role: "advisor", scope: null }] },
      {
        city: "oulu",
        action: "open",
        subjectKind: "person",
        subjectId: person.id,
        about: person.id,
        reason: "Puhelu asiasta",
      },
      app.clock.now(),
    ),
  );

describe("one's own pages", () => {
  for (const language of LANGUAGES) {
    it(`have nothing that axe finds, and fit into 320 px (${language})`, async () => {
      const person = await somebody(app, { kind: "mail", mail: `katsoja.${language}@example.fi`, language });
      await lookedAt(person);
      await lookedAt(person);
      const paths = [ME, PROFILE, CONTACT_MAIL, DATA, SEEN, ERASE].map((path) => path.href(language));
      const more = [
        `${PROFILE.href(language)}?done=linkSent`,
        `${DATA.href(language)}?source=accounts.audit`,
        CONFIRM_MAIL.href(language, { token: "x".repeat(43) }),
      ];
      // The check itself is a script from outside the page: only it goes past the policy.
      await visit(person, { bypassCSP: true }, async (page) => {
        for (const path of [...paths, ...more]) {
          await page.goto(address + path);
          assert.deepEqual(await axeFindings(page), [], path);
          await page.setViewportSize({ width: 320, height: 800 });
          assert.equal(await overflow(page), 0, path);
          await page.setViewportSize({ width: 1280, height: 900 });
        }
      });
    });
  }

  it("are walked by keyboard, without scripts, from the profile to the receipt", async () => {
    const person = await somebody(app, { kind: "mail", given: "", family: "", mail: "kulkija@example.fi" });
    await visit(person, { javaScriptEnabled: false }, async (page) => {
      await page.goto(address + ME.href("fi"));
      await follow(page, page.locator(`main a[href="${PROFILE.href("fi")}"]`), /\/me\/tiedot$/);
      await tabTo(page, page.locator("#given"));
      await page.keyboard.type("Kulkija");
      await tabTo(page, page.locator("#phone"));
      await page.keyboard.type("kotona");
      await tabTo(page, page.locator("main form button").last());
      await page.keyboard.press("Enter");
      await page.locator(".errors").waitFor();
      assert.equal(await page.locator("#given").inputValue(), "Kulkija");
      await tabTo(page, page.locator("#phone"));
      await page.keyboard.press("Control+A");
      await page.keyboard.type("040 123 4567");
      await tabTo(page, page.locator("main form button").last());
      await page.keyboard.press("Enter");
      await page.waitForURL(/done=saved/);

      await page.goto(address + ME.href("fi"));
      await follow(page, page.locator(`main a[href="${DATA.href("fi")}"]`), /\/me\/tietoni$/);
      assert.match(await page.locator("main").innerText(), /0401234567/);
      await page.goto(address + ME.href("fi"));
      await follow(page, page.locator(`main a[href="${ERASE.href("fi")}"]`), /\/me\/poista$/);
      await tabTo(page, page.locator("#confirm"));
      await page.keyboard.type("poista");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/me\/poistettu\//);
      assert.equal(await page.locator("h1").innerText(), "Kuitti poistosta");
      await page.goto(address + ME.href("fi"));
      assert.match(page.url(), /kirjaudu/);
    });
  });

  it("end with a receipt in which axe finds nothing", async () => {
    const person = await somebody(app, { kind: "mail", mail: "lahtija@example.fi" });
    await visit(person, { bypassCSP: true }, async (page) => {
      await page.goto(address + ERASE.href("sv"));
      await page.locator("#confirm").fill("radera");
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(ERASED.href("sv", { receipt: "" })));
      assert.deepEqual(await axeFindings(page), []);
      await page.setViewportSize({ width: 320, height: 800 });
      assert.equal(await overflow(page), 0);
    });
  });
});
