import { NO_USAGE, usageOf, type Usage } from "./usage.ts";

/** What the reader asks of a dictionary: is this a word of the language, spelt right? Case matters: "Vantaan", not "vantaan". */
export interface Lexicon {
  isWord(word: string): boolean;
}

/** A word that a line end, or the typesetting of one, had split: as it was written and as it was read. */
export interface Join {
  written: string;
  read: string;
}

/** The words of one document: the dictionary, if there is one, how the document writes them elsewhere, and what was decided. */
export interface Words {
  lexicon: Lexicon | null;
  usage: Usage;
  joins: Join[];
}

export const wordsBy = (lexicon: Lexicon | null): Words => ({ lexicon, usage: NO_USAGE, joins: [] });

/** The same words, in a document of this text. */
export const within = (words: Words, text: () => string): Words => ({ ...words, usage: usageOf(text) });
