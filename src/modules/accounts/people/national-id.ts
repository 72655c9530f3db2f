/**
 * Finnish national identity codes (henkilötunnus, personbeteckning): DDMMYY, a sign for the century, an individual number
 * and a check character. Source: Digital and Population Data Services Agency (DVV), "The personal identity code" and
 * "Reform of personal identity code" (dvv.fi). The letters beside "-" and "A" are valid from 1 January 2023, and the sign
 * belongs to the individual part: 010190-900P and 010190Y900P are two persons.
 */
import { Temporal } from "temporal-polyfill";

declare const nationalId: unique symbol;
/** A code that `parseNationalId` took: 11 signs, in capitals. Never in a log, an address or an error message. */
export type NationalId = string & { readonly [nationalId]: true };

export interface ParsedNationalId {
  code: NationalId;
  born: Temporal.PlainDate;
  /** Individual number 900 to 999: given for a time, as by a hospital, or made up for a test. In no register. */
  isTemporary: boolean;
}

/** Without the u flag: with it, "ſ" would be taken for an "s". */
const FORM =
  /^(?<day>0[1-9]|[12]\d|3[01])(?<month>0[1-9]|1[0-2])(?<year>\d\d)(?<sign>[-+A-FU-Y])(?<individual>\d{3})(?<check>[0-9A-FHJ-NPR-Y])$/i;
const CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const FIRST_INDIVIDUAL = 2;
const FIRST_TEMPORARY = 900;

/**
 * The code that the text is, whatever its capitals and the space around it; undefined when it is none. A day of birth that
 * is still to come passes: only the caller knows the day.
 */
export function parseNationalId(text: string): ParsedNationalId | undefined {
  const written = text.trim();
  const parts = FORM.exec(written)?.groups;
  if (parts === undefined) return undefined;
  const { day = "", month = "", year = "", sign = "", individual = "", check = "" } = parts;
  const born = calendarDate(centuryOf(sign.toUpperCase()) + Number(year), Number(month), Number(day));
  const fits = CHECK_CHARACTERS[Number(day + month + year + individual) % 31] === check.toUpperCase();
  if (born === undefined || !fits || Number(individual) < FIRST_INDIVIDUAL) return undefined;
  return { code: written.toUpperCase() as NationalId, born, isTemporary: Number(individual) >= FIRST_TEMPORARY };
}

/**
 * Whole years of age on a day; negative before birth. Who was born on 29 February is a year older on 1 March of a year
 * without that day: nobody gets a right that goes by age a day too early.
 */
export function ageOn(born: Temporal.PlainDate, day: Temporal.PlainDate): number {
  const isBeforeBirthday = day.month < born.month || (day.month === born.month && day.day < born.day);
  return day.year - born.year - (isBeforeBirthday ? 1 : 0);
}

function centuryOf(sign: string): number {
  if (sign === "+") return 1800;
  return "ABCDEF".includes(sign) ? 2000 : 1900;
}

function calendarDate(year: number, month: number, day: number): Temporal.PlainDate | undefined {
  // A day that the month has not is moved to its last one.
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day ? date : undefined;
}
