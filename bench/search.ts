/** Searching an archive of a given size through the API, and building the index of it. */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import FLAGS from "../bin/setup/node-flags.json" with { type: "json" };
import { testApp, type TestApp } from "#test/app.ts";
import { fillArchive } from "./archive.ts";
import { dealQueries, type Query } from "./queries.ts";
import type { Taken, Task } from "./search-client.ts";
import { percentile, type Row } from "./table.ts";

const CLIENTS = 4;
const SEARCHES = 1200;
const WARMING = 600;

/** Fills a fresh service with `count` documents, indexes them and searches them. */
export async function measureSearch(count: number): Promise<Row[]> {
  const closing: (() => Promise<void>)[] = [];
  const app = await testApp({ after: (done) => closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
  try {
    await fillArchive(app.db, app.language, count);
    const indexing = await measureIndexing(app, count);
    const address = await app.server.listen({ host: "127.0.0.1", port: 0 });
    return [...indexing, ...(await measureSearches(address, count, app.language.state))];
  } finally {
    for (const close of closing) await close();
  }
}

async function measureIndexing(app: TestApp, count: number): Promise<Row[]> {
  const started = performance.now();
  const eighths: { done: number; at: number; mb: number }[] = [];
  await app.search.rebuild((done) => {
    if (done < ((eighths.length + 1) * count) / 8) return;
    eighths.push({ done, at: performance.now(), mb: process.memoryUsage().rss / 1e6 });
  });
  const perSecond = count / ((performance.now() - started) / 1000);
  const [early, late] = [eighths[1], eighths.at(-1)];
  if (!early || !late) throw new Error("too few documents to tell how building goes");
  // Without the beginning, in which words are met for the first time, and without the end, in which the full-text index is made.
  const speed = (from: typeof early, to: typeof late) => Math.round((to.done - from.done) / ((to.at - from.at) / 1000));
  const middle = eighths[4] ?? late;
  return [
    {
      workload: `building the search index anew, ${count} documents`,
      goal: "",
      figure: `${Math.round(perSecond)} documents/s`,
    },
    {
      workload: "memory while the decisions are read",
      goal: "flat",
      figure: `${Math.round(early.mb)} MB after a quarter, ${Math.round(late.mb)} MB at the end`,
      isMet: late.mb < early.mb * 1.25,
    },
    {
      workload: "memory at its highest, making the full-text index included",
      goal: "",
      figure: `${Math.round(process.resourceUsage().maxRSS / 1000)} MB`,
    },
    {
      workload: "speed of reading over the same",
      goal: "flat",
      figure: `${speed(early, middle)} documents/s in the second quarter, then ${speed(middle, late)}`,
      isMet: speed(middle, late) > speed(early, middle) / 1.25,
    },
  ];
}

/** Several clients search the `count` documents behind the address; each search is asked once. */
export async function measureSearches(address: string, count: number, finnish: string): Promise<Row[]> {
  const queries = await dealQueries(WARMING + SEARCHES);
  const child = fork(fileURLToPath(new URL("./search-client.ts", import.meta.url)), { execArgv: FLAGS.typescript });
  const ask = (some: Query[]) => askIn(child, { address, clients: CLIENTS, queries: some });
  await ask(queries.slice(0, WARMING));
  const taken = await ask(queries.slice(WARMING));
  child.disconnect();
  const goal = count >= 1_000_000 ? 80 : 40;
  const row = (workload: string, some: readonly Taken[]): Row => {
    const times = some.map(({ ms }) => ms);
    const p95 = percentile(times, 0.95);
    return {
      workload,
      goal: `p95 at most ${goal} ms`,
      figure: `p95 ${p95.toFixed(0)} ms, median ${percentile(times, 0.5).toFixed(0)} ms`,
      isMet: p95 <= goal,
    };
  };
  return [
    row(`search through the API, ${count} documents, ${CLIENTS} clients, warm, Finnish by ${finnish}`, taken),
    ...[...Map.groupBy(taken, ({ kind }) => kind)].map(([kind, some]) => row(`— of these, ${kind}`, some)),
  ];
}

async function askIn(child: ChildProcess, task: Task): Promise<Taken[]> {
  child.send(task);
  const [answer] = (await Promise.race([
    once(child, "message"),
    once(child, "exit").then(() => {
      throw new Error("a search of the benchmark failed");
    }),
  ])) as [Taken[]];
  return answer;
}
