import { CITY_CODES, CITIES, type CityCode } from "#core/cities.ts";
import { findRecordNumbers, parseRecordNumber } from "../record-number.ts";

/** Hosts of the cities' case systems and web pages, as addresses within documents name them. */
const HOSTS: readonly [RegExp, CityCode][] = [
  [/\b(?:ahjo|paatokset|dev|www)\.hel\.fi\b|@hel\.fi\b/iu, "helsinki"],
  [/\bespoo\d*\.hosting\.documenta\.fi\b|[@.]espoo\.fi\b/iu, "espoo"],
  [/[@.]vantaa\.fi\b/iu, "vantaa"],
  [/[@.]turku\.fi\b/iu, "turku"],
  [/\btampere\.cloudnc\.fi\b|[@.]tampere\.fi\b/iu, "tampere"],
  [/[@.]ouka\.fi\b|[@.]oulu\.fi\b/iu, "oulu"],
];

/** "Oulun kaupunki", "Esbo stad": how a city's letterhead names it. */
const LETTERHEADS: readonly [RegExp, CityCode][] = CITY_CODES.map((code) => {
  const { fi, sv } = CITIES[code].names;
  return [new RegExp(String.raw`^(?:${fi.genitive} kaupunki|${sv.genitive} stad)(?!\p{L})`, "iu"), code];
});

/** The city a line of a letterhead names, or null. */
export const cityOfLetterhead = (line: string): CityCode | null =>
  LETTERHEADS.find(([pattern]) => pattern.test(line))?.[1] ?? null;

/** How much of a text may tell its city: enough for its head and its contact details at the end. */
const HEAD = 20_000;

/**
 * Whose document it is: by its record number's prefix, else by the prefixes its text mentions, else by the addresses in it
 * when they all name one city. Null when nothing tells, for a text may speak of any city.
 */
export function cityOfText(recordNumber: string | null, text: string): CityCode | null {
  const byNumber = recordNumber === null ? null : (parseRecordNumber(recordNumber)?.city ?? null);
  if (byNumber !== null) return byNumber;
  const looked = text.length > 2 * HEAD ? `${text.slice(0, HEAD)}\n${text.slice(-HEAD)}` : text;
  const mentioned = findRecordNumbers(looked, null).map(({ written }) => parseRecordNumber(written)?.city ?? null);
  return onlyOne(mentioned) ?? onlyOne(HOSTS.filter(([pattern]) => pattern.test(looked)).map(([, city]) => city));
}

function onlyOne(cities: readonly (CityCode | null)[]): CityCode | null {
  const distinct = new Set(cities.filter((city) => city !== null));
  const [only] = distinct;
  return distinct.size === 1 ? (only ?? null) : null;
}
