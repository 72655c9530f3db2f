/**
 * Background work: a job is added inside the caller's transaction, so there is no job without its row and no row without its job.
 * Handlers are plain functions of (payload, context); they may run twice and must be repeatable.
 */
import { EventEmitter } from "node:events";
import { Logger as QueueLogger, run, type Runner, type WorkerEvents } from "graphile-worker";
import { sql } from "kysely";
import type pg from "pg";
import type { Logger } from "pino";
import { closers } from "./closers.ts";
import { openOwnerPool, type Tx } from "./db.ts";
import { announceWorker, type Presence, releaseJobsOfTheDead } from "./worker-presence.ts";

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

/** A job that comes again by itself. `at`: minute, hour, day, month, weekday, as in a crontab, in UTC. */
export interface Timed {
  task: string;
  at: string;
}

export interface Worker {
  /** Lets running jobs finish, then stops. */
  stop(): Promise<void>;
}

const LOOK_FOR_THE_DEAD_MS = 60_000;

/**
 * Starts working on jobs, and gives back to the queue, now and each minute, those of workers that were killed. The queue's tables
 * belong to the owner role; the handlers themselves use the serving role.
 */
export async function startWorker(
  ownerUrl: string,
  handlers: JobHandlers,
  log: Logger,
  timetable: readonly Timed[] = [],
): Promise<Worker> {
  const open = closers();
  const stop = () => open.closeAll((name, error) => log.error({ err: error }, `${name} did not close cleanly`));
  const pool = openOwnerPool(ownerUrl, "avoin-worker", (error) =>
    log.warn({ err: error }, "a worker connection was lost"),
  );
  open.add("worker connections", () => pool.end());
  try {
    await giveBackJobsOfTheDead(pool, log);
    const { presence, runner } = await runQueue(pool, { handlers, timetable }, log, (id) =>
      announceWorker(ownerUrl, id, log),
    );
    open.add("presence of the worker", () => presence.leave());
    open.add("job queue", () => runner.stop());
    const looking = setInterval(() => void giveBackJobsOfTheDead(pool, log), LOOK_FOR_THE_DEAD_MS);
    open.add("look for killed workers", () => clearInterval(looking));
    return { stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function giveBackJobsOfTheDead(pool: pg.Pool, log: Logger): Promise<void> {
  try {
    const dead = await releaseJobsOfTheDead(pool);
    if (dead.length > 0) log.warn({ workers: dead }, "the jobs of killed workers are back in the queue");
  } catch (error) {
    // Their jobs come back all the same, hours later.
    log.warn({ err: error }, "killed workers could not be looked for");
  }
}

/** Runs the queue; the worker takes its first job only when it counts as alive. */
async function runQueue(
  pool: pg.Pool,
  { handlers, timetable }: { handlers: JobHandlers; timetable: readonly Timed[] },
  log: Logger,
  announce: (id: string) => Promise<Presence>,
): Promise<{ presence: Presence; runner: Runner }> {
  const events = eventsFor(log);
  const announced = new Promise<Presence>((resolve, reject) => {
    events.once("pool:create", ({ workerPool }) => void announce(workerPool.id).then(resolve, reject));
  });
  const startWorker = async () => void (await announced);
  const runner = await run({
    pgPool: pool,
    taskList: Object.fromEntries(
      Object.entries(handlers).map(([task, handle]) => [task, (payload: unknown) => handle(payload)]),
    ),
    crontab: timetable.map(({ task, at }) => `${at} ${task}`).join("\n"),
    concurrency: 2,
    noHandleSignals: true,
    pollInterval: 1000,
    logger: quietLogger(log),
    events,
    preset: { plugins: [{ name: "alive-first", version: "1.0.0", worker: { hooks: { startWorker } } }] },
  });
  try {
    return { presence: await announced, runner };
  } catch (error) {
    await runner.stop();
    throw error;
  }
}

function eventsFor(log: Logger): WorkerEvents {
  const events: WorkerEvents = new EventEmitter();
  events.on("job:failed", ({ job, error }) =>
    log.error({ task: job.task_identifier, err: error }, "a job failed for good"),
  );
  events.on("job:error", ({ job, error }) =>
    log.warn({ task: job.task_identifier, err: error }, "a job failed, will be tried again"),
  );
  return events;
}

const LEVELS = { error: "error", warning: "warn", info: "debug", debug: "trace" } as const;

/** The queue's own messages in our log; its "info" is chatter about each start and stop. */
const quietLogger = (log: Logger): QueueLogger =>
  new QueueLogger(() => (level, message, meta) => {
    // Said above, without the words of the error, which may be about somebody.
    if (meta["failure"] === true) return;
    const error = Object.values(meta).find((value) => value instanceof Error);
    if (error) log[LEVELS[level]]({ err: error }, wordsBefore(message, error));
    else log[LEVELS[level]](message);
  });

/** A message that ends with those of an error, without them. */
const wordsBefore = (message: string, error: Error): string =>
  (message.split(error.message === "" ? "\n" : error.message, 1)[0] ?? "").replace(/:?\s*(?:\w*Error:\s*)?$/, "");
