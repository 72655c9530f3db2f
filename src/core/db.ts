/**
 * The database as the application sees it: one pool of the serving role, which row-level security binds.
 * Reading takes `Db`; writing takes `Tx`, first, always, so that a forgotten transaction does not compile.
 */
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { Tenant } from "./cities.ts";
import type { DB } from "./db-types.ts";
import { PreparingClient } from "./preparing-client.ts";

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

// A calendar day stays the text it is ("2017-05-29"); a Date would drag a time zone in.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

/** Opens the pool of the serving role. `onError` hears of connections that die while idle (a restarted server). */
export function openDb(servingUrl: string, onError: (error: Error) => void, max = 12): Db {
  const pool = new pg.Pool({
    connectionString: servingUrl,
    max,
    application_name: "avoin",
    statement_timeout: 30_000,
    Client: PreparingClient,
  });
  pool.on("error", onError);
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool }) });
}

/** A small pool of the owner role, for migrations and the job queue. `onError` hears of lost connections, idle and busy ones. */
export function openOwnerPool(ownerUrl: string, name: string, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ connectionString: ownerUrl, max: 4, application_name: name });
  pool.on("error", onError);
  pool.on("connect", (client) => client.on("error", onError));
  return pool;
}

/**
 * Runs `work` in one transaction. Private rows are visible for `tenant` only, and none without it:
 * the policies compare with `avoin.city`, which ends with the transaction.
 */
export async function withTx<T>(db: Db, tenant: Tenant | null, work: (tx: Tx) => Promise<T>): Promise<T> {
  return db.transaction().execute(async (tx) => {
    if (tenant) await actFor(tx, tenant);
    return work(tx);
  });
}

/** From here to the end of the transaction, or to the next call, the private rows of `tenant` are visible and no others. */
export async function actFor(tx: Tx, tenant: Tenant): Promise<void> {
  await sql`select set_config('avoin.city', ${tenant}, true)`.execute(tx);
}

/**
 * Runs `work` in one transaction in which the rows of one person are visible, and what is recorded about them in whatever city:
 * the policies of personal tables compare with `avoin.person`. `tenant`: whose other private rows, as in `withTx`.
 */
export async function withPerson<T>(
  db: Db,
  person: string,
  work: (tx: Tx) => Promise<T>,
  tenant: Tenant = "joint",
): Promise<T> {
  return db.transaction().execute(async (tx) => {
    await sql`select set_config('avoin.city', ${tenant}, true), set_config('avoin.person', ${person}, true)`.execute(
      tx,
    );
    return work(tx);
  });
}

/** From here to the end of the transaction, or to the next call, the rows of that person are visible and no one else's. */
export async function actForPerson(tx: Tx, person: string): Promise<void> {
  await sql`select set_config('avoin.person', ${person}, true)`.execute(tx);
}
