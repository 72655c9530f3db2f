/** What somebody is told who starts the service or a tool wrongly. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import FLAGS from "../bin/setup/node-flags.json" with { type: "json" };
import { testDatabase } from "./database.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const COMMANDS = [["src/main.ts"], ["bin/migrate.ts"], ["bin/reindex.ts"], ["bin/ingest.ts", "data/demo/decisions"]];

function run(command: readonly string[], settings: NodeJS.ProcessEnv): Promise<{ code: unknown; said: string }> {
  return new Promise((resolve) => {
    const env = { ...process.env, ...settings };
    execFile(process.execPath, [...FLAGS.typescript, ...command], { cwd: ROOT, env }, (error, stdout, stderr) =>
      resolve({ code: error?.code, said: stdout + stderr }),
    );
  });
}

describe("a program that cannot do its work says why, without a stack", { concurrency: 2 }, () => {
  for (const command of COMMANDS) {
    it(`${command[0]}: for a wrong setting, with 2`, async () => {
      const { code, said } = await run(command, { PORT: "harbour" });
      assert.match(said, /^PORT is "harbour", which is not allowed\.\n {2}PORT: .+\n {2}Allowed: .+\n$/);
      assert.equal(code, 2);
    });

    it(`${command[0]}: for a database out of reach, with 1`, async () => {
      const { code, said } = await run(command, {
        PORT: "0",
        DATABASE_URL: "postgres://avoin_owner:x@127.0.0.1:9/avoin",
      });
      assert.match(said, /ECONNREFUSED/);
      assert.doesNotMatch(said, /^ {4}at /m);
      assert.equal(code, 1);
    });
  }

  it("the service: for a file of sign-in that can't be used, with 2", async (t) => {
    const DATA_DIR = await mkdtemp(join(tmpdir(), "avoin-commands-"));
    t.after(() => rm(DATA_DIR, { recursive: true }));
    const { ownerUrl: DATABASE_URL } = await testDatabase(t);
    const { code, said } = await run(["src/main.ts"], { PORT: "0", DATA_DIR, DATABASE_URL, SIGN_IN_FILE: "/nowhere" });
    assert.match(said, /Avoin did not start: SIGN_IN_FILE is \/nowhere, which can't be used/);
    assert.doesNotMatch(said, /^ {4}at /m);
    assert.equal(code, 2);
  });

  it("the service: for one of two settings that belong together, with 2 before it begins", async () => {
    const { code, said } = await run(["src/main.ts"], { GDPR_API_AUDIENCE: "avoin" });
    assert.equal(said, "GDPR_API_ISSUER and GDPR_API_AUDIENCE belong together: set both, or neither\n");
    assert.equal(code, 2);
  });
});
