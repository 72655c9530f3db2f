/** Going through a page by keyboard alone. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

interface Stop {
  isReached: boolean;
  /** "" when it is told from all others by its outline, at least 2 px wide; else its mark-up. */
  unseen: string;
  /** It is the link past the header, and what is looked for is behind that. */
  isSkip: boolean;
}

/** What has the focus after a press of Tab: one question to the browser, since a walk has hundreds of stops. */
const stopAt = (target: Element): Stop => {
  const focused = target.ownerDocument.activeElement ?? target;
  const { outlineStyle, outlineWidth } = getComputedStyle(focused);
  const isSeen = outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  const isSkip = focused.matches("a.skip") && target.closest("main") !== null;
  return { isReached: focused === target, unseen: isSeen ? "" : focused.outerHTML.slice(0, 120), isSkip };
};

/**
 * Presses Tab until the place has the focus; each stop on the way must be seen. To what is in the page's own part the link past
 * the header leads, as whoever goes by keyboard takes it. Fails when it is not reached by `most` stops.
 */
export async function tabTo(page: Page, place: Locator, most = 90): Promise<void> {
  const target = await place.elementHandle();
  for (let n = 0; n < most; n++) {
    await page.keyboard.press("Tab");
    const { isReached, unseen, isSkip } =
      (await target?.evaluate(stopAt)) ?? assert.fail(`not there: ${String(place)}`);
    assert.equal(unseen, "", "a stop without an outline");
    if (isReached) return;
    if (isSkip) await pressEnter(page, /#main$/);
  }
  assert.fail(`not reached by ${most} stops: ${String(place)}`);
}

/** Goes to a link and follows it to an address that fits. */
export async function follow(page: Page, link: Locator, address: RegExp): Promise<void> {
  await tabTo(page, link);
  await pressEnter(page, address);
}

async function pressEnter(page: Page, address: RegExp): Promise<void> {
  await page.keyboard.press("Enter");
  await page.waitForURL(address);
}
