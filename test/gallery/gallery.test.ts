import assert from "node:assert/strict";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { CITY_CODES, LANGUAGES } from "#core/cities.ts";
import { axeFindings, launchBrowser, overflow } from "../browser.ts";
import { SAMPLE_NAMES } from "./samples.tsx";
import { serveGallery } from "./serve.ts";

let server: Server;
let browser: Browser;
let origin: string;

before(async () => {
  server = await serveGallery(0);
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  server.close();
});

/** A window of its own, with the server's policy in force unless axe must come in. */
async function open(path: string, options: BrowserContextOptions, visit: (page: Page) => Promise<void>): Promise<void> {
  // Without motion: axe must not look in the middle of a change of colour.
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    reducedMotion: "reduce",
    ...options,
  });
  const page = await context.newPage();
  await page.goto(origin + path);
  await visit(page);
  await context.close();
}

/** Every sample in turn, each in the next language and of the next city; the gallery in all languages. */
const VISITS = SAMPLE_NAMES.flatMap((name, n) => {
  const languages = name === "gallery" ? LANGUAGES : [LANGUAGES[n % LANGUAGES.length] ?? "fi"];
  return languages.map((lang) => `/${lang}/${CITY_CODES[n % CITY_CODES.length] ?? "joint"}/${name}`);
});

describe("the components in a browser", () => {
  it("have nothing that axe finds, in any language, light or dark", async () => {
    await open("/fi/joint/front", { bypassCSP: true }, async (page) => {
      for (const path of VISITS) {
        await page.goto(origin + path);
        assert.deepEqual(await axeFindings(page), [], path);
        await page.emulateMedia({ colorScheme: "dark" });
        assert.deepEqual(await axeFindings(page, ["color-contrast"]), [], `${path} dark`);
        await page.emulateMedia({ colorScheme: "light" });
      }
    });
  });

  it("have nothing that axe finds on a phone, in the colours of any city", async () => {
    await open("/fi/helsinki/decision", { viewport: { width: 360, height: 800 }, bypassCSP: true }, async (page) => {
      for (const city of CITY_CODES) {
        await page.evaluate(`document.documentElement.dataset.city = "${city}"`);
        for (const colorScheme of ["light", "dark"] as const) {
          await page.emulateMedia({ colorScheme });
          assert.deepEqual(await axeFindings(page, ["color-contrast", "target-size"]), [], `${city} ${colorScheme}`);
        }
      }
    });
  });

  it("never scroll sideways, on a phone or at 400 % of a desk's screen, and break no rule of the policy", async () => {
    await open("/fi/joint/front", {}, async (page) => {
      const refusals: string[] = [];
      page.on("console", (message) => refusals.push(message.text()));
      // An icon that the next visit overtakes is aborted, not refused.
      page.on("requestfailed", (request) => {
        if (request.failure()?.errorText !== "net::ERR_ABORTED") refusals.push(request.url());
      });
      for (const path of VISITS) {
        await page.goto(origin + path);
        for (const width of [320, 768]) {
          await page.setViewportSize({ width, height: 800 });
          assert.equal(await overflow(page), 0, `${path} at ${width}`);
        }
        assert.deepEqual(refusals, [], path);
      }
    });
  });

  it("let the keyboard skip to the content at once", async () => {
    await open("/fi/helsinki/decision", {}, async (page) => {
      await page.keyboard.press("Tab");
      const skip = page.locator(".skip");
      assert.ok(await skip.evaluate((element) => element.matches(":focus")));
      assert.equal((await skip.boundingBox())?.y, 0);
      await page.keyboard.press("Enter");
      assert.ok(await page.locator("main").evaluate((element) => element.matches(":focus, :focus-within")));
    });
  });

  it("put the focus on the mistakes of a form when it comes back, and lead from each to its field", async () => {
    await open("/fi/helsinki/question", {}, async (page) => {
      assert.ok(await page.locator(".errors").evaluate((element) => element.matches(":focus")));
      await page.locator(".errors a").click();
      assert.ok(await page.locator("#osoite").evaluate((element) => element.matches(":focus")));
    });
  });

  it("show filters beside the results on a wide page and behind a disclosure on a narrow one", async () => {
    await open("/fi/joint/search", {}, async (page) => {
      assert.ok(await page.locator(".facets fieldset").first().isVisible());
      assert.ok(await page.locator(".facets > summary").isHidden());
    });
    await open("/fi/joint/search", { viewport: { width: 360, height: 800 } }, async (page) => {
      assert.ok(await page.locator(".facets fieldset").first().isHidden());
      await page.locator(".facets > summary").click();
      assert.ok(await page.locator(".facets fieldset").first().isVisible());
    });
  });

  it("print the decision without what is only for the screen", async () => {
    await open("/fi/helsinki/decision", {}, async (page) => {
      await page.emulateMedia({ media: "print" });
      for (const hidden of [".cities", ".nav", ".tools", ".crumbs", ".toc"])
        assert.ok(await page.locator(hidden).isHidden());
      for (const shown of ["h1", ".glance", "#p1", ".side"]) assert.ok(await page.locator(shown).first().isVisible());
    });
  });

  it("keep ticks and current places visible in forced colours", async () => {
    await open("/fi/turku/gallery", { forcedColors: "active", bypassCSP: true }, async (page) => {
      const box = page.locator(".hds-checkbox__input:checked").first();
      assert.equal(await box.evaluate((element) => element.computedStyleMap().get("appearance")?.toString()), "auto");
      assert.deepEqual(await axeFindings(page), []);
    });
  });
});
