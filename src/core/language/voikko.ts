import koffi, { type LibraryHandle } from "koffi";
import { loadLibrary } from "./shared-library.ts";
import { analysisOf, lemmasOfReadings, type Analysis, type Reading } from "./reading.ts";
import { remembering } from "./words.ts";

/**
 * libvoikko 4 bound as functions (https://voikko.puimula.org, `voikko.h`). Calls are synchronous and take about 30 µs
 * a word; whoever asks for running text puts the cache of `words.ts` in between.
 *
 * No input can harm the process: what cannot be a Finnish word is answered without calling C.
 */
export interface Voikko {
  /** Is the word spelt right? Case matters as in the dictionary: "Vallilan" is a word, "vallilan" is not. */
  isWord(word: string): boolean;
  /** Everything that one call tells: lemmas, compound parts and compound borders. */
  analyse(word: string): Analysis;
  /** Base forms in lower case, all of them when the word has several readings; none when it is unknown. */
  lemmas(word: string): readonly string[];
  /** The base forms that a compound or derived word is made of; none for a simple or unknown word. */
  parts(word: string): readonly string[];
  /** Offsets (UTF-16) at which a part of a compound begins, in every reading of the word: [5] for "määrärahasta". */
  compoundBorders(word: string): readonly number[];
  /** Offsets (UTF-16) at which a line may be broken: [3, 5, 7, 10] for "määrärahasta". */
  hyphenationPoints(word: string): readonly number[];
  /** Frees the dictionary; from then on every word is unknown. */
  close(): void;
}

export interface VoikkoFiles {
  /** Path or plain name of the shared library, as the dynamic linker takes it. */
  library: string;
  /** Folder that holds `5/mor-standard`; left out, the library looks where it was built to look. */
  dictionary?: string;
  /** Folders with the libraries that libvoikko needs, for those the system lacks. */
  needed?: readonly string[];
}

/** Longer than any Finnish word, and well below the 255 characters at which libvoikko itself gives up. */
export const MAX_WORD_LENGTH = 100;
/** Letters of the Latin script with what Finnish spelling puts between them; this leaves out NUL, lone surrogates and emoji. */
const POSSIBLE_WORD = /^[\p{Script=Latin}\p{M}\d'’:.-]+$/u;

const REMEMBERED_PARTS = 5_000;

const VOIKKO_SPELL_OK = 1;
/** No break that leaves a single vowel or splits a long one: a rule of good typography that is off by default. */
const VOIKKO_OPT_NO_UGLY_HYPHENATION = 4;

type Pointer = bigint | null;
type Functions = ReturnType<typeof bind>;

/** Opens libvoikko with a Finnish dictionary. Errors: the linker's or libvoikko's own message when either cannot be loaded. */
export function loadVoikko(files: VoikkoFiles): Voikko {
  const c = bind(loadLibrary(files.library, files.needed ?? []));
  let handle: Pointer = open(c, files.dictionary ?? null);
  c.setBooleanOption(handle, VOIKKO_OPT_NO_UGLY_HYPHENATION, 1);
  /** Calls C for what may be a word. Once closed, nothing is: a handle that was freed must never reach C. */
  const ask = <Answer>(word: string, unknown: Answer, call: (handle: bigint) => Answer): Answer =>
    handle !== null && isPossibleWord(word) ? call(handle) : unknown;
  const readingsOf = (word: string) => ask(word, [], (handle) => readings(c, handle, word));
  const lemmas = (word: string) => lemmasOfReadings(readingsOf(word));
  // Few derived words recur in many compounds: "hankinta", "asiointi".
  const lemmasOfPart = remembering(lemmas, REMEMBERED_PARTS);
  const analyse = (word: string) => analysisOf(word, readingsOf(word), lemmasOfPart);
  return {
    isWord: (word) => ask(word, false, (handle) => c.spell(handle, word) === VOIKKO_SPELL_OK),
    analyse,
    lemmas,
    parts: (word) => analyse(word).parts,
    compoundBorders: (word) => analyse(word).borders,
    hyphenationPoints: (word) => ask(word, [], (handle) => breaks(c.hyphenate(handle, word))),
    close() {
      if (handle !== null) c.terminate(handle);
      handle = null;
    },
  };
}

const isPossibleWord = (word: string) => word.length <= MAX_WORD_LENGTH && POSSIBLE_WORD.test(word);

/** The C functions; strings that libvoikko allocates are copied and freed by koffi (`disposable`). */
function bind(library: LibraryHandle) {
  const freeString: (text: Pointer) => void = library.func("voikkoFreeCstr", "void", ["void *"]);
  const freeValue: (text: Pointer) => void = library.func("voikko_free_mor_analysis_value_cstr", "void", ["void *"]);
  const init: (error: [string | null], language: string, path: string | null) => Pointer = library.func(
    "voikkoInit",
    "void *",
    [koffi.out(koffi.pointer("str")), "str", "str"],
  );
  const terminate: (handle: Pointer) => void = library.func("voikkoTerminate", "void", ["void *"]);
  const setBooleanOption: (handle: Pointer, option: number, value: number) => number = library.func(
    "voikkoSetBooleanOption",
    "int",
    ["void *", "int", "int"],
  );
  const spell: (handle: Pointer, word: string) => number = library.func("voikkoSpellCstr", "int", ["void *", "str"]);
  const hyphenate: (handle: Pointer, word: string) => string | null = library.func(
    "voikkoHyphenateCstr",
    koffi.disposable("str", freeString),
    ["void *", "str"],
  );
  const analyse: (handle: Pointer, word: string) => Pointer = library.func("voikkoAnalyzeWordCstr", "void *", [
    "void *",
    "str",
  ]);
  const value: (analysis: bigint, key: string) => string | null = library.func(
    "voikko_mor_analysis_value_cstr",
    koffi.disposable("str", freeValue),
    ["void *", "str"],
  );
  const freeAnalyses: (analyses: Pointer) => void = library.func("voikko_free_mor_analysis", "void", ["void *"]);
  return { init, terminate, setBooleanOption, spell, hyphenate, analyse, value, freeAnalyses };
}

function open(c: Functions, dictionary: string | null): bigint {
  const error: [string | null] = [null];
  const handle = c.init(error, "fi", dictionary);
  if (handle === null) throw new Error(`libvoikko: ${error[0] ?? "no Finnish dictionary"}`);
  return handle;
}

function readings(c: Functions, handle: bigint, word: string): Reading[] {
  const analyses = c.analyse(handle, word);
  if (analyses === null) return [];
  try {
    return pointersUntilNull(analyses).map((analysis) => ({
      baseForm: c.value(analysis, "BASEFORM") ?? "",
      structure: c.value(analysis, "STRUCTURE") ?? "",
      wordBases: c.value(analysis, "WORDBASES") ?? "",
    }));
  } finally {
    c.freeAnalyses(analyses);
  }
}

const POINTER = koffi.pointer("void");
const POINTER_SIZE = koffi.sizeof(POINTER);

/**
 * A C array that ends with NULL. It has to be read one by one: its length is not known, and reading a fixed number of
 * pointers runs past the allocated block and crashes.
 */
function pointersUntilNull(array: bigint): bigint[] {
  const pointers: bigint[] = [];
  for (;;) {
    const pointer: Pointer = koffi.decode(array, pointers.length * POINTER_SIZE, POINTER);
    if (pointer === null) return pointers;
    pointers.push(pointer);
  }
}

/** libvoikko's pattern has one sign for each letter: "-" where a break may come before it, "=" where the letter is a hyphen. */
function breaks(pattern: string | null): number[] {
  return [...(pattern ?? "").matchAll(/-/g)].map((sign) => sign.index);
}
