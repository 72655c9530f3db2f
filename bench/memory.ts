/**
 * Memory of the whole service under load: `npm start` in a process of its own with the demo content, twenty connections that ask for
 * pages, searches and the interface for five minutes. Resident memory of the server alone; PostgreSQL has its own processes.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { readFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import FLAGS from "../bin/setup/node-flags.json" with { type: "json" };
import { PATH } from "./seed.ts";
import type { Row } from "./table.ts";

const MINUTES = 5;
const GOAL_MB = 400;
/** What counts as no growth: less than the noise of a garbage collection. */
const GROWTH_MB = 20;

const PATHS = [
  PATH,
  "/fi",
  "/sv/helsinki/beslut",
  "/en/decisions?year=2021",
  "/fi/haku?q=osallisuus",
  "/fi/haku?q=kaupunginhallitus+m%C3%A4%C3%A4r%C3%A4raha",
  "/fi/helsinki/asiat/HEL-2015-004216",
  "/api/v1/decisions?limit=20",
  "/api/v1/search?q=hanke",
  "/fi/paatokset.atom",
  "/fi/kirjaudu",
];

export async function measureMemory(): Promise<Row[]> {
  const dataDir = await mkdtemp(join(tmpdir(), "avoin-memory-"));
  const { child, address } = await start(dataDir);
  try {
    const requests = PATHS.map((path) => ({ path }));
    const load = autocannon({ url: address, connections: 20, duration: MINUTES * 60, requests });
    const after: Record<number, number> = {};
    for (let minute = 1; minute <= MINUTES; minute++) {
      await wait(60_000);
      after[minute] = await residentMb(child);
      console.log(`minute ${minute}: ${after[minute]} MB`);
    }
    const result = await load;
    if (result["5xx"] > 0 || result.errors > 0) throw new Error(`the load failed: ${JSON.stringify(result)}`);
    return rowsOf(after, result.requests.average);
  } finally {
    child.kill("SIGTERM");
    await new Promise((ended) => child.once("exit", ended));
    await rm(dataDir, { recursive: true, force: true });
  }
}

function rowsOf(after: Record<number, number>, rate: number): Row[] {
  const [first = 0, second = 0, last = 0] = [after[1], after[2], after[MINUTES]];
  const workload = `resident memory under ${Math.round(rate)} mixed requests/s`;
  return [
    { workload, goal: `at most ${GOAL_MB} MB after a minute`, figure: `${first} MB`, isMet: first <= GOAL_MB },
    {
      workload: "the same from minute 2 to 5",
      goal: "no growth",
      figure: `${second} MB, then ${last} MB`,
      isMet: last - second <= GROWTH_MB,
    },
  ];
}

async function start(dataDir: string): Promise<{ child: ChildProcess; address: string }> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const env = {
    ...process.env,
    ...FLAGS.serviceEnvironment,
    DATA_DIR: dataDir,
    DEMO: "on",
    PORT: "0",
    RATE_LIMIT: "0",
    LOG_LEVEL: "warn",
  };
  const child = spawn(process.execPath, [...FLAGS.service, ...FLAGS.typescript, "src/main.ts"], { cwd: root, env });
  const address = await new Promise<string>((found, failed) => {
    let said = "";
    child.stdout.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const up = /Avoin is up: (http:\/\/[^/\s]+)/.exec(said)?.[1];
      if (up !== undefined) found(up);
    });
    child.once("exit", () => failed(new Error(`the service did not start: ${said}`)));
  });
  return { child, address };
}

async function residentMb({ pid }: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, "utf8");
  return Math.round(Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024);
}
