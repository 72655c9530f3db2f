/**
 * `npm test`: sets up what the tests need and runs them all: format, lint, types, unit, SQL, HTTP, browser.
 * `--fast` (npm run check) leaves out what needs a browser or the whole service. The output ends with node:test's own summary.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { ensureSystemPackages } from "./setup/debian.mjs";
import { ensurePackages, ROOT } from "./setup/packages.mjs";
import { runMain } from "./setup/progress.mjs";
import { runNode } from "./setup/run.mjs";

const fast = process.argv.includes("--fast");
const FLAGS = ["--test", "--test-reporter=spec", "--test-concurrency=2", "--test-timeout=240000"];

let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => (interrupted = true));

await runMain(async () => {
  await ensurePackages();
  if (!fast) await ensureSystemPackages();
  const files = fast ? ["test/checks.test.ts", ...testFiles("src")] : [...testFiles("test"), ...testFiles("src")];
  const code = await runNode([...FLAGS, "--test-global-setup=test/global-setup.ts", ...files]);
  // A run that was cut short has not given the database server back.
  if (interrupted) await runNode(["test/leave-server.ts"]);
  return code;
});

function testFiles(folder) {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  const tests = names.filter((name) => /\.test\.tsx?$/.test(name) && !(fast && /\.browser\.test\.tsx?$/.test(name)));
  return tests.map((name) => join(folder, name)).sort();
}
