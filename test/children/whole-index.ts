/** Builds a search index that the library would divide, in the given folder, and says how many have a word that one of 6,000 has, and another. */
import { addRows, closeIndex, createIndex, finishIndex, indexMemory } from "#modules/search/engine.ts";
import { MatchQuery, Operator } from "#modules/search/native.ts";
import type { IndexRow } from "#modules/search/rows.ts";

const ENTRIES = 6_000;
const WORDS = 200;

const [folder = ""] = process.argv.slice(2);
const index = await createIndex(folder, indexMemory());
await addRows(
  index,
  Array.from({ length: ENTRIES }, (_, n) => row(n)),
);
await finishIndex(index);
const both = new MatchQuery("once often", "text", { operator: Operator.And });
const found = await index.table.query().fullTextSearch(both).fastSearch().select(["_score"]).toArray();
process.stdout.write(`${found.length}\n`);
closeIndex(index);

/** Mostly words of its own, so that the index is large. */
function row(n: number): IndexRow {
  const words = Array.from({ length: WORDS }, (_, nth) => `w${(n * WORDS + nth) % 100_003}`);
  const text = ["often", ...(n === 17 ? ["once"] : []), ...words].join("\n");
  return { key: `decision/oulu/${n}`, text, city: "oulu", maker: "", class: "", year: 0, day: 0, bucket: 0 };
}
