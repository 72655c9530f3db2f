/** Going through a page by keyboard alone. */
import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";

const hasFocus = (place: Locator): Promise<boolean> => place.evaluate((element) => element.matches(":focus"));

/** How the thing in focus is told from all others: its outline, at least 2 px wide. */
const outline = (page: Page): Promise<string> =>
  page.evaluate<string>(`(() => {
    const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
    const name = document.activeElement.outerHTML.slice(0, 120);
    return outlineStyle === "none" || parseFloat(outlineWidth) < 2 ? "no outline: " + name : "seen";
  })()`);

/** Presses Tab until the place has the focus; each stop on the way must be seen. Fails when it is not reached by `most` stops. */
export async function tabTo(page: Page, place: Locator, most = 90): Promise<void> {
  for (let n = 0; n < most; n++) {
    await page.keyboard.press("Tab");
    assert.equal(await outline(page), "seen");
    if (await hasFocus(place)) return;
  }
  assert.fail(`not reached by ${most} stops: ${String(place)}`);
}

/** Goes to a link and follows it to an address that fits. */
export async function follow(page: Page, link: Locator, address: RegExp): Promise<void> {
  await tabTo(page, link);
  await page.keyboard.press("Enter");
  await page.waitForURL(address);
}
