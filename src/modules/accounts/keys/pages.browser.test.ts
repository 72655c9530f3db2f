/** The pages of API keys in a real browser: made, used and ended by keyboard without scripts, and nothing that axe finds. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { type Language, LANGUAGES } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { assertAccessible, clickThrough, visitAs } from "#test/browser.ts";
import { enterAs, openDemoService, type Walker } from "#test/demo-walk.ts";
import { actAs, someOrganisation } from "#test/organisations.ts";
import { somebody } from "#test/people.ts";
import { ACTING } from "../organisations/paths.ts";
import { t as organisationText } from "../organisations/texts.ts";
import { END_KEY, KEYS, NEW_KEY } from "./paths.ts";
import { t } from "./texts.ts";

const service = await openDemoService({ after });

const COMPANY = "Melnyk Palvelumuotoilu Oy";

for (const language of LANGUAGES) {
  describe(`by keyboard alone, without scripts, the owner of a company (${language})`, () => {
    let walker: Walker;
    before(async () => {
      walker = await enterAs(service, language, "daria");
    });
    after(() => walker.page.context().close());

    it("makes a key of their own after a mistake was mended, reads it once, uses it and ends it", async () => {
      const name = `Own ${language}`;
      await walker.follow(KEYS.href(language));
      await walker.follow(NEW_KEY.href(language));
      await walker.write("#name", name);
      await walker.write("#lastDay", "31.2.2099");
      await walker.press(t(language, "keyNew"), NEW_KEY.href(language));
      assert.equal(await walker.page.locator("#name").inputValue(), name);
      assert.ok(await walker.page.locator("#scopes").isChecked());
      await walker.mend("#lastDay", "31.2.2099", `31.12.${thisYear() + 1}`);
      const key = await make(walker);
      assert.equal(await use(key), 200);
      await backToKeys(walker, key);
      await endKey(walker, "own", name);
      assert.equal(await use(key), 401);
    });

    it("makes, uses and ends a key of the company's, as which they act", async () => {
      const name = `Company ${language}`;
      await actAsCompany(walker);
      await walker.open(KEYS.href(language));
      await walker.follow(NEW_KEY.href(language));
      assert.match(await walker.text(), new RegExp(t(language, "keyNewFor", { name: COMPANY })));
      await walker.write("#name", name);
      const key = await make(walker);
      assert.equal(await use(key), 200);
      await backToKeys(walker, key);
      assert.equal(await rowOf(walker, "own", name).count(), 0, "it is the company's, not theirs");
      await endKey(walker, "of-organisation", name);
      assert.equal(await use(key), 401);
    });
  });
}

const thisYear = (): number => dayInFinland(service.app.clock.now()).year;

const use = async (key: string): Promise<number> => {
  const headers = { authorization: `Bearer ${key}` };
  return (await fetch(`${service.address}/api/v1/changes`, { headers })).status;
};

async function actAsCompany(walker: Walker): Promise<void> {
  const { page, language } = walker;
  await walker.follow(page.locator(`.self a[href="${ACTING.href(language)}"]`), new RegExp(ACTING.href(language)));
  const choice = page.locator("main label", { hasText: COMPANY });
  const value = await page.locator(`#${(await choice.getAttribute("for")) ?? ""}`).inputValue();
  await walker.pick("as", value);
  await walker.press(organisationText(language, "actingChoose"), `${ACTING.href(language)}?done=acting`);
}

/** Sends the form of a new key. The key that is shown. */
async function make(walker: Walker): Promise<string> {
  await walker.press(t(walker.language, "keyNew"), NEW_KEY.href(walker.language));
  await walker.page.getByRole("heading", { level: 1, name: t(walker.language, "keyMade") }).waitFor();
  return walker.page.locator(".secret code").innerText();
}

/** To the list of keys, which shows the beginning of the new one, and the key no more. */
async function backToKeys(walker: Walker, key: string): Promise<void> {
  await walker.follow(KEYS.href(walker.language));
  const text = await walker.text();
  assert.ok(text.includes(t(walker.language, "state_active")));
  assert.ok(!(await walker.page.content()).includes(key));
}

const rowOf = ({ page }: Walker, section: "own" | "of-organisation", name: string) =>
  page.locator(`section[aria-labelledby="${section}"] tr`, { hasText: name });

async function endKey(walker: Walker, section: "own" | "of-organisation", name: string): Promise<void> {
  const { language } = walker;
  const [before = "", behind = ""] = END_KEY.href(language, { id: "ID" }).split("ID");
  const row = rowOf(walker, section, name);
  await walker.follow(row.locator("a"), new RegExp(`${before}[0-9a-f-]{36}${behind}$`));
  assert.match(await walker.text(), new RegExp(name));
  await walker.press(t(language, "keyEnd"), `${KEYS.href(language)}?done=keyEnded`);
  assert.equal(await row.locator("a").count(), 0, "what has ended can't be ended again");
}

describe("each page of keys", () => {
  for (const language of LANGUAGES) {
    it(`has nothing that axe finds, and fits into 320 px (${language})`, async () => {
      const { app, address, browser } = service;
      const aino = await somebody(app, { language });
      await actAs(app, aino, await someOrganisation(app), "owner");
      // Only axe is a script, from outside the page: it goes past the policy.
      const who = { address, cookie: aino.headers.cookie };
      await visitAs(browser, who, { bypassCSP: true }, (page) => lookAtEach(page, language));
    });
  }
});

/** Through all pages, with a key whose name has no place to break. */
async function lookAtEach(page: Page, language: Language): Promise<void> {
  const send = page.locator("main form button[type=submit]");
  await page.goto(service.address + KEYS.href(language));
  await assertAccessible(page, "no keys yet");
  await page.goto(service.address + NEW_KEY.href(language));
  await assertAccessible(page, "a new key");
  await clickThrough(page, send);
  await assertAccessible(page, "mistakes");
  await page.locator("#name").fill("Tilastosivusto".repeat(5));
  await page.locator("#lastDay").fill(`31.12.${thisYear() + 1}`);
  await clickThrough(page, send);
  await assertAccessible(page, "the key, once");
  await clickThrough(page, page.locator("main .hds-button--primary"));
  await assertAccessible(page, "keys");
  await clickThrough(page, page.locator("main table a"));
  await assertAccessible(page, "before it ends");
  await clickThrough(page, send);
  await assertAccessible(page, "ended");
}
