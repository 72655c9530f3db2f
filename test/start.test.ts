/** `npm start` as whoever tries the service meets it: the first start, the stop, a start after a crash, and nothing left behind. */
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { chmod, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { type AddressInfo, connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { startPostgres } from "#core/postgres.ts";
import FLAGS from "../bin/setup/node-flags.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const NPM_START = ["bin/start.mjs"];
/** The service itself, without the process that stands between it and the terminal. */
const MAIN = [...FLAGS.service, ...FLAGS.typescript, "src/main.ts"];
const SEED = "/fi/helsinki/paatokset/HEL-2015-004216-29";

let folder = "";
let port = 0;
/** Another program, at the port that the service would have. */
const other = createServer();
const started = new Set<ChildProcess>();

interface Service {
  process: ChildProcess;
  address: string;
  /** What it said until it was up. */
  said: string;
}

/** Starts and waits until the service says where it is. */
async function start(args: string[], wanted: number): Promise<Service> {
  const settings = {
    DATA_DIR: folder,
    PORT: String(wanted),
    DEMO: "on",
    LOG_FORMAT: "text",
    DATABASE_URL: "",
    PUBLIC_URL: "",
  };
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { ...process.env, ...FLAGS.serviceEnvironment, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  started.add(child);
  const lines: string[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line);
    const address = /Avoin is up: (http:\S+)\/fi/.exec(line)?.[1];
    if (address === undefined) continue;
    child.stdout.resume();
    return { process: child, address, said: lines.join("\n") };
  }
  return assert.fail(`the service did not start:\n${lines.join("\n")}`);
}

async function end({ process: child }: Service, signal: NodeJS.Signals): Promise<number | null> {
  const gone = once(child, "exit");
  child.kill(signal);
  const [code] = (await gone) as [number | null];
  started.delete(child);
  return code;
}

async function assertServes({ address }: Service): Promise<void> {
  const page = await fetch(address + SEED);
  assert.equal(page.status, 200);
  assert.match(await page.text(), /HEL 2015-004216/);
  const ready = await fetch(`${address}/health/ready`);
  assert.equal(ready.status, 200, await ready.text());
}

/** Different decisions at the interface, by following it to the end. */
async function countDecisions({ address }: Service): Promise<number> {
  const refs: string[] = [];
  let next: string | null = `${address}/api/v1/decisions?limit=100`;
  while (next !== null) {
    const answer: Response = await fetch(next);
    const list = (await answer.json()) as { items: { ref: string }[]; next: string | null };
    refs.push(...list.items.map(({ ref }) => ref));
    ({ next } = list);
  }
  assert.equal(new Set(refs).size, refs.length);
  return refs.length;
}

/** Where the database runs, as PostgreSQL itself writes it down. Errors: ENOENT when it does not. */
async function databaseOf(): Promise<{ pid: string; port: number }> {
  const [pid = "", , , listens] = (await readFile(join(folder, "postgres/cluster/postmaster.pid"), "utf8")).split("\n");
  return { pid, port: Number(listens) };
}

/** Neither the service nor its database runs any more. */
async function assertGone({ address }: Service, database: { port: number }): Promise<void> {
  await assert.rejects(fetch(address));
  await assert.rejects(databaseOf(), { code: "ENOENT" });
  await assert.rejects(once(connect(database.port, "127.0.0.1"), "connect"), { code: "ECONNREFUSED" });
}

/** After a test that failed. */
async function stopDatabase(): Promise<void> {
  if (!existsSync(join(folder, "postgres/cluster/postmaster.pid"))) return;
  const database = await startPostgres({ dataDir: join(folder, "postgres"), shared: true, log: () => undefined });
  await database.stop();
}

describe("npm start", () => {
  let loaded = 0;

  before(async () => {
    folder = await realpath(await mkdtemp(join(tmpdir(), "avoin-start-")));
    // The database's own user has to get in.
    await chmod(folder, 0o755);
    await once(other.listen(0, "127.0.0.1"), "listening");
    ({ port } = other.address() as AddressInfo);
  });

  after(async () => {
    other.close();
    for (const child of started) {
      child.kill("SIGKILL");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    }
    await stopDatabase();
    await rm(folder, { recursive: true });
  });

  it("takes the next port when its own is taken, says so, serves the demo, and stops with nothing left", async () => {
    const service = await start(NPM_START, port);
    assert.match(service.said, new RegExp(`Port ${port} is taken; using ${new URL(service.address).port}\\.`));
    await assertServes(service);
    loaded = await countDecisions(service);
    assert.match(service.said, new RegExp(`Loaded ${loaded} decisions`));
    const database = await databaseOf();
    assert.equal(await end(service, "SIGTERM"), 0);
    await assertGone(service, database);
  });

  it("starts at once after a crash, with everything once, and stops with nothing left", async () => {
    const crashed = await start(MAIN, port);
    const database = await databaseOf();
    await end(crashed, "SIGKILL");
    const service = await start(NPM_START, port);
    assert.deepEqual(await databaseOf(), database, "the database that still ran is used");
    assert.doesNotMatch(service.said, /Loaded/);
    await assertServes(service);
    assert.equal(await countDecisions(service), loaded);
    assert.equal(await end(service, "SIGTERM"), 0);
    await assertGone(service, database);
  });
});
