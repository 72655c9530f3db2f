/** Steps of walks with mandates, each by keyboard in the walker's language. A step checks where it leads and what stands there then. */
import assert from "node:assert/strict";
import type { Locator } from "playwright-core";
import type { CityCode, Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { writeDay } from "#modules/accounts/mandates/day-field.ts";
import type { MandateState } from "#modules/accounts/mandates/mandate.ts";
import * as paths from "#modules/accounts/mandates/paths.ts";
import { t } from "#modules/accounts/mandates/texts.ts";
import { t as account } from "#modules/accounts/texts.ts";
import { type DemoService, followMail, type Walker } from "./demo-walk.ts";

/** A year from today, as one types it. */
export const inAYear = ({ app }: DemoService): string => writeDay(dayInFinland(app.clock.now()).add({ years: 1 }));

const listAt = ({ language }: Walker, done: string): string => paths.MANDATES.href(language, {}, { done });

/** A link by what those hear who don't see it. */
const linkCalled = ({ page }: Walker, name: string): Locator =>
  page.locator("main").getByRole("link", { name, exact: true });

/** The mistakes above a form that was sent, each as `t` has it. The summary has the focus, so that they are heard first. */
export async function mistakesOf({ page }: Walker): Promise<string[]> {
  const summary = page.locator(".errors:focus");
  await summary.waitFor();
  return summary.locator("li").allInnerTexts();
}

export const openMandates = (walker: Walker): Promise<void> => walker.open(paths.MANDATES.href(walker.language));

/** Opens one's list, and counts the mandates with somebody that are in that state. */
export async function countMandates(walker: Walker, name: string, state: MandateState): Promise<number> {
  await openMandates(walker);
  const rows = walker.page.locator("main tbody tr").filter({ has: walker.page.getByRole("rowheader", { name }) });
  return rows.filter({ hasText: t(walker.language, `state_${state}`) }).count();
}

/** Whether the top of the page says that one acts as somebody. */
export async function actsAs({ page, language }: Walker, name: string): Promise<boolean> {
  return (await page.locator(".self").innerText()).includes(account(language, "actingAs", { name }));
}

/** Offers a mandate for the first kind of matters and a year to somebody at an address. */
export async function offerMandate(service: DemoService, giver: Walker, to: { name: string; mail: string }) {
  await giver.open(paths.GIVE_MANDATE.href(giver.language));
  await giver.write("#name", to.name);
  await fillOffer(service, giver, to.mail);
}

/** All of the form but the name, and sends it. */
export async function fillOffer(service: DemoService, giver: Walker, mail: string): Promise<void> {
  await giver.write("#mail", mail);
  await giver.tick("#matters");
  await giver.write("#until", inAYear(service));
  await giver.press(t(giver.language, "give"), listAt(giver, "offered"));
}

/** Where the offers of a walk in that language are sent. */
export const offeredTo = (language: Language): string => `veli.${language}@example.org`;

/** Follows the link of the newest offer. */
export async function openOffer(taker: Walker): Promise<void> {
  const offer = new RegExp(paths.MANDATE_OFFER.href(taker.language, { token: "" }));
  await followMail(taker, offeredTo(taker.language), offer);
  assert.equal(await taker.heading(), t(taker.language, "offerTitle"));
}

export async function takeOffer(taker: Walker): Promise<void> {
  await openOffer(taker);
  await taker.press(t(taker.language, "take"), listAt(taker, "taken"));
}

export async function declineOffer(taker: Walker): Promise<void> {
  await openOffer(taker);
  await taker.press(t(taker.language, "decline"), listAt(taker, "declined"));
}

/** From one's list: acts for somebody from now on. */
export async function actFor(taker: Walker, name: string): Promise<void> {
  await taker.press(t(taker.language, "actOf", { name }), listAt(taker, "acting"));
  assert.ok(await actsAs(taker, name));
}

/** From one's list: acts in one's own name again. */
export async function stopActing(taker: Walker, name: string): Promise<void> {
  await taker.press(t(taker.language, "stopActing"), listAt(taker, "stopped"));
  assert.ok(!(await actsAs(taker, name)));
}

/** From one's list: the giver ends the mandate with somebody. */
export const revoke = (giver: Walker, name: string): Promise<void> => end(giver, "revokeOf", name, "endGiverTitle");
/** From one's list: the taker does. */
export const layDown = (taker: Walker, name: string): Promise<void> => end(taker, "layDownOf", name, "endTakerTitle");

async function end(
  walker: Walker,
  link: "revokeOf" | "layDownOf",
  name: string,
  button: "endGiverTitle" | "endTakerTitle",
): Promise<void> {
  const { language } = walker;
  const address = addressOf(paths.END_MANDATE.href(language, { id: "ID" }));
  await walker.follow(linkCalled(walker, t(language, link, { name })), address);
  await walker.press(t(language, button), listAt(walker, "ended"));
}

/** Where the customer's code or address is written already: says why, and begins. */
export async function help(advisor: Walker, city: CityCode, reason: string): Promise<void> {
  const { language } = advisor;
  await advisor.write("#reason", reason);
  await advisor.press(t(language, "helpGo"), paths.HELP.href(language, { city }, { done: "helping" }));
}

/** From the page of helping. */
export async function stopHelping(advisor: Walker, city: CityCode): Promise<void> {
  const { language } = advisor;
  await advisor.press(t(language, "helpStop"), paths.HELP.href(language, { city }, { done: "helpEnded" }));
  assert.equal(await advisor.heading(), t(language, "help"));
}

/** From the list of children: where the guardian's right to act for one of them ends. Answers with its address. */
export async function openGuardianEnd(advisor: Walker, child: string): Promise<RegExp> {
  const { language } = advisor;
  const address = addressOf(paths.END_GUARDIAN.href(language, { city: "CITY", id: "ID" }));
  await advisor.follow(linkCalled(advisor, t(language, "endGuardianOf", { name: child })), address);
  assert.equal(await advisor.heading(), t(language, "endGuardianTitle"));
  return address;
}

/** Of a page of something with an id: "ID" in its place, "CITY" in that of any city's. */
const addressOf = (path: string): RegExp =>
  new RegExp(`${path.replace("ID", "[0-9a-f-]{36}").replace("CITY", "[a-z]+")}$`);
