/** The ground that the service and the command-line tools stand on: a migrated database, and Finnish. */
import path from "node:path";
import type { Logger } from "pino";
import { systemClock } from "#core/clock.ts";
import type { Closers } from "#core/closers.ts";
import type { Config } from "#core/config.ts";
import { type Db, type DbOptions, openDb } from "#core/db.ts";
import { fetchVoikko } from "#core/language/fetch-debian.ts";
import { type LanguageService, openLanguage } from "#core/language/language.ts";
import { migrateDatabase } from "#core/migrate.ts";
import { startPostgres } from "#core/postgres.ts";
import { queryWith } from "#core/query.ts";
import { MIGRATIONS } from "./modules.ts";

export type Say = (line: string) => void;

export interface Database {
  /** For jobs and tools: without limits of whole transactions. */
  db: Db;
  servingUrl: string;
  /** 180004 for 18.4. */
  serverVersion: number;
  ownerUrl: string;
}

/**
 * Starts or joins the embedded server (or uses DATABASE_URL), migrates, and opens the serving role's pool.
 * `isTool`: true for what works beside a running service; the service itself is one for a data directory.
 */
export async function openDatabase(
  config: Config,
  log: Logger,
  say: Say,
  open: Closers,
  isTool: boolean,
): Promise<Database> {
  let ownerUrl = config.DATABASE_URL;
  if (ownerUrl === undefined) {
    const postgres = await startPostgres({ dataDir: path.join(config.DATA_DIR, "postgres"), log: say, shared: isTool });
    open.add("database server", () => postgres.stop());
    ownerUrl = postgres.ownerUrl;
  }
  const { servingUrl, serverVersion, done } = await migrateDatabase(ownerUrl, MIGRATIONS);
  if (done.length > 0) say(`Database migrated: ${done.join(", ")}`);
  const db = openPool(servingUrl, log, open, isTool ? {} : { max: MOST_IN_BACKGROUND });
  return { db, servingUrl, serverVersion, ownerUrl };
}

/** Two jobs at a time, each of which may hold a transaction while it works in others; and what looks now and then. */
const MOST_IN_BACKGROUND = 6;

/** A pool of the serving role. */
export function openPool(servingUrl: string, log: Logger, open: Closers, options: DbOptions): Db {
  const db = openDb(servingUrl, (error) => log.warn({ err: error }, "a database connection was lost"), options);
  open.add("database connections", () => db.destroy());
  return db;
}

/** Uses Voikko where it is; gets it where Debian's packages are reachable; else goes on with PostgreSQL's stemmer. */
export async function openFinnish(config: Config, db: Db, say: Say, open: Closers): Promise<LanguageService> {
  const fetched = await fetchVoikko(config.DATA_DIR, systemClock(), say);
  const notFetched = fetched.ok ? undefined : fetched.reason;
  const language = openLanguage({ query: queryWith(db), dataDir: config.DATA_DIR, log: say, notFetched });
  open.add("language", () => language.close());
  return language;
}
