/** Every kind of page in a real browser: no finding of axe, nothing wider than the window, everything by keyboard, without scripts. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser } from "playwright-core";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { testApp } from "./app.ts";
import { axeFindings, launchBrowser, overflow } from "./browser.ts";

const REF = "HEL-2015-004216-29";
const PASSWORD = "correct horse battery";

const WORDS: Record<
  Language,
  Record<"decisions" | "matters" | "search" | "about" | "accessibility" | "data" | "unread", string>
> = {
  fi: {
    decisions: "paatokset",
    matters: "asiat",
    search: "haku",
    about: "tietoa",
    accessibility: "saavutettavuus",
    data: "avoin-data",
    unread: "lukematta",
  },
  sv: {
    decisions: "beslut",
    matters: "arenden",
    search: "sok",
    about: "om",
    accessibility: "tillganglighet",
    data: "oppna-data",
    unread: "olasta",
  },
  en: {
    decisions: "decisions",
    matters: "matters",
    search: "search",
    about: "about",
    accessibility: "accessibility",
    data: "open-data",
    unread: "unread",
  },
};

/** What the dark scheme can change: the mark-up is the same. */
const COLOUR_RULES = ["color-contrast", "link-in-text-block"];

/** Each kind of page once, spread over the cities, whose colours differ. */
const pathsOf = (language: Language): string[] => {
  const w = WORDS[language];
  return [
    `/${language}`,
    `/${language}/oulu`,
    `/${language}/${w.decisions}`,
    `/${language}/helsinki/${w.decisions}?year=2021&maker=kaupunginhallitus`,
    `/${language}/turku/${w.decisions}?year=1999`,
    `/${language}/helsinki/${w.decisions}/${REF}`,
    `/${language}/helsinki/${w.matters}/HEL-2015-004216`,
    `/${language}/${w.search}?q=osallisuus`,
    `/${language}/vantaa/${w.search}?q=HEL+2015-004216`,
    `/${language}/espoo/${w.search}?q=xyzzy`,
    `/${language}/${w.about}`,
    `/${language}/${w.accessibility}`,
    `/${language}/${w.data}`,
    `/${language}/tampere/nothing-here`,
    `/${language}/tampere/desk/${w.unread}`,
  ];
};

describe("pages in a browser", () => {
  let browser: Browser;
  let address: string;
  const closing: (() => Promise<void>)[] = [];
  before(async () => {
    const settings = { RATE_LIMIT: "0", DESK_PASSWORD: PASSWORD };
    const app = await testApp({ after: (done) => closing.push(done) }, { demo: true, settings });
    address = await app.server.listen({ host: "127.0.0.1", port: 0 });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser.close();
    for (const close of closing) await close();
  });
  const open = (options: Parameters<Browser["newContext"]>[0]) =>
    browser.newContext({ httpCredentials: { username: "desk", password: PASSWORD }, ...options });

  for (const language of LANGUAGES) {
    for (const colorScheme of ["light", "dark"] as const) {
      it(`axe finds nothing on any of them (${language}, ${colorScheme})`, async () => {
        // The check itself is a script from outside the page: only it goes past the policy.
        const context = await open({ colorScheme, bypassCSP: true, viewport: { width: 1280, height: 900 } });
        const page = await context.newPage();
        for (const path of pathsOf(language)) {
          await page.goto(address + path);
          assert.deepEqual(await axeFindings(page, colorScheme === "dark" ? COLOUR_RULES : undefined), [], path);
        }
        await context.close();
      });
    }
    it(`none is wider than a window of 320 px (${language})`, async () => {
      const context = await open({ viewport: { width: 320, height: 800 } });
      const page = await context.newPage();
      for (const path of pathsOf(language)) {
        await page.goto(address + path);
        assert.equal(await overflow(page), 0, path);
      }
      await context.close();
    });
  }

  it("a search is asked and its hit opened by keyboard alone, without scripts", async () => {
    const context = await open({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(`${address}/fi`);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter"); // the skip link
    await page.keyboard.press("Tab");
    await page.keyboard.type("avoin osallisuus");
    await page.keyboard.press("Enter");
    await page.waitForURL(/\/fi\/haku\?q=avoin\+osallisuus/);
    const hit = page.locator(`a[href$="${REF}"]`).first();
    for (
      let n = 0;
      n < 60 && !(await hit.evaluate((element) => element === element.ownerDocument.activeElement));
      n++
    ) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await page.waitForURL(new RegExp(`${REF}$`));
    assert.match(await page.locator("h1").innerText(), /kärki­?hankeen hakemukseen/);
    await context.close();
  });

  it("the first view of a decision loads no script and at most 60 kB besides the typeface", async () => {
    const context = await open({});
    const page = await context.newPage();
    const sizes: number[] = [];
    const kinds = new Set<string>();
    page.on("requestfinished", (request) => {
      kinds.add(request.resourceType());
      if (request.resourceType() !== "font") void request.sizes().then((size) => sizes.push(size.responseBodySize));
    });
    await page.goto(`${address}/fi/helsinki/paatokset/${REF}`, { waitUntil: "networkidle" });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(!kinds.has("script"));
    assert.ok(total > 1000 && total < 60_000, `${total} bytes`);
    await context.close();
  });
});
