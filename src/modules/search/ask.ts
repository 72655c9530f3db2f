/** The questions that are put to the index: which rows match, how well, and what stands in them. */
import type { EntryFacts } from "#core/search-source.ts";
import { MatchQuery, Operator, type Table } from "./native.ts";
import { factsOf, type IndexRow } from "./rows.ts";

/** A row that matches, by its number in this version of the table. */
export interface ScoredRow {
  row: bigint;
  score: number;
}

/** A match with what it is counted and sorted by. */
export interface Match extends ScoredRow {
  facts: EntryFacts;
  day: number;
}

/** All terms must be there ("every"), or at least one ("any"). */
export interface Question {
  terms: readonly string[];
  need: "every" | "any";
  where: string | null;
  limit: number;
}

// `_score` must be named, or the library warns at each query.
const SCORE = "_score";
const FACTS = ["city", "maker", "class", "year", "day"];

function queryFor(table: Table, { terms, need, where, limit }: Question) {
  const operator = need === "every" ? Operator.And : Operator.Or;
  const query = table
    .query()
    .fullTextSearch(new MatchQuery(terms.join(" "), "text", { operator }))
    .limit(limit);
  return where === null ? query : query.where(where);
}

/** The best rows, without their contents: the cheapest question. */
export async function bestRows(table: Table, question: Question): Promise<ScoredRow[]> {
  const found = await queryFor(table, question).select([SCORE]).withRowId().toArray();
  return found.map(scoredRow);
}

/** The best rows with what they are counted by. */
export async function bestMatches(table: Table, question: Question): Promise<Match[]> {
  const found = await queryFor(table, question)
    .select([SCORE, ...FACTS])
    .withRowId()
    .toArrow();
  // Column by column: a row object of Arrow's looks every value up anew, which cost more than the search itself.
  const column = (name: string): ArrayLike<unknown> => found.getChild(name)?.toArray() ?? [];
  const [row, score, city, maker, classCode, year, day] = ["_rowid", SCORE, ...FACTS].map(column);
  return Array.from({ length: found.numRows }, (_, n) => ({
    row: row?.[n] as bigint,
    score: Number(score?.[n]),
    facts: factsOf({
      city: String(city?.[n]),
      maker: String(maker?.[n]),
      class: String(classCode?.[n]),
      year: Number(year?.[n]),
    }),
    day: Number(day?.[n]),
  }));
}

/** The best rows with their name and terms. */
export async function bestTexts(
  table: Table,
  question: Question,
): Promise<(ScoredRow & { key: string; text: string })[]> {
  const found = await queryFor(table, question).select([SCORE, "key", "text"]).withRowId().toArray();
  return found.map((row) => ({ ...scoredRow(row), key: String(row.key), text: String(row.text) }));
}

/** The names of rows, in the order asked. */
export async function keysOf(table: Table, rows: readonly bigint[]): Promise<string[]> {
  if (rows.length === 0) return [];
  const found = await table.takeRowIds(rows).select(["key"]).withRowId().toArray();
  const keys = new Map(found.map((row) => [row["_rowid"] as bigint, String(row.key)]));
  return rows.flatMap((row) => keys.get(row) ?? []);
}

/** What rows are counted by, for rows found without it. */
export async function matchesOf(table: Table, rows: readonly ScoredRow[]): Promise<Match[]> {
  if (rows.length === 0) return [];
  const found = await table
    .takeRowIds(rows.map(({ row }) => row))
    .select(FACTS)
    .withRowId()
    .toArray();
  const contents = new Map(found.map((row) => [row["_rowid"] as bigint, factsAndDay(row)]));
  return rows.flatMap((row) => {
    const content = contents.get(row.row);
    return content === undefined ? [] : [{ ...row, ...content }];
  });
}

/** Texts that hold a term close to this one: one or two letters off, the first letter right. */
export async function similarTexts(table: Table, term: string, distance: number, limit: number): Promise<string[]> {
  // The library counts the prefix in bytes, and panics when it ends inside a letter.
  const prefixLength = Buffer.byteLength(Array.from(term)[0] ?? "");
  const query = new MatchQuery(term, "text", { fuzziness: distance, prefixLength, maxExpansions: 50 });
  const found = await table.query().fullTextSearch(query).select([SCORE, "text"]).limit(limit).toArray();
  return found.map((row) => String(row.text));
}

/** Batches of rows whose bucket is below `buckets`. */
export async function* sampledRows(table: Table, buckets: number) {
  const query = table.query().where(`bucket < ${Math.trunc(buckets)}`);
  for await (const batch of query.select(["text", ...FACTS])) {
    yield Array.from(batch, (row) => row.toJSON() as Omit<IndexRow, "key" | "bucket">);
  }
}

/** As the library hands rows over: Arrow's own row objects. */
type FoundRow = Record<string, unknown>;

const scoredRow = (row: FoundRow): ScoredRow => ({ row: row["_rowid"] as bigint, score: Number(row["_score"]) });

const factsAndDay = (row: FoundRow): { facts: EntryFacts; day: number } => ({
  facts: factsOf(row as unknown as IndexRow),
  day: Number(row["day"]),
});
