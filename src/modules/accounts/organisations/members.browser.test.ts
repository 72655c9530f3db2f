/** Who is in an organisation and who runs it: walks by the demo's people, by keyboard alone and without scripts, in three languages. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import type { Locator } from "playwright-core";
import type { OrganisationRole } from "#core/actor.ts";
import { CITIES, type CityCode, LANGUAGES } from "#core/cities.ts";
import {
  demoPerson,
  enterAs,
  enterDeskAs,
  followMail,
  identifyAs,
  nameOf,
  openDemoService,
  openWalker,
  says,
  type Walker,
} from "#test/demo-walk.ts";
import { act, endGroup, foundGroup, mend, refused } from "#test/organisation-walks.ts";
import { SIGN_IN } from "../paths.ts";
import { t as accountTexts } from "../texts.ts";
import { doneAt } from "./form-page.tsx";
import { LONGEST_GROUNDS } from "./input.ts";
import * as paths from "./paths.ts";
import { t } from "./texts.ts";

/**
 * Whose story it is in each language. `friend`: who is invited, and later claims what others have made. `city`: looks at the claims;
 * it is chosen by typing its name, and the browser's keyboard has no Å to begin with.
 */
const PEOPLE = {
  fi: { owner: "daria", friend: "salla", city: "helsinki" },
  sv: { owner: "borje", friend: "hanne", city: "vantaa" },
  en: { owner: "thanh", friend: "aino", city: "oulu" },
} as const;
/** What the demo's people have brought with them: the one is granted to who claims it, the other is not. */
const ASSOCIATION = { name: "Åbo svenska byalag rf", businessId: "9000003-8" };
const COMPANY = "Melnyk Palvelumuotoilu Oy";

const service = await openDemoService({ after });

for (const language of LANGUAGES)
  describe(`by keyboard alone, without scripts, one after another (${language})`, () => {
    const { city, ...people } = PEOPLE[language];
    const [ownerName, friendName] = [nameOf(demoPerson(people.owner)), nameOf(demoPerson(people.friend))];
    const group = { id: "", name: "Kallion pihatalkoot" };
    let owner: Walker;
    let friend: Walker;
    let desk: Walker;
    before(async () => {
      owner = await enterAs(service, language, people.owner);
      friend = await openWalker(service, language);
      desk = await enterDeskAs(service, language, `${city}-coordinator`);
    });
    after(async () => {
      for (const { page } of [owner, friend, desk]) await page.context().close();
    });

    it("who is invited signs in and joins, and acts in the group's name and in their own", async () => {
      group.id = await foundGroup(owner, group.name);
      await invite(owner, group.id, "vaara.osoite@example.fi");
      await cancelInvitation(owner, group.id, "vaara.osoite@example.fi");
      await invite(owner, group.id, `${people.friend}@example.fi`);
      await joinAsNew(friend, `${people.friend}@example.fi`, people.friend, group.id);
      await chooseActing(friend, `organisation:${group.id}`);
      await topSays(friend, friendName, accountTexts(language, "actingAs", { name: group.name }));
      await chooseActing(friend, "self");
      await topSays(friend, friendName, accountTexts(language, "actingAsOneself"));
    });

    it("a member becomes signatory, and then owner in the owner's place, whom they remove", async () => {
      await makeSignatory(owner, group.id, friendName);
      await seesRole(friend, group.id, "signatory");
      await handOver(owner, group.id);
      await seesRole(friend, group.id, "owner");
      await remove(friend, group.id, ownerName);
      await seesAsPast(owner, group.name, t(language, "pastLeft"));
    });

    it("who claims what others have made is answered by the city: one claim is granted, another refused", async () => {
      const association = await claimByBusinessId(friend, city);
      await claimFromPublicPage(friend, city);
      await grant(desk, city);
      await refuse(desk, city);
      await seesAnswers(friend);
      await seesRole(friend, association, "owner");
      await leave(friend, association);
    });

    it("the city merges two entries of one organisation: the address of the one leads to the other", async () => {
      const [from, into] = [group.id, await foundGroup(friend, "Pihatalkoot")];
      await merge(desk, city, { from, into });
      await friend.open(paths.ORGANISATION.href(language, { id: from }));
      assert.equal(friend.page.url(), service.address + paths.ORGANISATION.href(language, { id: into }));
      await seesAsPast(friend, group.name, t(language, "pastMerged"));
      await endGroup(friend, into);
    });
  });

const mine = ({ language }: Walker, id: string): string => paths.MY_ORGANISATION.href(language, { id });

/** A member's row on the organisation's page. */
const rowOf = ({ page }: Walker, name: string): Locator =>
  page.locator("table:has(#members-list) tr", { hasText: name });

async function invite(owner: Walker, id: string, address: string): Promise<void> {
  const { language } = owner;
  await owner.follow(paths.INVITE.href(language, { id }));
  await owner.write("#address", "ystävä");
  await mend(owner, "inviteSend", "address", t(language, "mailWrong"), address);
  await act(owner, "inviteSend", mine(owner, id), "invited");
  assert.equal(await owner.page.locator("table:has(#invitations-list) tr", { hasText: address }).count(), 1);
}

async function cancelInvitation(owner: Walker, id: string, address: string): Promise<void> {
  const cancel = owner.page.getByLabel(t(owner.language, "cancelOf", { address }));
  await owner.press(cancel, doneAt(mine(owner, id), "cancelled"));
  await says(owner, t(owner.language, "done_cancelled"));
  assert.equal(await owner.page.locator("#invitations-list").count(), 0);
}

/** Follows the link in the newest mail to that address. */
async function openInvitation(friend: Walker, address: string): Promise<string> {
  await followMail(friend, address, new RegExp(paths.INVITATION.href(friend.language, { token: "" })));
  return new URL(friend.page.url()).pathname;
}

async function joinAsNew(friend: Walker, address: string, person: string, id: string): Promise<void> {
  const { language } = friend;
  const invitation = await openInvitation(friend, address);
  await friend.press(t(language, "invitationSignIn"), new RegExp(SIGN_IN.href(language)));
  await identifyAs(friend, person, new RegExp(RegExp.escape(invitation)));
  await act(friend, "invitationTake", mine(friend, id), "joined");
}

/** From the strip at the top of every page of one's own. */
async function chooseActing(friend: Walker, value: string): Promise<void> {
  const acting = paths.ACTING.href(friend.language);
  await friend.follow(friend.page.locator(`.self a[href="${acting}"]`), new RegExp(`${acting}$`));
  await friend.pick("as", value);
  await act(friend, "actingChoose", acting, "acting");
}

/** The top of the page says who it is and as whom they act. */
async function topSays({ page, language }: Walker, person: string, actingAs: string): Promise<void> {
  const text = await page.locator(".self").innerText();
  for (const words of [accountTexts(language, "signedInAs", { name: person }), actingAs])
    assert.ok(text.includes(words), text);
}

async function makeSignatory(owner: Walker, id: string, name: string): Promise<void> {
  await owner.open(mine(owner, id));
  await openMember(owner, id, name);
  await owner.pick("role", "signatory");
  await act(owner, "save", mine(owner, id), "roleChanged");
  assert.ok((await rowOf(owner, name).innerText()).includes(t(owner.language, "Role_signatory")));
}

/** By the link in the member's row; the id of the membership. */
async function openMember(owner: Walker, id: string, name: string): Promise<string> {
  await owner.follow(rowOf(owner, name).locator("a"), new RegExp(`${mine(owner, id)}/[a-z]+/[0-9a-f-]{36}$`));
  return owner.page.url().slice(-36);
}

async function seesRole(walker: Walker, id: string, role: OrganisationRole): Promise<void> {
  await walker.open(mine(walker, id));
  await says(walker, t(walker.language, "youAre", { role: t(walker.language, `role_${role}`) }));
}

async function remove(owner: Walker, id: string, name: string): Promise<void> {
  const member = await openMember(owner, id, name);
  await owner.follow(paths.END_MEMBER.href(owner.language, { id, member }));
  await act(owner, "remove", mine(owner, id), "removed");
  assert.equal(await rowOf(owner, name).count(), 0);
}

/** Among one's earlier organisations, with how it ended. */
async function seesAsPast(walker: Walker, name: string, how: string): Promise<void> {
  await walker.open(paths.MY_ORGANISATIONS.href(walker.language));
  const past = walker.page.locator("section", { has: walker.page.locator("#past") });
  assert.match(await past.locator("li", { hasText: name }).innerText(), new RegExp(how));
}

/** To the only other member. */
async function handOver(owner: Walker, id: string): Promise<void> {
  const { language } = owner;
  await owner.follow(paths.HAND_OVER.href(language, { id }));
  await refused(owner, "handOverDo", "to", t(language, "handOverWrong"));
  await owner.page.keyboard.press("Space");
  await act(owner, "handOverDo", mine(owner, id), "handedOver");
}

async function leave(walker: Walker, id: string): Promise<void> {
  const { language } = walker;
  await walker.follow(paths.LEAVE.href(language, { id }));
  await act(walker, "leave", paths.MY_ORGANISATIONS.href(language), "left");
}

/** Adding an association that is here already leads to claiming it; its id. */
async function claimByBusinessId(friend: Walker, city: CityCode): Promise<string> {
  const { language, page } = friend;
  await friend.open(paths.NEW_ORGANISATION.href(language));
  await friend.pick("kind", "association");
  await friend.write("#businessId", ASSOCIATION.businessId);
  await friend.press(t(language, "newNext"), /[0-9a-f-]{36}/);
  const id = /[0-9a-f-]{36}/.exec(page.url())?.[0] ?? "";
  assert.equal(new URL(page.url()).pathname, paths.CLAIM_ORGANISATION.href(language, { id }));
  await says(friend, t(language, "claimOf", { name: ASSOCIATION.name }));
  await friend.write("#grounds", "Olen sihteeri.");
  await refused(friend, "claimSend", "city", t(language, "claimCityWrong"));
  assert.equal(await page.locator("#grounds").inputValue(), "Olen sihteeri.");
  await page.keyboard.type(CITIES[city].names[language].name);
  await sendClaim(friend, ASSOCIATION.name);
  return id;
}

async function claimFromPublicPage(friend: Walker, city: CityCode): Promise<void> {
  const { language, page } = friend;
  await friend.open(paths.ORGANISATIONS.href(language));
  await friend.follow(page.locator("main a", { hasText: COMPANY }), /[0-9a-f-]{36}$/);
  const id = new URL(page.url()).pathname.split("/").at(-1) ?? "";
  await friend.follow(paths.CLAIM_ORGANISATION.href(language, { id }));
  await friend.choose("#city", CITIES[city].names[language].name);
  await mend(friend, "claimSend", "grounds", t(language, "groundsWrong", { most: LONGEST_GROUNDS }), "Olen asiakas.");
  await sendClaim(friend, COMPANY);
}

async function sendClaim(friend: Walker, name: string): Promise<void> {
  const { language } = friend;
  await act(friend, "claimSend", paths.MY_ORGANISATIONS.href(language), "claimed");
  await seesClaim(friend, name, t(language, "claim_open"));
}

/** Among one's claims. */
async function seesClaim({ page }: Walker, name: string, state: string): Promise<void> {
  const claims = page.locator("section", { has: page.locator("#claims") });
  const text = await claims.locator("li", { hasText: name }).innerText();
  assert.ok(text.includes(state), text);
}

/** From the desk's list of claims that wait. */
async function openClaim(desk: Walker, city: CityCode, name: string): Promise<void> {
  const list = paths.DESK_ORGANISATIONS.href(desk.language, { city });
  await desk.follow(desk.page.locator("main a", { hasText: name }), new RegExp(`${list}/[a-z]+/[0-9a-f-]{36}$`));
  await says(desk, t(desk.language, "deskClaim", { name }));
}

async function grant(desk: Walker, city: CityCode): Promise<void> {
  const { language, page } = desk;
  await desk.follow(paths.DESK_ORGANISATIONS.href(language, { city }));
  await openClaim(desk, city, ASSOCIATION.name);
  await refused(desk, "decide", "decision", t(language, "decisionWrong"));
  await page.keyboard.press("Space");
  await act(desk, "decide", paths.DESK_ORGANISATIONS.href(language, { city }), "approved");
}

const ANSWER = "Asiakas ei edusta.";

async function refuse(desk: Walker, city: CityCode): Promise<void> {
  const { language, page } = desk;
  await openClaim(desk, city, COMPANY);
  await desk.pick("decision", "refused");
  await mend(desk, "decide", "answer", t(language, "answerWrong", { most: LONGEST_GROUNDS }), ANSWER);
  assert.equal(await page.locator("input[name=decision]:checked").inputValue(), "refused");
  await act(desk, "decide", paths.DESK_ORGANISATIONS.href(language, { city }), "refused");
  await says(desk, t(language, "deskNone"));
}

async function seesAnswers(friend: Walker): Promise<void> {
  const { language } = friend;
  await friend.open(paths.MY_ORGANISATIONS.href(language));
  await seesClaim(friend, ASSOCIATION.name, t(language, "claim_approved"));
  await seesClaim(friend, COMPANY, t(language, "claim_refused"));
  await seesClaim(friend, COMPANY, ANSWER);
}

async function merge(desk: Walker, city: CityCode, { from, into }: Record<"from" | "into", string>): Promise<void> {
  const { language, page } = desk;
  const addressOf = (id: string) => paths.ORGANISATION.href(language, { id });
  await desk.follow(paths.MERGE.href(language, { city }));
  await desk.write("#from", addressOf(from));
  await desk.write("#into", "Pihatalkoot");
  await mend(desk, "mergeLook", "into", t(language, "mergeIntoWrong"), addressOf(into));
  assert.equal(await page.locator("#from").inputValue(), addressOf(from));
  await desk.press(t(language, "mergeLook"), paths.MERGE_CONFIRM.href(language, { city, from, into }));
  await says(desk, t(language, "mergeOf", { from: "Kallion pihatalkoot", into: "Pihatalkoot" }));
  await act(desk, "mergeDo", paths.DESK_ORGANISATIONS.href(language, { city }), "merged");
}
