/** What an advisor fills in to record a child's guardian, and what of it has to be mended. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { type FieldError, invalid } from "#core/errors.ts";
import { type FormValues, textOf } from "#core/http/forms.ts";
import { cleanName } from "../people/name.ts";
import { type NationalId, parseNationalId } from "../people/national-id.ts";
import { parseDay } from "./day-field.ts";
import { readReason, REASON } from "./help-form.ts";
import { lastDayAsChild } from "./mandate.ts";
import { t, type TextKey } from "./texts.ts";

export const GUARDIAN_FIELDS = ["given", "family", "code", "until", "reason"] as const;
const MOST_YEARS = 18;

export interface WantedGuardian {
  child: { code: NationalId | null; given: string; family: string };
  /** The last day. */
  validUntil: Temporal.PlainDate;
  /** Which papers were seen. */
  reason: string;
}

/** Errors: Invalid, with a field and a sentence for each mistake; what was typed is in none of them. */
export function readGuardian(values: FormValues, language: Language, today: Temporal.PlainDate): WantedGuardian {
  const [given, family] = [cleanName(textOf(values, "given")), cleanName(textOf(values, "family"))];
  const parsed = parseNationalId(textOf(values, "code"));
  const validUntil = parsed ? lastDayAsChild(parsed.born) : parseDay(textOf(values, "until"));
  const reason = readReason(values);
  const mistakes: FieldError[] = [];
  const note = (field: (typeof GUARDIAN_FIELDS)[number], key: TextKey | null) => {
    if (key !== null) mistakes.push({ field, message: t(language, key, REASON) });
  };
  note("given", given === undefined ? "givenWrong" : null);
  note("family", family === undefined ? "familyWrong" : null);
  if (textOf(values, "code") === "") note("until", mistakeOfUntil(validUntil, today));
  else note("code", parsed ? mistakeOfBirth(parsed.born, today) : "codeWrong");
  note("reason", reason === undefined ? "papersWrong" : null);
  if (mistakes.length > 0 || !given || !family || !validUntil || reason === undefined)
    throw invalid("no guardian can be recorded as it is filled in", mistakes);
  return { child: { code: parsed?.code ?? null, given, family }, validUntil, reason };
}

function mistakeOfBirth(born: Temporal.PlainDate, today: Temporal.PlainDate): TextKey | null {
  if (Temporal.PlainDate.compare(born, today) > 0) return "codeWrong";
  return Temporal.PlainDate.compare(lastDayAsChild(born), today) < 0 ? "childGrown" : null;
}

function mistakeOfUntil(until: Temporal.PlainDate | undefined, today: Temporal.PlainDate): TextKey | null {
  if (!until) return "codeOrDay";
  const isPast = Temporal.PlainDate.compare(until, today) < 0;
  return isPast || Temporal.PlainDate.compare(until, today.add({ years: MOST_YEARS })) > 0 ? "childDayWrong" : null;
}
