/**
 * Telling people of what concerns them: each notification stands on their own pages in every language, and goes by mail to who has an
 * address and wants that kind. Its mail leads nowhere by a link: who reads it goes to their own pages, so that nobody learns to sign
 * in where a mail says (docs/decisions/0013-notifications.md).
 */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { type Mail, postMails } from "#core/mail.ts";
import type { MailKind, Words } from "#core/retention.ts";
import { insertNotifications } from "./queries.ts";
import { t } from "./texts.ts";

export interface Notification {
  /** Who is told. */
  person: string;
  kind: MailKind;
  title: Words;
  /** What has happened and what to do about it: plain paragraphs, parted by an empty line. */
  text: Words;
  /** Where on the service one goes on from it: "/fi/me/valtuutukset" in each language; null when nowhere. */
  path: Words | null;
  /** Others whose names stand in the text, which goes when one of them is erased. */
  names: readonly string[];
}

const USEFUL_DAYS = 30;

/**
 * Tells each of them, in the transaction of what it tells. It goes in the name of the city that the transaction was opened for. Who
 * has been erased is told nothing.
 */
export async function notify(tx: Tx, notifications: readonly Notification[], now: Temporal.Instant): Promise<void> {
  if (notifications.length === 0) return;
  const told = new Map(notifications.map((notification) => [newId(now), notification]));
  const rows = [...told].map(([id, { kind, ...row }]) => ({ ...row, id, kind: kind.id, is_must: kind.isMust }));
  const usefulUntil = now.add({ hours: 24 * USEFUL_DAYS });
  const mails: Mail[] = [];
  for (const { id, city, mail: recipient, language } of await insertNotifications(tx, rows, now)) {
    const { title, text } = told.get(id) ?? unknown(id);
    const body = t(language, "letter", { text: text[language] });
    mails.push({ city, recipient, subject: title[language], body, language, usefulUntil });
  }
  await postMails(tx, mails, now);
}

const unknown = (id: string): never => {
  throw new Error(`notification ${id} was not asked for`);
};

/** The same as a letter to somebody who has no pages of their own here: an organisation's mailbox. */
export const letterOf = (language: Language, text: string): string => t(language, "letterToAddress", { text });
