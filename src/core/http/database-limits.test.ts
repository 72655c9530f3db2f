/** A database that has no time for a request: the asker is told soon, nothing half stays, and the service goes on. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { sql } from "kysely";
import pg from "pg";
import { everybody } from "#core/actor.ts";
import { openDb, withTx } from "#core/db.ts";
import { log, testApp } from "#test/app.ts";
import { readConfig } from "../config.ts";
import { createServer } from "./server.ts";

const settings = { REQUEST_SECONDS: "2", RATE_LIMIT: "0" };
const app = await testApp({ after }, { settings });
const { db, server } = app;
/** Of the pool for requests, in tests. */
const CONNECTIONS = 6;
const KEY = `avoin_${"x".repeat(43)}`;

/** Takes all connections of the requests for the time that `work` takes. */
async function whileAllAreTaken(work: () => Promise<void>): Promise<void> {
  const done = Promise.withResolvers<void>();
  const held = Array.from({ length: CONNECTIONS }, () => db.connection().execute(() => done.promise));
  try {
    await work();
  } finally {
    done.resolve();
    await Promise.all(held);
  }
}

describe("when no connection is free", () => {
  it("pages, programs and their keys are answered with when to come again, and what is kept goes on", async () => {
    assert.equal((await server.inject("/fi")).statusCode, 200);
    await whileAllAreTaken(async () => {
      const asked = [
        server.inject("/fi/espoo"),
        server.inject("/api/v1/decisions"),
        server.inject({ url: "/api/v1/decisions", headers: { authorization: `Bearer ${KEY}` } }),
      ];
      for (const answer of await Promise.all(asked)) {
        assert.equal(answer.statusCode, 503);
        assert.equal(answer.headers["retry-after"], "10");
      }
      assert.equal((await server.inject("/fi")).statusCode, 200);
    });
    assert.equal((await server.inject("/fi/espoo")).statusCode, 200);
  });
});

describe("a write that takes too long", () => {
  const config = readConfig(settings);

  /** Each statement is short; all of them take longer than a request may. */
  async function slowServer() {
    const slow = await createServer(config, log, ({ status }) => String(status));
    slow.post("/slow", { schema: {}, config: { permission: everybody("write") } }, async () => {
      await withTx(db, "oulu", async (tx) => {
        await sql`select enqueue('slow', '{}'::json, null, 1)`.execute(tx);
        for (let n = 0; n < 12; n++) await sql`select pg_sleep(0.25)`.execute(tx);
      });
      return "written";
    });
    return slow;
  }

  it("has not been done when its sender is told 503, and is not done later", async (t) => {
    const { rows } = await sql<{
      version: number;
    }>`select current_setting('server_version_num')::int as version`.execute(db);
    if ((rows[0]?.version ?? 0) < 170_000) return t.skip("PostgreSQL limits transactions from 17 on");
    const slow = await slowServer();
    t.after(() => slow.close());
    const answer = await slow.inject({ method: "POST", url: "/slow", headers: { accept: "application/json" } });
    assert.equal(answer.statusCode, 503);
    await wait(1500);
    const owner = new pg.Client({ connectionString: app.ownerUrl });
    await owner.connect();
    const left = await owner.query("select 1 from graphile_worker.jobs where task_identifier = 'slow'");
    await owner.end();
    assert.equal(left.rows.length, 0);
  });
});

describe("the limits of requests", () => {
  it("hold whatever the database's address says of the same", async () => {
    const url = new URL(app.url);
    url.searchParams.set("options", "-c statement_timeout=0 -c search_path=public");
    const limited = openDb(url.href, (error) => assert.fail(error), {
      max: 1,
      requests: { seconds: 4, serverVersion: 0 },
    });
    const { rows } = await sql`
      select current_setting('statement_timeout') as statement, current_setting('search_path') as path`.execute(
      limited,
    );
    await limited.destroy();
    assert.deepEqual(rows, [{ statement: "2s", path: "public" }]);
  });
});

describe("a connection that is cut in the middle of a transaction", () => {
  it("fails that transaction and nothing else", async () => {
    const cut = withTx(db, "oulu", async (tx) => {
      const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(tx);
      await sql`select pg_terminate_backend(${rows[0]?.pid})`.execute(db);
      // Nobody asks for anything while the end of the connection is told.
      await wait(100);
      await sql`select 1`.execute(tx);
    });
    await assert.rejects(cut);
    assert.equal((await server.inject("/fi/vantaa")).statusCode, 200);
  });
});
