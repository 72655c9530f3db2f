/** Mail about an API key to who made it and to its organisation: a key that one knows nothing of has to be noticed. */
import type { Temporal } from "temporal-polyfill";
import { actForPerson, type Tx } from "#core/db.ts";
import { postMail } from "#core/mail.ts";
import { selectPerson } from "../people/queries.ts";
import { KEYS } from "./paths.ts";
import { type KeyOwner, selectOrganisation } from "./queries.ts";
import { t } from "./texts.ts";

const USEFUL_DAYS = 7;

/** Last in its transaction: the maker's row is seen as they see it, who need not be the actor. */
export async function tellOwner(
  tx: Tx,
  key: KeyOwner & { name: string; beginning: string },
  what: "made" | "ended",
  origin: string,
  now: Temporal.Instant,
): Promise<void> {
  const organisation = key.organisation === null ? null : await selectOrganisation(tx, key.organisation);
  await actForPerson(tx, key.person);
  const { mail, language } = await selectPerson(tx, key.person);
  const holder = organisation?.name ?? t(language, "mailOwn");
  const link = origin + KEYS.href(language);
  const subject = t(language, `mailSubject_${what}`);
  const body = t(language, `mailBody_${what}`, { name: key.name, beginning: key.beginning, holder, link });
  const usefulUntil = now.add({ hours: 24 * USEFUL_DAYS });
  const recipients = new Set([mail, organisation?.mail ?? null].filter((one) => one !== null));
  for (const recipient of recipients)
    await postMail(tx, { city: "joint", recipient, subject, body, language, usefulUntil }, now);
}
