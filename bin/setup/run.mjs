/** Runs a script of the project on the project's own Node and stays its parent until it ends. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { NODE, ROOT } from "./packages.mjs";

/** Flags of Node: `typescript` for every script of the project, from its root; `service` and `serviceEnvironment` for how the service's memory grows (docs/running.md). */
export const FLAGS = JSON.parse(readFileSync(new URL("./node-flags.json", import.meta.url), "utf8"));

/** npm passes on a signal that the terminal has sent to everybody already: within this time they are one. */
const SAME_SIGNAL_MS = 400;

/**
 * The child has a session of its own, so Ctrl-C reaches it once, through us, and it ends when we are gone, even by kill -9.
 * @param {string[]} args of node: the script and its arguments, flags before them
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>} the exit code
 */
export async function runNode(args, env = process.env) {
  const follow = new URL("./end-with-parent.mjs", import.meta.url).href;
  const child = spawn(NODE, ["--import", follow, ...FLAGS.typescript, ...args], {
    cwd: ROOT,
    env: { ...env, PATH: `${join(ROOT, "node_modules/.bin")}:${env["PATH"] ?? ""}` },
    stdio: ["inherit", "inherit", "inherit", "ipc"],
    detached: process.platform !== "win32",
  });
  passOnSignals(child);
  return await new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => resolve(code ?? 128 + (constants.signals[signal ?? "SIGKILL"] ?? 9)));
  });
}

function passOnSignals(child) {
  let last = 0;
  const passOn = (signal) => {
    if (Date.now() - last < SAME_SIGNAL_MS) return;
    last = Date.now();
    child.kill(signal === "SIGHUP" ? "SIGTERM" : signal);
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, passOn);
}
