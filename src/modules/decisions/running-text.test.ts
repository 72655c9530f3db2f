import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, it } from "node:test";
import { sql } from "kysely";
import { testApp } from "#test/app.ts";
import { findDecisions } from "./search-source.ts";

const { db } = await testApp({ after }, { demo: true });

it("the running text is the same, whether the loader writes it or the migration does for what was there before", async () => {
  const migration = await readFile(new URL("migrations/0004_running_text.sql", import.meta.url), "utf8");
  const fill = /^update decision as d .*?;$/ms.exec(migration)?.[0] ?? assert.fail("the migration fills nothing");
  const texts = () => db.selectFrom("decision").select(["id", "running_text"]).orderBy("id").execute();
  const loaded = await texts();
  // Of the confidential ones nothing but the title is there.
  assert.ok(loaded.filter(({ running_text: text }) => text.length > 20).length > 100);
  await sql`update decision set running_text = ''`.execute(db);
  await sql.raw(fill).execute(db);
  assert.deepEqual(await texts(), loaded);
});

it("a text is shown whole up to 10,000 characters, and says when it goes on", async () => {
  const { id } = await db.selectFrom("decision").select("id").orderBy("id").limit(1).executeTakeFirstOrThrow();
  for (const [text, shown] of [
    ["lyhyt", /^lyhyt$/],
    ["ä ".repeat(5_000), /^(ä ){5000}$/],
    ["ä ".repeat(5_001), /^(ä ){4999}ä…$/],
    ["ä ".repeat(500_000), /^(ä ){4999}ä…$/],
  ] as const) {
    await db.updateTable("decision").set({ running_text: text }).where("id", "=", id).execute();
    const [found] = await findDecisions(db, [id]);
    assert.match(found?.text ?? "", shown);
  }
});
