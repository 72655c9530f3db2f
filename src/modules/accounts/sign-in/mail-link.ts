/**
 * Signing in by a link sent by mail: for one use, for fifteen minutes, in the browser that asked. Whether
 * somebody is known here by the address makes no difference to what is said, sent or done.
 */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { newSecret } from "#core/secrets.ts";
import { postMail } from "#core/mail.ts";
import { withBrowser } from "../parked.queries.ts";
import { type MailAddress, mailKey, parseMailAddress } from "../people/mail-address.ts";
import { MAIL_LINK } from "../paths.ts";
import { t } from "../texts.ts";
import { LINKS_FROM_NETWORK, MAILS_FROM_NETWORK, MAILS_TO_ADDRESS, requireWithin } from "./limits.ts";
import { SignInRefused } from "./oidc.ts";
import * as queries from "./queries.ts";
import { type Asker, beginMailSession, type SignedIn, type SignInTools } from "./sign-in.ts";

export const LINK_MINUTES = 15;

export interface WantedLink {
  address: MailAddress;
  browser: string;
  /** "192.0.2.1", or the first half of an IPv6 address. */
  network: string;
  language: Language;
  returnTo: string;
}

/** Sends a link. Errors: TooMany. */
export async function sendMailLink(
  tools: SignInTools & { origin: string },
  wanted: WantedLink,
  now: Temporal.Instant,
): Promise<void> {
  await requireWithin(tools, MAILS_FROM_NETWORK, wanted.network, now);
  await requireWithin(tools, MAILS_TO_ADDRESS, mailKey(wanted.address), now);
  const { language, address: recipient } = wanted;
  const token = newSecret();
  const usefulUntil = now.add({ minutes: LINK_MINUTES });
  const values = { minutes: LINK_MINUTES, link: tools.origin + MAIL_LINK.href(language, { token }) };
  await withBrowser(tools.db, wanted.browser, async (tx) => {
    await queries.insertMailLink(tx, { ...wanted, token, person: null, expiresAt: usefulUntil });
    const [subject, body] = [t(language, "linkSubject"), t(language, "linkBody", values)];
    await postMail(tx, { city: "joint", recipient, subject, body, language, usefulUntil }, now);
  });
}

/** Whether the link would work in this browser now. Looking takes nothing: mail programs look at links before people do. */
export async function isLinkGood(
  { db }: SignInTools,
  token: string,
  browser: string | undefined,
  now: Temporal.Instant,
): Promise<boolean> {
  if (browser === undefined) return false;
  return (await withBrowser(db, browser, (tx) => queries.selectOptionalMailLink(tx, token, now))) !== undefined;
}

/** Takes the link. Errors: SignInRefused (used, too old, or another browser's), TooMany. */
export async function takeLink(
  tools: SignInTools,
  token: string,
  asker: Asker & { network: string },
  now: Temporal.Instant,
): Promise<SignedIn> {
  const signedIn = await withBrowser(tools.db, asker.browser, async (tx) => {
    const link = await queries.takeMailLink(tx, token, now);
    const address = link && parseMailAddress(link.address);
    if (!link || !address) return null;
    return beginMailSession(tx, tools.sealer, address, { ...asker, ...link }, now);
  });
  if (signedIn) return signedIn;
  await requireWithin(tools, LINKS_FROM_NETWORK, asker.network, now);
  throw new SignInRefused("no such link for this browser", "link");
}
