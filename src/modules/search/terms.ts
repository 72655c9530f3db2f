/**
 * The terms of an entry as the index keeps them, and questions to them. Pure. Each word of the text is a line: its base forms
 * and its parts, separated by spaces. The index's tokenizer splits at both; the lines say what stands next to what.
 */
import type { Groups } from "#core/search-source.ts";

/** Whether a term of each group is there. */
export function hasAll(text: string, groups: Groups): boolean {
  return groups.every((group) => group.some((term) => hasTerm(text, term)));
}

export function hasTerm(text: string, term: string): boolean {
  for (let at = text.indexOf(term); at >= 0; at = text.indexOf(term, at + 1)) {
    if (isEnd(text[at - 1]) && isEnd(text[at + term.length])) return true;
  }
  return false;
}

const isEnd = (character: string | undefined) => character === undefined || character === " " || character === "\n";

/** Whether words with a term of each group stand next to each other, in the order of the groups. */
export function hasPhrase(text: string, groups: Groups): boolean {
  const lines = text.split("\n");
  const has = (line: string | undefined, group: readonly string[]) =>
    line !== undefined && group.some((term) => hasTerm(line, term));
  return lines.some((_, n) => groups.every((group, nth) => has(lines[n + nth], group)));
}
