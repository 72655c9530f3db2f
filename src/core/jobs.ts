/**
 * Background work: a job is added inside the caller's transaction, so there is no job without its row and no row without its job.
 * Handlers are plain functions of (payload, context); they may run twice and must be repeatable.
 */
import { Logger as QueueLogger, run } from "graphile-worker";
import { sql } from "kysely";
import type { Logger } from "pino";
import { openOwnerPool, type Tx } from "./db.ts";

/** Handlers by the name of their task. A handler that throws is tried again later, with growing pauses. */
export type JobHandlers = Record<string, (payload: unknown) => Promise<void>>;

/** Adds a job. With `key`, a job of that key which waits already is replaced: many changes, one run. */
export async function addJob(
  tx: Tx,
  task: string,
  payload: object = {},
  options: { key?: string; tries?: number } = {},
): Promise<void> {
  await sql`select enqueue(${task}, ${JSON.stringify(payload)}::json, ${options.key ?? null}, ${options.tries ?? 12})`.execute(
    tx,
  );
}

export interface Worker {
  /** Lets running jobs finish, then stops. */
  stop(): Promise<void>;
}

/** Starts working on jobs. The queue's tables belong to the owner role; the handlers themselves use the serving role. */
export async function startWorker(ownerUrl: string, handlers: JobHandlers, log: Logger): Promise<Worker> {
  const pool = openOwnerPool(ownerUrl, "avoin-worker", (error) =>
    log.warn({ err: error }, "a worker connection was lost"),
  );
  const taskList = Object.fromEntries(
    Object.entries(handlers).map(([task, handle]) => [task, (payload: unknown) => handle(payload)]),
  );
  const runner = await run({
    pgPool: pool,
    taskList,
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quietLogger(log),
  });
  runner.events.on("job:failed", ({ job, error }) =>
    log.error({ task: job.task_identifier, err: error }, "a job failed for good"),
  );
  runner.events.on("job:error", ({ job, error }) =>
    log.warn({ task: job.task_identifier, err: error }, "a job failed, will be tried again"),
  );
  return {
    async stop() {
      await runner.stop();
      await pool.end();
    },
  };
}

const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** The queue's own messages in our log; its "info" is chatter about each start and stop. */
const quietLogger = (log: Logger): QueueLogger =>
  new QueueLogger(() => (level, message) => log[LEVELS[level]](message));
