import { LRUCache } from "lru-cache";

/**
 * How many analyses of Finnish words are remembered: about 50 MB of heap when full. 110 decisions of Helsinki have 12,000
 * different word forms, and their number grows ever slower with more.
 */
const REMEMBERED_ANALYSES = 200_000;

/** How many words are remembered of those that a dictionary does not know, or that have only a stem. */
const REMEMBERED_STEMS = 50_000;

/** A bounded memory of words: the least recently used one is forgotten first. */
export type WordCache<Value extends object> = Pick<LRUCache<string, Value>, "get" | "set">;

/**
 * For words that a dictionary does not know, or that have only a stem. The bound is told as a size, each word being one: told as a number of
 * words, the cache takes room for all of them at once, 9 MB in a service that has met a twentieth.
 */
export const wordCache = <Value extends object>(most = REMEMBERED_STEMS): WordCache<Value> =>
  new LRUCache<string, Value>({ maxSize: most, sizeCalculation: () => 1 });

/** The same function, remembering its answers: by default as many as a dictionary's analyses deserve. */
export function remembering<Value extends object>(
  answer: (word: string) => Value,
  max = REMEMBERED_ANALYSES,
): (word: string) => Value {
  const cache = wordCache<Value>(max);
  return (word) => {
    const known = cache.get(word);
    if (known !== undefined) return known;
    const value = answer(word);
    cache.set(word, value);
    return value;
  };
}
