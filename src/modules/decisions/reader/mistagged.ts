/** What the tags of a page do not tell, or tell wrong: lead-ins set as headings, headings and lists set as lines of text. */
import { isDecision } from "./decision-maker.ts";
import { headingKind } from "./headings.ts";
import type { Piece } from "./piece.ts";
import { tidyLine } from "./tidy.ts";

type TextPiece = Extract<Piece, { kind: "text" }>;

/** Pieces as their words and their places show them to be, each rule only on certain grounds. */
export const retagged = (pieces: readonly Piece[]): Piece[] =>
  withHeadings(withLabelledLists(firstLinesApart(leadIns(pieces))));

/** "Yritystontit -tiimin päällikkö päätti:" before a list is the sentence that the list belongs to, whatever it is set as. */
const leadIns = (pieces: readonly Piece[]): Piece[] =>
  pieces.map((piece, i) =>
    piece.kind === "subheading" && pieces[i + 1]?.kind === "list" && tidyLine(piece.text).endsWith(":")
      ? { kind: "text", text: piece.text }
      : piece,
  );

const LONGEST_HEADING = 70;
/** As long as a paragraph that says something, and longer than any heading. */
const RUNNING_TEXT = 120;

/** A few words from a capital, with neither a number nor a sign at their end. */
const isTitle = (text: string): boolean =>
  text.length <= LONGEST_HEADING && /^\p{Lu}/u.test(text) && /[\p{L}\d]$/u.test(text);
const isRunningText = (text: string, least: number): boolean =>
  text.length >= least && /[.:!?)][”")\s–-]*$/u.test(text);

/** A paragraph whose first line may be a heading. */
interface Divided {
  first: string;
  rest: string;
}

/**
 * "Taustaa", a break, and a long text: a paragraph whose first line is a heading. One that is none of the known must be the beginning of
 * no sentence, and another paragraph must be set so too; in doubt it stays text, which loses its beginning to a wrong heading.
 */
function firstLinesApart(pieces: readonly Piece[]): Piece[] {
  const divided = pieces.map(dividedAtLine);
  const areSeveral = divided.filter((found) => found !== null && isNewHeading(found)).length > 1;
  return pieces.flatMap((piece, i) => {
    const found = divided[i] ?? null;
    if (found === null || !(isKnownHeading(found) || (areSeveral && isNewHeading(found)))) return [piece];
    return [
      { kind: "subheading" as const, text: found.first },
      { kind: "text" as const, text: found.rest },
    ];
  });
}

function dividedAtLine(piece: Piece): Divided | null {
  if (piece.kind !== "text") return null;
  const end = piece.text.indexOf("\n");
  const first = tidyLine(piece.text.slice(0, Math.max(end, 0)));
  if (first === "" || !isTitle(first) || /\d/u.test(first) || isDecision(first)) return null;
  const rest = piece.text.slice(end + 1);
  return /^\p{Lu}/u.test(tidyLine(rest)) ? { first, rest } : null;
}

const isKnownHeading = ({ first, rest }: Divided): boolean =>
  headingKind(first) !== null && isRunningText(tidyLine(rest), 1);

const isNewHeading = ({ first, rest }: Divided): boolean =>
  headingKind(first) === null && !beginsSentence(first) && isRunningText(tidyLine(rest), RUNNING_TEXT);

const MOST_WORDS_OF_HEADING = 4;
/** "Sopimuksen osapuolina ovat", "Päätöksestä ilmoitetaan": forms that only verbs have. */
const VERB =
  /(?<!\p{L})(?:on|oli|ei|lienee|är|var|har|(?:\p{L}+(?:vat|vät|[td]aan|[td]ään|tiin|isi))|\p{L}+(?:nut|nyt|neet|t[ut]u|t[yt]y))(?!\p{L})/iu;
/** What goes on behind such a word: a genitive, a conjunction, or a verb in the third person ("Kaupunki myy", "Vuokraajana toimii"). */
const GOES_ON = /(?:n|aa|ää|ee|ii|oo|uu|yy|öö|(?<!\p{L})(?:ja|sekä|tai|eli|että|jotta|jos|kun|koska|och|eller|att))$/u;

const beginsSentence = (line: string): boolean =>
  line.split(" ").length > MOST_WORDS_OF_HEADING || VERB.test(line) || GOES_ON.test(line);

const linesOf = ({ text }: TextPiece): string[] => text.split("\n").map(tidyLine).filter(Boolean);
const lastWord = (line: string | undefined): string => /\p{L}+$/u.exec(line ?? "")?.[0] ?? "";

/**
 * After a sentence that ends in a colon, groups of short lines whose first lines end in the same word, and no other does ("Etelän
 * palvelualue", "Idän palvelualue"): each first line is the label of a list.
 */
function withLabelledLists(pieces: readonly Piece[]): Piece[] {
  const found: Piece[] = [];
  for (let i = 0; i < pieces.length; i++) {
    const piece = pieces[i];
    if (piece === undefined) break;
    found.push(piece);
    if (piece.kind !== "text" || !tidyLine(piece.text).endsWith(":")) continue;
    const groups = groupsFrom(pieces, i + 1);
    found.push(...groups.flatMap(labelledList));
    i += groups.length;
  }
  return found;
}

function groupsFrom(pieces: readonly Piece[], start: number): string[][] {
  const groups: string[][] = [];
  for (const piece of pieces.slice(start)) {
    const lines = piece.kind === "text" ? linesOf(piece) : [];
    if (lines.length < 2 || !lines.every(isTitle)) break;
    groups.push(lines);
  }
  const word = lastWord(groups[0]?.[0]);
  const areAlike = groups.every(
    ([label, ...items]) => lastWord(label) === word && items.every((item) => lastWord(item) !== word),
  );
  return groups.length > 1 && word !== "" && areAlike ? groups : [];
}

const labelledList = ([label = "", ...items]: string[]): Piece[] => [
  { kind: "text", text: label },
  { kind: "list", ordered: false, items },
];

/**
 * "1. Lähtökohdat", text, "2. Tuottotavoite", text …: short paragraphs whose numbers run from 1 without a gap, each before a longer
 * one, are headings; and so are, where there are such, other short paragraphs between them that come before running text.
 */
function withHeadings(pieces: readonly Piece[]): Piece[] {
  const sections = sectionsOf(pieces);
  return sections.flatMap((section) => {
    const numbers = section.flatMap((piece, i) => {
      const number = numberOfHeading(piece, section[i + 1]);
      return number === null ? [] : [number];
    });
    const areHeadings = numbers.length > 1 && numbers.every((number, i) => number === i + 1);
    return areHeadings ? section.map((piece, i) => asHeading(piece, section[i + 1])) : section;
  });
}

/** From heading to heading. */
function sectionsOf(pieces: readonly Piece[]): Piece[][] {
  const sections: Piece[][] = [[]];
  for (const piece of pieces) {
    if (piece.kind === "heading") sections.push([]);
    sections.at(-1)?.push(piece);
  }
  return sections;
}

const NUMBER = /^(\d{1,2})\. (?=\p{Lu})/u;
/** A paragraph under a heading may be short, but not as short as a heading. */
const SHORT_TEXT = LONGEST_HEADING + 1;

function numberOfHeading(piece: Piece, next: Piece | undefined): number | null {
  const number = piece.kind === "text" ? NUMBER.exec(tidyLine(piece.text))?.[1] : undefined;
  return number !== undefined && asHeading(piece, next).kind === "subheading" ? Number(number) : null;
}

function asHeading(piece: Piece, next: Piece | undefined): Piece {
  if (piece.kind !== "text" || next?.kind !== "text") return piece;
  const text = tidyLine(piece.text);
  const isHeading = isTitle(text.replace(NUMBER, "")) && text.length <= LONGEST_HEADING;
  return isHeading && isRunningText(tidyLine(next.text), SHORT_TEXT) ? { kind: "subheading", text } : piece;
}
