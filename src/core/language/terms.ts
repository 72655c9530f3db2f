import type { WordCache } from "./words.ts";

/** What a word is found by. All terms are in lower case and hold no space. */
export interface Terms {
  /** What the word itself is: its base forms, or its stem where no dictionary knows it. At least one. */
  lemmas: readonly string[];
  /** What it is made of, or else related to: parts of compounds, halves around a hyphen, the stem of an unknown word. */
  parts: readonly string[];
}

/** What is known of words without asking anybody: Voikko's analysis; no lemmas for an unknown word. */
export type Analyse = (word: string) => Terms;

/** Stems of lower-case words, all at once. */
export type Stem = (words: readonly string[]) => Promise<ReadonlyMap<string, string>>;

export interface Analyser {
  /** Left out for a language that has only stems. */
  analyse?: Analyse;
  stem: Stem;
  /** Remembers the words that `analyse` does not know; whether it remembers the others is its own matter. */
  cache: WordCache<Terms>;
}

/** The terms of each of `words`, as a function. Only words never met before are asked of the stemmer, in one batch. */
export async function termsOfWords(words: readonly string[], analyser: Analyser): Promise<(word: string) => Terms> {
  const terms = new Map<string, Terms>();
  const unmet = new Set<string>();
  for (const word of words) {
    if (terms.has(word)) continue;
    const known = knownTerms(word, analyser);
    if (known === undefined) unmet.add(word);
    else terms.set(word, known);
  }
  if (unmet.size > 0)
    for (const [word, composed] of await composeTerms([...unmet], analyser)) terms.set(word, composed);
  return (word) => terms.get(word) ?? { lemmas: [word.toLowerCase()], parts: [] };
}

function knownTerms(word: string, { analyse, cache }: Analyser): Terms | undefined {
  const analysis = analyse?.(word);
  return analysis !== undefined && analysis.lemmas.length > 0 ? analysis : cache.get(word);
}

async function composeTerms(words: readonly string[], analyser: Analyser): Promise<[string, Terms][]> {
  const pieces = new Set(words.flatMap(piecesOf).map((piece) => piece.toLowerCase()));
  const stems = await analyser.stem([...pieces].filter(mayInflect));
  return words.map((word) => {
    const terms = compose(word, (piece) => termsOfPiece(piece, analyser.analyse, stems));
    analyser.cache.set(word, terms);
    return [word, terms];
  });
}

/** Digits have no stem, and record numbers would only fill memory. */
const mayInflect = (piece: string) => !/^\d+$/.test(piece);

/** The ending of an abbreviation or a figure: "KHO:n", "HKL:lle", "1990-luku:ssa". */
const COLON_ENDING = /:\p{Ll}{1,6}$/u;

/** "6Aika-strategian" → 6Aika, strategian; "KHO:n" → KHO; "TRE:6026" → TRE, 6026. */
const piecesOf = (word: string): string[] => word.replace(COLON_ENDING, "").split(/[-:]/);

/** A joined word is itself, with its last piece in base form ("6aika-strategia"), and is made of its pieces. */
function compose(word: string, termsOf: (piece: string) => Terms): Terms {
  const pieces = piecesOf(word);
  const head = termsOf(pieces.at(-1) ?? word);
  if (pieces.length === 1) return head;
  const start = word.slice(0, word.replace(COLON_ENDING, "").length - (pieces.at(-1)?.length ?? 0)).toLowerCase();
  const parts = pieces.map(termsOf).flatMap(({ lemmas, parts }) => [...lemmas, ...parts]);
  return { lemmas: head.lemmas.map((lemma) => start + lemma), parts: [...new Set(parts)] };
}

/**
 * With a dictionary an unknown word (a surname, a firm) is itself, and its stem joins its inflected forms; without one,
 * the stem is all there is.
 */
function termsOfPiece(piece: string, analyse: Analyse | undefined, stems: ReadonlyMap<string, string>): Terms {
  const analysis = analyse?.(piece);
  if (analysis !== undefined && analysis.lemmas.length > 0) return analysis;
  const surface = piece.toLowerCase();
  const stem = stems.get(surface) ?? surface;
  if (analysis === undefined) return { lemmas: [stem], parts: [] };
  return { lemmas: [surface], parts: stem === surface ? [] : [stem] };
}
