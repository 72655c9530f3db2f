/**
 * Which workers are alive. The queue keeps the jobs of a worker that was killed locked for four hours. So each worker holds an
 * advisory lock named after itself, on a connection of its own: PostgreSQL frees it when the process is gone, however it ended.
 * Jobs locked by a worker whose lock is free go back into the queue.
 */
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";

export interface Presence {
  leave(): Promise<void>;
}

const RETRY_MS = 1000;

/** Resolves when the worker counts as alive. It stays so, on a new connection when one is lost, until it leaves. */
export async function announceWorker(ownerUrl: string, id: string, log: Logger): Promise<Presence> {
  let connection = await connectAs(ownerUrl, id, log);
  let isLeaving = false;
  const holding = holdOn();
  return {
    async leave() {
      isLeaving = true;
      await connection.client.end();
      await holding;
    },
  };

  async function holdOn(): Promise<void> {
    for (;;) {
      await connection.ended;
      if (isLeaving) return;
      try {
        connection = await connectAs(ownerUrl, id, log);
        if (isLeaving) await connection.client.end();
      } catch (error) {
        log.warn({ err: error }, "the worker's presence could not be renewed yet");
        await wait(RETRY_MS);
      }
    }
  }
}

interface Connection {
  client: pg.Client;
  ended: Promise<void>;
}

async function connectAs(ownerUrl: string, id: string, log: Logger): Promise<Connection> {
  const client = new pg.Client({ connectionString: ownerUrl, application_name: "avoin-worker-alive", keepAlive: true });
  client.on("error", (error) => log.warn({ err: error }, "the connection of the worker's presence was lost"));
  const ended = new Promise<void>((resolve) => client.once("end", resolve));
  await client.connect();
  // Shared, so that it need not wait for the one on a connection that was lost and whose end PostgreSQL has not seen yet.
  await client.query("select pg_advisory_lock_shared(hashtext('avoin worker'), hashtext($1))", [id]);
  return { client, ended };
}

/** Gives jobs that dead workers have locked back to the queue; answers with those workers. A killed job may have done its work: it runs again. */
export async function releaseJobsOfTheDead(owner: pg.Pool): Promise<string[]> {
  // On a connection of the pool: one that holds such a lock itself would be given it once more.
  const { rows } = await owner.query<{ id: string }>(`
    select id from (select distinct locked_by as id from graphile_worker.jobs where locked_by is not null) as holders
    where pg_try_advisory_xact_lock(hashtext('avoin worker'), hashtext(id))`);
  const dead = rows.map(({ id }) => id);
  if (dead.length > 0) await owner.query("select graphile_worker.force_unlock_workers($1::text[])", [dead]);
  return dead;
}
