import type { DocumentDate } from "../reading.ts";

const DATE = String.raw`(\d{1,2})\.\s?(\d{1,2})\.\s?((?:19|20)\d{2})(?!\d)`;
const SINGLE = new RegExp(String.raw`(?<![\d.])${DATE}`, "gu");
/**
 * A day, and before it, where there is one, the first day of a range: "24.-25.2.2022", "1.1. – 28.2.2017", "10.11- 9.12.2021". A dash
 * with a space before it may divide a number from a day ("Liite 1.3 – 12.5.2022", "3. - 24.2.2022"): there the first day has its month and
 * the stop behind that, or stands behind a word for time ("ajalta 20. - 23.12.2021").
 */
const RANGE = new RegExp(
  String.raw`(?<![\d.])(?:(?:(?<=(?<!\p{L})(?:aja|aika)\p{L}{1,6}\s)(\d{1,2})\.\s|(\d{1,2})\.(?:\s?(\d{1,2})\.\s?|(\d{1,2}))?)[-–−]\s?)?${DATE}`,
  "giu",
);
/** No page shows more, and a table of dates must not swell a reading. */
const MOST_DATES = 200;

/** ISO day of a calendar date, or null when there is no such day. */
export function isoDay(year: number, month: number, day: number): string | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  const isReal = date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return isReal ? date.toISOString().slice(0, 10) : null;
}

/**
 * Days written the Finnish way (2.5.2017, 02.05.2017) in the order of mention, each once. The first day of a range takes month and year
 * from the last.
 */
export function daysIn(text: string): string[] {
  const days = new Set<string>();
  for (const [, apart, close, dottedMonth, closeMonth, day, month, year] of text.matchAll(RANGE)) {
    const last = { year: Number(year), month: Number(month), day: Number(day) };
    const firstDate = apart ?? close;
    const first = firstDate === undefined ? null : rangeStart(Number(firstDate), dottedMonth ?? closeMonth, last);
    for (const iso of [first, isoDay(last.year, last.month, last.day)]) if (iso !== null) days.add(iso);
    if (days.size >= MOST_DATES) break;
  }
  return [...days].slice(0, MOST_DATES);
}

/** "20.12.-5.1.2022" began the year before. Null when the two are no range. */
function rangeStart(day: number, month: string | undefined, last: { year: number; month: number; day: number }) {
  if (month === undefined) return day < last.day ? isoDay(last.year, last.month, day) : null;
  const isYearBefore = Number(month) > last.month;
  if (Number(month) === last.month && day >= last.day) return null;
  return isoDay(isYearBefore ? last.year - 1 : last.year, Number(month), day);
}

/** The first day that the text writes out, or null: of a range it is the last, which is what dates a decision in a letterhead. */
export function firstDay(text: string): string | null {
  for (const [, day, month, year] of text.matchAll(SINGLE)) {
    const iso = isoDay(Number(year), Number(month), Number(day));
    if (iso !== null) return iso;
  }
  return null;
}

/** The day of a time that a case system writes in local time ("2021-10-14T16:15:00.000"), or null. */
export function dayOfTime(time: string): string | null {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})(?:T|$)/u.exec(time) ?? [];
  return year === undefined ? null : isoDay(Number(year), Number(month), Number(day));
}

/** The document's own day first, then the days its text mentions. */
export function documentDates(own: readonly DocumentDate[], text: string): DocumentDate[] {
  const ownDays = new Set(own.map(({ day }) => day));
  const mentioned = daysIn(text).filter((day) => !ownDays.has(day));
  return [...own, ...mentioned.map((day) => ({ kind: "mentioned" as const, day }))];
}
