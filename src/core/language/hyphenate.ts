const SOFT_HYPHEN = "\u00AD";
/** No line breaks where it stands, and it has no shape; typefaces often lack the hyphen that does not break (U+2011). */
const WORD_JOINER = "\u2060";

/** Shorter words fit any column. */
const LONG_WORD = /\p{L}[\p{L}\p{M}]{11,}/gu;
/** Fewer letters alone on a line read badly. */
const SHORTEST_SIDE = 4;

/** The hyphen of a word whose beginning is in another word: "Avoin osallisuus -kärkihanke". */
const LEADING_HYPHEN = /(?<=^|[\s(])-(?=\p{L})/gu;

/**
 * Lets long words of a heading, label or list title break between the parts of a compound, and keeps a leading hyphen
 * with its word. Nothing that is seen or read aloud changes: without soft hyphens and word joiners it is the same text.
 * Not for official text, which people copy.
 */
export function softHyphens(text: string, compoundBorders: (word: string) => readonly number[]): string {
  return text
    .replace(LONG_WORD, (word) => withBreaks(word, compoundBorders(word)))
    .replace(LEADING_HYPHEN, `-${WORD_JOINER}`);
}

function withBreaks(word: string, borders: readonly number[]): string {
  const breaks = borders.filter((border) => border >= SHORTEST_SIDE && word.length - border >= SHORTEST_SIDE);
  return [0, ...breaks].map((start, index) => word.slice(start, breaks[index])).join(SOFT_HYPHEN);
}
