/** The index's table: what stands in a row, and how an entry becomes one. */
import type { DataType } from "apache-arrow";
import type { TextWord } from "#core/language/language.ts";
import type { SearchEntry } from "#core/search-source.ts";
import { keyOf } from "./entry.ts";
import { Field, Int32, Schema, Utf8 } from "./native.ts";

/** Goes up when rows or tokens change their meaning, so that an older index is built anew and never misread. */
export const LAYOUT = 3;

export const TABLE = "entry";

/** One entry in the index. Absent values are "" and 0: filters and indexes then need no third truth value. */
export interface IndexRow {
  key: string;
  /** Terms, one line for each word (terms.ts); those of the title first and several times. */
  text: string;
  city: string;
  maker: string;
  class: string;
  year: number;
  /** 20170529 */
  day: number;
  /** 0 to 1023, never changing, so that a share of the entries can be taken as a sample. */
  bucket: number;
}

export const BUCKETS = 1024;

const column = (name: string, type: DataType) => new Field(name, type, false);

/** Numbers must be Int32: without a schema they would become doubles, which no bitmap index takes. */
export const ROW_SCHEMA = new Schema([
  column("key", new Utf8()),
  column("text", new Utf8()),
  column("city", new Utf8()),
  column("maker", new Utf8()),
  column("class", new Utf8()),
  column("year", new Int32()),
  column("day", new Int32()),
  column("bucket", new Int32()),
]);

/** Searching the title as a field of its own cost 15 times as much as repeating it in the text. */
const TITLE_WEIGHT = 3;

/** Longer texts are cut here; the longest of 110 real decisions has 12,000 terms. */
const MOST_WORDS = 40_000;

type Words = readonly TextWord[];

/** The row of an entry with these words in its title, in what else it is found by, and in its text. */
export function rowOf(entry: SearchEntry, title: Words, also: Words, text: Words): IndexRow {
  const titles = Array.from({ length: TITLE_WEIGHT }, () => linesOf(title));
  return {
    key: keyOf(entry),
    text: [...titles, linesOf(also), linesOf(text.slice(0, MOST_WORDS))].join(FIELD_ENDS),
    city: entry.city,
    maker: entry.decisionMaker ?? "",
    class: entry.classCode ?? "",
    year: entry.year ?? 0,
    day: numberOfDay(entry.day),
    bucket: bucketOf(entry.id),
  };
}

/** An empty line: the last word of the title doesn't stand beside the first of the text. */
const FIELD_ENDS = "\n\n";

const linesOf = (words: Words): string =>
  words.map(({ lemmas, parts }) => (parts.length === 0 ? lemmas : [...lemmas, ...parts]).join(" ")).join("\n");

export const numberOfDay = (day: string | null): number => (day === null ? 0 : Number(day.replaceAll("-", "")));

/** The end of a uuidv7 is random, its beginning is the time of making. */
export const bucketOf = (id: string): number => Number.parseInt(id.slice(-6), 16) % BUCKETS || 0;
