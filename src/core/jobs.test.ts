import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { log, testStore } from "#test/app.ts";
import { runChild } from "#test/children/run.ts";
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

/** A job of the task in the hands of a worker that was killed with it. */
async function killWorkerWith(task: string): Promise<void> {
  const child = runChild("hanging-worker", [ownerUrl, task]);
  try {
    for await (const line of child.lines) {
      assert.equal(line, "has a job");
      break;
    }
  } finally {
    await child.kill();
  }
}

describe("a job whose worker was killed", () => {
  it("is done by the next worker, at once", async () => {
    await withTx(db, null, (tx) => addJob(tx, "survive", { n: 1 }));
    await killWorkerWith("survive");
    const seen: unknown[] = [];
    await workUntil({ survive: async (payload) => void seen.push(payload) }, () => seen.length > 0);
    assert.deepEqual(seen, [{ n: 1 }]);
    assert.equal(await waitingJobs("survive"), 0);
  });

  it("gives way to a newer one of its key", async () => {
    const add = (n: number) => withTx(db, null, (tx) => addJob(tx, "renew", { n }, { key: "renew" }));
    await add(1);
    await killWorkerWith("renew");
    await add(2);
    const seen: unknown[] = [];
    await workUntil({ renew: async (payload) => void seen.push(payload) }, () => seen.length > 0);
    assert.deepEqual(seen, [{ n: 2 }]);
  });
});

describe("a worker that lives", () => {
  /** A worker with a job that lasts until `release`; `runs` says who has begun it, also the workers of `others`. */
  async function holdJob(task: string) {
    const runs: string[] = [];
    const done = Promise.withResolvers<void>();
    await withTx(db, null, (tx) => addJob(tx, task));
    const hold = async () => {
      runs.push("first");
      await done.promise;
    };
    const worker = await startWorker(ownerUrl, { [task]: hold }, log);
    for (let tries = 0; tries < 200 && runs.length === 0; tries++) await wait(50);
    const others: JobHandlers = { [task]: async () => void runs.push("second") };
    return {
      runs,
      others,
      release: async () => {
        done.resolve();
        await worker.stop();
      },
    };
  }

  /** Another worker starts, and does a job that is free. */
  async function workBeside(others: JobHandlers): Promise<void> {
    let isDone = false;
    await withTx(db, null, (tx) => addJob(tx, "short"));
    await workUntil({ ...others, short: async () => void (isDone = true) }, () => isDone);
    assert.ok(isDone);
  }

  /** Cuts the connection by which workers count as alive, and waits for the next one. */
  async function cutPresence(): Promise<void> {
    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    const held = `
      select l.pid from pg_locks l join pg_stat_activity a using (pid)
      where l.locktype = 'advisory' and l.granted and a.application_name = 'avoin-worker-alive' and a.datname = current_database()`;
    const { rows } = await owner.query<{ pid: number }>(held);
    const before = rows.map(({ pid }) => pid);
    assert.equal(before.length, 1);
    await owner.query("select pg_terminate_backend(pid) from unnest($1::int[]) as pid", [before]);
    const isBack = async () => (await owner.query(`${held} and l.pid <> all($1)`, [before])).rows.length > 0;
    for (let tries = 0; tries < 200 && !(await isBack()); tries++) await wait(50);
    await owner.end();
  }

  it("keeps its job when another one starts", async () => {
    const { runs, others, release } = await holdJob("long");
    await workBeside(others);
    await release();
    assert.deepEqual(runs, ["first"]);
    assert.equal(await waitingJobs("long"), 0);
  });

  it("still counts as alive when its connection was cut", async () => {
    const { runs, others, release } = await holdJob("cut");
    await cutPresence();
    await workBeside(others);
    await release();
    assert.deepEqual(runs, ["first"]);
  });
});
