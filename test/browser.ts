/** A real browser for tests: Chromium, and axe in it. */
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { ask, resize } from "./ask.ts";
import { type Browser, type BrowserContextOptions, type Locator, type Page, chromium } from "playwright-core";

/** The build without windows first: it draws as the other does, in half the time. */
const PATHS = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** What nobody needs here: a process of its own for drawing takes a tenth of all work, and nothing is to be fetched from elsewhere. */
const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--in-process-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

/** Errors: throws with what to install when there is no browser. The caller closes it. */
export async function launchBrowser(): Promise<Browser> {
  const executablePath = PATHS.find((path) => existsSync(path));
  if (!executablePath) throw new Error("No browser found. On Debian: apt-get install chromium-headless-shell");
  return chromium.launch({ executablePath, args: FLAGS });
}

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
/** WCAG 2.2 AA and what axe's authors hold to be good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** By which rules a page is looked at: all of those tags, all but the two of colours, or these. */
export type Rules = "all" | "without colours" | readonly string[];

/** All that a dark scheme can change. */
export const COLOURS = ["color-contrast", "link-in-text-block"] as const;

/** The two rules take most of axe's time, and the stylesheet is preloaded for another one. */
const WITHOUT_COLOURS = {
  rules: Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }])),
  preload: false,
};

const rulesOf = (rules: Rules): object =>
  typeof rules === "string"
    ? { runOnly: { type: "tag", values: TAGS }, ...(rules === "without colours" && WITHOUT_COLOURS) }
    : { runOnly: { type: "rule", values: rules } };

/** What axe finds on the page as it stands. One line a finding, empty when all is well. */
export async function axeFindings(page: Page, rules: Rules = "all"): Promise<string[]> {
  if (!(await ask<boolean>(page, "'axe' in globalThis"))) await bringAxe(page);
  const options = { ...rulesOf(rules), resultTypes: ["violations"] };
  const violations = await ask<Violation[]>(
    page,
    `axe.run(${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })) })))`,
  );
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html} ${node.failureSummary ?? ""}`));
}

/** Into this document, and into those that follow in this window: sending it again takes longer than what it does. */
async function bringAxe(page: Page): Promise<void> {
  await page.addInitScript(axe);
  await ask(page, `${axe}; undefined`);
}

/**
 * Fails when axe finds something on the page as it stands, or when it does not fit into a window of 320 px, 1280 px at 400 %. Mark-up and
 * classes, and so colours, are the same in each language: on the way through a flow they are looked at in Finnish.
 */
export async function assertAccessible(page: Page, what: string, rules?: Rules): Promise<void> {
  const isFinnish = await ask<boolean>(page, "document.documentElement.lang === 'fi'");
  assert.deepEqual(await axeFindings(page, rules ?? (isFinnish ? "all" : "without colours")), [], what);
  const wide = page.viewportSize() ?? assert.fail("a window without a size");
  await resize(page, { width: 320, height: 800 });
  assert.equal(await overflow(page), 0, what);
  await resize(page, wide);
}

/** Presses a button or a link with the mouse, and waits for the page that it leads to, which may have the same address. */
export async function clickThrough(page: Page, place: Locator): Promise<void> {
  const answer = page.waitForEvent("load");
  await place.click();
  await answer;
}

/** How many pixels the page is wider than the window. */
export const overflow = (page: Page): Promise<number> =>
  ask<number>(page, "document.documentElement.scrollWidth - document.documentElement.clientWidth");

/**
 * A window of who has signed in, whose session is in `cookie` ("name=value"), on the service at `address`. Without motion: nobody
 * looks in the middle of a change of colour.
 */
export async function visitAs(
  browser: Browser,
  { address, cookie }: { address: string; cookie: string },
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const viewport = { width: 1280, height: 900 };
  const context = await browser.newContext({ viewport, reducedMotion: "reduce", ...options });
  const [name = "", value = ""] = cookie.split("=");
  // As over HTTPS, which a __Host- cookie asks for; browsers count this machine's own address as safe, and send it there.
  const url = address.replace("http:", "https:");
  await context.addCookies([{ name, value, url, secure: true, httpOnly: true, sameSite: "Lax" }]);
  await look(await context.newPage());
  await context.close();
}
