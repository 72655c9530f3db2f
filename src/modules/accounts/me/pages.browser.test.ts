/** One's own pages in a real browser: every flow by keyboard without scripts, and nothing that axe finds, in three languages. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import type { Page } from "playwright-core";
import { recordAudit } from "#core/audit.ts";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { assertAccessible, visitAs } from "#test/browser.ts";
import { enterAs, followMail, openDemoService, type Walker } from "#test/demo-walk.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { OF_MEMBERS } from "../notifications/kinds.ts";
import { notify } from "../notifications/notify.ts";
import { BY_MAIL, NOTIFICATIONS } from "../notifications/paths.ts";
import { t as notificationText } from "../notifications/texts.ts";
import { ME, SESSIONS, SIGNED_OUT } from "../paths.ts";
import { ERASE, ERASED } from "../retention/paths.ts";
import { t as eraseText } from "../retention/texts.ts";
import { t as accountText } from "../texts.ts";
import { roleName } from "./me-page.tsx";
import { CONFIRM_MAIL, CONTACT_MAIL, DATA, DATA_FILE, PROFILE, SEEN } from "./paths.ts";
import { t } from "./texts.ts";

const service = await openDemoService({ after });

const ADVISOR = { city: "oulu", role: "advisor", scope: null } as const;
const REASON = "Puhelu asiasta";

/** An advisor has looked at somebody's data. */
const lookedAt = (person: string) =>
  withTx(service.app.db, "oulu", (tx) =>
    recordAudit(
      tx,
      { kind: "staff", person, roles: [ADVISOR] },
      { city: "oulu", action: "open", subjectKind: "person", subjectId: person, about: person, reason: REASON },
      service.app.clock.now(),
    ),
  );

const NEWS = { fi: "Uusi jäsen", sv: "Ny medlem", en: "New member" } as const;

/** Somebody has joined an organisation of theirs. */
const tellOfMember = (person: string) =>
  withTx(service.app.db, "joint", (tx) => {
    const path = inEachLanguage((lang) => ME.href(lang));
    return notify(
      tx,
      [{ person, kind: OF_MEMBERS, title: NEWS, text: NEWS, path, names: [] }],
      service.app.clock.now(),
    );
  });

/** Each language has a resident of its own: they all erase themselves at the end. */
const WHO: Record<Language, string> = { fi: "salla", sv: "thanh", en: "elma" };

for (const language of LANGUAGES) {
  describe(`by keyboard alone, without scripts, a resident (${language})`, () => {
    const phone = { fi: "0401234567", sv: "0501234567", en: "0441234567" }[language];
    const address = `new.${language}@example.org`;
    let walker: Walker;
    /** Their number, as the file of their data says. */
    let self = "";
    before(async () => {
      walker = await enterAs(service, language, WHO[language]);
    });
    after(() => walker.page.context().close());

    it("corrects their profile after a mistake was mended, and finds it among what is known", async () => {
      await walker.follow(PROFILE.href(language));
      await walker.pick("language", language);
      await walker.write("#phone", "???");
      await walker.press(t(language, "save"), PROFILE.href(language));
      await walker.mend("#phone", "???", phone);
      await walker.press(t(language, "save"), `${PROFILE.href(language)}?done=saved`);
      await backToOwnPages(walker);
      await walker.follow(DATA.href(language));
      assert.match(await walker.text(), new RegExp(phone));
      await backToOwnPages(walker);
    });

    it("changes the address of their mail after a mistake was mended, by the link that comes there", async () => {
      await walker.follow(PROFILE.href(language));
      await walker.follow(CONTACT_MAIL.href(language));
      await walker.write("#mail", "nowhere");
      await walker.press(t(language, "mailSend"), CONTACT_MAIL.href(language));
      await walker.mend("#mail", "nowhere", address);
      await walker.press(t(language, "mailSend"), `${PROFILE.href(language)}?done=linkSent`);
      await followMail(walker, address, new RegExp(CONFIRM_MAIL.href(language, { token: "" })));
      await walker.press(t(language, "confirmButton"), `${PROFILE.href(language)}?done=mailConfirmed`);
      assert.match(await walker.text(), new RegExp(address));
      await backToOwnPages(walker);
    });

    it("downloads what is known about them, and sees who has looked at it", async () => {
      await walker.follow(DATA.href(language));
      const { person, sources } = await download(walker);
      const [row] = sources.find(({ id }) => id === "accounts.person")?.rows ?? [];
      assert.deepEqual([row?.["phone"], row?.["mail"]], [phone, address]);
      self = person;
      await lookedAt(person);
      await walker.open(ME.href(language));
      await walker.follow(SEEN.href(language));
      const [advisor = "", own = ""] = await walker.page.locator("main tbody tr").allInnerTexts();
      assert.match(advisor, new RegExp(roleName(language, ADVISOR)));
      assert.match(advisor, new RegExp(REASON));
      assert.match(own, new RegExp(`${t(language, "whoYou")}.*${t(language, "act_download")}`));
      await backToOwnPages(walker);
    });

    it("reads what they were told, marks it as read, and refuses to get such by mail", async () => {
      await tellOfMember(self);
      await walker.open(ME.href(language));
      assert.match(await walker.page.locator("main .rows .state").innerText(), /\d/);
      await walker.follow(NOTIFICATIONS.href(language));
      assert.match(await walker.text(), new RegExp(`${NEWS[language]}.*${notificationText(language, "new")}`, "s"));
      await walker.press(notificationText(language, "markRead"), `${NOTIFICATIONS.href(language)}?done=read`);
      assert.equal(await walker.page.locator("main .state, main form").count(), 0);
      await walker.follow(BY_MAIL.href(language));
      const box = walker.page.locator("main input[type=checkbox]");
      assert.equal(await box.isChecked(), true);
      await walker.tick(`#${await box.getAttribute("id")}`);
      await walker.press(notificationText(language, "save"), `${BY_MAIL.href(language)}?done=chosen`);
      assert.equal(await box.isChecked(), false);
      await walker.follow(walker.page.locator(`.crumbs a[href="${NOTIFICATIONS.href(language)}"]`), /./);
      await backToOwnPages(walker);
    });

    it("ends their session in another browser, which is signed out", async () => {
      const other = await enterAs(service, language, WHO[language]);
      await walker.follow(SESSIONS.href(language));
      const rows = walker.page.locator("main tbody tr");
      assert.equal(await rows.count(), 2);
      const another = rows.filter({ hasNotText: accountText(language, "sessionThis") });
      await walker.press(another.locator("button"), `${SESSIONS.href(language)}?done=sessionEnded`);
      assert.equal(await rows.count(), 1);
      await other.open(ME.href(language));
      assert.equal(await other.heading(), accountText(language, "signIn"));
      await other.page.context().close();
      await backToOwnPages(walker);
    });

    it("erases themself after a mistake was mended, reads the receipt, and signs out where they were identified", async () => {
      const { page } = walker;
      await walker.follow(ERASE.href(language));
      await walker.write("#confirm", "?");
      await walker.press(eraseText(language, "eraseButton"), ERASE.href(language));
      await walker.mend("#confirm", "?", eraseText(language, "confirmWord"));
      await walker.press(eraseText(language, "eraseButton"), new RegExp(ERASED.href(language, { receipt: "" })));
      assert.equal(await walker.heading(), eraseText(language, "receipt"));
      assert.equal(await page.locator(".self").count(), 0);
      await walker.follow(page.locator(`main a[href*="${SIGNED_OUT.href(language)}"]`), /\/session\/end/);
      await walker.press(page.locator("main button"), new RegExp(SIGNED_OUT.href(language)));
      assert.equal(await walker.heading(), accountText(language, "signedOutTitle"));
      await walker.open(ME.href(language));
      assert.equal(await walker.heading(), accountText(language, "signIn"));
    });
  });
}

/** By the way above the page's heading. */
async function backToOwnPages(walker: Walker): Promise<void> {
  const address = ME.href(walker.language);
  await walker.follow(walker.page.locator(`.crumbs a[href="${address}"]`), new RegExp(`${address}$`));
}

interface DataFile {
  person: string;
  sources: { id: string; rows: Record<string, unknown>[] }[];
}

/** The file behind the link on the page of what is known. */
async function download(walker: Walker): Promise<DataFile> {
  const waiting = walker.page.waitForEvent("download");
  await walker.follow(DATA_FILE.href(walker.language), /./);
  return JSON.parse(await readFile(await (await waiting).path(), "utf8")) as DataFile;
}

/** A window of somebody who has signed in. Only axe is a script, from outside the page: it goes past the policy. */
const visit = (person: TestPerson, look: (page: Page) => Promise<void>): Promise<void> =>
  visitAs(service.browser, { address: service.address, cookie: person.headers.cookie }, { bypassCSP: true }, look);

describe("one's own pages", () => {
  for (const language of LANGUAGES) {
    it(`have nothing that axe finds, and fit into 320 px (${language})`, async () => {
      const person = await somebody(service.app, { kind: "mail", mail: `katsoja.${language}@example.fi`, language });
      await lookedAt(person.id);
      await lookedAt(person.id);
      await tellOfMember(person.id);
      const paths = [ME, PROFILE, CONTACT_MAIL, NOTIFICATIONS, BY_MAIL, DATA, SEEN, ERASE].map((path) =>
        path.href(language),
      );
      const more = [
        `${PROFILE.href(language)}?done=linkSent`,
        `${DATA.href(language)}?source=accounts.audit`,
        CONFIRM_MAIL.href(language, { token: "x".repeat(43) }),
      ];
      await visit(person, async (page) => {
        for (const path of [...paths, ...more]) {
          await page.goto(service.address + path);
          await assertAccessible(page, path);
        }
      });
    });
  }

  it("end with a receipt in which axe finds nothing", async () => {
    const person = await somebody(service.app, { kind: "mail", mail: "lahtija@example.fi" });
    await visit(person, async (page) => {
      await page.goto(service.address + ERASE.href("sv"));
      await page.locator("#confirm").fill("radera");
      await page.keyboard.press("Enter");
      await page.waitForURL(new RegExp(ERASED.href("sv", { receipt: "" })));
      await assertAccessible(page, "the receipt");
    });
  });
});
