/** Mails to the two sides of a mandate, each in their language, wherever an address is known. */
import type { Temporal } from "temporal-polyfill";
import type { Tenant } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { postMail } from "#core/mail.ts";
import { formatDate } from "#ui/format.ts";
import { MANDATE_OFFER, MANDATES } from "./paths.ts";
import type { Link, Side, Sides } from "./queries.ts";
import { nameMatters, t, type TextKey } from "./texts.ts";

/** A link works for so long; the giver can send a new one. */
export const LINK_DAYS = 14;
const USEFUL_HOURS = 14 * 24;

/** What has happened to a mandate, of which both sides are told. */
export type Step = "taken" | "declined" | "revoked" | "laidDown" | "guardian" | "guardianEnded";

export interface Telling {
  /** "https://avoin.example.fi" */
  origin: string;
  /** In whose name the mails go; the transaction must have been opened for it. */
  city: Tenant;
}

/** Tells both. */
export async function tellBoth(
  tx: Tx,
  telling: Telling,
  step: Step,
  sides: Sides,
  now: Temporal.Instant,
): Promise<void> {
  await tell(tx, telling, sides.giver, { subject: `subject_${step}`, what: `toGiver_${step}` }, sides, now);
  await tell(tx, telling, sides.taker, { subject: `subject_${step}`, what: `toTaker_${step}` }, sides, now);
}

/** Tells the giver of an offer that it has been sent; of a register's word, that it has been given. */
export const tellGiver = (
  tx: Tx,
  telling: Telling,
  step: "offered" | "authorized",
  sides: Sides,
  now: Temporal.Instant,
): Promise<void> => tell(tx, telling, sides.giver, { subject: `subject_${step}`, what: `toGiver_${step}` }, sides, now);

/** Sends the link of an offer to whom it is for. What the giver calls them is not in it: nobody's words go to strangers. */
export async function sendOffer(
  tx: Tx,
  { origin, city }: Telling,
  sides: Sides,
  { token, expiresAt }: Link,
  now: Temporal.Instant,
): Promise<void> {
  const { mail: recipient, language } = sides.taker;
  if (recipient === null) return;
  const link = origin + MANDATE_OFFER.href(language, { token });
  const next = t(language, "nextOffer", { link, days: LINK_DAYS });
  const [subject, body] = [t(language, "subject_offer"), bodyOf(sides, sides.taker, "toTaker_offered", next)];
  await postMail(tx, { city, recipient, subject, body, language, usefulUntil: expiresAt }, now);
}

async function tell(
  tx: Tx,
  { origin, city }: Telling,
  side: Side,
  { subject, what }: { subject: TextKey; what: TextKey },
  sides: Sides,
  now: Temporal.Instant,
): Promise<void> {
  const { mail: recipient, language } = side;
  if (recipient === null) return;
  const body = bodyOf(sides, side, what, t(language, "nextMandates", { link: origin + MANDATES.href(language) }));
  const usefulUntil = now.add({ hours: USEFUL_HOURS });
  await postMail(tx, { city, recipient, subject: t(language, subject), body, language, usefulUntil }, now);
}

function bodyOf({ giver, taker, ...sides }: Sides, { language }: Side, what: TextKey, next: string): string {
  return t(language, "mailBody", {
    what: t(language, what, { giver: giver.name, taker: taker.name }),
    matters: nameMatters(language, sides.matters),
    from: formatDate(language, sides.validFrom),
    until: formatDate(language, sides.validUntil),
    next,
  });
}
