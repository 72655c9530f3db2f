import { MAX_WORD_LENGTH } from "./voikko.ts";

/** A word of a text: as analysers take it, and where it stands. */
export interface Word {
  /** NFC, without soft hyphens, with plain "-" and "'" inside; its case as written. */
  word: string;
  /** Offsets (UTF-16) in the original text. */
  start: number;
  end: number;
}

const SIMPLE = /[\p{L}\p{N}][\p{L}\p{M}\p{N}\u00AD]*/gu;
/** "6Aika-strategian", "EU:n" and "vaa'an" are one word each, and so is "2015-004216". */
const JOINED = /[\p{L}\p{N}][\p{L}\p{M}\p{N}\u00AD]*(?:[-\u2010\u2011:'’][\p{L}\p{N}][\p{L}\p{M}\p{N}\u00AD]*)*/gu;
/** Nearly all words are plain Latin-1 and need no cleaning. */
const UNUSUAL = /[^ -\u00AC\u00AE-\u00FF]/;

/** The words of a text in order: runs of letters and digits, joined by hyphens, colons and apostrophes. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: word, index } of text.matchAll(JOINED)) {
    if (word.length <= MAX_WORD_LENGTH) words.push({ word: clean(word), start: index, end: index + word.length });
    else words.push(...simpleWordsOf(word, index));
  }
  return words;
}

/** No word is that long, so this is a chain or noise: its links count, each cut to a length that an index can bear. */
function simpleWordsOf(chain: string, offset: number): Word[] {
  return [...chain.matchAll(SIMPLE)].map(({ 0: word, index }) => ({
    word: clean(word).slice(0, MAX_WORD_LENGTH).toWellFormed(),
    start: offset + index,
    end: offset + index + word.length,
  }));
}

function clean(word: string): string {
  if (!UNUSUAL.test(word)) return word;
  return word
    .replaceAll("\u00AD", "")
    .replace(/[\u2010\u2011]/g, "-")
    .replaceAll("’", "'")
    .normalize("NFC");
}
