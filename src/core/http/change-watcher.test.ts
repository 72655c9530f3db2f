/** The connection on which changes are announced may be lost: it is opened again. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import { log, testStore } from "#test/app.ts";
import { watchChanges } from "./change-watcher.ts";

const { db, url } = await testStore({ after });

/** Processes of the database that announce to a watcher. */
async function listeners(): Promise<number[]> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity
    where application_name = 'avoin-changes' and datname = current_database() and query = 'listen avoin_change'`.execute(
    db,
  );
  return rows.map(({ pid }) => pid);
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries++) {
    if (await isSo()) return;
    await wait(25);
  }
  assert.fail("waited for nothing");
}

const cut = (pid: number | undefined) => sql`select pg_terminate_backend(${pid})`.execute(db);

describe("whoever watches the changes", () => {
  it("listens again when its connection is cut, more than once, and no longer when it stops", async () => {
    const watcher = await watchChanges(db, url, log);
    for (let times = 0; times < 2; times++) {
      const [before, ...more] = await listeners();
      assert.deepEqual(more, []);
      await cut(before);
      await until(async () => (await listeners()).some((pid) => pid !== before));
    }
    await watcher.stop();
    await until(async () => (await listeners()).length === 0);
  });

  it("stops at once also while it has no connection", async () => {
    const watcher = await watchChanges(db, url, log);
    const [pid] = await listeners();
    await cut(pid);
    await until(async () => (await listeners()).length === 0);
    await watcher.stop();
    await wait(400);
    assert.deepEqual(await listeners(), []);
  });
});
