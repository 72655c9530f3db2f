/** The receipt of an erasure: what is gone, what stays and why, what is still under way. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { postMail } from "#core/mail.ts";
import type { Kept, PersonalData } from "#core/retention.ts";
import { formatDate } from "#ui/format.ts";
import * as queries from "./queries.ts";
import type { ErasureRow, PartRow } from "./queries.ts";
import { t } from "./texts.ts";

/** How long the link of a receipt works. */
export const RECEIPT_DAYS = 30;
/** A receipt that can't be sent for as long is of no use any more. */
const USEFUL_HOURS = RECEIPT_DAYS * 24;

/** One source on the receipt, in one language. */
export interface ReceiptLine {
  title: string;
  /** Null: still under way. */
  erased: number | null;
  kept: readonly { what: string; why: string; until: string | null }[];
}

/** In the order of the register; sources that it does not know any more at the end, by their name. */
export function receiptLines(
  lang: Language,
  parts: readonly Pick<PartRow, "source" | "result">[],
  { sources }: PersonalData,
): ReceiptLine[] {
  const order = new Map(sources.map(({ id }, n) => [id, n]));
  const rank = ({ source }: { source: string }): number => order.get(source) ?? sources.length;
  return parts
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ source, result }) => ({
      title: sources.find(({ id }) => id === source)?.title[lang] ?? source,
      erased: result?.erased ?? null,
      kept: (result?.kept ?? []).map((one) => keptIn(lang, one)),
    }));
}

const keptIn = (lang: Language, { what, why, until }: Kept) => ({
  what: what[lang],
  why: why[lang],
  until: until === null ? null : formatDate(lang, Temporal.PlainDate.from(until)),
});

/**
 * Sends the receipt once each source has been tried, and once more when the last of what was left is done. The old address is
 * forgotten then. The erasure must be locked.
 */
export async function tellWhatIsDone(
  tx: Tx,
  register: PersonalData,
  person: string,
  erasure: ErasureRow,
  now: Temporal.Instant,
): Promise<void> {
  if (erasure.finishedAt !== null) return;
  const parts = await queries.selectParts(tx, person);
  const isFinished = parts.every(({ state }) => state === "erased");
  const isTried = parts.every(({ state }) => state !== "waiting");
  if (!isFinished && (!isTried || erasure.toldAt !== null)) return;
  if (erasure.mail !== null) await postReceipt(tx, register, { ...erasure, mail: erasure.mail }, parts, now);
  await queries.updateTold(tx, person, isFinished, now);
}

async function postReceipt(
  tx: Tx,
  register: PersonalData,
  { mail: recipient, language }: ErasureRow & { mail: string },
  parts: readonly PartRow[],
  now: Temporal.Instant,
): Promise<void> {
  const lines = receiptLines(language, parts, register);
  const rest = t(language, lines.some(({ erased }) => erased === null) ? "receiptMailOpen" : "receiptMailDone");
  const body = t(language, "receiptMailBody", { lines: lines.map((line) => written(language, line)).join("\n"), rest });
  const usefulUntil = now.add({ hours: USEFUL_HOURS });
  const subject = t(language, "receiptMailSubject");
  await postMail(tx, { city: "joint", recipient, subject, body, language, usefulUntil }, now);
}

/** "- Sessions: Erased or ended: 2 rows." and below it what stays. */
function written(lang: Language, { title, erased, kept }: ReceiptLine): string {
  const state = erased === null ? t(lang, "underWay") : t(lang, "erasedCount", { count: erased });
  return [`- ${title}: ${state}`, ...kept.map((one) => `  ${sentence(lang, one)}`)].join("\n");
}

/** "Stays: 3 mandates. Why … Removed on …" */
export const sentence = (lang: Language, { what, why, until }: ReceiptLine["kept"][number]): string =>
  [t(lang, "stays", { what }), why, ...(until === null ? [] : [t(lang, "staysUntil", { day: until })])].join(" ");
