/** Who made a key, and its organisation's mailbox, are told of it: a key that one knows nothing of has to be noticed. */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { postMail } from "#core/mail.ts";
import { SAFETY } from "../notifications/kinds.ts";
import { letterOf, notify } from "../notifications/notify.ts";
import { KEYS } from "./paths.ts";
import { type KeyOwner, selectOrganisation } from "./queries.ts";
import { t } from "./texts.ts";

const USEFUL_DAYS = 7;

export async function tellOwner(
  tx: Tx,
  key: KeyOwner & { name: string; beginning: string },
  what: "made" | "ended",
  language: Language,
  now: Temporal.Instant,
): Promise<void> {
  const organisation = key.organisation === null ? null : await selectOrganisation(tx, key.organisation);
  const { person, name, beginning } = key;
  const titleIn = (lang: Language): string => t(lang, `notice_${what}_title`);
  const textIn = (lang: Language): string =>
    t(lang, `notice_${what}_text`, { name, beginning, holder: organisation?.name ?? t(lang, "holderOwn") });
  const path = inEachLanguage((lang) => KEYS.href(lang));
  const [title, text] = [inEachLanguage(titleIn), inEachLanguage(textIn)];
  await notify(tx, [{ person, kind: SAFETY, title, text, path, names: [] }], now);
  if (!organisation || organisation.mail === null) return;
  const usefulUntil = now.add({ hours: 24 * USEFUL_DAYS });
  const mail = { recipient: organisation.mail, subject: titleIn(language), body: letterOf(language, textIn(language)) };
  await postMail(tx, { ...mail, city: "joint", language, usefulUntil }, now);
}
