/**
 * Rows that the full-text index has not taken in yet: their terms, in memory. There are never many, or it takes them in. Among
 * them the library finds what has one of the words where all are asked for, and no phrase at all; so their terms are read.
 */
import { bestTexts, isSince, rowsSince, type ScoredText, type Searched } from "./ask.ts";
import type { Facts } from "./facts.ts";

export interface Recent {
  /** The first fragment that was read, and the first that was not. */
  from: number;
  to: number;
  /** Terms of rows by their place. */
  texts: ReadonlyMap<number, string>;
}

export const NO_RECENT: Recent = { from: 0, to: 0, texts: new Map() };

/** Changes are written so many together at most (indexer.ts): a larger fragment comes from building or from joining. */
const LARGEST_RECENT = 500;

/** Brings what is known of recent rows to this version of the index, where `unindexed` rows are in no index. */
export async function readRecent(before: Recent, searched: Searched, unindexed: number): Promise<Recent> {
  if (unindexed === 0) return NO_RECENT;
  const from = firstRecent(searched.facts, unindexed);
  const isContinued = before.texts.size > 0 && before.from <= from && before.to > from;
  const texts = new Map(isContinued ? before.texts : []);
  for await (const { place, text } of rowsSince(searched, isContinued ? before.to : from)) texts.set(place, text);
  return { from: isContinued ? before.from : from, to: searched.facts.nextFragment, texts };
}

/**
 * The newest fragments that hold so many rows. Rows deleted since are counted too, so twice as many are taken: one that is
 * read without need does no harm.
 */
function firstRecent({ starts, size }: Facts, unindexed: number): number {
  let from = Number.POSITIVE_INFINITY;
  let end = size;
  for (const [fragment, start] of [...starts].toReversed()) {
    if (end - start > LARGEST_RECENT || size - end >= 2 * unindexed) break;
    from = fragment;
    end = start;
  }
  return from;
}

/** Recent rows that have any of the terms, with all that they have. */
export async function recentRows(
  searched: Searched,
  { texts, from }: Recent,
  terms: readonly string[],
  where: string | null,
): Promise<ScoredText[]> {
  if (texts.size === 0) return [];
  const isRecent = where === null ? isSince(from) : `(${where}) AND ${isSince(from)}`;
  const rows = await bestTexts(searched, { terms, need: "any", where: isRecent, limit: texts.size });
  return rows.filter(({ place }) => texts.has(place));
}
