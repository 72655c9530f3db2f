import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import fc from "fast-check";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { testStore } from "#test/app.ts";
import { system } from "./actor.ts";
import { type Change, type Cursor, parseCursor, readChanges, readPageVersion, recordChange, START } from "./change.ts";
import type { Tenant } from "./cities.ts";
import { type Tx, withTx } from "./db.ts";
import { AppError } from "./errors.ts";
import { newId } from "./ids.ts";

const { db } = await testStore({ after });
const now = Temporal.Instant.from("2017-05-29T09:00:00Z");

async function publish(tx: Tx, city: Tenant = "helsinki"): Promise<string> {
  const id = newId(now);
  await recordChange(tx, system("test"), { city, kind: "decision", id, verb: "published" }, now);
  return id;
}

/** Reads on from the cursor until nothing of `ids` is missing; other tests' transactions on the server may hold rows back for a while. */
async function readUntil(cursor: Cursor, ids: readonly string[], city?: Tenant): Promise<Change[]> {
  const seen: Change[] = [];
  let at = cursor;
  for (let tries = 0; tries < 200 && !ids.every((id) => seen.some((change) => change.id === id)); tries++) {
    const answer = await readChanges(db, { after: at, limit: 100, city });
    seen.push(...answer.changes);
    at = answer.cursor;
    await wait(answer.changes.length > 0 ? 0 : 50);
  }
  return seen;
}

/** The log's end, with all that was written before it settled. */
async function endOfLog(): Promise<Cursor> {
  const mark = await withTx(db, null, (tx) => publish(tx));
  return (await readUntil(START, [mark])).at(-1)?.cursor ?? assert.fail("the log is empty");
}

const idsOf = (changes: readonly Change[]): string[] => changes.map(({ id }) => id);

describe("the log of changes", () => {
  it("skips nobody when the later transaction commits first and the log is read in between", async () => {
    const start = await endOfLog();
    const early = await db.startTransaction().execute();
    const first = await publish(early);
    const late = await db.startTransaction().execute();
    const second = await publish(late);

    await late.commit().execute();
    const between = await readChanges(db, { after: start, limit: 100 });
    assert.deepEqual(between, { changes: [], cursor: start }, "the later row waits for the earlier one");

    await early.commit().execute();
    assert.deepEqual(idsOf(await readUntil(between.cursor, [first, second])), [first, second]);
  });

  it("gives each row once, in whatever order transactions end, to a reader who asks after each", async () => {
    const order = fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(order, async (commits) => {
        let cursor = await endOfLog();
        const open = await Promise.all(commits.map(() => db.startTransaction().execute()));
        const ids: string[] = [];
        for (const tx of open) ids.push(await publish(tx));
        const seen: string[] = [];
        for (const n of commits) {
          await open[n]?.commit().execute();
          const answer = await readChanges(db, { after: cursor, limit: 100 });
          seen.push(...idsOf(answer.changes));
          cursor = answer.cursor;
        }
        const rest = ids.filter((id) => !seen.includes(id));
        seen.push(...idsOf(await readUntil(cursor, rest)));
        assert.deepEqual(seen, ids);
      }),
      { numRuns: 12 },
    );
  });

  it("is read as one moment: what commits while the reader's query runs is not passed by", async () => {
    const open = await db.startTransaction().execute();
    await publish(open);
    // Like a long log: the rows are seen as they were when the query began, and the horizon is asked for later.
    const reading = sql<{ seen: string; horizon: string }>`
      select pg_snapshot_xmin(pg_current_snapshot())::text::bigint + (select value from change_offset) as seen,
        change_horizon() as horizon
      from (select pg_sleep(0.3)) as pause`.execute(db);
    await wait(100);
    await open.commit().execute();
    const [row] = (await reading).rows;
    assert.equal(row?.horizon, row?.seen);
  });

  it("leaves out what was rolled back", async () => {
    const start = await endOfLog();
    const undone = await db.startTransaction().execute();
    await publish(undone);
    await undone.rollback().execute();
    const kept = await withTx(db, null, (tx) => publish(tx));
    assert.deepEqual(idsOf(await readUntil(start, [kept])), [kept]);
  });

  it("is read in parts, and of one city", async () => {
    const start = await endOfLog();
    const [espoo, oulu, second] = await withTx(db, null, async (tx) => [
      await publish(tx, "espoo"),
      await publish(tx, "oulu"),
      await publish(tx, "espoo"),
    ]);
    assert.ok(espoo && oulu && second);
    await readUntil(start, [espoo, oulu, second]);
    const part = await readChanges(db, { after: start, limit: 2 });
    assert.deepEqual(idsOf(part.changes), [espoo, oulu]);
    assert.deepEqual(idsOf((await readChanges(db, { after: part.cursor, limit: 2 })).changes), [second]);
    assert.deepEqual(idsOf(await readUntil(start, [second], "espoo")), [espoo, second]);
  });

  it("can be added to, and nothing in it changed or removed", async () => {
    await assert.rejects(db.updateTable("change").set({ kind: "x" }).execute(), /permission denied/);
    await assert.rejects(db.deleteFrom("change").execute(), /permission denied/);
  });
});

describe("the version of pages", () => {
  it("changes with each commit that becomes visible, also with one that the log still holds back", async () => {
    const early = await db.startTransaction().execute();
    await publish(early);
    const late = await db.startTransaction().execute();
    await publish(late);
    const versions = [await readPageVersion(db)];
    await late.commit().execute();
    versions.push(await readPageVersion(db));
    await early.commit().execute();
    versions.push(await readPageVersion(db));
    assert.equal(new Set(versions).size, 3, versions.join(" "));
  });
});

describe("a cursor from outside", () => {
  it("is taken when it looks like one of ours", () => assert.equal(parseCursor("123.4"), "123.4"));

  for (const junk of [
    "",
    "1",
    "1.",
    ".1",
    "-1.2",
    "1.2.3",
    "1e3.1",
    "1.2 ",
    "9".repeat(19) + ".1",
    "1.2;drop table change",
  ]) {
    it(`is refused with what to do instead: ${JSON.stringify(junk)}`, () => {
      assert.throws(
        () => parseCursor(junk),
        (error) => error instanceof AppError && error.kind === "invalid" && error.fields[0]?.field === "after",
      );
    });
  }
});
