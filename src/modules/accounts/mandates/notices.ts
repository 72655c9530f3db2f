/** What the two sides of a mandate are told of it, and the link of an offer. */
import type { Temporal } from "temporal-polyfill";
import type { Language, Tenant } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { postMail } from "#core/mail.ts";
import { formatDate } from "#ui/format.ts";
import { OF_MANDATES } from "../notifications/kinds.ts";
import { letterOf, type Notification, notify } from "../notifications/notify.ts";
import { MANDATE_OFFER, MANDATES } from "./paths.ts";
import type { Link, Sides } from "./queries.ts";
import { nameMatters, t, type TextKey } from "./texts.ts";

/** A link works for so long; the giver can send a new one. */
export const LINK_DAYS = 14;
const USEFUL_HOURS = 14 * 24;

/** What has happened to a mandate, of which both sides are told. */
export type Step = "taken" | "declined" | "revoked" | "laidDown" | "guardian" | "guardianEnded";

/** Tells both. `city`: the transaction's, in whose name it is. */
export async function tellBoth(tx: Tx, city: Tenant, step: Step, sides: Sides, now: Temporal.Instant): Promise<void> {
  const [title, toGiver, toTaker] = [`title_${step}`, `toGiver_${step}`, `toTaker_${step}`] as const;
  const { giver, taker } = sides;
  const told = [notificationOf(giver.id, title, toGiver, sides)];
  if (taker.id === null) await writeTo(tx, city, { title, what: toTaker }, sides, now);
  else told.push(notificationOf(taker.id, title, toTaker, sides));
  await notify(tx, told, now);
}

/** Tells the giver of an offer that it has been sent; of a register's word, that it has been given. */
export const tellGiver = (tx: Tx, step: "offered" | "authorized", sides: Sides, now: Temporal.Instant): Promise<void> =>
  notify(tx, [notificationOf(sides.giver.id, `title_${step}`, `toGiver_${step}`, sides)], now);

/** Sends the link of an offer to whom it is for. What the giver calls them is not in it: nobody's words go to strangers. */
export async function sendOffer(
  tx: Tx,
  origin: string,
  sides: Sides,
  { token, expiresAt }: Link,
  now: Temporal.Instant,
): Promise<void> {
  const { mail: recipient, language } = sides.taker;
  if (recipient === null) return;
  const link = origin + MANDATE_OFFER.href(language, { token });
  const next = t(language, "nextOffer", { link, days: LINK_DAYS });
  const body = t(language, "offerBody", { ...valuesOf(language, "toTaker_offered", sides), next });
  const subject = t(language, "subject_offer");
  await postMail(tx, { city: "joint", recipient, subject, body, language, usefulUntil: expiresAt }, now);
}

const notificationOf = (person: string, title: TextKey, what: TextKey, sides: Sides): Notification => ({
  person,
  kind: OF_MANDATES,
  title: inEachLanguage((lang) => t(lang, title)),
  text: inEachLanguage((lang) => t(lang, "noticeText", valuesOf(lang, what, sides))),
  path: inEachLanguage((lang) => MANDATES.href(lang)),
  names: [sides.giver.id, sides.taker.id].filter((one): one is string => one !== null && one !== person),
});

/** To the mailbox of a taker who is no person here. */
async function writeTo(
  tx: Tx,
  city: Tenant,
  { title, what }: { title: TextKey; what: TextKey },
  sides: Sides,
  now: Temporal.Instant,
): Promise<void> {
  const { mail: recipient, language } = sides.taker;
  if (recipient === null) return;
  const body = letterOf(language, t(language, "noticeText", valuesOf(language, what, sides)));
  const usefulUntil = now.add({ hours: USEFUL_HOURS });
  await postMail(tx, { city, recipient, subject: t(language, title), body, language, usefulUntil }, now);
}

const valuesOf = (language: Language, what: TextKey, { giver, taker, ...sides }: Sides) => ({
  what: t(language, what, { giver: giver.name, taker: taker.name }),
  matters: nameMatters(language, sides.matters),
  from: formatDate(language, sides.validFrom),
  until: formatDate(language, sides.validUntil),
});
