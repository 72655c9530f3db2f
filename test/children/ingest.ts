/** `ingest.ts DATABASE_URL FILE`: loads a file's documents and writes for each batch how many they were. For tests that kill it. */
import assert from "node:assert/strict";
import { system } from "#core/actor.ts";
import { openDb } from "#core/db.ts";
import { ingestFiles } from "../../src/ingest.ts";
import { TOOLS } from "./tools.ts";

const [url = "", file = ""] = process.argv.slice(2);
const db = openDb(url, assert.fail);
for await (const { outcomes } of ingestFiles(db, system("test"), [file], TOOLS)) {
  process.stdout.write(`${outcomes.length}\n`);
}
await db.destroy();
