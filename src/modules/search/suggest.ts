/** "Did you mean": for a word that nothing has, the closest word that something has. */
import { similarTexts } from "./ask.ts";
import type { Groups } from "#core/search-source.ts";
import type { Table } from "./native.ts";

const TEXTS = 5;
/** A word of Latin letters, as Finnish, Swedish and English have them; neither so short that anything is close, nor endless. */
const GUESSABLE = /^\p{Script=Latin}{4,40}$/u;

/** Words to offer in place of those that stand nowhere; null when there is nothing to mend or nothing close. */
export async function suggestWords(table: Table, words: readonly string[], groups: Groups): Promise<string[] | null> {
  const mended = await Promise.all(groups.map((group, n) => closest(table, words[n] ?? "", group)));
  if (mended.every((word) => word === null)) return null;
  return words.map((word, n) => mended[n] ?? word);
}

/** Null for a word that stands somewhere, is too short to guess at, or has nothing close. */
async function closest(table: Table, word: string, group: readonly string[]): Promise<string | null> {
  const term = group[0] ?? "";
  if (!GUESSABLE.test(term)) return null;
  const distance = term.length < 7 ? 1 : 2;
  const texts = await similarTexts(table, term, distance, TEXTS);
  const candidates = new Set(texts.flatMap((text) => text.split(/[ \n]+/)));
  if (group.some((known) => candidates.has(known))) return null;
  const near = [...candidates]
    .map((candidate) => ({ candidate, off: editDistance(term, candidate, distance) }))
    .filter(({ off }) => off <= distance)
    .sort((a, b) => a.off - b.off || (a.candidate < b.candidate ? -1 : 1));
  const found = near[0]?.candidate ?? null;
  return found === word.toLowerCase() ? null : found;
}

/** Levenshtein's distance, or anything above `most` as soon as it must be above. */
export function editDistance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let row = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    if (Math.min(...next) > most) return most + 1;
    row = next;
  }
  return row[b.length] ?? most + 1;
}
