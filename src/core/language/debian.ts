import { execFile } from "node:child_process";
import { mkdir, readdir } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";

/** The few things we ask of apt and dpkg; none needs root, none changes the system. Errors carry the tool's own first complaint. */
export interface Debian {
  signal: AbortSignal;
  /** Fetches package lists into the working folder; later calls use them instead of the machine's. */
  updateLists(): Promise<void>;
  /** The given packages and all that they depend on, less what is installed; as "name=version". */
  lackingPackages(names: readonly string[]): Promise<string[]>;
  /** Downloads packages into the working folder; returns the paths of the .deb files. */
  download(packages: readonly string[]): Promise<string[]>;
  /** Unpacks a .deb file below `root`. */
  unpack(file: string, root: string): Promise<void>;
}

const run = promisify(execFile);

/** `Inst libvoikko1 (4.3.1-1+b1 Debian:12.11/stable [amd64])`; what would be upgraded has its old version in brackets first. */
const TO_INSTALL = /^Inst (\S+) \((\S+)/gm;

const OPTIONS = [
  "-o=Debug::NoLocking=1",
  "-o=Acquire::Retries=1",
  "-o=Acquire::http::Timeout=15",
  "-o=Acquire::https::Timeout=15",
  "-o=Acquire::Languages=none",
  // Without it a server that does not answer is a warning, and the update counts as done.
  "-o=APT::Update::Error-Mode=any",
];

/** apt and dpkg with all their writing confined to `work`. Errors: no apt-get on this machine. */
export async function inDebian(work: string, options: readonly string[], signal: AbortSignal): Promise<Debian> {
  const lists = join(work, "lists");
  const cache = join(work, "cache");
  const packages = join(work, "packages");
  await Promise.all([lists, join(cache, "archives"), packages].map((folder) => mkdir(folder, { recursive: true })));

  const ownLists: string[] = [];
  const apt = (...args: string[]) =>
    call("apt-get", [...OPTIONS, `-o=Dir::Cache=${cache}`, ...ownLists, ...options, ...args], packages, signal);

  await apt("--version");
  return {
    signal,
    async updateLists() {
      ownLists.push(`-o=Dir::State::Lists=${lists}`);
      await apt("update");
    },
    async lackingPackages(names) {
      const plan = await apt("install", "--simulate", "--no-install-recommends", ...names);
      return [...plan.matchAll(TO_INSTALL)].map(([, name, version]) => `${name}=${version}`);
    },
    async download(wanted) {
      await apt("download", ...wanted);
      const files = await readdir(packages);
      return files.filter((file) => file.endsWith(".deb")).map((file) => join(packages, file));
    },
    async unpack(file, root) {
      await call("dpkg-deb", ["--extract", file, root], packages, signal);
    },
  };
}

const ENV_CANNOT_RUN = 126;
const ENV_CANNOT_FIND = 127;

/** Runs a tool in plain English, since its words are read; returns what it prints. */
async function call(tool: string, args: readonly string[], cwd: string, signal: AbortSignal): Promise<string> {
  try {
    const { stdout } = await run("env", ["LC_ALL=C", tool, ...args], { cwd, signal, maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    throw new Error(`${tool}: ${complaint(error)}`, { cause: error });
  }
}

function complaint(error: unknown): string {
  const { code, stderr = "", message } = error as { code?: string | number; stderr?: string; message: string };
  if (code === ENV_CANNOT_RUN || code === ENV_CANNOT_FIND || code === "ENOENT") return "not on this machine";
  const lines = stderr.trim().split("\n");
  return lines.find((line) => line.startsWith("E:")) ?? (lines.at(-1) || message);
}
