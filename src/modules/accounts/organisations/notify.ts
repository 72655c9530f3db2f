/** Mails to those whom a change concerns, each in their language. Who has given no address sees it on their own pages. */
import type { Temporal } from "temporal-polyfill";
import type { Language, Tenant } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import type { Values } from "#core/i18n.ts";
import { postMails } from "#core/mail.ts";
import type { Recipient } from "./members.queries.ts";
import { t } from "./texts.ts";

/** What has happened: each has a subject and a text. */
export type Notice =
  | "invited"
  | "joined"
  | "roleChanged"
  | "removed"
  | "left"
  | "claimed"
  | "claimApproved"
  | "claimRefused"
  | "ownerAdded"
  | "ended"
  | "merged"
  | "mergedInto";

/** What stays true for so long is still worth a mail. */
const USEFUL_DAYS = 7;

export interface Told {
  city: Tenant;
  recipients: readonly Omit<Recipient, "person">[];
}

/** `values`: what the text names, in the reader's language. The transaction must have been opened for the city. */
export async function tell(
  tx: Tx,
  { city, recipients }: Told,
  notice: Notice,
  values: (language: Language) => Values,
  now: Temporal.Instant,
): Promise<void> {
  const usefulUntil = now.add({ hours: 24 * USEFUL_DAYS });
  const mails = recipients.map(({ mail, language }) => ({
    city,
    recipient: mail,
    subject: t(language, `mail_${notice}_subject`, values(language)),
    body: t(language, `mail_${notice}_body`, values(language)),
    language,
    usefulUntil,
  }));
  await postMails(tx, mails, now);
}
