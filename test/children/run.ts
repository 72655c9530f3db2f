/** A process of its own for a test that kills it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import FLAGS from "../../bin/setup/node-flags.json" with { type: "json" };

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Child {
  /** Its output, line by line; ends with the process. */
  lines: AsyncIterable<string>;
  /** SIGKILL, as by the kernel: it can neither catch nor finish anything. Resolves when it is gone. */
  kill(): Promise<void>;
}

/** Runs `test/children/NAME.ts` with these arguments, and these settings besides ours; what it writes to stderr is shown. */
export function runChild(name: string, given: readonly string[], settings: Record<string, string> = {}): Child {
  const file = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = spawn(process.execPath, [...FLAGS.typescript, file, ...given], {
    cwd: ROOT,
    env: { ...process.env, ...settings },
    stdio: ["ignore", "pipe", "inherit"],
  });
  return { lines: createInterface({ input: child.stdout }), kill: () => killed(child) };
}

async function killed(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, "exit");
  child.kill("SIGKILL");
  await gone;
}
