/** The way from nothing to an organisation with a member, by keyboard and without scripts; and every page as axe sees it. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { withPerson, withTx } from "#core/db.ts";
import { type TestApp, testApp } from "#test/app.ts";
import { axeFindings, launchBrowser, overflow, visitAs } from "#test/browser.ts";
import { follow, tabTo } from "#test/keyboard.ts";
import { citizen, foundOrganisation, join, membershipOf, send } from "#test/organisation-stories.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import * as paths from "./paths.ts";
import { linkIn } from "#test/mail.ts";

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

async function visit(
  who: TestPerson,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  await visitAs(browser, { address, cookie: who.headers.cookie }, options, look);
}

/** Sends the form that one is in. */
async function press(page: Page, button: string, leadsTo: RegExp): Promise<void> {
  await tabTo(page, page.getByRole("button", { name: button, exact: true }));
  await page.keyboard.press("Enter");
  await page.waitForURL(leadsTo);
}

it("by keyboard alone, without scripts, an organisation is made, a member invited and joined, and acted as", async () => {
  const [owner, member] = [await citizen(app, { given: "Olli" }), await citizen(app, { given: "Mikko" })];
  await visit(owner, { javaScriptEnabled: false }, async (page) => {
    await page.goto(`${address}/fi/me`);
    await follow(page, page.locator("main a", { hasText: "Omat toimijat" }), /\/me\/toimijat$/);
    await follow(page, page.locator("main a", { hasText: "Lisää toimija" }), /\/uusi$/);
    await tabTo(page, page.locator("#kind"));
    await page.keyboard.press("ArrowUp"); // the last choice: a group
    await press(page, "Jatka", /kind=group/);
    await press(page, "Lisää toimija", /kind=group/);
    assert.match(await page.locator(".errors").innerText(), /Kirjoita toimijan nimi/);
    await tabTo(page, page.locator("#name"));
    await page.keyboard.type("Kallion pihatalkoot");
    await press(page, "Lisää toimija", /done=created$/);
    await follow(page, page.locator("main a", { hasText: "Kutsu jäsen" }), /\/kutsu$/);
    await tabTo(page, page.locator("#address"));
    await page.keyboard.type("mikko@example.fi");
    await press(page, "Lähetä kutsu", /done=invited$/);
    assert.match(await page.locator("#invitations-list").locator("xpath=..").innerText(), /mikko@example\.fi/);
  });
  await visit(member, { javaScriptEnabled: false }, async (page) => {
    await page.goto(address + (await linkIn(app, "mikko@example.fi")));
    await press(page, "Liity toimijaan", /done=joined$/);
    await follow(page, page.locator(".self a", { hasText: "Vaihda" }), /\/me\/toimin$/);
    await tabTo(page, page.locator("#as"));
    await page.keyboard.press("ArrowDown");
    await press(page, "Vaihda", /done=acting$/);
    assert.match(await page.locator(".self").innerText(), /Toimit nimellä Kallion pihatalkoot/);
  });
});

describe("every page about organisations", () => {
  let owner: TestPerson;
  let staff: TestPerson;
  let pagesOf: (language: Language) => { who: TestPerson; path: string }[];
  before(async () => {
    owner = await citizen(app, { given: "Olli" });
    staff = await somebody(app, { roles: [{ role: "coordinator" }] });
    const told = { "presentation-fi": "Siivoamme pihoja yhdessä.", interests: ["housing"], languages: ["fi", "se"] };
    const contact = { contactMail: "piha@example.fi", website: "www.pihatalkoot.example" };
    const id = await foundOrganisation(app, owner, {
      name: "Kallion asukasyhdistysten yhteistyöryhmä",
      ...told,
      ...contact,
    });
    const ended = await foundOrganisation(app, owner, { name: "Lakannut ryhmä" });
    await send(app, owner, `/fi/me/toimijat/${ended}/lopeta`, { sure: "1" });
    const other = await citizen(app, { given: "Kerttu" });
    await join(app, owner, id, other);
    await send(app, owner, `/fi/me/toimijat/${id}/kutsu`, { address: "avoin.kutsu@example.fi", role: "signatory" });
    const link = await linkIn(app, "avoin.kutsu@example.fi");
    const claimed = await foundOrganisation(app, other, { name: "Koti ry" });
    await send(app, owner, `/fi/me/toimijat/${claimed}/ilmoittaudu`, {
      city: "helsinki",
      grounds: "Olen puheenjohtaja.",
    });
    const claim = await withTx(app.db, "helsinki", (tx) =>
      tx.selectFrom("organisation_claim").select("id").executeTakeFirstOrThrow(),
    );
    const params = { id, member: await membershipOf(app, other, id), token: link.split("/").at(-1) ?? "" };
    const desk = { city: "helsinki", from: claimed, into: id };
    pagesOf = (language) => {
      const at = (who: TestPerson, path: typeof paths.MEMBER, more = {}, query = {}) => ({
        who,
        path: path.href(language, { ...params, ...more }, query),
      });
      return [
        at(owner, paths.ORGANISATIONS),
        at(owner, paths.ORGANISATIONS, {}, { q: "zzz" }),
        at(owner, paths.ORGANISATION),
        at(owner, paths.ORGANISATION, { id: ended }),
        at(owner, paths.MY_ORGANISATIONS, {}, { done: "claimed" }),
        at(owner, paths.NEW_ORGANISATION),
        at(owner, paths.NEW_ORGANISATION_DETAILS, {}, { kind: "company", businessId: "7654321-2" }),
        at(owner, paths.MY_ORGANISATION),
        at(owner, paths.EDIT_ORGANISATION),
        at(owner, paths.INVITE),
        at(owner, paths.MEMBER),
        at(owner, paths.END_MEMBER),
        at(owner, paths.HAND_OVER),
        at(owner, paths.LEAVE),
        at(owner, paths.END_ORGANISATION),
        at(owner, paths.INVITATION),
        at(owner, paths.INVITATION, { token: "x".repeat(43) }),
        at(owner, paths.CLAIM_ORGANISATION, { id: claimed }),
        at(owner, paths.ACTING),
        at(staff, paths.ACTING),
        at(staff, paths.DESK_ORGANISATIONS, desk),
        at(staff, paths.DESK_CLAIM, { ...desk, id: claim.id }),
        at(staff, paths.MERGE, desk),
        at(staff, paths.MERGE_CONFIRM, desk),
      ];
    };
    await withPerson(app.db, owner.id, (tx) =>
      tx.updateTable("session").set({ acting_organisation: id }).where("id", "=", owner.session).execute(),
    );
    await app.changes.refresh();
  });

  for (const language of LANGUAGES)
    it(`has nothing that axe finds, and fits into 320 px (${language})`, async () => {
      for (const who of [owner, staff])
        await visit(who, { bypassCSP: true }, async (page) => {
          for (const { path } of pagesOf(language).filter((one) => one.who === who)) {
            const answer = await page.goto(address + path);
            assert.equal(answer?.status(), 200, path);
            assert.deepEqual(await axeFindings(page), [], path);
            await page.setViewportSize({ width: 320, height: 800 });
            assert.equal(await overflow(page), 0, path);
            await page.setViewportSize({ width: 1280, height: 900 });
          }
        });
    });

  it("that refuses a form leads from each mistake to its field", async () => {
    await visit(owner, { bypassCSP: true }, async (page) => {
      for (const path of [paths.NEW_ORGANISATION, paths.CLAIM_ORGANISATION, paths.END_ORGANISATION]) {
        const { path: url } = pagesOf("fi").find((one) =>
          one.path.endsWith(path.patterns.fi.split("/").at(-1) ?? ""),
        ) ?? { path: "" };
        await page.goto(address + url);
        await page.locator("main button[type=submit]").click();
        assert.deepEqual(await axeFindings(page), [], url);
        for (const link of await page.locator(".errors a").all())
          assert.equal(await page.locator(`[id="${(await link.getAttribute("href"))?.slice(1)}"]`).count(), 1, url);
        assert.ok((await page.locator(".errors a").count()) > 0, url);
      }
    });
  });
});
