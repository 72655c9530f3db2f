/** Searching: a record number in any of its spellings first, then the words in the index, or in PostgreSQL without one. */
import type { Logger } from "pino";
import type { CityCode, Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import type { LanguageService } from "#core/language/language.ts";
import {
  type DecisionLine,
  findDecisions,
  type MatterDetail,
  parseRecordNumber,
  selectMattersByKey,
} from "#modules/decisions/index.ts";
import type { SearchFilter, SearchOrder, SearchSource } from "#core/search-source.ts";
import { exactly, type FacetCounts } from "./facets.ts";
import { findInDatabase } from "./fallback.ts";
import { find } from "./find.ts";
import type { Found, Wanted } from "./found.ts";
import type { LiveIndex } from "./live.ts";
import { lookFor, markHit } from "./marks.ts";
import type { Piece } from "./snippets.ts";
import { suggestWords } from "./suggest.ts";
import { type QueryWords, readQuery } from "./words.ts";

export const HITS_ON_PAGE = 20;
const LONGEST_QUERY = 2000;

export interface SearchServices {
  db: Db;
  language: LanguageService;
  live: LiveIndex;
  source: SearchSource;
  log: Logger;
}

export interface Asked {
  query: string;
  language: Language;
  filter: SearchFilter;
  order: SearchOrder;
  /** From 1. */
  page: number;
}

export interface SearchHit {
  line: DecisionLine;
  title: Piece[];
  snippet: Piece[];
  /** Words of the query that it does not have, as typed. */
  missing: string[];
}

export interface SearchResult {
  /** As typed, bounded. */
  query: string;
  /** Matters that the query names by their record number. */
  matters: MatterDetail[];
  matching: Found["matching"];
  total: Found["total"];
  facets: FacetCounts;
  hits: SearchHit[];
  /** The query as it may have been meant, when nothing has all of its words. */
  suggestion: string | null;
}

/** Answers any text, never with an error: what is no word and no number finds nothing. */
export async function search(services: SearchServices, asked: Asked): Promise<SearchResult> {
  const query = tidy(asked.query);
  const [city] = asked.filter.cities.length === 1 ? asked.filter.cities : [];
  const naming = mattersOf(services.db, query, city ?? null);
  const words = await readQuery(query, services.language, asked.language);
  const [matters, found] = await Promise.all([
    naming,
    words.groups.length === 0 ? NOTHING : findEntries(services, asked, words),
  ]);
  const isWhole = found.total.value > 0 && found.matching === "all";
  const [hits, suggestion] = await Promise.all([
    hitsOf(services, found, words),
    isWhole || matters.length > 0 ? null : suggest(services.live, words),
  ]);
  const { matching, total, facets } = found;
  return { query, matters, matching, total, facets, hits, suggestion };
}

/** A NUL has no place in PostgreSQL's text, half a character none in any. */
const tidy = (query: string): string => query.slice(0, LONGEST_QUERY).toWellFormed().replaceAll("\0", " ").trim();

async function mattersOf(db: Db, query: string, city: CityCode | null): Promise<MatterDetail[]> {
  const number = parseRecordNumber(query, city);
  return number ? selectMattersByKey(db, number.key, city ?? number.city ?? undefined) : [];
}

const NOTHING: Found = {
  refs: [],
  matching: "all",
  missing: [],
  total: exactly(0),
  facets: { cities: [], makers: [], classes: [], years: [] },
};

async function findEntries(services: SearchServices, asked: Asked, { groups, phrases }: QueryWords): Promise<Found> {
  const { filter, order, page } = asked;
  const wanted: Wanted = { groups, phrases, filter, order, from: (page - 1) * HITS_ON_PAGE, size: HITS_ON_PAGE };
  const snapshot = services.live.snapshot();
  if (snapshot) {
    try {
      return await find(snapshot, wanted);
    } catch (error) {
      // The folder may have been exchanged under us, or be damaged: PostgreSQL knows as much.
      services.log.warn({ err: error }, "a search of the index failed, PostgreSQL answers");
      await services.live.reopen();
    }
  }
  return findInDatabase(services.db, services.source, wanted);
}

/** One that is gone since the index took it in is left out. */
async function hitsOf(
  { db, language }: SearchServices,
  { refs, missing }: Found,
  { words, groups }: QueryWords,
): Promise<SearchHit[]> {
  const found = await findDecisions(
    db,
    refs.map(({ id }) => id),
  );
  const lacking = new Map(refs.map(({ id }, n) => [id, missing[n] ?? []]));
  const looking = lookFor(language, groups.flat());
  return Promise.all(
    found.map(async ({ line, text }): Promise<SearchHit> => {
      const marked = await markHit({ title: line.title, text, language: line.language }, looking);
      return { line, ...marked, missing: (lacking.get(line.id) ?? []).flatMap((group) => words[group] ?? []) };
    }),
  );
}

async function suggest(live: LiveIndex, { words, groups }: QueryWords): Promise<string | null> {
  const snapshot = live.snapshot();
  if (!snapshot || groups.length === 0) return null;
  const mended = await suggestWords(snapshot.table, words, groups);
  return mended === null ? null : mended.join(" ");
}
