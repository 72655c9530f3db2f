/**
 * Figures, money, dates and references as a person reads them, in one place. Parts that belong together are
 * bound by a no-break space (U+00A0), so that "8 981 791 €" or "ti 10.11.2026" never breaks over two lines.
 */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { LOCALES } from "#core/i18n.ts";

const NBSP = "\u00A0";
const EN_DASH = "\u2013";
const ZONE = "Europe/Helsinki";

const WEEKDAYS: Record<Language, readonly string[]> = {
  fi: ["ma", "ti", "ke", "to", "pe", "la", "su"],
  sv: ["mån", "tis", "ons", "tors", "fre", "lör", "sön"],
  en: ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"],
};
const ENGLISH_MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;

const formats = new Map<string, Intl.NumberFormat>();

/** `decimals` fixes their number; without it a whole number shows none and another at most two. */
export function formatNumber(lang: Language, value: number, decimals?: number): string {
  const key = `${lang}${decimals ?? ""}`;
  let format = formats.get(key);
  if (!format) {
    const digits = decimals === undefined ? { maximumFractionDigits: 2 } : fixed(decimals);
    format = new Intl.NumberFormat(LOCALES[lang], digits);
    formats.set(key, format);
  }
  return format.format(value).replaceAll(/\s/gu, NBSP);
}

const fixed = (decimals: number) => ({ minimumFractionDigits: decimals, maximumFractionDigits: decimals });

/** Integer cents to euros without the sign: "8 981 791", "28,50". Cents are shown only when there are some. */
export function formatAmount(lang: Language, cents: number, decimals: 0 | 2 = cents % 100 === 0 ? 0 : 2): string {
  return formatNumber(lang, cents / 100, decimals);
}

/** Integer cents: "8 981 791 €", in English "€8,981,791". */
export function formatEuros(lang: Language, cents: number): string {
  if (lang !== "en") return `${formatAmount(lang, cents)}${NBSP}€`;
  return `${cents < 0 ? "−" : ""}€${formatAmount(lang, Math.abs(cents))}`;
}

/** A share between 0 and 1: "91 %", in English "91%". */
export function formatPercent(lang: Language, share: number): string {
  return `${formatNumber(lang, Math.round(share * 100))}${lang === "en" ? "" : NBSP}%`;
}

/** Bytes: "5 kt", "2,1 Mt"; decimal units, as file managers count. */
export function formatSize(lang: Language, bytes: number): string {
  const [kilo, mega] = lang === "fi" ? ["kt", "Mt"] : ["kB", "MB"];
  if (bytes < 1_000_000) return `${formatNumber(lang, Math.max(1, Math.round(bytes / 1000)))}${NBSP}${kilo}`;
  const megabytes = bytes / 1_000_000;
  const rounded = megabytes < 10 ? Math.round(megabytes * 10) / 10 : Math.round(megabytes);
  return `${formatNumber(lang, rounded)}${NBSP}${mega}`;
}

/** "10.11.2026"; in English "10 November 2026". */
export function formatDate(lang: Language, day: Temporal.PlainDate): string {
  if (lang === "en") return [day.day, ENGLISH_MONTHS[day.month - 1], day.year].join(NBSP);
  return `${day.day}.${day.month}.${day.year}`;
}

/** With the weekday, for dates one may have to be somewhere by: "ti 10.11.2026", "tis 10.11.2026", "Tue 10 November 2026". */
export function formatDay(lang: Language, day: Temporal.PlainDate): string {
  return `${WEEKDAYS[lang][day.dayOfWeek - 1]}${NBSP}${formatDate(lang, day)}`;
}

/** A moment in Finnish time: "ti 10.11.2026 klo 16.05". */
export function formatMoment(lang: Language, moment: Temporal.Instant): string {
  const local = moment.toZonedDateTimeISO(ZONE);
  const minute = String(local.minute).padStart(2, "0");
  const time = {
    fi: `klo${NBSP}${local.hour}.${minute}`,
    sv: `kl.${NBSP}${local.hour}.${minute}`,
    en: `at${NBSP}${local.hour}:${minute}`,
  };
  return `${formatDay(lang, local.toPlainDate())} ${time[lang]}`;
}

/** "2014–2020"; a range of one is that one. */
export function formatRange(from: number | string, to: number | string): string {
  return from === to ? String(from) : `${from}${EN_DASH}${to}`;
}

/**
 * "HEL 2015-004216" that keeps together. The hyphen stays an ordinary one: a line does not break between a hyphen
 * and a digit, and a number that one copies must be the one that the city's systems know.
 */
export function formatRecordNumber(written: string): string {
  return written.trim().replaceAll(/\s+/gu, NBSP);
}

/** A section number without its sign: "29 §" in Finnish, "§ 29" in Swedish and English. */
export function formatSection(lang: Language, section: string): string {
  return lang === "fi" ? `${section}${NBSP}§` : `§${NBSP}${section}`;
}

/**
 * Running text with its figures bound: "2 963 992 euroa" stays on one line. Only spaces change their kind, so official text
 * reads, is found and is copied as it was written.
 */
export function bindFigures(text: string): string {
  return text
    .replaceAll(/(?<=\b\d{1,3}) (?=\d{3}\b)/gu, NBSP)
    .replaceAll(/(?<=\d) (?=(?:euro|€|%|§|prosent|milj|mrd))/gu, NBSP)
    .replaceAll(/(?<=§) (?=\d)/gu, NBSP);
}
