/** Making the embedded database: cluster, roles, the empty database, and the connection file beside them. */
import { execFile, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chown, mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { promisify } from "node:util";
import { type Home, childOptions } from "./postgres-home.ts";

/** How to reach the server; lies beside the data, readable by its owner only. */
export interface Connection {
  /** Where the server listened last: kept, so that the address is the same from start to start when it is free. */
  port: number;
  adminPassword: string;
  ownerPassword: string;
}

const run = promisify(execFile);

/**
 * With the system's C.UTF-8, full-text search tells a letter from a dash and a quotation mark (with C it does not);
 * sorting and case come from PostgreSQL's own C.UTF-8, the same on every machine. A system without it takes the next.
 */
const LOCALES = ["C.UTF-8", "en_US.UTF-8", "C"];

/**
 * Makes the cluster, its roles and its database in an empty home. `avoin_owner` owns the database and may create roles,
 * and is no superuser. No server listens before the passwords are set. Errors: PostgreSQL's own words.
 */
export async function createCluster(home: Home, port: number): Promise<void> {
  await initialise(home);
  await writeFile(join(home.cluster, "pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
  const connection = { port, adminPassword: randomPassword(), ownerPassword: randomPassword() };
  await runSingleUser(home, [
    `alter role postgres password '${connection.adminPassword}'`,
    `create role avoin_owner login createrole password '${connection.ownerPassword}'`,
    `create database avoin owner avoin_owner`,
  ]);
  await writeConnection(home, connection);
}

/** Errors: the file belongs to somebody else; the data come from another major version of PostgreSQL. */
export async function readConnection(home: Home): Promise<Connection> {
  const file = join(home.dir, "connection.json");
  try {
    return JSON.parse(await readFile(file, "utf8")) as Connection;
  } catch (cause) {
    throw new Error(`${file} cannot be read. Start as the user who started first, or set another DATA_DIR.`, { cause });
  }
}

export async function writeConnection(home: Home, connection: Connection): Promise<void> {
  const file = join(home.dir, "connection.json");
  await writeFile(`${file}.new`, JSON.stringify(connection), { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** initdb runs as the database's user, who may not write in the home but owns the cluster in it. */
async function initialise(home: Home): Promise<void> {
  await mkdir(home.cluster, { mode: 0o700 });
  const { uid, gid } = home.user;
  if (uid !== undefined && gid !== undefined) await chown(home.cluster, uid, gid);
  let failure: unknown;
  for (const locale of LOCALES) {
    try {
      await run(join(home.programs, "initdb"), initdbArguments(home, locale), childOptions(home));
      return;
    } catch (error) {
      failure = error;
    }
  }
  throw new Error(`The database could not be created in ${home.dir}`, { cause: failure });
}

function initdbArguments(home: Home, locale: string): string[] {
  const sorting = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", `--locale=${locale}`, "--encoding=UTF8"];
  return [`--pgdata=${home.cluster}`, "--username=postgres", "--auth=trust", ...sorting];
}

/** Runs SQL without any server: PostgreSQL's single-user mode reads one statement per line and exits. */
async function runSingleUser(home: Home, statements: string[]): Promise<void> {
  const child = spawn(join(home.programs, "postgres"), ["--single", "-D", home.cluster, "postgres"], {
    ...childOptions(home),
    stdio: ["pipe", "ignore", "pipe"],
  });
  child.stdin.end(`${statements.join("\n")}\n`);
  const errors = await text(child.stderr);
  if (/^(.* )?(ERROR|FATAL|PANIC):/m.test(errors))
    throw new Error(`The database could not be set up: ${errors.trim()}`);
}

function randomPassword(): string {
  return randomBytes(24).toString("hex");
}
