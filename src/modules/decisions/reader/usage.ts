/** How a document writes a word elsewhere: what a line end hides in one place may stand whole in another. */
export interface Usage {
  /** Does a word begin so? In small letters. */
  hasWordIn(beginning: string): boolean;
  /** Does it write "head- ja tail…" with a conjunction between, and a tail so long that head and tail are hardly one word too? */
  parts(head: string, tail: string): boolean;
}

export const NO_USAGE: Usage = { hasWordIn: () => false, parts: () => false };

export const CONJUNCTIONS = "ja tai sekä eli taikka tahi kuin että vai och eller samt respektive and or".split(" ");

/** Lengths are bounded so that no text makes the search slow. */
const WORD = /(?<!\p{L})\p{L}{5,80}/gu;
/** Shorter tails make words of their own with the same heads: a document on "jäte- ja vesihuolto" writes "jätevesihuolto", too. */
const LONG_TAIL = 12;
const CUT_SHORT = new RegExp(
  String.raw`(?<!\p{L})(\p{L}{2,80})- (?:${CONJUNCTIONS.join("|")}) (\p{L}{${LONG_TAIL},80})`,
  "gu",
);

/** Of a text that is asked for, and looked through, only when the first question comes. */
export function usageOf(textOf: () => string): Usage {
  let found: { words: string[]; pairs: Set<string> } | undefined;
  const usage = () => (found ??= wordsAndPairs(textOf().toLowerCase()));
  return {
    hasWordIn: (beginning) => firstFrom(usage().words, beginning)?.startsWith(beginning) ?? false,
    parts: (head, tail) =>
      tail.length >= LONG_TAIL && usage().pairs.has(pairOf(head.toLowerCase(), tail.toLowerCase())),
  };
}

const wordsAndPairs = (text: string) => ({
  words: [...new Set(text.match(WORD) ?? [])].sort(),
  pairs: new Set([...text.matchAll(CUT_SHORT)].map(([, head = "", tail = ""]) => pairOf(head, tail))),
});

const pairOf = (head: string, tail: string): string => `${head}-${tail.slice(0, LONG_TAIL)}`;

/** The first of the sorted words that is not before the given one. */
function firstFrom(words: readonly string[], word: string): string | undefined {
  let [from, to] = [0, words.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if ((words[middle] ?? "") < word) from = middle + 1;
    else to = middle;
  }
  return words[from];
}
