/** A value of what is kept, as its owner reads it. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { PersonalDataSource, PersonalRow } from "#core/retention.ts";
import { formatDate } from "#ui/format.ts";
import { Moment } from "#ui/inline.tsx";
import type { Shown } from "#ui/shown.ts";
import { t } from "./texts.ts";

/** As a column of days comes from the database. */
const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Null for what is empty. */
export function shownValue(
  lang: Language,
  { codes }: PersonalDataSource,
  field: string,
  value: PersonalRow[string] | undefined,
): Shown | null {
  if (value === undefined || value === null || value === "") return null;
  if (value instanceof Date) return <Moment lang={lang} moment={Temporal.Instant.from(value.toISOString())} />;
  if (typeof value === "boolean") return t(lang, value ? "yes" : "no");
  if (typeof value === "number") return String(value);
  if (typeof value === "string" && DAY.test(value)) return formatDate(lang, Temporal.PlainDate.from(value));
  const inWords = (code: string): string => codes?.[field]?.[code]?.[lang] ?? code;
  return typeof value === "string" ? inWords(value) : value.map(inWords).join(", ") || null;
}
