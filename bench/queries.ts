/** Searches as people type them: words of the real decisions in the forms they stand in, each search another one. */
import { readFile } from "node:fs/promises";
import { wordsOf } from "#core/language/split.ts";
import { cards } from "./cards.ts";

const REAL = new URL("../data/demo/decisions/helsinki/ahjo-decisions.json", import.meta.url);

export type Kind = "rare word" | "common word" | "two words" | "several common words" | "filtered" | "by date";

export interface Query {
  kind: Kind;
  /** What stands behind "?" in the address. */
  search: string;
}

/** `count` different searches, a sixth of each kind, in turn. */
export async function dealQueries(count: number): Promise<Query[]> {
  const { rare, medium, common } = await wordsByShare();
  const next = cards(7);
  const one = <T>(from: readonly T[]): T => {
    const card = from[next() % from.length];
    if (card === undefined) throw new Error("there is nothing to draw from");
    return card;
  };
  const filters = (): Record<string, string> =>
    one([
      { city: one(["helsinki", "espoo", "oulu"]) },
      { year: String(2000 + (next() % 24)) },
      { class: one(["02", "10", "00"]) },
      { city: "helsinki", year: String(2000 + (next() % 24)) },
    ]);
  const makers: Record<Kind, () => Record<string, string>> = {
    "rare word": () => ({ q: one(rare) }),
    "common word": () => ({ q: one(common) }),
    "two words": () => ({ q: `${one(medium)} ${one(medium)}` }),
    "several common words": () => ({ q: `${one(common)} ${one(common)} ${one(common)}` }),
    filtered: () => ({ q: one([one(rare), one(medium), `${one(common)} ${one(medium)}`]), ...filters() }),
    "by date": () => ({ q: one([one(medium), one(common)]), sort: "date" }),
  };
  const kinds = Object.entries(makers) as [Kind, () => Record<string, string>][];
  const dealt = new Map<string, Query>();
  for (let n = 0; dealt.size < count; n++) {
    const [kind, make] = kinds[n % kinds.length] ?? kinds[0] ?? [];
    if (!kind || !make) break;
    const search = new URLSearchParams(make()).toString();
    dealt.set(search, { kind, search });
  }
  return [...dealt.values()];
}

/** Words of at least five letters, by the share of the real decisions that have them. */
async function wordsByShare(): Promise<{ rare: string[]; medium: string[]; common: string[] }> {
  const { decisions } = JSON.parse(await readFile(REAL, "utf8")) as { decisions: { Content: string }[] };
  const counts = new Map<string, number>();
  for (const { Content } of decisions) {
    const words = wordsOf(Content.replaceAll(/<[^>]*>|&\w+;/g, " ")).map(({ word }) => word.toLowerCase());
    for (const word of new Set(words.filter((word) => /^\p{L}{5,}$/u.test(word))))
      counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const between = (from: number, to: number) =>
    [...counts].filter(([, n]) => n / decisions.length >= from && n / decisions.length < to).map(([word]) => word);
  return { rare: between(0, 0.015), medium: between(0.03, 0.15), common: between(0.3, 1.1) };
}
