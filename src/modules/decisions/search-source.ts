/** What the search knows of decisions: the entries it indexes, and full text in PostgreSQL for the time without an index. */
import type { SearchEntry, SearchSource } from "#core/search-source.ts";
import type { Db } from "#core/db.ts";
import { shorten } from "./identity.ts";
import type { DecisionLine } from "./queries.ts";
import {
  type EntryRow,
  selectEntries,
  selectEntriesAfter,
  selectFound,
  selectTextMatches,
  TEXT_BEGINNING,
} from "./search.queries.ts";

const entryOf = (row: EntryRow): SearchEntry => ({
  kind: "decision",
  city: row.city,
  id: row.id,
  title: row.title,
  text: row.text,
  also: [row.makerName, row.recordNumber, row.references].filter(Boolean).join("\n"),
  language: row.language,
  decisionMaker: row.maker,
  classCode: row.classCode,
  year: row.year,
  day: row.day,
});

export const decisionSource: SearchSource = {
  kind: "decision",
  entriesOf: async (db, refs) => (await selectEntries(db, refs)).map(entryOf),
  allEntries: async (db, after, limit) => (await selectEntriesAfter(db, after, limit)).map(entryOf),
  matchText: selectTextMatches,
};

/** In the order of the ids; one that is gone is left out. */
export async function findDecisions(db: Db, ids: readonly string[]): Promise<FoundDecision[]> {
  const rows = await selectFound(db, ids);
  const found = new Map(rows.map(({ text, ...line }) => [line.id, { line, text: shorten(text, TEXT_BEGINNING) }]));
  return ids.flatMap((id) => found.get(id) ?? []);
}

/** A decision that was found: as its row in a list, and its running text to show why, shortened to 10,000 characters. */
export interface FoundDecision {
  line: DecisionLine;
  text: string;
}
