/** One way to read a word, as libvoikko writes it: BASEFORM, STRUCTURE and WORDBASES of an analysis. */
export interface Reading {
  /** "määräraha"; names keep their capital. */
  baseForm: string;
  /** One sign for each letter and "=" where a part of a compound begins: "=ppppp=ppppppp". */
  structure: string;
  /** What the word is made of, with base forms and derivational endings: "+osa(osa)+toteutta(toteuttaa)+ja(+ja)". */
  wordBases: string;
}

/** A word as search and typography need it, over all of its readings. */
export interface Analysis {
  /** Base forms in lower case; none when the word is unknown. */
  lemmas: readonly string[];
  /**
   * Base forms of what the word is made of, in lower case and without its lemmas: each part of a compound, compounds
   * inside a longer one, and the word that a derived one comes from.
   */
  parts: readonly string[];
  /** Offsets at which a part of a compound begins, in every reading. */
  borders: readonly number[];
}

/** Base forms of a word form, as the dictionary has them. */
export type LemmasOf = (wordForm: string) => readonly string[];

/** A piece of a word between two compound borders. */
interface Piece {
  /** The piece as it stands in the word, with the hyphen that follows it. */
  surface: string;
  /** The base form that WORDBASES gives: of a derived word it is the one before derivation, "toteuttaa" of "toteuttajan". */
  root: string;
  derived: boolean;
}

const NONE: readonly never[] = Object.freeze([]);
const UNKNOWN: Analysis = Object.freeze({ lemmas: NONE, parts: NONE, borders: NONE });

/**
 * Joins the readings of a word. A word that could be several things is all of them: search must not guess. But a word
 * that need not be cut is not: "voimassa" (in force) is no compound of "voi" (butter) and "massa".
 *
 * `lemmasOf` is asked of derived parts, whose own base form WORDBASES does not tell.
 */
export function analysisOf(word: string, readings: readonly Reading[], lemmasOf: LemmasOf): Analysis {
  if (readings.length === 0) return UNKNOWN;
  const lemmas = lemmasOfReadings(readings);
  const known = new Set([...lemmas, word.toLowerCase()]);
  const parts = leastCut(readings).flatMap((reading) => partsOf(reading, lemmasOf));
  const proper = new Set(parts.filter((part) => part.length > 1 && !known.has(part)));
  return {
    lemmas,
    parts: proper.size === 0 ? NONE : [...proper],
    borders: commonBorders(word, readings),
  };
}

/** The different base forms, in lower case. */
export function lemmasOfReadings(readings: readonly Reading[]): readonly string[] {
  return [...new Set(readings.map(({ baseForm }) => baseForm.toLowerCase()).filter((lemma) => lemma !== ""))];
}

function leastCut(readings: readonly Reading[]): readonly Reading[] {
  const cuts = readings.map(({ structure }) => bordersOf(structure).length);
  const fewest = Math.min(...cuts);
  return readings.filter((_, index) => cuts[index] === fewest);
}

function partsOf(reading: Reading, lemmasOf: LemmasOf): string[] {
  const pieces = piecesOf(reading);
  const bases = pieces.map((piece, index) =>
    basesOf(piece, index === pieces.length - 1 ? reading : null, pieces, lemmasOf),
  );
  const simple = pieces.flatMap(({ root }, index) => [...insideOf(root), ...(bases[index] ?? [])]);
  return [...simple, ...innerCompounds(pieces, bases)].map((part) => part.replaceAll("=", "").toLowerCase());
}

/** "auki=olo" is one entry of the dictionary and yet a compound: itself and both of its halves. */
const insideOf = (root: string): string[] => (root.includes("=") ? [root, ...root.split("=")] : [root]);

/**
 * WORDBASES lists, each after a "+": words with their base, "määrä(määrä)", and what that was derived with,
 * "valmistel(valmistaa)(+la)"; derivational endings, "jan(+ja)"; hyphens; prefixes, "yli"; and bare fragments of endings,
 * "täv", told from prefixes by not filling the space between two borders.
 */
function piecesOf(reading: Reading): Piece[] {
  const borders = new Set([0, ...bordersOf(reading.structure)]);
  const pieces: Piece[] = [];
  let start = 0;
  for (const [, surface = "", bases = ""] of reading.wordBases.matchAll(/\+([^+(]*)((?:\([^)]*\))*)/g)) {
    const end = start + surface.length;
    const last = pieces.at(-1);
    const isPrefix = bases === "" && surface !== "-" && borders.has(start) && borders.has(end);
    if (isPrefix) pieces.push({ surface, root: surface, derived: false });
    else if (bases !== "" && !bases.startsWith("(+")) pieces.push(wordPiece(surface, bases));
    else if (last !== undefined) extend(last, surface);
    start = end;
  }
  return pieces;
}

function wordPiece(surface: string, bases: string): Piece {
  const [root = surface, ...endings] = bases.slice(1, -1).split(")(");
  return { surface, root, derived: endings.length > 0 };
}

function extend(piece: Piece, surface: string) {
  piece.surface += surface;
  if (surface !== "-") piece.derived = true;
}

/** What a piece would be called by itself. `whole` is the reading when the piece ends the word, and null before that. */
function basesOf(piece: Piece, whole: Reading | null, pieces: readonly Piece[], lemmasOf: LemmasOf): readonly string[] {
  if (!piece.derived) return [piece.root];
  if (whole === null) return lemmasOf(piece.surface.replace(/-$/, ""));
  const before = surfaceOf(pieces.slice(0, -1));
  // Only the end of a Finnish compound inflects, so what stands before it is in the base form as it is in the word.
  return whole.baseForm.toLowerCase().startsWith(before.toLowerCase()) ? [whole.baseForm.slice(before.length)] : NONE;
}

const surfaceOf = (pieces: readonly Piece[]) => pieces.map((piece) => piece.surface).join("");

/** "kaupunginhallitus" and "hallitusesitys" in "kaupunginhallitusesitys": who asks for either must find the longer word. */
function innerCompounds(pieces: readonly Piece[], bases: readonly (readonly string[])[]): string[] {
  const compounds: string[] = [];
  for (let first = 0; first < pieces.length - 1; first++) {
    for (let last = first + 1; last < pieces.length; last++) {
      const isWhole = first === 0 && last === pieces.length - 1;
      const start = surfaceOf(pieces.slice(first, last));
      if (!isWhole) compounds.push(...(bases[last] ?? []).map((base) => start + base));
    }
  }
  return compounds;
}

function commonBorders(word: string, readings: readonly Reading[]): readonly number[] {
  const all = readings.filter((reading) => lengthOf(reading.structure) === word.length);
  const [first = [], ...others] = all.map((reading) => bordersOf(reading.structure));
  const common = first.filter((border) => others.every((borders) => borders.includes(border)));
  return common.length === 0 ? NONE : common;
}

const lengthOf = (structure: string) => structure.replaceAll("=", "").length;

function bordersOf(structure: string): number[] {
  const borders: number[] = [];
  let offset = 0;
  for (const sign of structure) {
    if (sign !== "=") offset += 1;
    else if (offset > 0) borders.push(offset);
  }
  return borders;
}
