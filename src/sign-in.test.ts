/** Who may sign in, by the settings: and that a demo, where anybody can be anybody, is for its own machine only. */
import assert from "node:assert/strict";
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, describe, it } from "node:test";
import { ConfigError, readConfig } from "#core/config.ts";
import { openSignIn } from "./sign-in.ts";

const folder = await mkdtemp(join(tmpdir(), "avoin-sign-in-"));
after(() => rm(folder, { recursive: true }));

const LOCAL = "http://127.0.0.1:3000";
const open = (settings: Record<string, string>, origin = LOCAL) =>
  openSignIn(readConfig({ DATA_DIR: folder, ...settings }), origin, () => undefined);

describe("the demo", () => {
  it("lets its people in on its own machine", async () => {
    const { providers, demo, hasMail } = await open({ DEMO: "on" });
    assert.equal(providers.length, 7);
    assert.ok(demo);
    assert.ok(hasMail);
  });

  it("does not start where others can reach it, and says what to do", async () => {
    const reachable: [host: string, origin: string][] = [
      ["0.0.0.0", LOCAL],
      ["192.0.2.7", LOCAL],
      ["127.0.0.1", "https://avoin.example.fi"],
      ["127.0.0.1", "http://localhost.example.fi"],
    ];
    for (const [HOST, origin] of reachable)
      await assert.rejects(open({ DEMO: "on", HOST }, origin), (error: Error) => {
        assert.ok(error instanceof ConfigError);
        assert.match(error.message, /^DEMO is on and (?:HOST|PUBLIC_URL) is .*\n.*anybody.*\n {2}Allowed: DEMO=off/);
        return true;
      });
  });

  it("has no people of its own where real providers are named, and may then be reached", async () => {
    const file = join(folder, "providers.json");
    await writeFile(file, JSON.stringify({ providers: [] }));
    const { providers, demo, isInsecure } = await open({ DEMO: "on", SIGN_IN_FILE: file }, "https://avoin.example.fi");
    assert.deepEqual([providers, demo, isInsecure], [[], null, false]);
  });
});

it("without demo and without a file nobody signs in", async () => {
  const { providers, hasMail } = await open({});
  assert.deepEqual([providers, hasMail], [[], false]);
});

describe("the key that seals identity codes", () => {
  const keys = join(folder, "identity-keys");

  it("is made once, for the service alone, and used again after a restart", async () => {
    const sealed = (await open({})).sealer.seal("010190-999X", "test");
    const made = await readFile(keys, "utf8");
    assert.equal((await stat(keys)).mode & 0o777, 0o600);
    assert.equal((await open({})).sealer.open(sealed, "test"), "010190-999X");
    assert.equal(await readFile(keys, "utf8"), made);
  });

  it("is the same for two that start at once", async () => {
    await rm(keys);
    const [one, other] = await Promise.all([open({}), open({})]);
    assert.equal(other.sealer.open(one.sealer.seal("x", "test"), "test"), "x");
  });

  it("is not made anew in place of one that is damaged: the codes that it sealed would be lost", async () => {
    const good = await readFile(keys, "utf8");
    for (const damaged of ["", "own:1234", "rubbish"]) {
      await writeFile(keys, damaged);
      await assert.rejects(open({}), /holds no key\. Put back the copy/);
      assert.equal(await readFile(keys, "utf8"), damaged);
    }
    await writeFile(keys, good);
    await chmod(keys, 0o600);
    await open({});
  });

  it("of the settings goes before the file", async () => {
    const settings = { IDENTITY_KEYS: `new:${"ab".repeat(32)}` };
    const sealed = (await open(settings)).sealer.seal("x", "test");
    assert.match(sealed, /^new\./);
  });
});
