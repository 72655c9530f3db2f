/** The checks that read the source, as tests: their findings stand in the same summary. */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { describeSettings } from "#core/config.ts";
import FLAGS from "../bin/setup/node-flags.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const CHECKS = [
  { name: "every file is formatted (mend with: npm run format)", program: "oxfmt", args: ["--check"] },
  { name: "the linter finds nothing", program: "oxlint", args: ["--type-aware", "--deny-warnings"] },
  // Its four threads check what they share four times: one takes less than half of the processor's time.
  { name: "the types agree", program: "tsc", args: ["--noEmit", "--singleThreaded", "--pretty", "false"] },
  {
    name: "every package's licence has been looked at, and the list is complete",
    program: "node",
    args: [...FLAGS.typescript, "bin/licences.ts", "--check"],
  },
];

for (const { name, program, args } of CHECKS) {
  test(name, async () => {
    const { code, output } = await run(`node_modules/.bin/${program}`, args);
    assert.equal(code, 0, output);
  });
}

test("a container starts the service with the same flags and environment of Node as npm start", async () => {
  const dockerfile = await readFile(`${ROOT}Dockerfile`, "utf8");
  const command = /^CMD (\[.*\])$/m.exec(dockerfile)?.[1] ?? "[]";
  assert.deepEqual(JSON.parse(command), ["node", ...FLAGS.service, ...FLAGS.typescript, "src/main.ts"]);
  const environment = /^ENV (.*)$/m.exec(dockerfile)?.[1]?.split(" ") ?? [];
  for (const [name, value] of Object.entries(FLAGS.serviceEnvironment))
    assert.ok(environment.includes(`${name}=${value}`));
});

test("containers are given settings that there are, and a database whose owner policies bind", async () => {
  const compose = await readFile(`${ROOT}compose.yaml`, "utf8");
  const dockerfile = await readFile(`${ROOT}Dockerfile`, "utf8");
  const known = new Set([...describeSettings().matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name));
  const [, service = ""] = /^ {2}avoin:\n([\s\S]*?)\n\n/m.exec(compose) ?? [];
  const given = [...service.matchAll(/^ {6}([A-Z_]+):/gm)].map(([, name]) => name);
  assert.deepEqual(given, ["DATABASE_URL", "PUBLIC_URL", "DEMO"]);
  for (const name of [...given, ...namesIn(dockerfile)]) assert.ok(known.has(name), name);
  assert.match(service, /env_file: .*\.env/);
  // Who the image makes by POSTGRES_USER is a superuser.
  assert.doesNotMatch(compose, /POSTGRES_USER/);
  assert.match(compose, /create role avoin_owner login createrole password/);
});

/** Settings of ours that a Dockerfile sets; others are Node's and the C library's. */
const namesIn = (dockerfile: string): string[] =>
  [...(/^ENV (.*)$/m.exec(dockerfile)?.[1] ?? "").matchAll(/(\w+)=/g)]
    .map(([, name = ""]) => name)
    .filter((name) => name !== "NODE_ENV" && !(name in FLAGS.serviceEnvironment));

interface Locked {
  hasInstallScript?: boolean;
  os?: string[];
  cpu?: string[];
}

/** Those of docs/running.md. */
const PLATFORMS = { os: ["linux", "darwin"], cpu: ["x64", "arm64"] };

test("each install script of a platform that is promised has been allowed or refused: an npm from 12 up runs no other", async () => {
  const read = async (name: string): Promise<unknown> => JSON.parse(await readFile(`${ROOT}${name}`, "utf8"));
  const { allowScripts } = (await read("package.json")) as { allowScripts: Record<string, boolean> };
  const { packages } = (await read("package-lock.json")) as { packages: Record<string, Locked> };
  const isPromised = ({ os = PLATFORMS.os, cpu = PLATFORMS.cpu }: Locked) =>
    os.some((one) => PLATFORMS.os.includes(one)) && cpu.some((one) => PLATFORMS.cpu.includes(one));
  const withScripts = Object.entries(packages).filter(([, locked]) => locked.hasInstallScript && isPromised(locked));
  const names = withScripts.map(([path]) => path.replace(/^.*node_modules\//, ""));
  assert.deepEqual(Object.keys(allowScripts).toSorted(), names.toSorted());
});

async function run(program: string, args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(program, args, { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.once("error", reject).once("close", resolve));
  const [stdout, stderr, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, output: `${stdout}${stderr}`.trim() };
}
