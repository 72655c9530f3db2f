/** Searching: a record number in any of its spellings first, then the words in PostgreSQL's full text. */
import type { CityCode, Language } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import type { LanguageService } from "#core/language/language.ts";
import {
  type FoundDecisions,
  type MatterDetail,
  parseRecordNumber,
  searchDecisions,
  selectMattersByKey,
} from "#modules/decisions/index.ts";

export const HITS_ON_PAGE = 20;
/** Words of a query that are looked for; more say nothing more. */
const MOST_WORDS = 12;
const LONGEST_QUERY = 2000;

export interface SearchResult {
  /** As typed, bounded. */
  query: string;
  /** Matters that the query names by their record number. */
  matters: MatterDetail[];
  found: FoundDecisions;
}

/** Answers any text, never with an error: what is no word and no number finds nothing. `page` counts from 1. */
export async function search(
  db: Db,
  language: LanguageService,
  asked: { query: string; city: CityCode | null; language: Language; page: number },
): Promise<SearchResult> {
  // A NUL has no place in PostgreSQL's text.
  const query = asked.query.slice(0, LONGEST_QUERY).toWellFormed().replaceAll("\0", " ").trim();
  const number = parseRecordNumber(query, asked.city);
  const [matters, groups] = await Promise.all([
    number ? selectMattersByKey(db, number.key, asked.city ?? number.city ?? undefined) : [],
    termsOf(query, language, asked.language),
  ]);
  const found = await searchDecisions(db, groups, {
    city: asked.city,
    offset: (asked.page - 1) * HITS_ON_PAGE,
    limit: HITS_ON_PAGE,
  });
  return { query, matters, found };
}

/** One group of lemmas for each word: Finnish, which most texts are, and the page's own language. */
async function termsOf(query: string, language: LanguageService, of: Language): Promise<string[][]> {
  const languages: Language[] = of === "fi" ? ["fi"] : ["fi", of];
  const readings = await Promise.all(languages.map(async (each) => (await language.words([query], each))[0] ?? []));
  const words = readings[0]?.slice(0, MOST_WORDS) ?? [];
  return words
    .map((_, n) => [...new Set(readings.flatMap((reading) => reading[n]?.lemmas ?? []))])
    .filter((group) => group.length > 0);
}
