/** Going through a page by keyboard alone. */
import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { Locator, Page } from "playwright-core";
import { ask, askWith } from "./ask.ts";

/** A place on the page: the first that the selector fits, of those with that name when one is given. */
export interface Place {
  css: string;
  /** What it is called: its label for those who can't see it, else its words. */
  name?: string;
}

interface Stop {
  isThere: boolean;
  isReached: boolean;
  /** "" when it is told from all others by its outline, at least 2 px wide; else its mark-up. */
  unseen: string;
  /** It is the link past the header, and what is looked for is behind that. */
  isSkip: boolean;
}

/** What has the focus after a press of Tab: one question to the browser, since a walk has hundreds of stops. */
const stopAt = ({ css, name }: Place): Stop => {
  const called = (one: Element): string =>
    (one.getAttribute("aria-label") ?? one.textContent).replace(/\s+/g, " ").trim();
  const target = [...document.querySelectorAll(css)].find((one) => name === undefined || called(one) === name);
  const focused = document.activeElement ?? document.body;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const isSeen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  return {
    isThere: target !== undefined,
    isReached: focused === target,
    unseen: isSeen ? "" : focused.outerHTML.slice(0, 120),
    isSkip: focused.matches("a.skip") && (target?.closest("main") ?? null) !== null,
  };
};

/**
 * Presses Tab until the place has the focus; each stop on the way must be seen. To what is in the page's own part the link past
 * the header leads, as whoever goes by keyboard takes it. Fails when it is not reached by `most` stops.
 */
export async function tabTo(page: Page, to: Place | Locator, most = 90): Promise<void> {
  const place = "css" in to ? to : await marked(to);
  for (let n = 0; n < most; n++) {
    await page.keyboard.press("Tab");
    const { isThere, isReached, unseen, isSkip } = await askWith(page, stopAt, place);
    assert.ok(isThere, `not there: ${inWords(to)}`);
    assert.equal(unseen, "", "a stop without an outline");
    if (isReached) return;
    if (isSkip) await skip(page);
  }
  assert.fail(`not reached by ${most} stops: ${inWords(to)}`);
}

/** Follows the link past the header. The address is there before the focus is, and who presses Tab in between starts from nowhere. */
async function skip(page: Page): Promise<void> {
  await pressEnter(page, /#main$/);
  for (let tries = 0; tries < 200; tries++) {
    if (await ask<boolean>(page, "document.activeElement?.id === 'main'")) return;
    await wait(10);
  }
  assert.fail("the link past the header leads to nothing that takes the focus");
}

/** What the driver finds gets a mark by which it is known again. */
async function marked(locator: Locator): Promise<Place> {
  await locator.evaluate((found) => {
    for (const one of document.querySelectorAll("[data-goal]")) one.removeAttribute("data-goal");
    found.setAttribute("data-goal", "");
  });
  return { css: "[data-goal]" };
}

const inWords = (to: Place | Locator): string => ("css" in to ? JSON.stringify(to) : String(to));

/** Goes to a link and follows it to an address that fits. */
export async function follow(page: Page, link: Place | Locator, address: RegExp): Promise<void> {
  await tabTo(page, link);
  await pressEnter(page, address);
}

async function pressEnter(page: Page, address: RegExp): Promise<void> {
  await page.keyboard.press("Enter");
  await page.waitForURL(address);
}
