/**
 * Brings a database to the state this code expects: the serving role, the job queue, the .sql files of core and of
 * every module in their order, the list of tenants. Forward only; safe to run at each start and by several processes at once.
 */
import { createHmac } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { Logger as QueueLogger, runMigrations as migrateJobQueue } from "graphile-worker";
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import { type Migration, type MigrationInfo, Migrator } from "kysely/migration";
import { TENANTS } from "./cities.ts";
import { openOwnerPool } from "./db.ts";

export const SERVING_ROLE = "avoin_app";

/** One folder of .sql files and the name that its migrations carry in the table of done ones. */
export interface MigrationFolder {
  name: string;
  folder: URL;
}

export const CORE_MIGRATIONS: MigrationFolder = { name: "core", folder: new URL("./migrations/", import.meta.url) };

/**
 * Migrates and answers with the address for the serving role. `ownerUrl`: a role that owns the database and may create roles.
 * Throws with the failed migration's name, or says what the database administrator has to do.
 */
export async function migrateDatabase(
  ownerUrl: string,
  folders: readonly MigrationFolder[],
): Promise<{ servingUrl: string; serverVersion: number; done: string[] }> {
  const pool = openOwnerPool(ownerUrl, "avoin-migrate", () => undefined); // a lost connection: the next query reports it
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  try {
    const serverVersion = await requireVersion(db);
    const servingUrl = await ensureServingRole(db, ownerUrl);
    await migrateJobQueue({ pgPool: pool, logger: new QueueLogger(() => () => undefined) });
    const done = await runSqlFiles(db, folders);
    await refuseTemporaryTables(db);
    await fillTenants(db);
    await keepChangeOrderAfterRestore(db);
    return { servingUrl, serverVersion, done };
  } finally {
    await db.destroy();
  }
}

/** 180004 for 18.4. */
async function requireVersion(db: Kysely<unknown>): Promise<number> {
  const { rows } = await sql<{ version: number }>`select current_setting('server_version_num')::int as version`.execute(
    db,
  );
  const version = rows[0]?.version ?? 0;
  if (version < 150_000)
    throw new Error(`The database server is PostgreSQL ${Math.floor(version / 10_000)}; 15 or newer is needed.`);
  return version;
}

/** The password follows from the owner's, so that every process of one installation computes the same and none is stored. */
function servingAddress(ownerUrl: string): { url: string; password: string } {
  const url = new URL(ownerUrl);
  const password = createHmac("sha256", url.password || ownerUrl)
    .update("avoin serving role")
    .digest("base64url");
  url.username = SERVING_ROLE;
  url.password = password;
  return { url: url.href, password };
}

async function ensureServingRole(db: Kysely<unknown>, ownerUrl: string): Promise<string> {
  const { url, password } = servingAddress(ownerUrl);
  try {
    // One process at a time: two that alter a role at once make one of them fail.
    await db.transaction().execute(async (tx) => {
      await sql`select pg_advisory_xact_lock(hashtext('avoin serving role'))`.execute(tx);
      const { rows } = await sql`select 1 from pg_roles where rolname = ${SERVING_ROLE}`.execute(tx);
      if (rows.length === 0) await sql`create role ${sql.id(SERVING_ROLE)} login`.execute(tx);
      await sql`alter role ${sql.id(SERVING_ROLE)} password ${sql.lit(password)}`.execute(tx);
    });
  } catch (error) {
    throw new Error(
      `The role "${SERVING_ROLE}", which serves pages, could not be made: the owner in DATABASE_URL needs CREATEROLE, ` +
        `or another installation on this server has made it.`,
      { cause: error },
    );
  }
  return url;
}

/** All in one transaction: an upgrade that fails leaves the database as it was. Of two processes that start at once, one waits. */
async function runSqlFiles(db: Kysely<unknown>, folders: readonly MigrationFolder[]): Promise<string[]> {
  const migrations = await readSqlFiles(folders);
  return db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('avoin migrations'))`.execute(tx);
    const done: string[] = [];
    for (const { name } of folders) done.push(...(await runFolder(tx, migrations, `${name}/`)));
    return done;
  });
}

/** Folder by folder, since the migrator goes by names and a module's stand before those of what it leans on. */
async function runFolder(
  tx: Transaction<unknown>,
  migrations: ReadonlyMap<string, Migration>,
  prefix: string,
): Promise<string[]> {
  const executed = new Set(
    (await migratorOf(tx, migrations).getMigrations()).filter(isExecuted).map(({ name }) => name),
  );
  const due = new Map([...migrations].filter(([name]) => name.startsWith(prefix) || executed.has(name)));
  const { error, results = [] } = await migratorOf(tx, due).migrateToLatest();
  const failed = results.find((result) => result.status === "Error");
  if (error) throw new Error(`Migration ${failed?.migrationName ?? ""} failed`, { cause: error });
  return results.map((result) => result.migrationName);
}

const isExecuted = ({ executedAt }: MigrationInfo): boolean => executedAt !== undefined;

const migratorOf = (tx: Transaction<unknown>, migrations: ReadonlyMap<string, Migration>): Migrator =>
  new Migrator({
    db: tx,
    provider: { getMigrations: async () => Object.fromEntries(migrations) },
    // A later file of an early module comes before files that are done already.
    allowUnorderedMigrations: true,
  });

/** All files by name ("decisions/0001_decisions"), in the order of the folders and then of the file names. */
async function readSqlFiles(folders: readonly MigrationFolder[]): Promise<Map<string, Migration>> {
  const migrations = new Map<string, Migration>();
  for (const { name, folder } of folders) {
    const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).sort();
    for (const file of files) {
      const text = await readFile(new URL(file, folder), "utf8");
      migrations.set(`${name}/${file.slice(0, -4)}`, { up: async (db) => void (await sql.raw(text).execute(db)) });
    }
  }
  return migrations;
}

/**
 * Nobody here makes any, and a table in pg_temp can stand in for a real one. Not a migration: a dump does not hold it. Once, and of two
 * processes that start at once by one: both would change the same row.
 */
async function refuseTemporaryTables(db: Kysely<unknown>): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(hashtext('avoin migrations'))`.execute(tx);
    const { rows } = await sql<{ name: string }>`
      select current_database() as name
      where has_database_privilege(${SERVING_ROLE}, current_database(), 'TEMPORARY')`.execute(tx);
    for (const { name } of rows) await sql`revoke temporary on database ${sql.id(name)} from public`.execute(tx);
  });
}

async function fillTenants(db: Kysely<unknown>): Promise<void> {
  await sql`insert into city (code) select unnest(${sql.val([...TENANTS])}::text[]) on conflict do nothing`.execute(db);
}

/** A dump restored into another server meets smaller transaction numbers; the offset lifts them above those in the log. */
async function keepChangeOrderAfterRestore(db: Kysely<unknown>): Promise<void> {
  await sql`
    update change_offset set value = value + newest.tx + 1 - change_tx()
    from (select tx from change order by tx desc limit 1) as newest
    where newest.tx >= change_tx()`.execute(db);
}
