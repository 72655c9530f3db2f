/** Loading by processes that are killed again and again: nothing is half there, and in the end all is, once. */
import assert from "node:assert/strict";
import { randomInt } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { system } from "#core/actor.ts";
import { type Db, withTx } from "#core/db.ts";
import { startWorker } from "#core/jobs.ts";
import { decisionJobs } from "#modules/decisions/index.ts";
import { queueFiles } from "../src/ingest.ts";
import { log, testStore } from "./app.ts";
import { type Child, runChild } from "./children/run.ts";
import { TOOLS } from "./children/tools.ts";
import { corpus } from "./corpus.ts";

const COUNT = 2000;
const QUEUED = 400;

/** The corpus as one batch file. */
async function corpusFile(count: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "avoin-kill-"));
  after(() => rm(folder, { recursive: true }));
  const file = join(folder, "decisions.json");
  const records = await Array.fromAsync(corpus(count), (bytes) => bytes.toString());
  await writeFile(file, `{"decisions":[${records.join(",")}]}`);
  return file;
}

/** Waits for the child to have written numbers of that sum, and for a moment more, and kills it. */
async function killAfter(child: Child, sum: number): Promise<void> {
  try {
    let seen = 0;
    for await (const line of child.lines) {
      seen += Number(line);
      if (seen < sum) continue;
      // Anywhere in the work on what comes next: reading, writing, committing.
      await wait(randomInt(100));
      break;
    }
  } finally {
    await child.kill();
  }
}

async function count(db: Db, from: string): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.raw(from)}`.execute(db);
  return rows[0]?.n ?? Number.NaN;
}

/** What no moment may show: a row without those that belong to it. */
const HALVES: Record<string, string> = {
  "decision without its version": `decision d where not exists
    (select from decision_version v where v.city = d.city and v.decision_id = d.id and v.version = d.version)`,
  "decision without its change": `decision d where not exists
    (select from change c where c.city = d.city and c.kind = 'decision' and c.id = d.id)`,
  "change without its decision": `change c where c.kind = 'decision' and not exists
    (select from decision d where d.city = c.city and d.id = c.id)`,
  "matter without its change": `matter m where not exists
    (select from change c where c.city = m.city and c.kind = 'matter' and c.id = m.id)`,
  "version without its document": `decision_version v where not exists
    (select from document o where o.city = v.city and o.sha256 = v.sha256)`,
  "document of no decision": `document o where not exists
    (select from decision_version v where v.city = o.city and v.sha256 = o.sha256) and not exists
    (select from decision_copy k where k.city = o.city and k.sha256 = o.sha256)`,
};

async function assertNothingIsHalf(db: Db): Promise<void> {
  for (const [what, from] of Object.entries(HALVES)) assert.equal(await count(db, from), 0, what);
}

async function assertEachOnce(db: Db, expected: number): Promise<void> {
  await assertNothingIsHalf(db);
  const once = ["decision", "decision_version", "document", "(select distinct ref from decision) as refs"];
  for (const from of [...once, "change where kind = 'decision'"]) assert.equal(await count(db, from), expected, from);
  assert.equal(await count(db, "decision_copy"), 0);
}

test(`${COUNT} documents survive kill -9 of whoever loads them`, async (t) => {
  const { db, url } = await testStore(t);
  const file = await corpusFile(COUNT);
  for (const share of [0.05, 0.4, 0.8]) {
    const before = await count(db, "decision");
    await killAfter(runChild("ingest", [url, file]), share * COUNT);
    await assertNothingIsHalf(db);
    const there = await count(db, "decision");
    assert.ok(there > before && there < COUNT, `killed in the middle: ${there} decisions`);
  }
  for await (const _ of runChild("ingest", [url, file]).lines) continue;
  await assertEachOnce(db, COUNT);
});

test(`${QUEUED} documents that wait for the worker survive kill -9 of it`, async (t) => {
  const { db, url, ownerUrl } = await testStore(t);
  for await (const _ of queueFiles(db, system("test"), [await corpusFile(QUEUED)])) continue;
  const waiting = () => withTx(db, "joint", (tx) => count(tx, "incoming_document"));
  await killAfter(runChild("loading-worker", [url, ownerUrl]), 2);
  const left = await waiting();
  assert.ok(left > 0 && left < QUEUED, `killed in the middle: ${left} wait`);
  await assertNothingIsHalf(db);
  const worker = await startWorker(ownerUrl, decisionJobs(db, TOOLS), log);
  try {
    for (let tries = 0; tries < 400 && (await waiting()) > 0; tries++) await wait(50);
  } finally {
    await worker.stop();
  }
  assert.equal(await waiting(), 0);
  await assertEachOnce(db, QUEUED);
});
