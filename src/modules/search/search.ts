/** Searching: a record number in any of its spellings first, then the words in the index, or in PostgreSQL without one. */
import type { Logger } from "pino";
import type { CityCode, Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import type { LanguageService } from "#core/language/language.ts";
import { type MatterDetail, parseRecordNumber, selectMattersByKey } from "#modules/decisions/index.ts";
import type { Groups, SearchEntry, SearchFilter, SearchOrder, SearchSource } from "#core/search-source.ts";
import { exactly, FACETS, type FacetCounts, facetValues, tallyOf } from "./facets.ts";
import { COUNTED, find, type Found } from "./find.ts";
import type { LiveIndex } from "./live.ts";
import { markAll, type Piece, type Range, snippetOf } from "./snippets.ts";
import { suggestWords } from "./suggest.ts";

export const HITS_ON_PAGE = 20;
/** Words of a query that are looked for; more say nothing more. */
const MOST_WORDS = 12;
const LONGEST_QUERY = 2000;
/** How much of a text is looked through for a snippet, piece by piece, until enough found words are met. */
const SNIPPET_TEXT = 20_000;
const SNIPPET_PIECE = 600;
const ENOUGH_FOUND = 2;

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
  entry: SearchEntry;
  title: Piece[];
  snippet: Piece[];
}

export interface SearchResult {
  /** As typed, bounded. */
  query: string;
  /** Matters that the query names by their record number. */
  matters: MatterDetail[];
  total: Found["total"];
  facets: FacetCounts;
  hits: SearchHit[];
  /** The query as it may have been meant, when nothing was found. */
  suggestion: string | null;
}

/** Answers any text, never with an error: what is no word and no number finds nothing. */
export async function search(services: SearchServices, asked: Asked): Promise<SearchResult> {
  const query = tidy(asked.query);
  const [city] = asked.filter.cities.length === 1 ? asked.filter.cities : [];
  const [matters, { words, groups }] = await Promise.all([
    mattersOf(services.db, query, city ?? null),
    termsOf(query, services.language, asked.language),
  ]);
  const found = groups.length === 0 ? NOTHING : await findEntries(services, asked, groups);
  const hits = await hitsOf(services, found, groups.flat());
  const suggestion =
    found.total.value === 0 && matters.length === 0 ? await suggest(services.live, words, groups) : null;
  return { query, matters, total: found.total, facets: found.facets, hits, suggestion };
}

/** A NUL has no place in PostgreSQL's text, half a character none in any. */
const tidy = (query: string): string => query.slice(0, LONGEST_QUERY).toWellFormed().replaceAll("\0", " ").trim();

async function mattersOf(db: Db, query: string, city: CityCode | null): Promise<MatterDetail[]> {
  const number = parseRecordNumber(query, city);
  return number ? selectMattersByKey(db, number.key, city ?? number.city ?? undefined) : [];
}

/** One group of terms for each word: Finnish, which most texts are, and the page's own language. */
async function termsOf(
  query: string,
  language: LanguageService,
  of: Language,
): Promise<{ words: string[]; groups: Groups }> {
  const languages: Language[] = of === "fi" ? ["fi"] : ["fi", of];
  const readings = await Promise.all(languages.map(async (each) => (await language.words([query], each))[0] ?? []));
  const words = (readings[0] ?? []).slice(0, MOST_WORDS);
  const groups = words.map((_, n) => [...new Set(readings.flatMap((reading) => reading[n]?.lemmas ?? []))]);
  return { words: words.map(({ start, end }) => query.slice(start, end)), groups };
}

const NOTHING: Found = { refs: [], total: exactly(0), facets: { cities: [], makers: [], classes: [], years: [] } };

async function findEntries(services: SearchServices, asked: Asked, groups: Groups): Promise<Found> {
  const { filter, order, page } = asked;
  const snapshot = services.live.snapshot();
  const place = { from: (page - 1) * HITS_ON_PAGE, size: HITS_ON_PAGE };
  if (snapshot) {
    try {
      return await find(snapshot, { groups, filter, order, ...place });
    } catch (error) {
      // The folder may have been exchanged under us, or be damaged: PostgreSQL knows as much.
      services.log.warn({ err: error }, "a search of the index failed, PostgreSQL answers");
      await services.live.reopen();
    }
  }
  return findInDatabase(services, { groups, filter, order, ...place });
}

/** The same from PostgreSQL's full text: exact up to 1,000 hits, and slower the more there are. */
async function findInDatabase(
  { db, source }: SearchServices,
  {
    groups,
    filter,
    order,
    from,
    size,
  }: { groups: Groups; filter: SearchFilter; order: SearchOrder; from: number; size: number },
): Promise<Found> {
  const matches = await source.matchText(db, { groups, filter, order, limit: COUNTED + 1 });
  const tally = tallyOf(matches);
  const isExact = matches.length <= COUNTED;
  const shape = (value: number) => ({ value, isExact });
  return {
    refs: matches.slice(from, from + size).map(({ city, id }) => ({ kind: source.kind, city, id })),
    total: shape(Math.min(matches.length, COUNTED)),
    facets: Object.fromEntries(FACETS.map((facet) => [facet, facetValues(facet, tally, shape)])) as FacetCounts,
  };
}

async function hitsOf(
  { db, source, language }: SearchServices,
  found: Found,
  terms: readonly string[],
): Promise<SearchHit[]> {
  const entries = new Map((await source.entriesOf(db, found.refs)).map((entry) => [entry.id, entry]));
  const present = found.refs.flatMap(({ id }) => entries.get(id) ?? []);
  return Promise.all(
    present.map(async (entry): Promise<SearchHit> => {
      const [inTitle, inText] = await Promise.all([
        language.matchRanges(entry.title, entry.language, terms),
        rangesInText(language, entry, terms),
      ]);
      return { entry, title: markAll(entry.title, inTitle), snippet: snippetOf(entry.text, inText) };
    }),
  );
}

/** Where the first found words stand. Analysing whole texts for each search would cost most of its time. */
async function rangesInText(
  language: LanguageService,
  { text, language: of }: SearchEntry,
  terms: readonly string[],
): Promise<Range[]> {
  const ranges: Range[] = [];
  for (let at = 0; at < Math.min(text.length, SNIPPET_TEXT) && ranges.length < ENOUGH_FOUND;) {
    const space = text.indexOf(" ", at + SNIPPET_PIECE);
    const end = space < 0 ? text.length : space;
    const found = await language.matchRanges(text.slice(at, end), of, terms);
    for (const [from, to] of found) ranges.push([from + at, to + at]);
    at = end;
  }
  return ranges;
}

async function suggest(live: LiveIndex, words: readonly string[], groups: Groups): Promise<string | null> {
  const snapshot = live.snapshot();
  if (!snapshot || groups.length === 0) return null;
  const mended = await suggestWords(snapshot.table, words, groups);
  return mended === null ? null : mended.join(" ");
}
