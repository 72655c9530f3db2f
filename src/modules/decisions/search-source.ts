/** What the search knows of decisions: the entries it indexes, and full text in PostgreSQL for the time without an index. */
import type { SearchEntry, SearchSource } from "#core/search-source.ts";
import { textOf } from "./identity.ts";
import { type EntryRow, selectEntries, selectEntriesAfter, selectTextMatches } from "./search.queries.ts";

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
