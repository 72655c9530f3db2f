/** The desk and its staff in a real browser: no finding of axe, nothing wider than the window, all by keyboard, without scripts. */
import assert from "node:assert/strict";
import { after, before, it } from "node:test";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { testApp } from "#test/app.ts";
import { axeFindings, launchBrowser, overflow, visitAs } from "#test/browser.ts";
import { follow, tabTo } from "#test/keyboard.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { granted, post, rolesOf } from "#test/staff.ts";
import { CHANGE_ROLE, DESK, END_ROLES, INVITE, MEMBER, RIGHTS, STAFF } from "./paths.ts";

let browser: Browser;
let address: string;
let app: Awaited<ReturnType<typeof testApp>>;
let administrator: TestPerson;
let advisor: TestPerson;
const closing: (() => Promise<void>)[] = [];
const CITY = { city: "turku" } as const;

before(async () => {
  app = await testApp({ after: (done) => closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
  const who = { ...CITY, given: "Aino", family: "Laine", mail: "aino.laine@turku.fi" };
  administrator = await somebody(app, { ...who, roles: [{ role: "administrator" }] });
  const given = [{ role: "advisor", scope: "kirjastot ja kulttuuripalvelut" }, { role: "planner" }] as const;
  advisor = await granted(app, "turku", given, { roles: [{ role: "registrar" }], given: "Eino", family: "Virkkunen" });
  const invitation = { mail: "kaisa.korhonen-virtanen@turku.fi", role: "coordinator", language: "sv" };
  await post(app, INVITE.href("fi", CITY), administrator, invitation);
  address = await app.server.listen({ host: "127.0.0.1", port: 0 });
  browser = await launchBrowser();
});
after(async () => {
  await browser.close();
  for (const close of closing) await close();
});

async function visit(options: BrowserContextOptions, look: (page: Page) => Promise<void>): Promise<void> {
  await visitAs(browser, { address, cookie: administrator.headers.cookie }, options, look);
}

const pathsIn = (language: Language): string[] => {
  const eino = { ...CITY, person: advisor.id };
  return [
    DESK.href(language, CITY),
    RIGHTS.href(language, CITY),
    STAFF.href(language, CITY, { done: "roleEnded" }),
    INVITE.href(language, CITY),
    MEMBER.href(language, eino),
    CHANGE_ROLE.href(language, eino, { role: "planner" }),
    END_ROLES.href(language, eino),
  ];
};

for (const language of LANGUAGES) {
  it(`every page has nothing that axe finds and fits into 320 px (${language})`, async () => {
    await visit({ bypassCSP: true }, async (page) => {
      for (const path of pathsIn(language)) {
        await page.goto(address + path);
        assert.deepEqual(await axeFindings(page), [], path);
        await page.setViewportSize({ width: 320, height: 800 });
        assert.equal(await overflow(page), 0, path);
        await page.setViewportSize({ width: 1280, height: 900 });
      }
    });
  });
}

it("by keyboard, without scripts, somebody is invited, and a role is given, changed and ended", async () => {
  await visit({ javaScriptEnabled: false }, async (page) => {
    const press = async (selector: string) => {
      await tabTo(page, page.locator(selector));
      await page.keyboard.press("Enter");
    };
    const choose = async (role: string) => {
      await tabTo(page, page.locator("#role"));
      await page.keyboard.type(role);
    };
    await page.goto(address + DESK.href("fi", CITY));
    await follow(page, page.locator("main a", { hasText: "Henkilöstö" }), /desk\/henkilosto$/);

    await follow(page, page.locator("main a", { hasText: "Kutsu työntekijä" }), /kutsu$/);
    await press("main button[type=submit]");
    await page.locator(".errors:focus").waitFor();
    await tabTo(page, page.locator("#mail"));
    await page.keyboard.type("uusi@turku.fi");
    await choose("kirjaaja");
    await press("main button[type=submit]");
    await page.waitForURL(/done=invited$/);

    await follow(page, page.locator("main a", { hasText: "Eino Virkkunen" }), /henkilosto\/[0-9a-f-]+$/);
    await choose("hanke");
    await press("main button[type=submit]");
    await page.waitForURL(/done=roleGiven$/);
    await follow(page, page.locator("a[aria-label='Muuta tehtävää: hankepäällikkö']"), /muuta\?role=programmeManager$/);
    await choose("palvelukoo");
    await press("main button[type=submit]");
    await page.waitForURL(/done=roleChanged$/);
    await follow(page, page.locator("a[aria-label='Lopeta tehtävä: suunnittelija']"), /lopeta\?role=planner$/);
    await press("#end");
    await page.waitForURL(/done=roleEnded$/);
  });
  assert.deepEqual(await rolesOf(app, "turku", advisor.id), [
    "advisor/kirjastot ja kulttuuripalvelut",
    "coordinator",
    "registrar (directory)",
  ]);
});
