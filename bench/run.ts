/**
 * npm run bench [-- PART [COUNT]]: measures workloads and prints their table. PART: pages, load, or all (the default).
 * COUNT documents are loaded and searched (20,000).
 */
import { availableParallelism } from "node:os";
import { measureLoadAndSearch } from "./load.ts";
import { measurePages } from "./page.ts";
import { markdown, type Row } from "./table.ts";

const [part = "all", count = "20000"] = process.argv.slice(2);
const rows: Row[] = [];
if (part !== "load") rows.push(...(await measurePages()));
if (part !== "pages") rows.push(...(await measureLoadAndSearch(Number(count))));
console.log(`\nNode ${process.version}, ${availableParallelism()} cores\n\n${markdown(rows)}`);
process.exit(0);
