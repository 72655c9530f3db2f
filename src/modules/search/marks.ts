/** Where the words that were looked for stand in what was found, and the piece of it that shows them best. */
import type { Language } from "#core/cities.ts";
import type { LanguageService } from "#core/language/language.ts";
import type { Marker } from "#core/language/marker.ts";
import { markAll, type Piece, type Range, shownWindow } from "./snippets.ts";

/** How many words that may be the right ones are analysed, until so many are. */
const MOST_CANDIDATES = 40;
const ENOUGH_FOUND = 4;
/** Words analysed at a time. */
const TOGETHER = 8;

/** What is looked for in the hits of one search. */
export interface Looking {
  marker: Marker;
  beginnings: RegExp;
}

export const lookFor = (language: LanguageService, terms: readonly string[]): Looking => ({
  marker: language.marker(new Set(terms)),
  beginnings: beginningsOf(terms),
});

/** The title whole, and a piece of the text, with the words marked that are looked for. */
export async function markHit(
  { title, text, language }: { title: string; text: string; language: Language },
  { marker, beginnings }: Looking,
): Promise<{ title: Piece[]; snippet: Piece[] }> {
  const mark: Mark = (texts) => marker(texts, language);
  const window = shownWindow(text, await someRanges(candidatesIn(text, beginnings), text, mark));
  const shown = text.slice(window.start, window.end).replaceAll("\n", " ");
  const [inTitle = [], inShown = []] = await mark([title, shown]);
  const snippet = markAll(shown, inShown);
  if (window.start > 0) snippet.unshift({ text: "… ", isMarked: false });
  if (window.end < text.length) snippet.push({ text: " …", isMarked: false });
  return { title: markAll(title, inTitle), snippet };
}

/**
 * Where some of the words stand. Analysing all words of 20 texts for each search took most of its time, so only words that
 * look like the terms are analysed. A form that begins in another way ("öitä" of "yö") is not seen here; it is found all
 * the same, and marked when it stands near another one.
 */
async function someRanges(candidates: readonly Range[], text: string, mark: Mark): Promise<Range[]> {
  const ranges: Range[] = [];
  for (let at = 0; at < candidates.length && ranges.length < ENOUGH_FOUND; at += TOGETHER) {
    const some = candidates.slice(at, at + TOGETHER);
    const found = await mark(some.map(([start, end]) => text.slice(start, end)));
    ranges.push(...some.flatMap(([offset], n) => moved(found[n] ?? [], offset)));
  }
  return ranges;
}

type Mark = (texts: readonly string[]) => Promise<Range[][]>;

const moved = (ranges: readonly Range[], by: number): Range[] => ranges.map(([start, end]) => [start + by, end + by]);

/** What stands between spaces and holds one of the beginnings, anywhere: terms are parts of compounds too. */
export function candidatesIn(text: string, beginnings: RegExp): Range[] {
  const small = text.toLowerCase();
  // A few letters change their length in lower case; offsets would be wrong.
  const searched = small.length === text.length ? small : text;
  beginnings.lastIndex = 0;
  const candidates: Range[] = [];
  for (let found = beginnings.exec(searched); found && candidates.length < MOST_CANDIDATES;) {
    const start = 1 + Math.max(searched.lastIndexOf(" ", found.index), searched.lastIndexOf("\n", found.index));
    const end = found.index + Math.max(1, searched.slice(found.index, found.index + LONGEST_WORD).search(/\s|$/));
    candidates.push([start, end]);
    beginnings.lastIndex = end;
    found = beginnings.exec(searched);
  }
  return candidates;
}

const LONGEST_WORD = 200;

/** Finds the beginnings of terms, one after the other. */
export const beginningsOf = (terms: readonly string[]): RegExp =>
  new RegExp([...new Set(terms.map(beginningOf))].map((each) => RegExp.escape(each)).join("|"), "g");

/** What inflecting leaves of a word: "apu" is also "avun", "tieto" also "tiedon", and long words keep more of themselves. */
const beginningOf = (term: string): string => term.slice(0, term.length < 6 ? 2 : term.length < 8 ? 3 : 4);
