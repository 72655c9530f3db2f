/** What a query says: its words, each as the terms it may be found by, and which of them stand in quotation marks together. */
import type { Language } from "#core/cities.ts";
import type { LanguageService } from "#core/language/language.ts";
import type { Groups } from "#core/search-source.ts";

/** Words of a query that are looked for; more say nothing more. */
const MOST_WORDS = 12;

export interface QueryWords {
  /** As typed. */
  words: string[];
  /** The terms of each word. */
  groups: Groups;
  /** The terms of words that must stand next to each other, in this order: at least two each. */
  phrases: Groups[];
}

/** Finnish, which most texts are, and the page's own language. */
export async function readQuery(query: string, language: LanguageService, of: Language): Promise<QueryWords> {
  const languages: Language[] = of === "fi" ? ["fi"] : ["fi", of];
  const readings = await Promise.all(languages.map(async (each) => (await language.words([query], each))[0] ?? []));
  const words = (readings[0] ?? []).slice(0, MOST_WORDS);
  const groups = words.map((_, n) => [...new Set(readings.flatMap((reading) => reading[n]?.lemmas ?? []))]);
  const phrases = quotedParts(query)
    .map(({ start, end }) => groups.filter((_, n) => isWithin(words[n], start, end)))
    .filter((phrase) => phrase.length > 1);
  return { words: words.map(({ start, end }) => query.slice(start, end)), groups, phrases };
}

const isWithin = (word: { start: number; end: number } | undefined, start: number, end: number): boolean =>
  word !== undefined && word.start >= start && word.end <= end;

/** What stands between quotation marks of any kind. A mark without its pair is none: whatever is typed has an answer. */
export function quotedParts(query: string): { start: number; end: number }[] {
  return [...query.matchAll(/["“”„»«]([^"“”„»«]*)["“”„»«]/g)].map(({ index, 0: quoted }) => ({
    start: index + 1,
    end: index + quoted.length - 1,
  }));
}
