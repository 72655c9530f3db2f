import type { CityCode } from "#core/cities.ts";
import type { RecordNumber } from "./reading.ts";

/**
 * Record numbers (diaarinumero, diarienummer) in every spelling people use. Each city has its own form:
 *
 * | city     | as documents write it    | also understood                                   |
 * |----------|--------------------------|---------------------------------------------------|
 * | Helsinki | HEL 2015-004216          | hel2015-4216, HEL-2015-004216, HEL 2015/4216      |
 * | Oulu     | OUKA/1499/12.00.02/2016  | ouka 1499/12.00.02/2016, OUKA-1499-12.00.02-2016  |
 * | Tampere  | TRE:6026/10.03.01/2016   | TRE 6026/10.03.01/2016, tre-6026-10.03.01-2016    |
 * | Vantaa   | VD/1545/00.04.00/2017    | vd 1545/00.04.00/2017, VD-1545-00.04.00-2017      |
 * | Espoo    | 5316/00.01.01/2016       | 5316/2016 00.01.01, 5316-00.01.01-2016            |
 * | Turku    | 5024-2017 (010)          | 5024-2017 010, 5024-2017-010                      |
 *
 * The key is one form for all spellings. Running number, class and year all belong to it: a number without its class is
 * not taken for a record number, since acts of law look the same ("410/2015").
 */
export interface ParsedRecordNumber extends RecordNumber {
  /** Known by the prefix; else the city that was asked about. */
  city: CityCode | null;
}

const SPACE = String.raw`[\s\u00a0]`;
const CLASS = String.raw`(?<class>\d{2}(?:[. ]\d{2}){1,3})`;
const YEAR = String.raw`(?<year>(?:19|20)\d{2})`;
const NUMBER = String.raw`(?<number>\d{1,7})`;
const SEPARATOR = `${SPACE}*[/-]${SPACE}*`;
const BEFORE = String.raw`(?<![\p{L}\p{N}/.-])`;
const AFTER = String.raw`(?![\p{L}\p{N}])(?!\.\d)`;

interface Form {
  /** The city its prefix names. */
  city: CityCode | null;
  /** The city in whose texts a form without a prefix is recognised: elsewhere it is a page range or a phone number. */
  textsOf?: CityCode;
  pattern: string;
  key(found: Record<string, string | undefined>): string;
}

const withoutZeros = (digits = "") => digits.replace(/^0+(?=\d)/, "");
const dotted = (code = "") => code.replaceAll(" ", ".");

const prefixed = (city: CityCode, prefix: string, sign: string): Form => ({
  city,
  pattern: `${prefix}(?:${SPACE}|[:/-])*${NUMBER}${SEPARATOR}${CLASS}${SEPARATOR}${YEAR}`,
  key: (found) => `${prefix}${sign}${withoutZeros(found["number"])}/${dotted(found["class"])}/${found["year"]}`,
});

const espoo = (pattern: string): Form => ({
  city: null,
  textsOf: "espoo",
  pattern,
  key: (found) => `${withoutZeros(found["number"])}/${dotted(found["class"])}/${found["year"]}`,
});

const FORMS: readonly Form[] = [
  {
    city: "helsinki",
    pattern: `HEL(?:${SPACE}|-)*${YEAR}(?:${SEPARATOR}|${SPACE})${NUMBER}`,
    key: (found) => `HEL ${found["year"]}-${withoutZeros(found["number"]).padStart(6, "0")}`,
  },
  prefixed("oulu", "OUKA", "/"),
  prefixed("tampere", "TRE", ":"),
  prefixed("vantaa", "VD", "/"),
  espoo(`${NUMBER}${SEPARATOR}${CLASS}${SEPARATOR}${YEAR}`),
  espoo(`${NUMBER}/${YEAR}${SPACE}+${CLASS}`),
  {
    city: null,
    textsOf: "turku",
    pattern: String.raw`${NUMBER}-${YEAR}(?:${SPACE}+\(?|-)(?<class>\d{2,3})\)?`,
    key: (found) => `${withoutZeros(found["number"])}-${found["year"]} (${found["class"]})`,
  },
];

/** A form stands alone (whole text, any case) or in running text (capitals as written, so that "hel" stays a word). */
const WHOLE = FORMS.map((form) => ({ form, pattern: new RegExp(`^${SPACE}*${form.pattern}${SPACE}*$`, "iu") }));
const INSIDE = FORMS.map((form) => ({ form, pattern: new RegExp(`${BEFORE}${form.pattern}${AFTER}`, "gu") }));

const LONGEST = 60;

/** The record number that the whole text is, or null. Never throws. */
export function parseRecordNumber(text: string, city: CityCode | null = null): ParsedRecordNumber | null {
  if (text.length > LONGEST) return null;
  for (const { form, pattern } of WHOLE) {
    const found = pattern.exec(text)?.groups;
    if (found !== undefined) return { city: form.city ?? city, key: form.key(found), written: text.trim() };
  }
  return null;
}

/**
 * Every record number that a text mentions, once each, in the order of mention. */
export function findRecordNumbers(text: string, city: CityCode | null): RecordNumber[] {
  const found = new Map<string, RecordNumber & { index: number }>();
  for (const { form, pattern } of INSIDE) {
    if (form.textsOf !== undefined && form.textsOf !== city) continue;
    for (const match of text.matchAll(pattern)) {
      const key = form.key(match.groups ?? {});
      if (!found.has(key)) found.set(key, { written: match[0].replace(/\s+/gu, " "), key, index: match.index });
    }
  }
  const inOrder = [...found.values()].sort((a, b) => a.index - b.index);
  return inOrder.map(({ written, key }) => ({ written, key }));
}

/** One form for all spellings of a record number; of any other text, the text itself in capitals with single spaces. */
export function recordNumberKey(written: string): string {
  return parseRecordNumber(written)?.key ?? written.toWellFormed().trim().toUpperCase().replace(/\s+/gu, " ");
}

/**
 * The key as a part of an address: "HEL-2015-004216", "OUKA-1499-12.00.02-2016", "5024-2017-010". Two keys of a city never
 * share a slug: what is not of a known form is spelt out sign by sign behind an underscore.
 */
export function recordNumberSlug(key: string): string {
  if (parseRecordNumber(key)?.key === key) return key.replace(/[ /:]+/gu, "-").replace(/[()]/gu, "");
  return `_${key.replace(/[^A-Za-z0-9]/gu, (sign) => `_${sign.codePointAt(0)?.toString(16)}.`)}`;
}
