/** What the serving role may never do, whatever a query of ours forgets: row-level security and rights on a real server. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { insertIncoming } from "#modules/decisions/queue.queries.ts";
import { upsertUnread } from "#modules/decisions/unread.queries.ts";
import { testStore } from "#test/app.ts";
import { testDatabase } from "#test/database.ts";
import { MIGRATIONS } from "../modules.ts";
import { system } from "./actor.ts";
import { recordAudit } from "./audit.ts";
import { CITY_CODES, type Tenant } from "./cities.ts";
import { openDb, withTx } from "./db.ts";
import { migrateDatabase } from "./migrate.ts";

const { db } = await testStore({ after });
const now = Temporal.Instant.from("2017-05-29T09:00:00Z");
const PRIVATE = ["unread_document", "incoming_document", "audit"] as const;

for (const city of CITY_CODES) {
  await withTx(db, city, async (tx) => {
    await recordAudit(
      tx,
      system("test"),
      { city, action: "list", subjectKind: "unread_document", subjectId: "all" },
      now,
    );
    const sha256 = CITY_CODES.indexOf(city).toString().repeat(64);
    const reason = { code: "noText", detail: "" } as const;
    await upsertUnread(tx, { city, sha256, bytes: Buffer.from(city), sourceName: city, reason }, now);
    await insertIncoming(tx, city, [{ sha256, bytes: Buffer.from(city), sourceName: city }], now);
  });
}

const citiesSeen = async (table: (typeof PRIVATE)[number], tenant: Tenant | null): Promise<string[]> =>
  withTx(db, tenant, async (tx) => {
    const rows = await tx.selectFrom(table).select("city").distinct().execute();
    return rows.map((row) => row.city);
  });

for (const table of PRIVATE) {
  describe(`rows of ${table}`, () => {
    it("show a city its own when the query forgets to say which city", async () => {
      for (const city of CITY_CODES) assert.deepEqual(await citiesSeen(table, city), [city]);
    });

    it("show nothing at all when the transaction forgets whose it is", async () => {
      assert.deepEqual(await citiesSeen(table, null), []);
      assert.deepEqual(await db.selectFrom(table).selectAll().execute(), []);
    });

    it("show nothing of another city that is asked for by name", async () => {
      const rows = await withTx(db, "helsinki", (tx) =>
        tx.selectFrom(table).selectAll().where("city", "=", "espoo").execute(),
      );
      assert.deepEqual(rows, []);
    });

    it("do not stay open for the next user of the connection", async () => {
      await db.connection().execute(async (connection) => {
        await withTx(connection, "helsinki", (tx) => tx.selectFrom(table).select("city").execute());
        assert.deepEqual(await connection.selectFrom(table).select("city").execute(), []);
      });
    });

    it("stay guarded when the policy is asked to step aside", async () => {
      await db.connection().execute(async (connection) => {
        await sql`set row_security = off`.execute(connection);
        try {
          await assert.rejects(connection.selectFrom(table).selectAll().execute(), /row-level security/);
        } finally {
          await sql`reset row_security`.execute(connection);
        }
      });
    });

    it("cannot lose the policy: the table is not the serving role's", async () => {
      const name = sql.table(table);
      await assert.rejects(sql`alter table ${name} disable row level security`.execute(db), /must be owner/);
      await assert.rejects(sql`drop policy own_city on ${name}`.execute(db), /must be owner/);
      await assert.rejects(sql`truncate ${name}`.execute(db), /permission denied/);
    });
  });
}

describe("the serving role", () => {
  it("is no superuser, bypasses no policy and can become nobody else", async () => {
    const { rows } = await sql<{
      rolsuper: boolean;
      rolbypassrls: boolean;
      rolcreaterole: boolean;
      rolcreatedb: boolean;
    }>`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb from pg_roles where rolname = current_user`.execute(db);
    assert.deepEqual(rows, [{ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false }]);
    const memberships = await sql`
      select 1 from pg_auth_members where member = (select oid from pg_roles where rolname = current_user)`.execute(db);
    assert.deepEqual(memberships.rows, []);
  });

  it("cannot write a row for another city", async () => {
    const entry = { city: "espoo", action: "list", subjectKind: "person", subjectId: "x" } as const;
    await assert.rejects(
      withTx(db, "helsinki", (tx) => recordAudit(tx, system("test"), entry, now)),
      /row-level security/,
    );
  });

  it("cannot change or remove what the audit trail says", async () => {
    const changed = withTx(db, "helsinki", (tx) => tx.updateTable("audit").set({ actor: "nobody" }).execute());
    await assert.rejects(changed, /permission denied/);
    await assert.rejects(
      withTx(db, "helsinki", (tx) => tx.deleteFrom("audit").execute()),
      /permission denied/,
    );
  });

  it("changes nothing of another city's unread documents", async () => {
    const deleted = await withTx(db, "helsinki", (tx) =>
      tx.deleteFrom("unread_document").where("city", "<>", "helsinki").executeTakeFirst(),
    );
    assert.equal(deleted.numDeletedRows, 0n);
    assert.deepEqual(await citiesSeen("unread_document", "espoo"), ["espoo"]);
  });

  it("reads no job of the queue and makes no table", async () => {
    await assert.rejects(sql`select * from graphile_worker.jobs`.execute(db), /permission denied/);
    await assert.rejects(sql`create table mine (x int)`.execute(db), /permission denied/);
  });

  it("makes no temporary table either, where the service has started", async (t) => {
    // A copy of a database does not hold what may be done in it: each start says it anew.
    const copy = await testDatabase(t);
    const { servingUrl } = await migrateDatabase(copy.ownerUrl, MIGRATIONS);
    const own = openDb(servingUrl, (error) => assert.fail(error));
    await assert.rejects(sql`create temp table mine (x int)`.execute(own), /permission denied/);
    await own.destroy();
  });

  it("puts no table of its own before a real one in what runs with the owner's rights", async () => {
    const { rows } = await sql<{ name: string; config: string[] | null; body: string | null }>`
      select oid::regprocedure::text as name, proconfig as config, pg_get_function_sqlbody(oid) as body from pg_proc
      where prosecdef and proowner = (select datdba from pg_database where datname = current_database())
        and pronamespace = 'public'::regnamespace`.execute(db);
    assert.ok(rows.length > 30);
    // What `begin atomic` holds was looked up when it was made.
    const open = rows.filter(({ body, config }) => body === null && !config?.includes("search_path=public, pg_temp"));
    assert.deepEqual(
      open.map(({ name }) => name),
      [],
    );
  });
});
