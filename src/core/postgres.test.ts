import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, lstat, mkdir, mkdtemp, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type TestContext, after, before, suite, test } from "node:test";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import FLAGS from "../../bin/setup/node-flags.json" with { type: "json" };
import { type Postgres, type PostgresOptions, startPostgres } from "./postgres.ts";

const isRoot = process.getuid?.() === 0;
let dir: string;
let dataDir: string;

/** Stopped at the end of the test at the latest, also when it fails. */
async function start(t: TestContext, more: Partial<PostgresOptions> = {}): Promise<Postgres> {
  const postgres = await startPostgres({ dataDir, fast: true, log: () => undefined, ...more });
  t.after(() => postgres.stop());
  return postgres;
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, unknown>>(sql);
    return rows.flatMap((row) => Object.values(row));
  } finally {
    await client.end();
  }
}

/** Another process that starts the database of `dataDir` and keeps it until it is killed. */
async function startElsewhere(): Promise<{ process: ChildProcess; ownerUrl: string }> {
  const module = new URL("./postgres.ts", import.meta.url).href;
  const script = `import { startPostgres } from ${JSON.stringify(module)};
    const { ownerUrl } = await startPostgres({ dataDir: ${JSON.stringify(dataDir)}, log: () => undefined });
    console.log(ownerUrl);
    setInterval(() => undefined, 1000);`;
  const child = spawn(process.execPath, [...FLAGS.typescript, "--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL("../..", import.meta.url)),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [ownerUrl] = (await once(createInterface(child.stdout), "line")) as [string];
  return { process: child, ownerUrl };
}

async function killHard(child: ChildProcess): Promise<void> {
  child.kill("SIGKILL");
  await once(child, "exit");
}

async function postmasterPid(): Promise<number> {
  return Number((await readFile(join(dataDir, "cluster/postmaster.pid"), "utf8")).split("\n")[0]);
}

suite("embedded PostgreSQL", () => {
  before(async () => {
    dir = await realpath(await mkdtemp(join(tmpdir(), "avoin-postgres-")));
    await chmod(dir, 0o755);
    dataDir = join(dir, "data");
  });
  after(() => rm(dir, { recursive: true }));

  test("two first starts at once make one database, and the last one out stops it", async (t) => {
    const [one, other] = await Promise.all([start(t, { shared: true }), start(t, { shared: true })]);
    assert.equal(one.ownerUrl, other.ownerUrl);
    await one.stop();
    assert.deepEqual(await ask(other.ownerUrl, "select 1"), [1]);
    await other.stop();
    await assert.rejects(ask(other.ownerUrl, "select 1"), { code: "ECONNREFUSED" });
  });

  test("what was written is there after a restart, at the same address", async (t) => {
    const first = await start(t);
    await ask(first.ownerUrl, "create table kept as select 'Päätös' as word");
    await first.stop();
    const second = await start(t);
    assert.equal(second.ownerUrl, first.ownerUrl);
    assert.deepEqual(await ask(second.ownerUrl, "select word from kept"), ["Päätös"]);
    await second.stop();
  });

  test("the owner may make roles and is no superuser; without the password nobody comes in", async (t) => {
    const postgres = await start(t);
    const role = "select rolsuper, rolcreaterole, rolbypassrls from pg_roles where rolname = current_user";
    assert.deepEqual(await ask(postgres.ownerUrl, role), [false, true, false]);
    const guessed = new URL(postgres.adminUrl);
    guessed.password = "postgres";
    await assert.rejects(ask(guessed.href, "select 1"), /password authentication failed/);
    assert.equal((await lstat(join(dataDir, "connection.json"))).mode & 0o077, 0);
    await postgres.stop();
  });

  test("text sorts the same on every machine, in Finnish where a query asks for it, and search sees words", async (t) => {
    const postgres = await start(t);
    const words = "unnest(array['öljy', 'Åke', 'zeta', 'auto', 'Äiti', 'Bo']) as word";
    const sorted = (order: string) =>
      ask(postgres.ownerUrl, `select string_agg(word, ' ' order by ${order}) from ${words}`);
    assert.deepEqual(await sorted("word"), ["Bo auto zeta Äiti Åke öljy"]);
    assert.deepEqual(await sorted('word collate "fi-x-icu"'), ["auto Bo zeta Åke Äiti öljy"]);
    const lexemes = "select to_tsvector('simple', '“Määräraha” – §29')::text";
    assert.deepEqual(await ask(postgres.ownerUrl, lexemes), ["'29':2 'määräraha':1"]);
    await postgres.stop();
  });

  test("after kill -9 of the application the next start uses the server that still runs", async (t) => {
    const killed = await startElsewhere();
    const pid = await postmasterPid();
    await killHard(killed.process);
    const next = await start(t);
    assert.equal(await postmasterPid(), pid);
    assert.equal(next.ownerUrl, killed.ownerUrl);
    await next.stop();
  });

  test("after kill -9 of application and database the next start recovers", async (t) => {
    const killed = await startElsewhere();
    await ask(killed.ownerUrl, "create table survived as select 7 as n");
    process.kill(await postmasterPid(), "SIGKILL");
    await killHard(killed.process);
    const next = await start(t);
    assert.deepEqual(await ask(next.ownerUrl, "select n from survived"), [7]);
    await next.stop();
  });

  test("a left-over pid file does not block when its number belongs to another program now", async (t) => {
    const file = join(dataDir, "cluster/postmaster.pid");
    await writeFile(file, `${process.pid}\n${dataDir}/cluster\n0\n5432\n\n127.0.0.1\n0 0\nready\n`);
    const postgres = await start(t);
    assert.notEqual(await postmasterPid(), process.pid);
    await postgres.stop();
  });

  test("when its port is taken, the database takes the next free one", async (t) => {
    const { port } = JSON.parse(await readFile(join(dataDir, "connection.json"), "utf8")) as { port: number };
    const taker = createServer().listen(port, "127.0.0.1");
    await once(taker, "listening");
    const postgres = await start(t);
    assert.ok(Number(new URL(postgres.ownerUrl).port) > port);
    assert.deepEqual(await ask(postgres.ownerUrl, "select 1"), [1]);
    await postgres.stop();
    taker.close();
  });

  test("a second application on the same data is refused with what to do; a tool may join", async (t) => {
    const first = await start(t);
    await assert.rejects(start(t), /Another Avoin runs on .*its own DATA_DIR and PORT/);
    const tool = await start(t, { shared: true });
    await tool.stop();
    assert.deepEqual(await ask(first.ownerUrl, "select 1"), [1]);
    await first.stop();
  });

  test("a data directory that cannot be made is named, with the setting that mends it", async (t) => {
    await writeFile(join(dir, "file"), "");
    await assert.rejects(start(t, { dataDir: join(dir, "file/below") }), /\/file\. Set DATA_DIR/);
  });

  test(
    "below a directory that the database's user may not enter, the data go elsewhere and are found again",
    { skip: !isRoot },
    async (t) => {
      const closed = join(dir, "closed");
      await mkdir(closed, { mode: 0o700 });
      const log: string[] = [];
      const startThere = () => start(t, { dataDir: join(closed, "data"), log: (line) => log.push(line) });
      const first = await startThere();
      await ask(first.ownerUrl, "create table kept as select 1 as n");
      await first.stop();
      const elsewhere = await realpath(join(closed, "data"));
      assert.ok(log.some((line) => line.includes(elsewhere)));
      const second = await startThere();
      assert.deepEqual(await ask(second.ownerUrl, "select n from kept"), [1]);
      await second.stop();
      await rm(elsewhere, { recursive: true });
    },
  );
});
