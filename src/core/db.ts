/**
 * The database as the application sees it: pools of the serving role, which row-level security binds.
 * Reading takes `Db`; writing takes `Tx`, first, always, so that a forgotten transaction does not compile.
 */
import { Kysely, PostgresDialect, sql, type Transaction } from "kysely";
import pg from "pg";
import type { Tenant } from "./cities.ts";
import type { DB } from "./db-types.ts";
import { unavailable } from "./errors.ts";
import { PreparingClient } from "./preparing-client.ts";

export type Db = Kysely<DB>;
export type Tx = Transaction<DB>;

// A calendar day stays the text it is ("2017-05-29"); a Date would drag a time zone in.
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);

export interface DbOptions {
  /** Most connections at a time. */
  max?: number;
  /** For what requests ask: how long one may take in all, and of which version the server is ("180004"). */
  requests?: { seconds: number; serverVersion: number };
}

/** In milliseconds; undefined = no limit. */
interface Limits {
  connection: number;
  statement: number;
  transaction?: number;
}

/** For jobs and tools, whose transactions may be long: building the search index is one. */
const IN_BACKGROUND: Limits = { connection: 30_000, statement: 30_000 };

/**
 * Waiting for a connection and then one transaction take five sixths of a request's time at most: who is answered with 503 because that time
 * is over (`http/time-limit.ts`) may count on it that the first transaction of the request has ended, done or taken back, and the answer
 * can say which. What is not guaranteed: a transaction that begins later in the request may still commit after the answer. PostgreSQL
 * limits whole transactions from version 17 on; before that each statement, and each pause between two, so that many short ones may
 * add up to more. And what a request has asked of other servers is done there.
 */
const limitsOf = (seconds: number): Required<Limits> => ({
  connection: (seconds * 1000) / 6,
  // Shorter than the transaction's, whose end is the end of the connection too.
  statement: seconds * 500,
  transaction: (seconds * 2000) / 3,
});

const TRANSACTION_TIMEOUT_SINCE = 170_000;

/** Opens a pool of the serving role. `onError` hears of connections that die, idle or in use (a restarted server). */
export function openDb(
  servingUrl: string,
  onError: (error: Error) => void,
  { max = 12, requests }: DbOptions = {},
): Db {
  const limits: Limits = requests ? limitsOf(requests.seconds) : IN_BACKGROUND;
  const pool = new pg.Pool({
    connectionString: withSettings(servingUrl, settingsOf(limits, requests?.serverVersion ?? 0)),
    max,
    application_name: "avoin",
    connectionTimeoutMillis: limits.connection,
    Client: PreparingClient,
  });
  // Heard of below; without a listener here it would end the process.
  pool.on("error", () => undefined);
  // A connection that dies between two statements of a transaction has no other listener, and would end the process.
  pool.on("connect", (client) => client.on("error", onError));
  const { options } = pool;
  const connect = () => pool.connect().catch(refuse);
  return new Kysely<DB>({ dialect: new PostgresDialect({ pool: { options, connect, end: () => pool.end() } }) });
}

function settingsOf({ statement, transaction }: Limits, serverVersion: number): Record<string, number> {
  if (transaction === undefined) return { statement_timeout: statement };
  const both = { statement_timeout: statement, idle_in_transaction_session_timeout: transaction };
  return serverVersion < TRANSACTION_TIMEOUT_SINCE ? both : { ...both, transaction_timeout: transaction };
}

/** The address with these settings for each session, in whole milliseconds, after those that it has already: of two the last one counts. */
function withSettings(address: string, settings: Record<string, number>): string {
  const url = new URL(address);
  const ours = Object.entries(settings).map(([name, value]) => `-c ${name}=${Math.ceil(value)}`);
  const known = url.searchParams.get("options");
  url.searchParams.set("options", [...(known === null ? [] : [known]), ...ours].join(" "));
  return url.href;
}

/** No connection is free, or none can be made: no fault of who asks, and none of the code either. */
function refuse(cause: Error): never {
  throw Object.assign(unavailable(`no connection to the database: ${cause.message}`), { cause });
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
