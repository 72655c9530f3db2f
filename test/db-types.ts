/** Types of the tables, made from a migrated database: for `npm run codegen` and for the test that compares. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { promisify } from "node:util";

const run = promisify(execFile);
const cli = createRequire(import.meta.url).resolve("kysely-codegen/dist/cli/bin.js");

/** Writes the types of all tables of ours into the file. */
export async function writeTypes(ownerUrl: string, file: string): Promise<void> {
  const options = ["--dialect", "postgres", "--url", ownerUrl, "--out-file", file, "--date-parser", "string"];
  const tables = ["--include-pattern", "public.*", "--exclude-pattern", "public.kysely_*"];
  await run(process.execPath, [cli, ...options, ...tables]);
}
