/** "Add a module in ten minutes" of CONTRIBUTING.md, followed to the letter in a copy of the source. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import FLAGS from "../bin/setup/node-flags.json" with { type: "json" };
import { changed, follow, stepsOf } from "./recipe.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const COPIED = ["src", "test", "bin", "data", "package.json", "tsconfig.json", ".oxfmtrc.json", ".oxlintrc.json"];
/** Other tests than these have nothing to say of the new module. */
const TESTS = [/\/architecture\.test\.ts$/, /\/i18n\.test\.ts$/];
const MODULE = "src/modules/notices";
const run = promisify(execFile);

describe("a module is added by the recipe", () => {
  let copy: string;
  before(async () => {
    copy = await copyOfSource();
  });
  after(() => rm(copy, { recursive: true, maxRetries: 5 }));

  it("its steps name files, find the lines that they change, and make the types of its table", async () => {
    const steps = stepsOf(await readFile(join(ROOT, "CONTRIBUTING.md"), "utf8"));
    await follow(steps, copy);
    assert.deepEqual(
      steps.filter(({ language }) => language === "diff").map(({ file }) => file),
      ["src/modules.ts", "src/app.ts", "src/desk.ts"],
    );
    await node("bin/codegen.ts");
    assert.match(await readFile(join(copy, "src/core/db-types.ts"), "utf8"), /^ {2}notice: Notice;$/m);
  });

  describe("what comes of it", { concurrency: true }, () => {
    it("does what its own test says", () => node("--test", `${MODULE}/notices.test.ts`));

    it("keeps the rules of the house", async () => {
      await node("--test", "test/architecture.test.ts", "src/core/i18n.test.ts");
      await program("oxfmt", "--check", MODULE, "src/modules.ts", "src/app.ts", "src/desk.ts");
      await program("oxlint", "--deny-warnings", MODULE);
    });

    it("has types that agree", () => program("tsc", "--noEmit", "--singleThreaded", "--pretty", "false"));
  });

  const node = (...args: string[]) => program("node", ...FLAGS.typescript, ...args);

  async function program(name: string, ...args: string[]): Promise<void> {
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    try {
      await run(join(copy, "node_modules/.bin", name), args, { cwd: copy, env });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      assert.fail(`${name} ${args.join(" ")}:\n${stdout}${stderr}`);
    }
  }
});

it("a step whose lines are gone from the source is noticed", () => {
  assert.equal(changed("a.ts", "one\ntwo\nthree\n", " one\n+new\n…\n-three\n+four\n"), "one\nnew\ntwo\nfour\n");
  assert.throws(() => changed("a.ts", "one\n", "-two\n+three\n"), /a\.ts does not have these lines once:\ntwo/);
});

async function copyOfSource(): Promise<string> {
  const copy = await realpath(await mkdtemp(join(tmpdir(), "avoin-recipe-")));
  // The database runs as another user, when the tests run as root.
  await chmod(copy, 0o755);
  const filter = (path: string) => !/\.test\.tsx?$/.test(path) || TESTS.some((test) => test.test(path));
  await Promise.all(COPIED.map((name) => cp(join(ROOT, name), join(copy, name), { recursive: true, filter })));
  await linkPackages(join(ROOT, "node_modules"), join(copy, "node_modules"));
  return copy;
}

/** A folder of its own with a link for each: what is kept of the copy's files is kept there, and goes with it. */
async function linkPackages(from: string, to: string): Promise<void> {
  await mkdir(to);
  const names = (await readdir(from)).filter((name) => name !== ".cache");
  await Promise.all(names.map((name) => symlink(join(from, name), join(to, name))));
}
