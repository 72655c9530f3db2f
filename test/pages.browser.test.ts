/** Every kind of page in a real browser: no finding of axe, nothing wider than the window, everything by keyboard, without scripts. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { LANGUAGES } from "#core/cities.ts";
import { testApp } from "./app.ts";
import { assertAccessible, axeFindings, COLOURS, launchBrowser, visitAs } from "./browser.ts";
import { follow, tabTo } from "./keyboard.ts";
import { somebody } from "./people.ts";
import { keepUnread } from "./unread.ts";
import { officialPathsOf, pathsOf, REF, WITH_ATTACHMENTS } from "./pages.ts";

const DECISION = `/fi/helsinki/paatokset/${REF}`;

let browser: Browser;
let address: string;
/** Cookie of somebody who may see every page that is looked at here. */
let registrar: string;
const closing: (() => Promise<void>)[] = [];
before(async () => {
  const settings = { RATE_LIMIT: "0" };
  const app = await testApp({ after: (done) => closing.push(done) }, { demo: true, settings });
  for (const city of ["tampere", "joint"] as const) await keepUnread(app, city);
  registrar = (await somebody(app, { city: "tampere", roles: [{ role: "registrar" }] })).headers.cookie;
  address = await app.server.listen({ host: "127.0.0.1", port: 0 });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  for (const close of closing) await close();
});

/** A window of its own, of a registrar who has signed in. Without motion: nobody looks in the middle of a change of colour. */
async function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  await visitAs(browser, { address, cookie: registrar }, options, look);
}

/** Texts in the page's language that hold words of the official text, or words that only Finnish has. */
const unmarkedFinnish = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const marked = new Set();
    const unmarked = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const text = walker.currentNode.data.replaceAll("\u00AD", "").trim();
      if (walker.currentNode.parentElement.closest("[lang]").lang !== "fi") unmarked.push(text);
      else if (text.length > 8) marked.add(text);
    }
    const isFinnish = (text) => /kaupungin|lautakunt|hallitu|johtaja|päätö|asiat\\b/i.test(text);
    return unmarked.filter((text) => isFinnish(text) || [...marked].some((words) => text.includes(words)));
  })()`);

/** What would move on the page, and "@view-transition" when the way to the next page would. */
const moving = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const elements = [...document.querySelectorAll("*")].filter((element) => {
      const { transitionDuration, animationName } = getComputedStyle(element);
      return animationName !== "none" || transitionDuration.split(",").some((time) => parseFloat(time) > 0);
    });
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
    const inForce = rules.flatMap((rule) => (rule.media && matchMedia(rule.media.mediaText).matches ? [...rule.cssRules] : [rule]));
    const ways = inForce.some((rule) => rule instanceof CSSViewTransitionRule) ? ["@view-transition"] : [];
    return [...elements.map((element) => element.outerHTML.slice(0, 80)), ...ways];
  })()`);

describe("every kind of page", () => {
  for (const language of LANGUAGES) {
    it(`has nothing that axe finds, light or dark, and fits into 320 px (${language})`, async () => {
      // The check itself is a script from outside the page: only it goes past the policy.
      await visit({ bypassCSP: true }, async (page) => {
        for (const path of pathsOf(language)) {
          await page.goto(address + path);
          await assertAccessible(page, path, "all");
          await page.emulateMedia({ colorScheme: "dark" });
          assert.deepEqual(await axeFindings(page, COLOURS), [], `${path} dark`);
          await page.emulateMedia({ colorScheme: "light" });
        }
      });
    });
  }

  for (const language of ["sv", "en"] as const) {
    it(`marks what is in Finnish (${language})`, async () => {
      await visit({}, async (page) => {
        for (const path of officialPathsOf(language)) {
          await page.goto(address + path);
          assert.deepEqual(await unmarkedFinnish(page), [], path);
        }
      });
    });
  }

  it("shows what has the focus and where one is in forced colours", async () => {
    await visit({ forcedColors: "active", bypassCSP: true }, async (page) => {
      for (const path of [DECISION, "/fi/helsinki/paatokset?year=2021", "/fi/haku?q=osallisuus"]) {
        await page.goto(address + path);
        assert.deepEqual(await axeFindings(page), [], path);
        const current = page.locator(".nav [aria-current], .tools [aria-current]").first();
        const line = (element: Element) => element.computedStyleMap().get("text-decoration-line")?.toString();
        assert.equal(await current.evaluate(line), "underline");
        await page.keyboard.press("Tab");
        await tabTo(page, page.locator("main a, main input").first());
      }
    });
  });

  it("moves nothing for those who want no motion, and from page to page for the others", async () => {
    await visit({}, async (page) => {
      for (const path of [DECISION, "/fi"]) {
        await page.goto(address + path);
        assert.deepEqual(await moving(page), [], path);
      }
      await page.emulateMedia({ reducedMotion: "no-preference" });
      assert.deepEqual(await moving(page), ["@view-transition"]);
    });
  });
});

describe("by keyboard alone, without scripts,", () => {
  const withoutScripts = (look: (page: Page) => Promise<void>, width = 1280) =>
    visit({ javaScriptEnabled: false, viewport: { width, height: 900 } }, look);

  it("a city and a language are chosen", async () => {
    await withoutScripts(async (page) => {
      await page.goto(`${address}/fi`);
      await follow(page, page.locator(".cities a", { hasText: "Espoo" }), /\/fi\/espoo$/);
      await follow(page, page.locator(".tools a", { hasText: "På svenska" }), /\/sv\/espoo$/);
      assert.equal(await page.locator("h1").innerText(), "Beslut i Esbo");
    });
  });

  it("a search is asked, its pages are turned and a hit is opened", async () => {
    await withoutScripts(async (page) => {
      await page.goto(`${address}/fi`);
      await page.keyboard.press("Tab");
      await page.keyboard.press("Enter"); // the skip link
      await page.keyboard.press("Tab");
      await page.keyboard.type("kaupunki");
      await page.keyboard.press("Enter");
      await page.waitForURL(/\/fi\/haku\?q=kaupunki/);
      await follow(page, page.locator(".pages a", { hasText: "2" }).first(), /page=2/);
      assert.equal(await page.locator(".pages [aria-current]").innerText(), "2");
      await page.goto(`${address}/fi/haku?q=avoin+osallisuus`);
      await follow(page, page.locator(`a[href$="${REF}"]`).first(), new RegExp(`${REF}$`));
      assert.match(await page.locator("h1").innerText(), /kärki\u00AD?hankeen hakemukseen/);
    });
  });

  it("a list is narrowed, the filter taken away again, and older decisions are walked to and back from", async () => {
    await withoutScripts(async (page) => {
      await page.goto(`${address}/fi/paatokset`);
      await tabTo(page, page.locator("input[value=espoo]"));
      await page.keyboard.press("Space");
      await tabTo(page, page.locator(".facets button"));
      await page.keyboard.press("Enter");
      await page.waitForURL(/city=espoo/);
      await follow(page, page.locator(".chip"), /\/fi\/paatokset$/);
      await follow(page, page.locator(".walk [rel=next]"), /after=/);
      await follow(page, page.locator(".walk a").first(), /\/fi\/paatokset$/);
    });
  });

  it("the filters open on a narrow page", async () => {
    await withoutScripts(async (page) => {
      await page.goto(`${address}/fi/paatokset`);
      await tabTo(page, page.locator(".facets > summary"));
      await page.keyboard.press("Enter");
      await tabTo(page, page.locator("input[value=espoo]"));
    }, 360);
  });

  it("a decision is skipped to, gone through by its contents, and its attachments are reached", async () => {
    await withoutScripts(async (page) => {
      const { city, ref } = WITH_ATTACHMENTS;
      await page.goto(`${address}/fi/${city}/paatokset/${ref}`);
      await page.keyboard.press("Tab");
      assert.equal((await page.locator(".skip").boundingBox())?.y, 0);
      await page.keyboard.press("Enter");
      await page.waitForURL(/#main$/);
      await follow(page, page.locator(".toc a").last(), /#attachments(-\d)?$/);
      const section = page.locator(`h2[id="${new URL(page.url()).hash.slice(1)}"]`);
      const top = (await section.boundingBox())?.y ?? -1;
      assert.ok(top >= 0 && top < 900, `the section is ${top} px below the top of the window`);
      await tabTo(page, page.locator("section#attachments a").first());
    });
  });
});

it("the first view of a decision loads no script and at most 60 kB besides the typeface", async () => {
  await visit({}, async (page) => {
    const sizes: number[] = [];
    const kinds = new Set<string>();
    page.on("requestfinished", (request) => {
      kinds.add(request.resourceType());
      if (request.resourceType() !== "font") void request.sizes().then((size) => sizes.push(size.responseBodySize));
    });
    await page.goto(address + DECISION, { waitUntil: "networkidle" });
    const total = sizes.reduce((sum, size) => sum + size, 0);
    assert.ok(!kinds.has("script"));
    assert.ok(total > 1000 && total < 60_000, `${total} bytes`);
  });
});
