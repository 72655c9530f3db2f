/** Where in texts the words stand that a search was for. */
import type { Language } from "#core/cities.ts";
import { wordsOf } from "./split.ts";
import { type Analyser, type Terms, termsOfWords } from "./terms.ts";

/** [start, end) in UTF-16 offsets. */
export type WordRange = readonly [start: number, end: number];

/** Finds in each text the words that have one of the marker's terms, in order. */
export type Marker = (texts: readonly string[], language: Language) => Promise<WordRange[][]>;

/** For one search: a word that stands in several of its hits is looked up once. */
export function openMarker(analysers: Record<Language, Analyser>, terms: ReadonlySet<string>): Marker {
  const isWanted = ({ lemmas, parts }: Terms) =>
    lemmas.some((term) => terms.has(term)) || parts.some((term) => terms.has(term));
  const met: Record<Language, Map<string, boolean>> = { fi: new Map(), sv: new Map(), en: new Map() };
  return async (texts, language) => {
    const judged = met[language];
    const split = texts.map(wordsOf);
    const unmet = new Set(split.flatMap((words) => words.map(({ word }) => word)).filter((word) => !judged.has(word)));
    if (unmet.size > 0) {
      const termsOf = await termsOfWords([...unmet], analysers[language]);
      for (const word of unmet) judged.set(word, isWanted(termsOf(word)));
    }
    return split.map((words) =>
      words.filter(({ word }) => judged.get(word) === true).map(({ start, end }) => [start, end] as const),
    );
  };
}
