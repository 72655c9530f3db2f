/** Statements with values are prepared once on a connection and asked many times. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { testDatabase } from "#test/database.ts";
import { PreparingClient } from "./preparing-client.ts";

it("the same question with other values is prepared once, and answers as an unprepared one does", async (t) => {
  const { url } = await testDatabase(t);
  const client = new PreparingClient({ connectionString: url });
  await client.connect();
  for (const n of [1, 2, 3])
    assert.deepEqual((await client.query("select $1::int + 1 as next", [n])).rows, [{ next: n + 1 }]);
  await assert.rejects(client.query("select $1::int", ["no number"]), { code: "22P02" });
  const { rows } = await client.query(
    "select count(*)::int as n from pg_prepared_statements where statement like '%+ 1%'",
  );
  assert.deepEqual(rows, [{ n: 1 }]);
  await client.end();
});
