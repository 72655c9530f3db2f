/** What can be found, and who provides it: the contract between search and the modules whose things it finds. */
import type { CityCode, Language } from "./cities.ts";
import type { Db } from "./db.ts";

export interface EntryRef {
  city: CityCode;
  /** "decision" */
  kind: string;
  /** uuid */
  id: string;
}

/** One thing that can be found, as its module knows it now. */
export interface SearchEntry extends EntryRef {
  title: string;
  /** Paragraphs, one a line. */
  text: string;
  /** What else it is found by and does not say in its text: who decided, the record number. */
  also: string;
  language: Language;
  /** Slug of the body or office holder. */
  decisionMaker: string | null;
  /** "02 05 02" */
  classCode: string | null;
  year: number | null;
  /** ISO calendar day. */
  day: string | null;
}

/** Which entries: empty lists mean all. A class takes in the classes below it ("02" has "02 05 02"). */
export interface SearchFilter {
  cities: readonly CityCode[];
  makers: readonly string[];
  classes: readonly string[];
  years: readonly number[];
}

/** Each word of a query as the terms it may be found by; an entry must have one of each. */
export type Groups = readonly (readonly string[])[];

export type SearchOrder = "relevance" | "date";

/** What a list of hits is counted by. */
export interface EntryFacts {
  city: CityCode;
  maker: string | null;
  classCode: string | null;
  year: number | null;
}

/** A hit of PostgreSQL's full text, for the time without an index. */
export interface TextMatch extends EntryFacts {
  id: string;
}

/** What a module does so that its things can be found. All of it reads PostgreSQL. */
export interface SearchSource {
  kind: string;
  /** The entries as they are now, in any order. One that is missing in the answer is gone, and leaves the index. */
  entriesOf(db: Db, refs: readonly { city: CityCode; id: string }[]): Promise<SearchEntry[]>;
  /** All entries in the order of (city, id), at most `limit` after the given one: for building the index anew. */
  allEntries(db: Db, after: { city: CityCode; id: string } | null, limit: number): Promise<SearchEntry[]>;
  /**
   * Full text without the index: the best (or newest) `limit` entries that have a term of each group, over the same terms
   * as in the index.
   */
  matchText(
    db: Db,
    query: { groups: Groups; filter: SearchFilter; order: SearchOrder; limit: number },
  ): Promise<TextMatch[]>;
}
