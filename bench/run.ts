/**
 * npm run bench [-- PART [COUNT]]: measures workloads and prints their table. PART: pages, sign-in, memory, load, search, or all (the default).
 * COUNT documents are loaded, or searched (20,000).
 */
import { availableParallelism } from "node:os";
import { systemClock } from "#core/clock.ts";
import { fetchVoikko } from "#core/language/fetch-debian.ts";
import { testApp } from "#test/app.ts";
import { measureLoading } from "./load.ts";
import { measureMemory } from "./memory.ts";
import { measurePages } from "./page.ts";
import { measureSearch } from "./search.ts";
import { measureSignIn } from "./sign-in.ts";
import { markdown, type Row } from "./table.ts";

const [part = "all", count = "20000"] = process.argv.slice(2);
const measures: Record<string, () => Promise<Row[]>> = {
  pages: measurePages,
  "sign-in": measureSignIn,
  memory: measureMemory,
  load: () => measureLoad(Number(count)),
  search: () => measureSearch(Number(count)),
};

// Finnish as a first start has it.
await fetchVoikko(".data", systemClock(), console.log);
const rows: Row[] = [];
for (const [name, measure] of Object.entries(measures)) {
  if (part === "all" || part === name) rows.push(...(await measure()));
}
console.log(`\nNode ${process.version}, ${availableParallelism()} cores\n\n${markdown(rows)}`);
process.exit(0);

/** Loads `count` documents into a fresh service. */
async function measureLoad(documents: number): Promise<Row[]> {
  const closing: (() => Promise<void>)[] = [];
  const app = await testApp({ after: (done) => closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
  try {
    return await measureLoading(app, documents);
  } finally {
    for (const close of closing) await close();
  }
}
