import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { ANONYMOUS, system } from "#core/actor.ts";
import type { Tenant } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { startWorker } from "#core/jobs.ts";
import { log, testStore } from "#test/app.ts";
import { corpus } from "#test/corpus.ts";
import { decisionJobs } from "./jobs.ts";
import { loadDocuments } from "./load.ts";
import { queueDocuments } from "./queue.ts";
import { selectIncoming } from "./queue.queries.ts";
import { selectUnread } from "./unread.queries.ts";

const { db, language, ownerUrl } = await testStore({ after });
const NOW = Temporal.Instant.from("2026-11-24T10:00:00Z");
const actor = system("test");
const documents = (await Array.fromAsync(corpus(130))).map((bytes, n) => ({ bytes, sourceName: `${n}.json` }));
const junk = { bytes: Buffer.from("ei päätös"), sourceName: "roska.txt" };

const queue = (city: Tenant, given = documents) => queueDocuments(db, actor, city, given, NOW);
const waiting = (city: Tenant) => withTx(db, city, (tx) => selectIncoming(tx, city, 1000, 1e9));

/** Works with a real worker until nothing of the tenant waits, or twenty seconds are over. */
async function workOff(city: Tenant): Promise<void> {
  const worker = await startWorker(ownerUrl, decisionJobs(db, language), log);
  try {
    for (let tries = 0; tries < 400 && (await waiting(city)).length > 0; tries++) await wait(50);
  } finally {
    await worker.stop();
  }
}

async function count(table: "decision" | "document" | "decision_copy"): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from ${sql.table(table)}`.execute(db);
  return rows[0]?.n ?? 0;
}

describe("loading through the worker", () => {
  it("loads all that waits, batch by batch, and each document once", async () => {
    assert.equal(await queue("joint"), 130);
    assert.equal(await queue("joint"), 0);
    await workOff("joint");
    assert.deepEqual([await count("decision"), await count("document"), await count("decision_copy")], [130, 130, 0]);
  });

  it("puts what can't be read into the pile, as loading at once does", async () => {
    await queue("joint", [junk]);
    await workOff("joint");
    const pile = await withTx(db, "joint", (tx) => selectUnread(tx, "joint", 10));
    assert.deepEqual(
      pile.map(({ sourceName, tries }) => [sourceName, tries]),
      [["roska.txt", 1]],
    );
  });

  it("finds a batch again that was loaded but not yet removed, and nothing is there twice", async () => {
    const before = await count("document");
    await queue("turku", documents.slice(0, 20));
    await loadDocuments(db, actor, documents.slice(0, 20), language, NOW);
    await workOff("turku");
    assert.deepEqual(await waiting("turku"), []);
    assert.equal(await count("document"), before);
  });

  it("takes a batch by its bytes too, and a document that is larger than a batch alone", async () => {
    const sized = [10, 20, 30, 40].map((size) => ({ bytes: Buffer.alloc(size, size), sourceName: String(size) }));
    for (const [n, one] of sized.entries()) await queueDocuments(db, actor, "oulu", [one], NOW.add({ seconds: n }));
    const take = (most: number) => withTx(db, "oulu", (tx) => selectIncoming(tx, "oulu", 10, most));
    const names = async (most: number) => (await take(most)).map(({ sourceName }) => sourceName);
    assert.deepEqual(await names(1000), ["10", "20", "30", "40"]);
    assert.deepEqual(await names(35), ["10", "20"]);
    assert.deepEqual(await names(5), ["10"]);
    assert.deepEqual((await take(1000))[2]?.bytes, sized[2]?.bytes);
  });

  it("shows what waits to its own city only", async () => {
    const seenBy = (tenant: Tenant) => withTx(db, tenant, (tx) => selectIncoming(tx, "oulu", 10, 1000));
    assert.equal((await seenBy("oulu")).length, 4);
    assert.deepEqual(await seenBy("espoo"), []);
    assert.deepEqual(await withTx(db, null, (tx) => selectIncoming(tx, "oulu", 10, 1000)), []);
  });

  it("is for the system only", async () => {
    await assert.rejects(queueDocuments(db, ANONYMOUS, "joint", [junk], NOW), { name: "Forbidden" });
  });
});
