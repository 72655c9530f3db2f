/** Words in quotation marks: what has them next to each other, in any of their forms. */
import type { Groups, SearchFilter } from "#core/search-source.ts";
import { bestTexts, type Scored } from "./ask.ts";
import { conjunctions, COUNTED, type Matches, type Search } from "./matches.ts";
import { recentRows } from "./recent.ts";
import { hasAll, hasPhrase } from "./terms.ts";
import { whereOf } from "./where.ts";

export interface PhraseSearch extends Search {
  /** Each the terms of words that stand next to each other; none for a search without quotation marks. */
  phrases: readonly Groups[];
}

/**
 * All that have the phrases and the other words, or the best of them. The index finds what has the words of the first phrase
 * close to each other; its terms say the rest. Of more than 1,000 such entries the best are looked at.
 */
export async function phraseMatches(search: PhraseSearch, filter: SearchFilter): Promise<Matches> {
  const { snapshot, groups, phrases } = search;
  const where = whereOf(filter);
  const ways = conjunctions(snapshot.sample, phrases[0] ?? []);
  const lists = await Promise.all(
    ways.map((terms) => bestTexts(snapshot, { terms, need: "near", where, limit: COUNTED + 1 })),
  );
  const has = ({ text }: { text: string }) =>
    hasAll(text, groups) && phrases.every((phrase) => hasPhrase(text, phrase));
  const rows = new Map(
    lists
      .flat()
      .filter(has)
      .map((row): [number, Scored] => [row.place, row]),
  );
  for (const row of await recentRows(snapshot, snapshot.recent, groups.flat(), where))
    if (has(row)) rows.set(row.place, row);
  return { rows: [...rows.values()], isAll: lists.every((list) => list.length <= COUNTED) };
}
