/** The decision page against its floors: rendered, from the cache, and 304, at 20 connections. Pairs are measured in turn. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import FLAGS from "../bin/setup/node-flags.json" with { type: "json" };
import { PATH } from "./seed.ts";
import { median, type Row } from "./table.ts";

const ROUNDS = 9;
const SECONDS = 2;

export async function measurePages(): Promise<Row[]> {
  return [
    await compare("decision page, rendered (cache off)", "app-uncached", "bare-render", 0.5),
    await compare("decision page, from the cache", "app", "bare-bytes", 0.7),
    await compare("decision page, 304", "app", "bare-304", 0.7, true),
  ];
}

async function compare(name: string, ours: string, floor: string, goal: number, conditional = false): Promise<Row> {
  const [a, b] = [await start(ours), await start(floor)];
  const etag = conditional ? (await fetch(a.address + PATH)).headers.get("etag") : null;
  const headers = etag === null ? {} : { "if-none-match": etag };
  const pairs: [number, number][] = [];
  await load(a.address, headers, 2);
  await load(b.address, headers, 2);
  for (let n = 0; n < ROUNDS; n++)
    pairs.push([await load(a.address, headers, SECONDS), await load(b.address, headers, SECONDS)]);
  a.child.disconnect();
  b.child.disconnect();
  const ratio = median(pairs.map(([x, y]) => x / y));
  const figure = `${Math.round(median(pairs.map(([x]) => x)))} of ${Math.round(median(pairs.map(([, y]) => y)))} requests/s: ${Math.round(ratio * 100)} %`;
  return { workload: name, goal: `at least ${goal * 100} % of the floor`, figure, isMet: ratio >= goal };
}

async function start(kind: string): Promise<{ address: string; child: ChildProcess }> {
  const isService = kind.startsWith("app");
  const execArgv = [...(isService ? FLAGS.service : []), ...FLAGS.typescript];
  // The benchmark itself runs with the service's environment (bin/run.mjs); a floor is bare.
  const bare = Object.fromEntries(Object.keys(FLAGS.serviceEnvironment).map((name) => [name, undefined]));
  const env = { ...process.env, ...(isService ? FLAGS.serviceEnvironment : bare) };
  const child = fork(fileURLToPath(new URL("./server.ts", import.meta.url)), [kind], { execArgv, env });
  const [address] = (await once(child, "message")) as [string];
  return { address, child };
}

async function load(address: string, headers: Record<string, string>, seconds: number): Promise<number> {
  const result = await autocannon({ url: address + PATH, connections: 20, duration: seconds, headers });
  if (result.errors > 0 || result["5xx"] > 0 || result["4xx"] > 0)
    throw new Error(`the load failed: ${JSON.stringify(result)}`);
  return result.requests.average;
}
