/**
 * What entries are named, filtered, counted and sorted by, in memory, column by column: 40 bytes an entry, and each different
 * value once. So a search reads nothing from the index but which rows match and how well; reading these columns there, for
 * up to 1,000 rows, cost several times as much as the search itself.
 *
 * Rows are only added. A row of the index never changes and one that is gone is never found again, so searches of an older
 * version of the index go on with the same facts.
 */
import type { CityCode } from "#core/cities.ts";
import type { EntryRef, SearchFilter } from "#core/search-source.ts";
import { refOf } from "./entry.ts";
import { addCount, type Facet, FACETS, type Tally } from "./facets.ts";
import type { IndexRow } from "./rows.ts";

/** Where a row lies in the index: in which fragment of the table, and which of its rows it is. */
export interface RowAddress {
  fragment: number;
  offset: number;
}

export type FactRow = Pick<IndexRow, "key" | "city" | "maker" | "class" | "year" | "day"> & { address: RowAddress };

/** Entries by their place here: 0 to `size` - 1, with empty places for deleted rows. */
export interface Facts {
  size: number;
  /** Later fragments have higher numbers; from this one on nothing is known yet. */
  nextFragment: number;
  /** Place of the first row of each fragment. */
  starts: Map<number, number>;
  kinds: Column;
  columns: Record<Facet, Column>;
  /** 20170529, 0 for none. */
  days: Uint32Array<ArrayBuffer>;
  /** 16 bytes each. */
  ids: Buffer;
}

/** One value for each place, written as its number in `values`; 0 is no value. */
interface Column {
  values: string[];
  numbers: Map<string, number>;
  at: Uint32Array<ArrayBuffer>;
}

const ID_BYTES = 16;
const FIRST_ROOM = 1024;

const emptyColumn = (): Column => ({ values: [""], numbers: new Map([["", 0]]), at: new Uint32Array(FIRST_ROOM) });

export const emptyFacts = (): Facts => ({
  size: 0,
  nextFragment: 0,
  starts: new Map(),
  kinds: emptyColumn(),
  columns: { cities: emptyColumn(), makers: emptyColumn(), classes: emptyColumn(), years: emptyColumn() },
  days: new Uint32Array(FIRST_ROOM),
  ids: Buffer.alloc(FIRST_ROOM * ID_BYTES),
});

/** Takes in a row and tells its place. Fragments come one after the other, and the rows of each in their order. */
export function addFacts(facts: Facts, row: FactRow): number {
  const { fragment, offset } = row.address;
  const start = facts.starts.get(fragment) ?? facts.size;
  const place = start + offset;
  facts.starts.set(fragment, start);
  facts.nextFragment = Math.max(facts.nextFragment, fragment + 1);
  facts.size = place + 1;
  if (facts.size > facts.days.length) makeRoom(facts, 2 * facts.size);
  const { kind, city, id } = refOf(row.key);
  set(facts.kinds, place, kind);
  set(facts.columns.cities, place, city);
  set(facts.columns.makers, place, row.maker);
  set(facts.columns.classes, place, row.class);
  set(facts.columns.years, place, row.year === 0 ? "" : String(row.year));
  facts.days[place] = row.day;
  facts.ids.write(id.replaceAll("-", ""), place * ID_BYTES, "hex");
  return place;
}

function set({ values, numbers, at }: Column, place: number, value: string): void {
  let number = numbers.get(value);
  if (number === undefined) {
    number = values.push(value) - 1;
    numbers.set(value, number);
  }
  at[place] = number;
}

function makeRoom(facts: Facts, room: number): void {
  const longer = (column: Uint32Array<ArrayBuffer>) => {
    const grown = new Uint32Array(room);
    grown.set(column);
    return grown;
  };
  for (const column of [facts.kinds, ...Object.values(facts.columns)]) column.at = longer(column.at);
  facts.days = longer(facts.days);
  facts.ids = Buffer.concat([facts.ids], room * ID_BYTES);
}

/** Null for a row that is not known. */
export function placeOf({ starts, size }: Facts, { fragment, offset }: RowAddress): number | null {
  const place = (starts.get(fragment) ?? Number.POSITIVE_INFINITY) + offset;
  return place < size ? place : null;
}

export function refAt({ kinds, columns, ids }: Facts, place: number): EntryRef {
  const hex = ids.toString("hex", place * ID_BYTES, (place + 1) * ID_BYTES);
  return {
    kind: valueAt(kinds, place),
    city: valueAt(columns.cities, place) as CityCode,
    id: hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5"),
  };
}

const valueAt = ({ values, at }: Column, place: number): string => values[at[place] ?? 0] ?? "";

/** Whether a place passes. */
export type Sieve = (place: number) => boolean;

/** A filter as a test of places; null when it lets everything through. */
export function sieveOf({ columns }: Facts, filter: SearchFilter): Sieve | null {
  const tests = FACETS.filter((facet) => filter[facet].length > 0).map((facet): Sieve => {
    const { values, at } = columns[facet];
    const wanted = filter[facet].map(String);
    const isWanted =
      facet === "classes" ? (value: string) => wanted.some((code) => value.startsWith(code)) : isAmong(wanted);
    const passing = Uint8Array.from(values, (value) => (value !== "" && isWanted(value) ? 1 : 0));
    return (place) => passing[at[place] ?? 0] === 1;
  });
  return tests.length === 0 ? null : (place) => tests.every((test) => test(place));
}

const isAmong = (wanted: readonly string[]) => (value: string) => wanted.includes(value);

/** How many of the places stand behind each value of a facet: classes by their first two digits. */
export function tallyAt({ columns }: Facts, facet: Facet, places: readonly number[]): Tally {
  const { values, at } = columns[facet];
  const counts = new Uint32Array(values.length);
  for (const place of places) {
    const number = at[place] ?? 0;
    counts[number] = (counts[number] ?? 0) + 1;
  }
  const tally: Tally = new Map();
  counts.forEach((count, number) => addCount(tally, facet, values[number] ?? "", count));
  return tally;
}
