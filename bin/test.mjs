/**
 * `npm test`: sets up what the tests need and runs them all: format, lint, types, unit, SQL, HTTP, browser.
 * `--fast` (npm run check) leaves out what needs a browser or the whole service. The output ends with node:test's own summary.
 */
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { ensureSystemPackages } from "./setup/debian.mjs";
import { ensurePackages, ROOT } from "./setup/packages.mjs";
import { runMain } from "./setup/progress.mjs";
import { runNode } from "./setup/run.mjs";

const fast = process.argv.includes("--fast");
const RUNNER = ["--test", "--test-reporter=spec", "--test-concurrency=2", "--test-timeout=240000"];
const GROUPS = ".data/test/groups";

let interrupted = false;
for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => (interrupted = true));

await runMain(async () => {
  await ensurePackages();
  if (!fast) await ensureSystemPackages();
  const whole = fast ? ["test/checks.test.ts"] : testFiles("test");
  const files = testFiles("src");
  const inBrowsers = fast ? [] : files.filter(isForBrowser);
  const groups = writeGroups(files.filter((file) => !isForBrowser(file)));
  const code = await runNode([
    ...RUNNER,
    "--test-global-setup=test/global-setup.ts",
    ...whole,
    ...inBrowsers,
    ...groups,
  ]);
  // A run that was cut short has not given the database server back.
  if (interrupted) await runNode(["test/leave-server.ts"]);
  return code;
});

function testFiles(folder) {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  const tests = names.filter((name) => /\.test\.tsx?$/.test(name));
  return tests.map((name) => join(folder, name)).sort();
}

function isForBrowser(file) {
  return file.endsWith(".browser.test.ts");
}

/**
 * One process takes all tests of a folder: to begin one costs more than most of the files. Returns the files to run, each of
 * which imports those of one folder. Nothing is removed there: another run may be on its way.
 */
function writeGroups(files) {
  mkdirSync(join(ROOT, GROUPS), { recursive: true });
  return [...new Set(files.map(dirname))].map((folder) => {
    const group = `${GROUPS}/${folder.replaceAll("/", "-")}.test.ts`;
    writeFileSync(join(ROOT, group), groupOf(folder, files));
    return group;
  });
}

/** The files are loaded one after the other, and no test runs before all are: the runner takes a pause between two for the end. */
function groupOf(folder, files) {
  const paths = files.filter((file) => dirname(file) === folder).map((file) => relative(GROUPS, file));
  return [
    'import { test } from "node:test";',
    "const loaded = (async () => {",
    ...paths.map((path) => `  await import(${JSON.stringify(path)});`),
    "})();",
    `test("all tests of ${folder} are there", () => loaded);`,
    "",
  ].join("\n");
}
