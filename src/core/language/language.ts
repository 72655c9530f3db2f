import type { Language } from "#core/cities.ts";
import { softHyphens } from "./hyphenate.ts";
import { openVoikko } from "./locate.ts";
import { type Marker, openMarker } from "./marker.ts";
import { stemWords, type Query } from "./snowball.ts";
import { wordsOf } from "./split.ts";
import { termsOfWords, type Analyse, type Analyser, type Terms } from "./terms.ts";
import type { Voikko } from "./voikko.ts";
import { remembering, wordCache } from "./words.ts";

/** A word of a text, where it stands (UTF-16 offsets) and what it is found by. */
export interface TextWord extends Terms {
  start: number;
  end: number;
}

/** What the house knows of Finnish, Swedish and English. One object for the whole process. */
export interface LanguageService {
  /** What Finnish is analysed by; `why` says what is missing when it is not Voikko. */
  state: "voikko" | "snowball";
  why?: string;
  /** Which words are Finnish and spelt right; null without Voikko, when nobody knows. */
  lexicon: Pick<Voikko, "isWord"> | null;
  /** The words of each text, in order. */
  words(texts: readonly string[], language: Language): Promise<TextWord[][]>;
  /** The terms that each text is indexed by, in order: the lemmas of each word, then its parts. */
  tokens(texts: readonly string[], language: Language): Promise<string[][]>;
  /** Finds the words of texts that have one of the terms, for marking them; made anew for each search. */
  marker(terms: ReadonlySet<string>): Marker;
  /** Lets long compounds of a heading break, and keeps a leading hyphen with its word; see `hyphenate.ts`. */
  softHyphens(text: string, language: Language): string;
  close(): void;
}

export interface LanguageOptions {
  query: Query;
  dataDir: string;
  /** Told once, when Finnish falls back to stems. */
  log: (line: string) => void;
  /** Do without an installed Voikko. */
  ignoreInstalled?: boolean;
  /** Why none could be fetched, for whoever asks what is missing. */
  notFetched?: string | undefined;
}

/** Opens Voikko if there is one, and falls back to PostgreSQL's stemmer if not; never fails for want of it. */
export function openLanguage(options: LanguageOptions): LanguageService {
  const opened = openVoikko(options.dataDir, options);
  if (opened.found) return languageService(options.query, opened);
  const { notFetched } = options;
  const why = notFetched === undefined ? opened.why : `${opened.why}; it could not be fetched: ${notFetched}`;
  options.log(`Finnish by PostgreSQL's stemmer, without Voikko: ${why}`);
  return languageService(options.query, { found: false, why });
}

type Finnish = { found: true; voikko: Voikko } | { found: false; why: string };

/** The service over a given Voikko, or over none. */
export function languageService(query: Query, finnish: Finnish): LanguageService {
  const voikko = finnish.found ? finnish.voikko : undefined;
  const analyse = voikko && remembering((word) => voikko.analyse(word));
  const analysers = analysersOf(query, analyse);
  const words = (texts: readonly string[], language: Language) => textWords(texts, analysers[language]);
  return {
    ...(finnish.found ? { state: "voikko" } : { state: "snowball", why: finnish.why }),
    lexicon: voikko ?? null,
    words,
    tokens: async (texts, language) => (await words(texts, language)).map(tokensOf),
    marker: (terms) => openMarker(analysers, terms),
    softHyphens: (text, language) =>
      softHyphens(text, (word) => (language === "fi" && analyse ? analyse(word).borders : [])),
    close: () => voikko?.close(),
  };
}

function analysersOf(query: Query, analyse: Analyse | undefined): Record<Language, Analyser> {
  const stemmer = (language: Language): Analyser => ({
    stem: (words) => stemWords(query, language, words),
    cache: wordCache<Terms>(),
  });
  const [fi, sv, en] = [stemmer("fi"), stemmer("sv"), stemmer("en")];
  return { fi: analyse === undefined ? fi : { ...fi, analyse }, sv, en };
}

async function textWords(texts: readonly string[], analyser: Analyser): Promise<TextWord[][]> {
  const split = texts.map(wordsOf);
  const terms = await termsOfWords(
    split.flatMap((words) => words.map(({ word }) => word)),
    analyser,
  );
  return split.map((words) => words.map(({ word, start, end }) => ({ start, end, ...terms(word) })));
}

const tokensOf = (words: readonly Terms[]): string[] => words.flatMap(({ lemmas, parts }) => [...lemmas, ...parts]);
