/** The hook by which Node runs the project's TypeScript. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import FLAGS from "../bin/setup/node-flags.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("..", import.meta.url));
/** Always the same, as what is kept of a file goes by its path. */
const dir = join(ROOT, ".data/test/typescript");
mkdirSync(dir, { recursive: true });
after(() => rmSync(dir, { recursive: true }));

/** Writes the program, and runs it as the service is run. */
function run(source: string): { said: string; wrong: string } {
  const file = join(dir, "program.ts");
  writeFileSync(file, source);
  const { stdout, stderr } = spawnSync(process.execPath, [...FLAGS.typescript, file], { cwd: ROOT, encoding: "utf8" });
  return { said: stdout.trim(), wrong: stderr };
}

describe("TypeScript", () => {
  it("runs as it is now, also after it was kept", () => {
    for (const word of ["first", "first", "second"]) {
      const { said, wrong } = run(`const word: string = "${word}";\nconsole.log(word);`);
      assert.deepEqual([said, wrong], [word, ""]);
    }
  });

  it("names the line that somebody wrote, whether it breaks when it is read or when it runs", () => {
    assert.match(
      run("interface Unused {\n  a: string;\n}\n\nthrow new Error('here' as string);").wrong,
      /program\.ts:5/,
    );
    assert.match(run("const a = 1;\nconst = 2;").wrong, /program\.ts:2/);
  });
});
