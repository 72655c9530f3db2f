import type { Language } from "#core/cities.ts";

/** Runs one statement on PostgreSQL and returns its rows. All that this folder knows of the database. */
export type Query = (sql: string, parameters: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** PostgreSQL's built-in dictionaries (https://www.postgresql.org/docs/current/textsearch-dictionaries.html). */
const DICTIONARIES: Record<Language, string> = { fi: "finnish_stem", sv: "swedish_stem", en: "english_stem" };

const STEMS = `
  select word, (ts_lexize($1::regdictionary, word))[1] as stem
    from unnest($2::text[]) as word`;

/**
 * Stems of lower-case words by PostgreSQL's Snowball stemmers, in one statement. A stop word, for which the dictionary
 * gives nothing, is its own stem: what is common is for the ranking to judge.
 */
export async function stemWords(query: Query, language: Language, words: readonly string[]) {
  const stems = new Map<string, string>();
  if (words.length === 0) return stems;
  const rows = await query(STEMS, [DICTIONARIES[language], words]);
  for (const { word, stem } of rows) {
    if (typeof word === "string") stems.set(word, typeof stem === "string" ? stem : word);
  }
  return stems;
}
