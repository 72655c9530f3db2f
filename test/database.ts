/**
 * A PostgreSQL database of its own for a test: migrated, empty, gone afterwards.
 *
 * All test processes of a checkout share one embedded server below `.data/test`; the first starts it, the last stops it.
 * In it, one template is migrated per state of the migrations, and each test database is a copy of that template.
 * With TEST_DATABASE_URL (a superuser's address) the tests run on that server instead.
 */
import { createHash, randomBytes } from "node:crypto";
import { glob, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Client } from "pg";
import { migrateDatabase } from "#core/migrate.ts";
import { startPostgres } from "#core/postgres.ts";
import { MIGRATIONS } from "../src/modules.ts";

export interface TestDatabase {
  /** As the role that owns and migrates. */
  ownerUrl: string;
  /** As the role that serves and is bound by row-level security. */
  url: string;
  /** 180004 for 18.4. */
  serverVersion: number;
  /** Removes the database, also with open connections, and gives the server back. */
  drop(): Promise<void>;
}

interface TestServer {
  adminUrl: string;
  ownerUrl: string;
  stop(): Promise<void>;
}

/** Advisory lock: one process at a time looks for the template, builds it and copies it. */
const TEMPLATE = 7_100_003;

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCE = join(ROOT, "src");
const quiet = () => undefined;

/** With a test context the database is dropped when that test or suite ends; without, the caller drops it. */
export async function testDatabase(t?: { after(done: () => Promise<void>): void }): Promise<TestDatabase> {
  const server = await joinTestServer();
  const name = `test_${process.pid}_${randomBytes(4).toString("hex")}`;
  const { servingUrl, serverVersion } = await asAdmin(server, async (admin) => {
    await admin.query("select pg_advisory_lock($1)", [TEMPLATE]);
    await dropLeftovers(admin);
    const template = await findTemplate(admin, server);
    await admin.query(
      `create database ${name} template ${template.name} strategy file_copy owner ${new URL(server.ownerUrl).username}`,
    );
    const { rows } = await admin.query<{ version: number }>(
      "select current_setting('server_version_num')::int as version",
    );
    return { servingUrl: template.servingUrl, serverVersion: rows[0]?.version ?? 0 };
  });
  const drop = async () => {
    await asAdmin(server, (admin) => admin.query(`drop database if exists ${name} with (force)`));
    await server.stop();
  };
  t?.after(drop);
  return { ownerUrl: at(server.ownerUrl, server, name), url: at(servingUrl, server, name), serverVersion, drop };
}

/** The server that the tests share; whoever holds it keeps it running. */
export async function joinTestServer(): Promise<TestServer> {
  const given = process.env["TEST_DATABASE_URL"];
  if (given !== undefined) return { adminUrl: given, ownerUrl: given, stop: () => Promise.resolve() };
  return await startPostgres({ dataDir: join(ROOT, ".data/test/postgres"), fast: true, shared: true, log: quiet });
}

/** The template for the migrations as they are now. Its serving address is kept as the database's comment. */
async function findTemplate(admin: Client, server: TestServer): Promise<{ name: string; servingUrl: string }> {
  const name = `template_${await hashOfMigrations()}`;
  const { rows } = await admin.query<{ url: string | null }>(
    "select shobj_description(oid, 'pg_database') as url from pg_database where datname = $1",
    [name],
  );
  const servingUrl = rows[0]?.url ?? (await buildTemplate(admin, server, name));
  return { name, servingUrl };
}

/** Built under another name and renamed when complete, so that a failed migration leaves nothing that looks ready. */
async function buildTemplate(admin: Client, server: TestServer, name: string): Promise<string> {
  const { rows } = await admin.query<{ datname: string }>(
    "select datname from pg_database where datname ~ '^(template_[0-9a-f]{16}|template_new)$'",
  );
  for (const { datname } of rows) await admin.query(`drop database ${datname} with (force)`);
  await admin.query(`create database template_new owner ${new URL(server.ownerUrl).username}`);
  const { servingUrl } = await migrateDatabase(at(server.ownerUrl, server, "template_new"), MIGRATIONS);
  await admin.query(`comment on database template_new is ${admin.escapeLiteral(servingUrl)}`);
  await admin.query("alter database template_new allow_connections false");
  await admin.query(`alter database template_new rename to ${name}`);
  return servingUrl;
}

/** Databases of test processes that were killed. */
async function dropLeftovers(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ datname: string }>(
    "select datname from pg_database where datname ~ '^test_[0-9]+_'",
  );
  for (const { datname } of rows) {
    if (!isAlive(Number(datname.split("_")[1]))) await admin.query(`drop database if exists ${datname} with (force)`);
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

async function hashOfMigrations(): Promise<string> {
  const files: string[] = [];
  for await (const file of glob(["**/migrations/*.sql", "core/migrate*.ts", "core/cities.ts", "modules.ts"], {
    cwd: SOURCE,
  })) {
    files.push(join(SOURCE, file));
  }
  const hash = createHash("sha256");
  for (const file of files.sort()) hash.update(file).update(await readFile(file));
  return hash.digest("hex").slice(0, 16);
}

async function asAdmin<Result>(server: TestServer, work: (admin: Client) => Promise<Result>): Promise<Result> {
  const admin = new Client({ connectionString: server.adminUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** The same user on another database of the server as it runs now: its port may have changed since the address was kept. */
function at(address: string, server: TestServer, database: string): string {
  const url = new URL(address);
  url.port = new URL(server.adminUrl).port;
  url.pathname = `/${database}`;
  return url.href;
}
