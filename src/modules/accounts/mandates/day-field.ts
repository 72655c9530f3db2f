/** A day that a person has typed, in the Finnish form and those near it, whatever the page's language. */
import { Temporal } from "temporal-polyfill";

const FINNISH = /^(?<day>\d{1,2})[./-](?<month>\d{1,2})[./-](?<year>\d{4})\.?$/;
const INTERNATIONAL = /^(?<year>\d{4})-(?<month>\d{1,2})-(?<day>\d{1,2})$/;

/** "31.12.2027", "31. 12. 2027", "1/2/2027" (1 February), "2027-12-31"; undefined for what is none, and for 31.2. */
export function parseDay(text: string): Temporal.PlainDate | undefined {
  const written = text.replaceAll(/\s/gu, "").replaceAll(/[\u2010-\u2014\u2212]/gu, "-");
  const parts = (FINNISH.exec(written) ?? INTERNATIONAL.exec(written))?.groups;
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts["year"]), Number(parts["month"]), Number(parts["day"])];
  if (month < 1 || month > 12 || day < 1) return undefined;
  // A day that the month has not is moved to its last one.
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.day === day ? date : undefined;
}

/** As the field shows a day that we propose: "31.12.2027". */
export const writeDay = ({ day, month, year }: Temporal.PlainDate): string => `${day}.${month}.${year}`;
