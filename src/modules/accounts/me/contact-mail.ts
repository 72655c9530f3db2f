/**
 * Changing the address that mail goes to, and that a mail link signs in by: confirmed by a link, for one use, for fifteen minutes, in the
 * browser and by the person who asked. That an address is somebody else's already is told to its mailbox alone.
 */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import { actForPerson, type Tx, withPerson } from "#core/db.ts";
import { conflict } from "#core/errors.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { postMail } from "#core/mail.ts";
import { wordsOf } from "#core/retention.ts";
import { newSecret } from "#core/secrets.ts";
import { SAFETY } from "../notifications/kinds.ts";
import { type Notification, notify } from "../notifications/notify.ts";
import { withBrowser } from "../parked.queries.ts";
import { type MailAddress, mailKey, parseMailAddress } from "../people/mail-address.ts";
import { MAILS_FROM_NETWORK, MAILS_TO_ADDRESS, requireWithin } from "../sign-in/limits.ts";
import { LINK_MINUTES } from "../sign-in/mail-link.ts";
import {
  insertMailLink,
  lockIdentity,
  replaceIdentity,
  selectOptionalPersonId,
  updateMail,
} from "../sign-in/queries.ts";
import type { SignInTools } from "../sign-in/sign-in.ts";
import { requireSurelyKnown } from "./known.ts";
import { CONFIRM_MAIL, PROFILE } from "./paths.ts";
import { mayConfirmMail } from "./policy.ts";
import { nameSource } from "./profile.ts";
import * as queries from "./queries.ts";
import { t } from "./texts.ts";

export interface WantedAddress {
  address: MailAddress;
  browser: string;
  /** "192.0.2.1", or the first half of an IPv6 address. */
  network: string;
  language: Language;
}

/** Sends a link to the new address. Errors: Unauthenticated, Conflict (the employer's directory tells the address), TooMany. */
export async function sendConfirmation(
  tools: SignInTools & { origin: string },
  actor: Actor,
  wanted: WantedAddress,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayConfirmMail);
  const person = requirePerson(actor);
  await withPerson(tools.db, person, (tx) => requireOwnAddress(tx, actor, person));
  await requireWithin(tools, MAILS_FROM_NETWORK, wanted.network, now);
  await requireWithin(tools, MAILS_TO_ADDRESS, mailKey(wanted.address), now);
  const { language, address: recipient, browser } = wanted;
  const token = newSecret();
  const usefulUntil = now.add({ minutes: LINK_MINUTES });
  const link = { token, browser, person, address: recipient, language, returnTo: PROFILE.href(language) };
  await withBrowser(tools.db, browser, async (tx) => {
    // The same is done and as long whoever's the address is; only what the mailbox reads is another.
    const owner = await ownerOf(tx, tools, recipient);
    await insertMailLink(tx, { ...link, expiresAt: usefulUntil });
    const values = { minutes: LINK_MINUTES, link: tools.origin + CONFIRM_MAIL.href(language, { token }) };
    const isTaken = owner !== null && owner !== person;
    const body = isTaken ? t(language, "takenBody") : t(language, "confirmBody", values);
    const subject = t(language, "confirmSubject");
    await postMail(tx, { city: "joint", recipient, subject, body, language, usefulUntil }, now);
  });
}

/** Staff's address is the employer's. */
async function requireOwnAddress(tx: Tx, actor: Actor, person: string): Promise<void> {
  await requireSurelyKnown(tx, actor, person);
  if (nameSource(await queries.selectProfile(tx, person)) === "directory")
    throw conflict("the city's directory tells the address");
}

const ownerOf = (tx: Tx, { sealer }: SignInTools, address: MailAddress): Promise<string | null> =>
  selectOptionalPersonId(tx, "mail", sealer.fingerprints(mailKey(address), "mail"));

/** The address that the link would confirm, in this browser and for this person; undefined when it does not hold. */
export async function addressToConfirm(
  { db }: SignInTools,
  actor: Actor,
  token: string,
  browser: string | undefined,
  now: Temporal.Instant,
): Promise<string | undefined> {
  if (browser === undefined) return undefined;
  const person = requirePerson(actor);
  return withBrowser(db, browser, (tx) => queries.selectOptionalConfirmation(tx, token, person, now));
}

/** Takes the link. False when it does not hold, or the address has become somebody else's meanwhile. Errors: Unauthenticated. */
export async function confirmAddress(
  tools: SignInTools,
  actor: Actor,
  token: string,
  browser: string | undefined,
  now: Temporal.Instant,
): Promise<boolean> {
  authorise(actor, mayConfirmMail);
  const person = requirePerson(actor);
  if (browser === undefined) return false;
  return withBrowser(tools.db, browser, async (tx) => {
    await actForPerson(tx, person);
    await requireOwnAddress(tx, actor, person);
    const address = parseMailAddress((await queries.takeConfirmation(tx, token, person, now)) ?? "");
    return address !== undefined && (await keepAddress(tx, tools, actor, { person, address }, now));
  });
}

async function keepAddress(
  tx: Tx,
  tools: SignInTools,
  actor: Actor,
  { person, address }: { person: string; address: MailAddress },
  now: Temporal.Instant,
): Promise<boolean> {
  const fingerprints = tools.sealer.fingerprints(mailKey(address), "mail");
  // Two who confirm one address at once: the second waits here, and then finds that it is the first one's.
  await lockIdentity(tx, fingerprints[0] ?? "");
  const owner = await ownerOf(tx, tools, address);
  if (owner !== null && owner !== person) return false;
  const { mail: before, language } = await queries.selectProfile(tx, person);
  await queries.deleteMailIdentities(tx, person);
  await replaceIdentity(tx, { kind: "mail", person, fingerprints, sealed: null }, now);
  await updateMail(tx, person, address);
  const act = { city: "joint", action: "confirm", subjectKind: "mail_address", subjectId: person } as const;
  await recordAudit(tx, actor, { ...act, about: person }, now);
  if (before !== null && before !== address) {
    await tellOldAddress(tx, before, language, now);
    await notify(tx, [changeOf(person, address)], now);
  }
  return true;
}

const USEFUL_HOURS = 30 * 24;

const changeOf = (person: string, address: MailAddress): Notification => ({
  person,
  kind: SAFETY,
  title: wordsOf(t, "notice_changed_title"),
  text: wordsOf(t, "notice_changed_text", { address }),
  path: inEachLanguage((lang) => PROFILE.href(lang)),
  names: [],
});

/** Whoever reads the old mailbox hears of it, without the new address. */
async function tellOldAddress(tx: Tx, recipient: string, language: Language, now: Temporal.Instant): Promise<void> {
  const [subject, body] = [t(language, "changedSubject"), t(language, "changedBody")];
  const usefulUntil = now.add({ hours: USEFUL_HOURS });
  await postMail(tx, { city: "joint", recipient, subject, body, language, usefulUntil }, now);
}
