/** What the search knows of decisions: the entries it indexes, and full text in PostgreSQL for the time without an index. */
import type { SearchEntry, SearchSource } from "#core/search-source.ts";
import { textOf } from "./identity.ts";
import type { Db } from "#core/db.ts";
import type { DecisionLine } from "./queries.ts";
import { type EntryRow, selectEntries, selectEntriesAfter, selectFound, selectTextMatches } from "./search.queries.ts";

const entryOf = (row: EntryRow): SearchEntry => ({
  kind: "decision",
  city: row.city,
  id: row.id,
  title: row.reading.title,
  text: textOf(row.reading),
  also: [row.reading.decisionMaker?.name, row.reading.recordNumber?.written].filter(Boolean).join("\n"),
  language: row.reading.language,
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

/** A decision that was found: as its row in a list, and its running text to show why. */
export interface FoundDecision {
  line: DecisionLine;
  text: string;
}

/** In the order of the ids; one that is gone is left out. */
export async function findDecisions(db: Db, ids: readonly string[]): Promise<FoundDecision[]> {
  const rows = await selectFound(db, ids);
  const found = new Map(rows.map(({ reading, ...line }) => [line.id, { line, text: textOf(reading) }]));
  return ids.flatMap((id) => found.get(id) ?? []);
}
