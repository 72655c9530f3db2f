/** The life of a company here, by keyboard alone and without scripts, in three languages; and every page about organisations as axe sees it. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { dayInFinland } from "#core/clock.ts";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { withPerson, withTx } from "#core/db.ts";
import { assertAccessible, axeFindings, clickThrough, visitAs } from "#test/browser.ts";
import { enterAs, openDemoService, says, type Walker } from "#test/demo-walk.ts";
import { linkIn } from "#test/mail.ts";
import { citizen, foundOrganisation, join, membershipOf, send } from "#test/organisation-stories.ts";
import { act, add, mend, refused } from "#test/organisation-walks.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { formatDate } from "#ui/format.ts";
import * as paths from "./paths.ts";
import { t } from "./texts.ts";

const service = await openDemoService({ after });

async function visit(
  who: TestPerson,
  options: BrowserContextOptions,
  look: (page: Page) => Promise<void>,
): Promise<void> {
  const { browser, address } = service;
  await visitAs(browser, { address, cookie: who.headers.cookie }, options, look);
}

/** Who makes which company, of the business IDs that nobody has been given. */
const COMPANIES = {
  fi: { person: "salla", name: "Savipaja Oy", businessId: "9000004-6" },
  sv: { person: "borje", name: "Lergods Ab", businessId: "9000005-4" },
  en: { person: "thanh", name: "Clay Works Oy", businessId: "9000006-2" },
} as const;
const ABOUT = { fi: "Teemme ruukkuja.", sv: "Vi gör krukor.", en: "We make pots." };

for (const language of LANGUAGES)
  it(`by keyboard alone, without scripts, a company is added, tells more, is seen by everybody and ends (${language})`, async () => {
    const company = COMPANIES[language];
    const walker = await enterAs(service, language, company.person);
    await sayWhatItIs(walker, company.businessId);
    const id = await addCompany(walker, company);
    await tellMore(walker, id);
    await service.app.changes.refresh();
    await seeAmongAll(walker, id, company);
    await seeInOtherLanguage(walker, id);
    await endIt(walker, id);
    await service.app.changes.refresh();
    await walker.open(paths.ORGANISATION.href(language, { id }));
    const day = formatDate(language, dayInFinland(service.app.clock.now()));
    await says(walker, t(language, "publicEnded", { day }));
    await walker.page.context().close();
  });

type Company = (typeof COMPANIES)[Language];

/** A kind that needs a business ID, which is forgotten at first. */
async function sayWhatItIs(walker: Walker, businessId: string): Promise<void> {
  const { language } = walker;
  await walker.follow(paths.MY_ORGANISATIONS.href(language));
  await walker.follow(paths.NEW_ORGANISATION.href(language));
  await walker.pick("kind", "company");
  await mend(walker, "newNext", "businessId", t(language, "businessIdMissing"), businessId);
  assert.equal(await walker.page.locator("input[name=kind]:checked").inputValue(), "company");
  const details = paths.NEW_ORGANISATION_DETAILS.href(language, {}, { kind: "company", businessId });
  await walker.press(t(language, "newNext"), details);
  await says(walker, t(language, "foundNone", { businessId }));
}

/** Without its name at first; what else was written is kept. */
async function addCompany(walker: Walker, { name, businessId }: Company): Promise<string> {
  const { language, page } = walker;
  const about = `#presentation-${language}`;
  await walker.write(about, ABOUT[language]);
  await walker.tick("input[name=interests][value=culture]");
  await mend(walker, "create", "name", t(language, "nameWrong"), name);
  assert.equal(await page.locator(about).inputValue(), ABOUT[language]);
  assert.ok(await page.locator("input[name=interests][value=culture]").isChecked());
  const id = await add(walker);
  await says(walker, businessId);
  return id;
}

const OTHER = { fi: "sv", sv: "en", en: "fi" } as const;

async function tellMore(walker: Walker, id: string): Promise<void> {
  const { language, page } = walker;
  const other = OTHER[language];
  await walker.follow(paths.EDIT_ORGANISATION.href(language, { id }));
  assert.equal(await page.locator(`#presentation-${language}`).inputValue(), ABOUT[language]);
  await walker.write(`#presentation-${other}`, ABOUT[other]);
  await walker.write("#website", "ei ole");
  await walker.tick("input[name=languages][value=se]");
  await walker.tick("input[name=interests][value=environment]");
  await mend(walker, "save", "website", t(language, "websiteWrong"), "www.paja.example");
  assert.equal(await page.locator(`#presentation-${other}`).inputValue(), ABOUT[other]);
  assert.ok(await page.locator("input[name=languages][value=se]").isChecked());
  await act(walker, "save", paths.MY_ORGANISATION.href(language, { id }), "changed");
}

/** Found in the public list by how its name begins. */
async function seeAmongAll(walker: Walker, id: string, { name, businessId }: Company): Promise<void> {
  const { language, page } = walker;
  await walker.open(paths.ORGANISATIONS.href(language));
  await walker.write("#q", name.slice(0, 4).toLowerCase());
  await walker.press(
    page.locator("main .find button"),
    paths.ORGANISATIONS.href(language, {}, { q: name.slice(0, 4).toLowerCase() }),
  );
  await walker.follow(paths.ORGANISATION.href(language, { id }));
  const told = ["kind_company", "checked_nobody", "language_se", "interest_culture", "interest_environment"] as const;
  for (const words of [ABOUT[language], businessId, "www.paja.example", ...told.map((key) => t(language, key))])
    await says(walker, words);
}

/** What was written for readers of another language stands on their page. */
async function seeInOtherLanguage(walker: Walker, id: string): Promise<void> {
  const other = OTHER[walker.language];
  await walker.open(paths.ORGANISATION.href(other, { id }));
  await says(walker, ABOUT[other]);
}

/** Asked twice: who has not said that they are sure is asked to. */
async function endIt(walker: Walker, id: string): Promise<void> {
  const { language, page } = walker;
  await walker.open(paths.MY_ORGANISATION.href(language, { id }));
  await walker.follow(paths.END_ORGANISATION.href(language, { id }));
  await refused(walker, "end", "sure", t(language, "endSureWrong"));
  await page.keyboard.press("Space");
  await act(walker, "end", paths.MY_ORGANISATIONS.href(language), "ended");
}

describe("every page about organisations", () => {
  let owner: TestPerson;
  let staff: TestPerson;
  let pagesOf: (language: Language) => { who: TestPerson; path: string }[];
  before(async () => {
    const { app } = service;
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
            const answer = await page.goto(service.address + path);
            assert.equal(answer?.status(), 200, path);
            await assertAccessible(page, path);
          }
        });
    });

  it("that refuses a form leads from each mistake to its field", async () => {
    await visit(owner, { bypassCSP: true }, async (page) => {
      for (const path of [paths.NEW_ORGANISATION, paths.CLAIM_ORGANISATION, paths.END_ORGANISATION]) {
        const { path: url } = pagesOf("fi").find((one) =>
          one.path.endsWith(path.patterns.fi.split("/").at(-1) ?? ""),
        ) ?? { path: "" };
        await page.goto(service.address + url);
        await clickThrough(page, page.locator("main button[type=submit]"));
        assert.deepEqual(await axeFindings(page), [], url);
        for (const link of await page.locator(".errors a").all())
          assert.equal(await page.locator(`[id="${(await link.getAttribute("href"))?.slice(1)}"]`).count(), 1, url);
        assert.ok((await page.locator(".errors a").count()) > 0, url);
      }
    });
  });
});
