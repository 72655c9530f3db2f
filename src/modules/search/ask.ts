/** The questions that are put to the index: which rows match, how well, and what stands in them. */
import type { RecordBatch } from "apache-arrow";
import { type Facts, type FactRow, placeOf, type RowAddress } from "./facts.ts";
import { MatchQuery, Operator, PhraseQuery, type Table } from "./native.ts";

/** An entry that matches, by its place among the facts. */
export interface Scored {
  place: number;
  score: number;
}

/** One version of the index, and the facts of its rows. */
export interface Searched {
  table: Table;
  facts: Facts;
}

/**
 * All terms must be there ("every"), or at least one ("any"), or all in this order and close to each other ("near"). Only
 * "any" looks at recent rows too (recent.ts).
 */
export interface Question {
  terms: readonly string[];
  need: "every" | "any" | "near";
  where: string | null;
  limit: number;
}

// `_score` must be named, or the library warns at each query.
const SCORE = "_score";
const ROW = "_rowid";

/** A word takes a place for each of its base forms and parts; so many may stand between those of two neighbours. */
const PLACES_BETWEEN = 8;

function queryFor(table: Table, { terms, need, where, limit }: Question) {
  const words = terms.join(" ");
  const question =
    need === "near"
      ? new PhraseQuery(words, "text", { slop: PLACES_BETWEEN })
      : new MatchQuery(words, "text", { operator: need === "every" ? Operator.And : Operator.Or });
  const query = table.query().fullTextSearch(question).limit(limit);
  if (need !== "any") query.fastSearch();
  return where === null ? query : query.where(where);
}

/** The best rows, without their contents: the cheapest question. */
export async function bestRows({ table, facts }: Searched, question: Question): Promise<Scored[]> {
  const found: Scored[] = [];
  const query = queryFor(table, question).select([SCORE]).withRowId();
  for await (const batch of query) found.push(...scoredRows(facts, batch));
  return found;
}

/** Whether the index has the term. */
export async function isKnown({ table }: Searched, term: string): Promise<boolean> {
  const query = queryFor(table, { terms: [term], need: "any", where: null, limit: 1 }).fastSearch();
  return (await query.select([SCORE]).toArrow()).numRows > 0;
}

export interface ScoredText extends Scored {
  text: string;
}

/** The best rows with their terms, as terms.ts has them. */
export async function bestTexts({ table, facts }: Searched, question: Question): Promise<ScoredText[]> {
  const found: ScoredText[] = [];
  for await (const batch of queryFor(table, question).select([SCORE, "text"]).withRowId()) {
    const texts = batch.getChild("text");
    found.push(...scoredRows(facts, batch).map((row) => ({ ...row, text: String(texts?.get(row.nth)) })));
  }
  return found;
}

// Column by column: a row object of Arrow's looks every value up anew, which cost more than the search itself.
function scoredRows(facts: Facts, batch: RecordBatch): (Scored & { nth: number })[] {
  const scores = batch.getChild(SCORE)?.toArray() as Float32Array;
  return addressesOf(batch).flatMap((address, nth) => {
    const place = placeOf(facts, address);
    return place === null ? [] : [{ place, score: scores[nth] ?? 0, nth }];
  });
}

/** LanceDB's row numbers: the fragment in the upper half of 64 bits, the row within it in the lower. */
function addressesOf(batch: RecordBatch): RowAddress[] {
  const numbers = batch.getChild(ROW)?.toArray() as BigUint64Array;
  const halves = new Uint32Array(numbers.buffer, numbers.byteOffset, 2 * numbers.length);
  return Array.from({ length: numbers.length }, (_, n) => ({
    fragment: halves[2 * n + 1] ?? 0,
    offset: halves[2 * n] ?? 0,
  }));
}

/** The rows of a fragment and of later ones, as a condition. */
export const isSince = (fragment: number): string => `${ROW} >= ${BigInt(fragment) << 32n}`;

/** Texts that hold a term close to this one: one or two letters off, the first letter right. */
export async function similarTexts(table: Table, term: string, distance: number, limit: number): Promise<string[]> {
  // The library counts the prefix in bytes, and panics when it ends inside a letter.
  const prefixLength = Buffer.byteLength(Array.from(term)[0] ?? "");
  const query = new MatchQuery(term, "text", { fuzziness: distance, prefixLength, maxExpansions: 50 });
  const found = await table.query().fullTextSearch(query).select([SCORE, "text"]).limit(limit).toArray();
  return found.map((row) => String(row.text));
}

/** Facts of all rows from a fragment on, in the order of their addresses within each batch of a fragment. */
export async function* factRows(table: Table, fromFragment: number): AsyncGenerator<FactRow> {
  const query = table.query().where(isSince(fromFragment));
  for await (const batch of query.select(["key", "city", "maker", "class", "year", "day"]).withRowId()) {
    const [key, city, maker, classCode] = ["key", "city", "maker", "class"].map((name) => textsOf(batch, name));
    const [year, day] = ["year", "day"].map((name) => batch.getChild(name)?.toArray() as Int32Array);
    for (const [n, address] of addressesOf(batch).entries()) {
      yield {
        address,
        key: key?.(n) ?? "",
        city: city?.(n) ?? "",
        maker: maker?.(n) ?? "",
        class: classCode?.(n) ?? "",
        year: year?.[n] ?? 0,
        day: day?.[n] ?? 0,
      };
    }
  }
}

/** Values of an ASCII column, read from its bytes: ten times as fast as Arrow's decoder. */
function textsOf(batch: RecordBatch, name: string): (n: number) => string {
  const data = batch.getChild(name)?.data[0];
  if (data === undefined) return () => "";
  const { values, valueOffsets } = data as { values: Uint8Array; valueOffsets: Int32Array };
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return (n) => bytes.toString("latin1", valueOffsets[n], valueOffsets[n + 1]);
}

/** Rows whose bucket is below `buckets`, with their terms. */
export const sampledRows = (searched: Searched, buckets: number): AsyncGenerator<TextRow> =>
  textRows(searched, `bucket < ${Math.trunc(buckets)}`);

/** Rows from a fragment on, with their terms. */
export const rowsSince = (searched: Searched, fragment: number): AsyncGenerator<TextRow> =>
  textRows(searched, isSince(fragment));

export interface TextRow {
  place: number;
  text: string;
}

async function* textRows({ table, facts }: Searched, where: string): AsyncGenerator<TextRow> {
  for await (const batch of table.query().where(where).select(["text"]).withRowId()) {
    const texts = batch.getChild("text");
    for (const [n, address] of addressesOf(batch).entries()) {
      const place = placeOf(facts, address);
      if (place !== null) yield { place, text: String(texts?.get(n)) };
    }
  }
}
