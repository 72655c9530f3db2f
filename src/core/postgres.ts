/**
 * The embedded PostgreSQL: a real server of the npm package, kept in the data directory between starts.
 *
 * Any number of processes may use one data directory at a time. Each holds a shared advisory lock on a connection of its
 * own; whoever leaves last stops the server. PostgreSQL gives a lock back when its holder dies, however it dies, so a
 * `kill -9` leaves nothing to clean up: the next start finds the server running and uses it.
 */
import { createHash } from "node:crypto";
import { realpath, rm } from "node:fs/promises";
import { Socket } from "node:net";
import { resolve } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { Client } from "pg";
import { type Connection, createCluster, readConnection, writeConnection } from "./postgres-cluster.ts";
import { type Home, type Log, findHome, newHome } from "./postgres-home.ts";
import { findServer, freePort, startServer, stopServer } from "./postgres-server.ts";

export interface PostgresOptions {
  /** The database's own folder, kept between starts, made when missing. May become a link: see postgres-home.ts. */
  dataDir: string;
  /** Where to listen when free; otherwise the next free port. Without it: the last one, or one made from the directory's path. */
  port?: number;
  log: Log;
  /** For tests: nothing is forced to disk. A killed server may lose the last second, a crashed machine everything. */
  fast?: boolean;
  /** True for a tool or a test that may work beside others; false (the default) for the one server of a data directory. */
  shared?: boolean;
}

export interface Postgres {
  /** Database `avoin` as `avoin_owner`, who owns it, may create roles and is no superuser. */
  ownerUrl: string;
  /** Database `postgres` as superuser: for tests that make databases, and for repairs. */
  adminUrl: string;
  /** Gives the server back; the last one to do so stops it. May be called twice. */
  stop(): Promise<void>;
}

/** The connection that holds our locks; its socket says whether it keeps the process alive. */
interface Session {
  client: Client;
  socket: Socket;
}

/** Advisory locks in database `postgres`: who uses the server, and who is its one application server. */
const IN_USE = 7_100_001;
const THE_SERVER = 7_100_002;

/** Starts or joins the server of a data directory. Errors say what to do: no place, no permission, in use, damaged. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const home = (await findHome(options.dataDir, options.log)) ?? (await makeHome(options));
  const { connection, session } = await join(home, options);
  if (options.shared !== true) await claimServer(session, options.dataDir);
  // An idle session must not keep a finished process alive.
  session.socket.unref();
  let stopping: Promise<void> | null = null;
  return {
    ownerUrl: url("avoin_owner", connection.ownerPassword, connection.port, "avoin"),
    adminUrl: url("postgres", connection.adminPassword, connection.port, "postgres"),
    stop: () => (stopping ??= leave(home, session, options.log)),
  };
}

async function makeHome({ dataDir, port, log }: PostgresOptions): Promise<Home> {
  log("Creating the database (only the first time)");
  const { home, settle } = await newHome(dataDir, log);
  try {
    await createCluster(home, port ?? (await portFor(dataDir)));
  } catch (error) {
    await rm(home.dir, { recursive: true });
    throw error;
  }
  await settle();
  const settled = await findHome(dataDir, log);
  if (settled === null)
    throw new Error(`The database was deleted from ${dataDir} while it was being created: start again`);
  return settled;
}

/** Outside the range that systems hand out for outgoing connections, so that it stays free between starts. */
async function portFor(dataDir: string): Promise<number> {
  const path = await realpath(dataDir).catch(() => resolve(dataDir));
  return 20_000 + (createHash("sha256").update(path).digest().readUInt16BE() % 10_000);
}

/** A session on the running server, started when none runs. Tries again while another process starts or stops it. */
async function join(home: Home, options: PostgresOptions): Promise<{ connection: Connection; session: Session }> {
  const connection = await readConnection(home);
  const deadline = Date.now() + 30_000;
  for (let pause = 20; Date.now() < deadline; pause = Math.min(pause * 2, 500)) {
    const running = await findServer(home);
    if (running === null) await start(home, connection, options);
    const server = await findServer(home);
    if (server?.status === "ready") {
      const session = await openSession({ ...connection, port: server.port }, options.log);
      if (session !== null) return { connection: { ...connection, port: server.port }, session };
    }
    await sleep(pause);
  }
  throw new Error(`PostgreSQL in ${home.dir} does not answer; see server.log there`);
}

async function start(home: Home, connection: Connection, { port, fast, log }: PostgresOptions): Promise<void> {
  const chosen = await freePort(port ?? connection.port);
  const started = await startServer(home, chosen, fast ?? false, log);
  if (started && chosen !== connection.port) await writeConnection(home, { ...connection, port: chosen });
}

/** Null when the server just stops or does not answer yet. */
async function openSession({ port, adminPassword }: Connection, log: Log): Promise<Session | null> {
  const connectionString = url("postgres", adminPassword, port, "postgres");
  const socket = new Socket();
  const client = new Client({ connectionString, application_name: "avoin in use", stream: () => socket });
  client.on("error", (error) => log(`The embedded PostgreSQL ended its connection: ${error.message}`));
  try {
    await client.connect();
    // Waits while the last user of before stops the server, and ends with it.
    await client.query("select pg_advisory_lock_shared($1)", [IN_USE]);
  } catch (error) {
    await client.end();
    if (isPassing(error)) return null;
    throw error;
  }
  return { client, socket };
}

/** The lock of a server that was just killed is free as soon as PostgreSQL has noticed: hence the short patience. */
async function claimServer(session: Session, dataDir: string): Promise<void> {
  for (let tries = 0; tries < 20; tries++) {
    if (await tryLock(session.client, THE_SERVER)) return;
    await sleep(100);
  }
  await session.client.end();
  throw new Error(
    `Another Avoin runs on ${resolve(dataDir)}. Stop it, or start this one with its own DATA_DIR and PORT.`,
  );
}

async function leave(home: Home, session: Session, log: Log): Promise<void> {
  session.socket.ref();
  // From here on the end of the connection is no news.
  session.client.removeAllListeners("error").on("error", () => undefined);
  if (await isLastUser(session)) await stopServer(home, log);
  await session.client.end();
}

/** True also when the connection is gone: then nobody can be asked, and stopping a stopped server does nothing. */
async function isLastUser({ client }: Session): Promise<boolean> {
  try {
    await client.query("select pg_advisory_unlock_shared($1)", [IN_USE]);
    return await tryLock(client, IN_USE);
  } catch (error) {
    if (isPassing(error)) return true;
    throw error;
  }
}

async function tryLock(client: Client, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>("select pg_try_advisory_lock($1) as locked", [lock]);
  return rows[0]?.locked === true;
}

/** 57P0x: the server stops or starts; 08xxx and the bare ones: the connection broke. */
function isPassing(error: unknown): boolean {
  const { code = "", message = "" } = error as { code?: string; message?: string };
  return (
    /^(57P0[123]|08\w{3}|ECONNREFUSED|ECONNRESET|EPIPE)$/.test(code) ||
    /^(Connection terminated|Client .*not queryable)/.test(message)
  );
}

function url(user: string, password: string, port: number, database: string): string {
  return `postgres://${user}:${password}@127.0.0.1:${port}/${database}`;
}
