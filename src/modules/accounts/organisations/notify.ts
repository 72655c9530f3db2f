/** What those whom a change concerns are told of it. */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { inEachLanguage, type Values } from "#core/i18n.ts";
import type { MailKind, Words } from "#core/retention.ts";
import { OF_MEMBERS, OF_ORGANISATIONS } from "../notifications/kinds.ts";
import { notify } from "../notifications/notify.ts";
import { t } from "./texts.ts";

/** What has happened: each has a title and a text. */
const KINDS = {
  joined: OF_MEMBERS,
  left: OF_MEMBERS,
  roleChanged: OF_ORGANISATIONS,
  removed: OF_ORGANISATIONS,
  claimed: OF_ORGANISATIONS,
  claimApproved: OF_ORGANISATIONS,
  claimRefused: OF_ORGANISATIONS,
  ownerAdded: OF_ORGANISATIONS,
  ended: OF_ORGANISATIONS,
  merged: OF_ORGANISATIONS,
  mergedInto: OF_ORGANISATIONS,
} satisfies Record<string, MailKind>;
export type Notice = keyof typeof KINDS;

export interface Told {
  /** Persons. */
  to: readonly string[];
  /** What the text names, in the reader's language. */
  values: (language: Language) => Values;
  /** Where one goes on from it. */
  path?: Words;
  /** Whose name is among the values. */
  names?: readonly string[];
}

/** Tells them, in the name of the city that the transaction was opened for. */
export async function tell(
  tx: Tx,
  notice: Notice,
  { to, values, path, names = [] }: Told,
  now: Temporal.Instant,
): Promise<void> {
  const said = {
    kind: KINDS[notice],
    title: inEachLanguage((lang) => t(lang, `notice_${notice}_title`, values(lang))),
    text: inEachLanguage((lang) => t(lang, `notice_${notice}_text`, values(lang))),
    path: path ?? null,
    names,
  };
  await notify(
    tx,
    to.map((person) => ({ ...said, person })),
    now,
  );
}
