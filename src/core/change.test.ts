import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { type TestDatabase, testDatabase } from "#test/database.ts";
import { system } from "./actor.ts";
import { type Cursor, parseCursor, readChanges, readPageVersion, recordChange, START } from "./change.ts";
import { type Db, openDb, withTx } from "./db.ts";
import { newId } from "./ids.ts";

const NOW = Temporal.Instant.from("2026-11-24T10:00:00Z");

describe("the public change log", () => {
  let database: TestDatabase;
  let db: Db;
  before(async () => {
    database = await testDatabase();
    db = openDb(database.url, assert.fail);
  });
  after(async () => {
    await db.destroy();
    await database.drop();
  });

  /** Writes a change and holds the transaction open until `commit` is called. */
  async function openChange(): Promise<{ id: string; commit(): Promise<void> }> {
    const id = newId(NOW);
    const written = Promise.withResolvers<undefined>();
    const mayCommit = Promise.withResolvers<undefined>();
    const done = withTx(db, null, async (tx) => {
      await recordChange(tx, system("test"), { city: "oulu", kind: "test", id, verb: "published" }, NOW);
      written.resolve(undefined);
      await mayCommit.promise;
    });
    await written.promise;
    return {
      id,
      async commit() {
        mayCommit.resolve(undefined);
        await done;
      },
    };
  }

  it("never skips a change that commits late", async () => {
    const early = await openChange();
    const late = await openChange();
    const before = await readPageVersion(db);
    await late.commit();
    const between = await readChanges(db, { after: START, limit: 10 });
    assert.deepEqual(between.changes, [], "the later number waits for the earlier, which is still open");
    const middle = await readPageVersion(db);
    assert.notEqual(middle, before, "pages show what is committed at once");
    await early.commit();
    const end = await readChanges(db, { after: between.cursor, limit: 10 });
    assert.deepEqual(
      end.changes.map(({ id }) => id),
      [early.id, late.id],
    );
    assert.notEqual(await readPageVersion(db), middle);
    assert.deepEqual((await readChanges(db, { after: end.cursor, limit: 10 })).changes, []);
  });

  it("goes on from a cursor, of one city or of all", async () => {
    const all = await readChanges(db, { after: START, limit: 1 });
    const rest = await readChanges(db, { after: all.cursor, limit: 10, city: "oulu" });
    assert.equal(rest.changes.length, 1);
    assert.deepEqual((await readChanges(db, { after: START, limit: 10, city: "turku" })).changes, []);
  });

  it("says what to do about something that is no cursor", () => {
    assert.equal(parseCursor("12.3"), "12.3" as Cursor);
    assert.throws(() => parseCursor("1; drop table change"), { name: "Invalid" });
  });
});

describe("the serving role", () => {
  let database: TestDatabase;
  let db: Db;
  before(async () => {
    database = await testDatabase();
    db = openDb(database.url, assert.fail);
    await withTx(db, "espoo", (tx) =>
      sql`insert into audit (city, id, at, actor, action, subject_kind, subject_id)
          values ('espoo', ${newId(NOW)}, now(), 'test', 'read', 'test', '1')`.execute(tx),
    );
  });
  after(async () => {
    await db.destroy();
    await database.drop();
  });
  const rowsFor = async (city: "espoo" | "oulu" | null) =>
    (await withTx(db, city, (tx) => tx.selectFrom("audit").selectAll().execute())).length;

  it("sees private rows of the city it works for, and none when the filter is forgotten", async () => {
    assert.equal(await rowsFor("espoo"), 1);
    assert.equal(await rowsFor("oulu"), 0);
    assert.equal(await rowsFor(null), 0);
  });

  it("can't write for another city, nor turn the policy off, nor change the audit trail", async () => {
    const refused = (statement: string) => assert.rejects(withTx(db, "oulu", (tx) => sql.raw(statement).execute(tx)));
    await refused("insert into audit values ('espoo', gen_random_uuid(), now(), 'x', 'x', 'x', 'x')");
    await refused("alter table audit disable row level security");
    await refused("drop policy own_city on audit");
    await refused("set local row_security = off; select * from audit");
    await refused("update audit set action = 'nothing'");
    await refused("delete from audit");
    await refused("set role avoin_owner");
  });
});
