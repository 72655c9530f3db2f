/** What somebody fills in to give a mandate, and what of it has to be mended. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { type FieldError, invalid } from "#core/errors.ts";
import { choicesOf, type FormValues, textOf } from "#core/http/forms.ts";
import { type MailAddress, parseMailAddress } from "../people/mail-address.ts";
import { cleanName } from "../people/name.ts";
import { parseDay } from "./day-field.ts";
import { isMatter, type Matter, MATTERS, MOST_YEARS } from "./mandate.ts";
import { t, type TextKey } from "./texts.ts";

export const OFFER_FIELDS = ["name", "mail", "matters", "from", "until"] as const;

export interface WantedMandate {
  offeredTo: string;
  mail: MailAddress;
  matters: readonly Matter[];
  validFrom: Temporal.PlainDate;
  validUntil: Temporal.PlainDate;
}

/** Errors: Invalid, with a field and a sentence for each mistake. */
export function readOffer(values: FormValues, language: Language, today: Temporal.PlainDate): WantedMandate {
  const offeredTo = cleanName(textOf(values, "name"));
  const mail = parseMailAddress(textOf(values, "mail"));
  const chosen = choicesOf(values, "matters");
  const matters = MATTERS.filter((matter) => chosen.includes(matter));
  const validFrom = parseDay(textOf(values, "from"));
  const validUntil = parseDay(textOf(values, "until"));
  const mistakes: FieldError[] = [];
  const note = (field: (typeof OFFER_FIELDS)[number], key: TextKey | null) => {
    if (key !== null) mistakes.push({ field, message: t(language, key, { years: MOST_YEARS }) });
  };
  note("name", offeredTo === undefined ? "nameWrong" : null);
  note("mail", mail === undefined ? "mailWrong" : null);
  note("matters", matters.length === 0 || !chosen.every(isMatter) ? "mattersWrong" : null);
  note("from", mistakeOfFrom(validFrom, today));
  note("until", mistakeOfUntil(validUntil, validFrom ?? today, today));
  if (mistakes.length > 0 || !offeredTo || !mail || !validFrom || !validUntil)
    throw invalid("the mandate can't be given as it is filled in", mistakes);
  return { offeredTo, mail, matters, validFrom, validUntil };
}

function mistakeOfFrom(from: Temporal.PlainDate | undefined, today: Temporal.PlainDate): TextKey | null {
  if (!from) return "dayWrong";
  return Temporal.PlainDate.compare(from, today) < 0 ? "fromPast" : null;
}

function mistakeOfUntil(
  until: Temporal.PlainDate | undefined,
  from: Temporal.PlainDate,
  today: Temporal.PlainDate,
): TextKey | null {
  if (!until) return "dayWrong";
  if (Temporal.PlainDate.compare(until, from) < 0 || Temporal.PlainDate.compare(until, today) < 0) return "untilBefore";
  return Temporal.PlainDate.compare(until, today.add({ years: MOST_YEARS })) > 0 ? "untilFar" : null;
}
