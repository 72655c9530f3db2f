import type { Lexicon, Words } from "./lexicon.ts";
import { CONJUNCTIONS, type Usage } from "./usage.ts";

/**
 * Line ends, undone. Typesetting splits words ("määrära-/hasta"), and a hyphen that belongs to the word may stand at a line
 * end just as well ("6Aika-/strategian"). The rule, in this order, for a line that ends in a hyphen:
 *
 * 1. A hyphen with a space before it ("asiakkuus -/hankkeelle") belongs to what follows: the hyphen stays.
 * 2. Before "ja", "tai", "sekä", "eli", "och" … it stands for a part left out ("tutkimus-/ja kehittämisyhteisöt"): hyphen and
 *    space, unless the two make a word of which the first is none ("poh-/ja").
 * 3. After a digit, an abbreviation in capitals or a single letter, within an address, and before a capital or a digit, it
 *    belongs to the word ("EU-/hankkeille", "Rantaviita-/Tiainen", "2014-/2020").
 * 4. Where the document elsewhere sets the two apart ("Patentti- ja rekisterihallitus"), and nowhere writes them as one word, its own
 *    conjunction is lost and the hyphen stays ("patentti-/rekisterihallituksessa"). Only before a long tail: "jäte-/vesihuolto" is a word.
 * 5. If the lexicon knows the word without the hyphen, the hyphen goes. If it knows it only with the hyphen, it stays
 *    ("linja-/auto").
 * 6. If it knows neither, or there is no lexicon: the same vowel on both sides needs the hyphen ("tasa-/arvoisesti"), and so does
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
  const end = hyphenEnd(head, tail, line, words);
  if (end === "split") words.joins.push({ written: `${head}-/${tail}`, read: `${head}${tail}` });
  return end;
}

const HYPHEN = "-";
/** Stands in a text only where a word may be split; at a line end it was. */
const SOFT_HYPHEN = "\u00ad";
/** Also keeps the search for its beginning short in a line without spaces. */
const LONGEST_WORD = 100;
const JOINTS = new Set(CONJUNCTIONS);
/** "2014–" at a line end, "2020" on the next. */
const isRange = (text: string, line: string): boolean => /\d–$/u.test(text) && /^\d/u.test(line);

function hyphenEnd(head: string, tail: string, line: string, { lexicon, usage }: Words): LineEnd {
  if (head === "") return /^\p{Ll}/u.test(line) ? "kept" : "space";
  if (tail === "") return /^\d/u.test(line) && /\d$/u.test(head) ? "kept" : "space";
  const stem = /[\p{L}\p{M}\p{N}'’]+$/u.exec(head)?.[0] ?? "";
  if (JOINTS.has(tail)) return completesWord(stem, tail, lexicon) ? "split" : "space";
  return keepsHyphen(head, stem, tail, lexicon) || isSetApart(stem, tail, usage) ? "kept" : "split";
}

const isSetApart = (stem: string, tail: string, usage: Usage): boolean =>
  usage.parts(stem, tail) && !usage.hasWordIn(stemOf(stem, tail));

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
  return isSameVowel(stem, tail);
}

const isSameVowel = (head: string, tail: string): boolean =>
  head.at(-1)?.toLowerCase() === tail[0]?.toLowerCase() && /[aeiouyäöå]/iu.test(tail[0] ?? "");

const isAllCapitals = (word: string): boolean => word.length > 1 && /^\p{Lu}+$/u.test(word);

/** A word may begin with a capital because its sentence does. */
const isWord = (lexicon: Lexicon, word: string): boolean =>
  lexicon.isWord(word) || (/^\p{Lu}/u.test(word) && lexicon.isWord(word[0]?.toLowerCase() + word.slice(1)));

const STRAY = /(?<![\p{L}\p{N}-])(\p{L}{2,})-( ?)(\p{Ll}{2,})(?![\p{L}-])/gu;
/** What a name stands before, with a hyphen that its writer meant: "Talous ja suunnittelu-yksikkö", "maanhankinta-tiimin". */
const NAMED = /^(?:yksik|tiimi|osasto|toimiala|hank|ohjelma|järjestelm|palvelu|lomak|verkosto)/u;

/**
 * Text that was pasted out of a typeset page keeps its line-end hyphens in the middle of lines ("edel-lyttävän", "lautakun- nan").
 * Such a hyphen goes only on certain grounds, with a lexicon that knows the word without it:
 *
 * 1. One of its halves is no word at all (with a space behind it, the first), and the word is unknown with it.
 * 2. Both are words, but the document writes the word whole elsewhere ("vahingonkorvaus-vaatimuksen", "Pirkan-maan"). It stays between
 *    equal vowels, and before what a name may be the name of.
 *
 * Two words that the document sets apart and nowhere writes as one may be meant so ("tilaaja-tuottajamalli"): text is not mended by guess.
 */
export function mendStrayHyphens(text: string, words: Words): string {
  const { lexicon } = words;
  if (lexicon === null || !text.includes(HYPHEN)) return text;
  return text.replace(STRAY, (written, head: string, space: string, tail: string) => {
    const isStray =
      space === ""
        ? isHalfWord(head, tail, lexicon) || isWholeElsewhere(head, tail, words)
        : isStrayBeforeSpace(head, tail, lexicon);
    if (!isStray) return written;
    words.joins.push({ written, read: head + tail });
    return head + tail;
  });
}

const isStrayBeforeSpace = (head: string, tail: string, lexicon: Lexicon): boolean =>
  isWord(lexicon, head + tail) && !isWord(lexicon, head);

const isHalfWord = (head: string, tail: string, lexicon: Lexicon): boolean =>
  isWord(lexicon, head + tail) &&
  !(isWord(lexicon, head) && isWord(lexicon, tail)) &&
  !isWord(lexicon, `${head}-${tail}`);

const isWholeElsewhere = (head: string, tail: string, { lexicon, usage }: Words): boolean =>
  lexicon !== null &&
  [head, tail, head + tail].every((word) => isWord(lexicon, word)) &&
  !isSameVowel(head, tail) &&
  !NAMED.test(tail) &&
  usage.hasWordIn(stemOf(head, tail));

/** What all cases of the word begin with: endings change its last letters. */
const stemOf = (head: string, tail: string): string =>
  `${head}${tail.slice(0, Math.max(3, tail.length - 4))}`.toLowerCase();
