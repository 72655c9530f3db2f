/** The types that the code is checked against are those of the database that the migrations make. */
import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { testDatabase } from "./database.ts";
import { writeTypes } from "./db-types.ts";

test("src/core/db-types.ts says what the migrated tables are (mend with: npm run codegen)", async (t) => {
  const { ownerUrl } = await testDatabase(t);
  const folder = await mkdtemp(join(tmpdir(), "avoin-types-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, "db-types.ts");
  await writeTypes(ownerUrl, file);
  const kept = await readFile(new URL("../src/core/db-types.ts", import.meta.url), "utf8");
  assert.equal(await readFile(file, "utf8"), kept);
});
