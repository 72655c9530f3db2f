/** What the search knows of decisions: the entries it indexes, and full text in PostgreSQL for the time without an index. */
import type { CityCode, Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { textOf } from "./identity.ts";
import { type EntryRow, selectEntries, selectEntriesAfter, selectTextMatches } from "./search.queries.ts";

/** As the search module asks (search/entry.ts); named here so that decisions need not know the search. */
export interface DecisionEntry {
  kind: "decision";
  city: CityCode;
  id: string;
  title: string;
  text: string;
  also: string;
  language: Language;
  decisionMaker: string | null;
  classCode: string | null;
  year: number | null;
  day: string | null;
}

const entryOf = (row: EntryRow): DecisionEntry => ({
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

export const decisionSource = {
  kind: "decision" as const,
  async entriesOf(db: Db, refs: readonly { city: CityCode; id: string }[]): Promise<DecisionEntry[]> {
    return (await selectEntries(db, refs)).map(entryOf);
  },
  async allEntries(db: Db, after: { city: CityCode; id: string } | null, limit: number): Promise<DecisionEntry[]> {
    return (await selectEntriesAfter(db, after, limit)).map(entryOf);
  },
  matchText: selectTextMatches,
};
