/** The desk and its staff in a real browser: every flow by keyboard without scripts, and nothing that axe finds, in three languages. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { StaffRole } from "#core/actor.ts";
import { type CityCode, LANGUAGES, type Language } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { assertAccessible, visitAs } from "#test/browser.ts";
import {
  demoPerson,
  enterDeskAs,
  followMail,
  nameOf,
  openDemoService,
  openWalker,
  passDirectory,
  type Walker,
} from "#test/demo-walk.ts";
import { mailsTo } from "#test/mail.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { granted, post } from "#test/staff.ts";
import type { DemoPerson } from "../demo/people.ts";
import { roleName } from "../me/me-page.tsx";
import { ME, SIGN_IN } from "../paths.ts";
import { CHANGE_ROLE, DESK, END_ROLES, INVITE, MEMBER, RIGHTS, STAFF } from "./paths.ts";
import { insertGrants, selectMembers } from "./queries.ts";
import { END_BUTTON } from "./role-pages.tsx";
import type { Role } from "./staff.ts";
import { t } from "./texts.ts";
import { roleText, roleWord } from "./words.ts";

const service = await openDemoService({ after });

/** Each language walks in cities of its own: one with an administrator of its directory, and one with none. */
const CITIES_OF: Record<Language, { city: CityCode; other: CityCode }> = {
  fi: { city: "helsinki", other: "espoo" },
  sv: { city: "turku", other: "vantaa" },
  en: { city: "oulu", other: "tampere" },
};

const whole = (role: StaffRole): Role => ({ role, scope: null });
const UNIT: Role = { role: "planner", scope: "Infotek" };
const CHANGED: Role = { role: "coordinator", scope: "Infotek" };

for (const language of LANGUAGES) {
  const { city, other } = CITIES_OF[language];
  const staff = STAFF.href(language, { city });
  const advisor = employee(city, "advisor");

  describe(`by keyboard alone, without scripts, an administrator (${language})`, () => {
    let walker: Walker;
    before(async () => {
      walker = await enterDeskAs(service, language, `${city}-administrator`);
    });
    after(() => walker.page.context().close());

    it("reads who may do what, and comes to the city's staff", async () => {
      await walker.follow(RIGHTS.href(language, { city }));
      assert.equal(await walker.heading(), t(language, "rights"));
      assert.equal(await mayManageStaff(walker, "administrator"), t(language, "may"));
      assert.equal(await mayManageStaff(walker, "registrar"), t(language, "mayNot"));
      await walker.follow(walker.page.locator(".crumbs a").last(), /\/desk$/);
      await walker.follow(staff);
      assert.equal(await walker.heading(), t(language, "staff"));
      await hasRoles(walker, employee(city, "administrator"), [whole("administrator")], "directory");
    });

    it("invites somebody after a mistake was mended", async () => {
      await walker.follow(INVITE.href(language, { city }));
      await walker.write("#mail", "nobody");
      await walker.choose("#role", roleWord(language, "registrar"));
      await walker.press(t(language, "inviteSend"), INVITE.href(language, { city }));
      await walker.mend("#mail", "nobody", advisor.mail);
      await walker.press(t(language, "inviteSend"), `${staff}?done=invited`);
      assert.match(await wordsOf(rowOf(walker, advisor.mail)), new RegExp(roleWord(language, "registrar")));
    });

    it("withdraws an invitation, and who was invited reads of it", async () => {
      const { mail } = employee(city, "planner");
      await walker.follow(INVITE.href(language, { city }));
      await walker.write("#mail", mail);
      await walker.choose("#role", roleWord(language, "planner"));
      await walker.press(t(language, "inviteSend"), `${staff}?done=invited`);
      const withdraw = walker.page.getByLabel(t(language, "withdrawOf", { address: mail }));
      await walker.press(withdraw, `${staff}?done=withdrawn`);
      assert.equal(await rowOf(walker, mail).count(), 0);
      const [newest] = await mailsTo(service.app, mail, city);
      assert.equal(newest?.subject, t(language, "withdrawnSubject"));
    });

    it("finds among the staff who has taken the invitation by its mail and the city's directory", async () => {
      const desk = DESK.href(language, { city });
      const invited = await openWalker(service, language);
      await followMail(invited, advisor.mail, new RegExp(SIGN_IN.href(language)), city);
      await passDirectory(invited, advisor.id, desk);
      await invited.follow(invited.page.locator(".self a"), new RegExp(`${ME.href(language)}$`));
      assert.match(await invited.text(), new RegExp(roleName(language, { city, ...whole("registrar") })));
      await invited.page.context().close();

      await walker.open(staff);
      await hasRoles(walker, advisor, [whole("advisor")], "directory");
      await hasRoles(walker, advisor, [whole("registrar")], "grant");
    });

    it("gives a role and changes it, each after a mistake was mended", async () => {
      await openMember(walker, advisor);
      await give(walker, { role: UNIT.role, scope: "1" }, /[0-9a-f-]{36}$/);
      await walker.mend("#scope", "1", UNIT.scope ?? "");
      await walker.press(t(language, "give"), /done=roleGiven$/);
      await walker.follow(roleLink(walker, "changeOf", UNIT), /\?role=planner&scope=Infotek$/);
      await walker.choose("#role", roleWord(language, CHANGED.role));
      await walker.write("#scope", "1");
      await walker.press(t(language, "changeDo"), /\?role=planner&scope=Infotek$/);
      await walker.mend("#scope", "1", CHANGED.scope ?? "");
      await walker.press(t(language, "changeDo"), /done=roleChanged$/);
      assert.equal(await rowOf(walker, roleText(language, CHANGED)).count(), 1);
      assert.equal(await rowOf(walker, roleText(language, UNIT)).count(), 0);
    });

    it("ends one role, and then all others that were given here", async () => {
      await give(walker, whole("programmeManager"));
      await walker.follow(roleLink(walker, "endOf", whole("registrar")), /\?role=registrar$/);
      await walker.press(t(language, "endDo", { count: 1 }), `${staff}?done=roleEnded`);
      await hasRoles(walker, advisor, [CHANGED, whole("programmeManager")], "grant");
      await openMember(walker, advisor);
      await walker.follow(walker.page.locator(".more a"), endAddress(language));
      await walker.press(t(language, "endDo", { count: 2 }), `${staff}?done=roleEnded`);
      await hasRoles(walker, advisor, [whole("advisor")], "directory");
      await hasRoles(walker, advisor, [], "grant");
    });
  });

  it(`by keyboard alone the last administrator can't end the own role before somebody else has it (${language})`, async () => {
    const heir = await enterDeskAs(service, language, `${other}-planner`);
    await heir.page.context().close();
    const last = employee(other, "coordinator");
    const walker = await enterDeskAs(service, language, last.id);
    await makeAdministrator(other, last);
    const list = STAFF.href(language, { city: other });
    await walker.open(list);
    await openMember(walker, last);
    await walker.follow(roleLink(walker, "endOf", whole("administrator")), /\?role=administrator$/);
    await walker.press(t(language, "endDo", { count: 1 }), endAddress(language));
    await walker.page.locator(".errors:focus", { hasText: t(language, "onlyAdministrator") }).waitFor();
    await walker.follow(`#${END_BUTTON}`);

    await walker.open(list);
    await openMember(walker, employee(other, "planner"));
    await give(walker, whole("administrator"));
    await walker.open(list);
    await openMember(walker, last);
    await walker.follow(roleLink(walker, "endOf", whole("administrator")), /\?role=administrator$/);
    // Staff is no more theirs to see: they come to what is.
    await walker.press(t(language, "endDo", { count: 1 }), `${DESK.href(language, { city: other })}?done=roleEnded`);
    assert.match(await walker.text(), new RegExp(t(language, "done_roleEnded")));
    assert.equal(await walker.page.locator(`a[href="${list}"]`).count(), 0);
    await walker.page.context().close();
  });
}

function employee(city: CityCode, role: StaffRole): DemoPerson {
  return demoPerson(`${city}-${role}`);
}

const rowOf = ({ page }: Walker, head: string) =>
  page.locator("main tr", { has: page.locator("th", { hasText: head }) });
/** Without the places where a long word may break. */
const wordsOf = async (row: ReturnType<typeof rowOf>): Promise<string> =>
  (await row.innerText()).replaceAll("\u00AD", "");

/** What the table of rights says of that role. */
async function mayManageStaff(walker: Walker, role: StaffRole): Promise<string | undefined> {
  const { page, language } = walker;
  const cellsOf = async (row: ReturnType<typeof rowOf>) => (await wordsOf(row)).split("\t").map((cell) => cell.trim());
  const column = (await cellsOf(page.locator("main thead tr"))).indexOf(roleWord(language, role));
  return (await cellsOf(rowOf(walker, t(language, "right_manage staff and their roles"))))[column];
}

/** In the list of staff, the person's roles of that source are these. */
async function hasRoles(walker: Walker, person: DemoPerson, roles: readonly Role[], source: "directory" | "grant") {
  const { language } = walker;
  const from = ` (${t(language, `source_${source}`)})`;
  const lines = (await wordsOf(rowOf(walker, nameOf(person)))).split(/[\n\t]/);
  const held = lines.filter((line) => line.endsWith(from)).map((line) => line.slice(0, -from.length));
  assert.deepEqual(held.toSorted(), roles.map((role) => roleText(language, role)).toSorted());
}

const openMember = (walker: Walker, person: DemoPerson) =>
  walker.follow(walker.page.locator("main a", { hasText: nameOf(person) }), /[0-9a-f-]{36}$/);

const roleLink = ({ page, language }: Walker, what: "changeOf" | "endOf", role: Role) =>
  page.getByLabel(t(language, what, { role: roleText(language, role) }), { exact: true });

/** The page on which a role is ended, whoever's. */
const endAddress = (language: Language): RegExp => {
  const [before = "", behind = ""] = END_ROLES.href(language, { city: "CITY", person: "PERSON" }).split("PERSON");
  return new RegExp(`${before.replace("CITY", "[a-z]+")}[0-9a-f-]{36}${behind}`);
};

async function give(walker: Walker, { role, scope }: Role, leadsTo = /done=roleGiven$/): Promise<void> {
  await walker.choose("#role", roleWord(walker.language, role));
  if (scope !== null) await walker.write("#scope", scope);
  await walker.press(t(walker.language, "give"), leadsTo);
}

/** As the one whom a city's directory does not make an administrator: nobody else is one there. */
async function makeAdministrator(city: CityCode, who: DemoPerson): Promise<void> {
  const { db, clock } = service.app;
  await withTx(db, city, async (tx) => {
    const members = await selectMembers(tx, { skipped: 0, most: 10 });
    const { person = "" } = members.find(({ mail }) => mail === who.mail) ?? {};
    await insertGrants(tx, city, person, [whole("administrator")], clock.now());
  });
}

describe("every page of the desk and its staff", () => {
  const place = { city: "turku" } as const;
  let administrator: TestPerson;
  let member: TestPerson;
  before(async () => {
    const { app } = service;
    const who = { ...place, given: "Aino", family: "Laine", mail: "aino.laine@turku.fi" };
    administrator = await somebody(app, { ...who, roles: [{ role: "administrator" }] });
    const given = [{ role: "advisor", scope: "kirjastot ja kulttuuripalvelut" }, { role: "planner" }] as const;
    member = await granted(app, "turku", given, { roles: [{ role: "registrar" }], given: "Eino", family: "Virkkunen" });
    const invitation = { mail: "kaisa.korhonen-virtanen@turku.fi", role: "coordinator", language: "sv" };
    await post(app, INVITE.href("fi", place), administrator, invitation);
  });

  const pathsIn = (language: Language): string[] => {
    const eino = { ...place, person: member.id };
    return [
      DESK.href(language, place, { done: "roleEnded" }),
      RIGHTS.href(language, place),
      STAFF.href(language, place, { done: "roleEnded" }),
      INVITE.href(language, place),
      MEMBER.href(language, eino),
      CHANGE_ROLE.href(language, eino, { role: "planner" }),
      END_ROLES.href(language, eino),
    ];
  };

  for (const language of LANGUAGES) {
    it(`has nothing that axe finds and fits into 320 px (${language})`, async () => {
      const who = { address: service.address, cookie: administrator.headers.cookie };
      await visitAs(service.browser, who, { bypassCSP: true }, async (page) => {
        for (const path of pathsIn(language)) {
          await page.goto(service.address + path);
          await assertAccessible(page, path);
        }
      });
    });
  }
});
