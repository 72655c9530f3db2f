import type { Lexicon, Words } from "./lexicon.ts";

/**
 * Line ends, undone. Typesetting splits words ("määrära-/hasta"), and a hyphen that belongs to the word may stand at a line
 * end just as well ("6Aika-/strategian"). The rule, in this order, for a line that ends in a hyphen:
 *
 * 1. A hyphen with a space before it ("asiakkuus -/hankkeelle") belongs to what follows: the hyphen stays.
 * 2. Before "ja", "tai", "sekä", "eli", "och" … it stands for a part left out ("tutkimus-/ja kehittämisyhteisöt"): hyphen and
 *    space, unless the two make a word of which the first is none ("poh-/ja").
 * 3. After a digit, an abbreviation in capitals or a single letter, within an address, and before a capital or a digit, it
 *    belongs to the word ("EU-/hankkeille", "Rantaviita-/Tiainen", "2014-/2020").
 * 4. If the lexicon knows the word without the hyphen, the hyphen goes. If it knows it only with the hyphen, it stays
 *    ("linja-/auto").
 * 5. If it knows neither, or there is no lexicon: the same vowel on both sides needs the hyphen ("tasa-/arvoisesti"), and so does
 *    a name ("Uusimaa-/ohjelman"); in everything else the hyphen goes, since Finnish and Swedish write compounds solid.
 *
 * Why so: docs/decisions/0005-line-end-hyphens.md.
 */
export function joinLines(lines: readonly string[], words: Words): string {
  const pieces: string[] = [];
  let before = "";
  for (const line of lines.map((text) => text.trim()).filter(Boolean)) {
    const end = before === "" ? "kept" : lineEnd(before, line, words);
    if (end === "split") pieces.push((pieces.pop() ?? "").slice(0, -1));
    pieces.push(end === "space" ? ` ${line}` : line);
    before = line;
  }
  return pieces.join("");
}

/** What a line end was: a space between words, nothing (with the hyphen, if one stands there), or a split within a word. */
type LineEnd = "space" | "kept" | "split";

function lineEnd(before: string, line: string, words: Words): LineEnd {
  if (before.endsWith(SOFT_HYPHEN)) return "split";
  if (!before.endsWith(HYPHEN)) return isRange(before, line) ? "kept" : "space";
  const ending = before.slice(-LONGEST_WORD);
  const head = ending.slice(ending.lastIndexOf(" ") + 1, -1);
  const tail = /^[\p{L}\p{M}'’]+/u.exec(line)?.[0] ?? "";
  const end = hyphenEnd(head, tail, line, words.lexicon);
  if (end === "split") words.joins.push({ written: `${head}-/${tail}`, read: `${head}${tail}` });
  return end;
}

const HYPHEN = "-";
/** Stands in a text only where a word may be split; at a line end it was. */
const SOFT_HYPHEN = "\u00ad";
/** Also keeps the search for its beginning short in a line without spaces. */
const LONGEST_WORD = 100;
const CONJUNCTIONS = new Set("ja tai sekä eli taikka tahi kuin että vai och eller samt respektive and or".split(" "));
/** "2014–" at a line end, "2020" on the next. */
const isRange = (text: string, line: string): boolean => /\d–$/u.test(text) && /^\d/u.test(line);

function hyphenEnd(head: string, tail: string, line: string, lexicon: Lexicon | null): LineEnd {
  if (head === "") return /^\p{Ll}/u.test(line) ? "kept" : "space";
  if (tail === "") return /^\d/u.test(line) && /\d$/u.test(head) ? "kept" : "space";
  const stem = /[\p{L}\p{M}\p{N}'’]+$/u.exec(head)?.[0] ?? "";
  if (CONJUNCTIONS.has(tail)) return completesWord(stem, tail, lexicon) ? "split" : "space";
  return keepsHyphen(head, stem, tail, lexicon) ? "kept" : "split";
}

const completesWord = (stem: string, tail: string, lexicon: Lexicon | null): boolean =>
  lexicon !== null && isWord(lexicon, stem + tail) && !isWord(lexicon, stem);

function keepsHyphen(head: string, stem: string, tail: string, lexicon: Lexicon | null): boolean {
  if (stem.length < 2 || /\d/u.test(stem) || /[@/_:]|\.\p{L}/u.test(head)) return true;
  if (isAllCapitals(stem))
    return !isAllCapitals(tail) || !(lexicon === null || isWord(lexicon, (stem + tail).toLowerCase()));
  if (/^\p{Lu}/u.test(tail)) return true;
  if (lexicon !== null) {
    if (isWord(lexicon, stem + tail)) return false;
    if (isWord(lexicon, `${stem}-${tail}`)) return true;
    if (/^\p{Lu}/u.test(stem) && lexicon.isWord(stem) && !lexicon.isWord(stem.toLowerCase())) return true;
  }
  return stem.at(-1)?.toLowerCase() === tail[0]?.toLowerCase() && /[aeiouyäöå]/iu.test(tail[0] ?? "");
}

const isAllCapitals = (word: string): boolean => word.length > 1 && /^\p{Lu}+$/u.test(word);

/** A word may begin with a capital because its sentence does. */
const isWord = (lexicon: Lexicon, word: string): boolean =>
  lexicon.isWord(word) || (/^\p{Lu}/u.test(word) && lexicon.isWord(word[0]?.toLowerCase() + word.slice(1)));

const STRAY = /(?<![\p{L}\p{N}-])(\p{L}{2,})-(\p{Ll}{2,})(?![\p{L}-])/gu;

/**
 * Text that was pasted out of a typeset page keeps its line-end hyphens in the middle of lines ("edel-lyttävän"). Such a hyphen
 * goes only on certain grounds: with a lexicon, when the word is known without it, unknown with it, and one of its halves
 * is no word at all, so that nobody can have meant to write it.
 */
export function mendStrayHyphens(text: string, words: Words): string {
  const { lexicon } = words;
  if (lexicon === null || !text.includes(HYPHEN)) return text;
  return text.replace(STRAY, (written, head: string, tail: string) => {
    const halves = isWord(lexicon, head) && isWord(lexicon, tail);
    if (halves || isWord(lexicon, written) || !isWord(lexicon, head + tail)) return written;
    words.joins.push({ written, read: head + tail });
    return head + tail;
  });
}
