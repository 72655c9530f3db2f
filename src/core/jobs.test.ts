import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { log, testStore } from "#test/app.ts";
import { withTx } from "./db.ts";
import { addJob, type JobHandlers, startWorker } from "./jobs.ts";

const { db, ownerUrl } = await testStore({ after });

/** Works until `isDone` or ten seconds are over. */
async function workUntil(handlers: JobHandlers, isDone: () => boolean): Promise<void> {
  const worker = await startWorker(ownerUrl, handlers, log);
  try {
    for (let tries = 0; tries < 200 && !isDone(); tries++) await wait(50);
  } finally {
    await worker.stop();
  }
}

async function waitingJobs(task: string): Promise<number> {
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ n: number }>(
      "select count(*)::int as n from graphile_worker.jobs where task_identifier = $1",
      [task],
    );
    return rows[0]?.n ?? 0;
  } finally {
    await owner.end();
  }
}

describe("a job", () => {
  it("is done once, with what it was given", async () => {
    const seen: unknown[] = [];
    await withTx(db, null, (tx) => addJob(tx, "greet", { name: "Aino" }));
    await workUntil({ greet: async (payload) => void seen.push(payload) }, () => seen.length > 0);
    assert.deepEqual(seen, [{ name: "Aino" }]);
    assert.equal(await waitingJobs("greet"), 0);
  });

  it("goes with the transaction that added it: what is rolled back leaves none", async () => {
    await assert.rejects(
      withTx(db, null, async (tx) => {
        await addJob(tx, "never");
        throw new Error("changed our mind");
      }),
      /changed our mind/,
    );
    assert.equal(await waitingJobs("never"), 0);
  });

  it("stands for many of the same key that wait", async () => {
    await withTx(db, null, async (tx) => {
      for (let n = 0; n < 5; n++) await addJob(tx, "index", { n }, { key: "index" });
    });
    assert.equal(await waitingJobs("index"), 1);
    const seen: unknown[] = [];
    await workUntil({ index: async (payload) => void seen.push(payload) }, () => seen.length > 0);
    assert.deepEqual(seen, [{ n: 4 }]);
  });

  it("stays in the queue for another try when it fails", async () => {
    let tries = 0;
    await withTx(db, null, (tx) => addJob(tx, "fail"));
    const fail = async () => {
      tries += 1;
      throw new Error("not today");
    };
    await workUntil({ fail }, () => tries > 0);
    assert.equal(tries, 1);
    assert.equal(await waitingJobs("fail"), 1);
  });
});
