/** The life of the embedded PostgreSQL's server process: found, started, stopped. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { open, readFile, readlink, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { type Home, type Log, childOptions } from "./postgres-home.ts";

/** What postmaster.pid says of a server that runs. */
export interface Postmaster {
  pid: number;
  port: number;
  /** starting, ready, stopping or standby */
  status: string;
}

const run = promisify(execFile);

/** Small enough for a laptop beside other work; all pools of one application stay well below 60 connections. */
const SETTINGS = {
  listen_addresses: "127.0.0.1",
  unix_socket_directories: "",
  max_connections: "60",
  shared_buffers: "128MB",
  maintenance_work_mem: "128MB",
  random_page_cost: "1.1",
  jit: "off",
  timezone: "UTC",
  log_timezone: "UTC",
};

/** For data that nobody misses after a crash of the machine. */
const FAST_SETTINGS = { fsync: "off", synchronous_commit: "off", full_page_writes: "off" };

/** Ends of a start that another try mends: another process took the port or the data, or a killed server's children still end. */
const PASSING = /Address already in use|lock file "postmaster.pid" already exists|pre-existing shared memory block/;

/** The server that runs on this home, whoever started it; null when none does. */
export async function findServer(home: Home): Promise<Postmaster | null> {
  const file = join(home.cluster, "postmaster.pid");
  const lines = (await readFile(file, "utf8").catch(emptyWhenMissing)).split("\n");
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0 || !isAlive(pid)) return null;
  if (!(await isPostgres(pid, home))) {
    // The number of a server that was killed now belongs to another program: PostgreSQL would refuse to start.
    await rm(file, { force: true });
    return null;
  }
  return { pid, port: Number(lines[3]), status: (lines[7] ?? "starting").trim() };
}

/**
 * Starts a server and waits until it answers; recovery after a crash may take a while and is reported.
 * Returns false when another try may succeed. Errors: the last words of the server's log.
 */
export async function startServer(home: Home, port: number, fast: boolean, log: Log): Promise<boolean> {
  const logFile = await open(join(home.dir, "server.log"), "w");
  const child = spawn(join(home.programs, "postgres"), serverArguments(home, port, fast), {
    ...childOptions(home),
    // A session of its own: Ctrl-C in the terminal reaches us, and we stop the server after everything that uses it.
    detached: true,
    stdio: ["ignore", logFile.fd, logFile.fd],
  });
  try {
    await once(child, "spawn");
  } catch (cause) {
    throw new Error(`PostgreSQL could not be started from ${home.programs}`, { cause });
  } finally {
    await logFile.close();
  }
  child.unref();
  for (let waited = 0; child.exitCode === null && child.signalCode === null; waited += 20) {
    const server = await findServer(home);
    if (server?.pid === child.pid && server?.status === "ready") return true;
    if (waited % 5000 === 1000) log("PostgreSQL is recovering from a sudden end; waiting");
    await sleep(20);
  }
  const words = await readFile(join(home.dir, "server.log"), "utf8");
  if (PASSING.test(words)) return false;
  throw new Error(
    `PostgreSQL did not start on ${home.dir}. Its last words:\n${words.trim().split("\n").slice(-8).join("\n")}`,
  );
}

/** Stops the server in order, or hard when it has not ended after 20 seconds; then the next start recovers. */
export async function stopServer(home: Home, log: Log): Promise<void> {
  if ((await findServer(home)) === null) return;
  const stop = (mode: string) =>
    run(join(home.programs, "pg_ctl"), ["stop", "-D", home.cluster, "-m", mode, "-w", "-t", "20"], childOptions(home));
  try {
    await stop("fast");
  } catch (error) {
    if ((await findServer(home)) === null) return;
    log(
      `PostgreSQL does not stop in order (${error instanceof Error ? error.message : String(error)}); stopping it hard`,
    );
    await stop("immediate");
  }
}

/** The first free port of 127.0.0.1 from `first` on. */
export async function freePort(first: number): Promise<number> {
  for (let port = first; port < first + 200; port++) if (await isFree(port)) return port;
  throw new Error(`No free port for PostgreSQL between ${first} and ${first + 199}`);
}

function serverArguments(home: Home, port: number, fast: boolean): string[] {
  const settings = { ...SETTINGS, ...(fast ? FAST_SETTINGS : {}), port: String(port) };
  return ["-D", home.cluster, ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`])];
}

/** EPERM means that it lives and belongs to another user. */
function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** A server works in its data directory; where there is no /proc, its command line names the directory. */
async function isPostgres(pid: number, home: Home): Promise<boolean> {
  if (process.platform === "linux") return (await readlink(`/proc/${pid}/cwd`).catch(() => "")) === home.cluster;
  const { stdout } = await run("ps", ["-p", String(pid), "-o", "command="]).catch(() => ({ stdout: "" }));
  return stdout.includes(home.cluster);
}

async function isFree(port: number): Promise<boolean> {
  return await new Promise((resolve) => {
    const probe = createServer();
    probe.once("error", () => resolve(false));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
  });
}

function emptyWhenMissing(error: NodeJS.ErrnoException): string {
  if (error.code === "ENOENT") return "";
  throw error;
}
