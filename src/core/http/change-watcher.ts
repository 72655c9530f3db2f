/**
 * Knows the present version of all public pages without asking the database at each request: listens to the announcements
 * of the change log, and asks at least every second in case one was lost (or a pooler does not pass them on).
 */
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "pino";
import { readPageVersion } from "../change.ts";
import type { Db } from "../db.ts";

export interface ChangeWatcher {
  /** The present version; every process of the installation comes to the same value. */
  version(): string;
  /** Asks the database now; for tests and after own writes. */
  refresh(): Promise<void>;
  stop(): Promise<void>;
}

const POLL_MS = 1000;

/** Starts watching; resolves when the first version is known. */
export async function watchChanges(db: Db, servingUrl: string, log: Logger): Promise<ChangeWatcher> {
  let version = await readPageVersion(db);
  let running: Promise<void> | undefined;
  let again = false;

  // One question at a time: announcements that come meanwhile make it ask once more.
  const refresh = (): Promise<void> => {
    if (running) {
      again = true;
      return running;
    }
    running = (async () => {
      do {
        again = false;
        version = await readPageVersion(db);
      } while (again);
    })().finally(() => (running = undefined));
    return running;
  };
  const refreshQuietly = () =>
    void refresh().catch((error: unknown) => log.warn({ err: error }, "the page version could not be read"));

  const timer = setInterval(refreshQuietly, POLL_MS);
  timer.unref();
  const stopListening = await listen(servingUrl, refreshQuietly, log);
  return {
    version: () => version,
    refresh,
    async stop() {
      clearInterval(timer);
      await stopListening();
      await running?.catch(() => undefined); // already logged
    },
  };
}

/** The first pause before listening anew; each is twice as long as the one before, up to the longest. */
const PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 30_000;

/** Resolves when announcements are heard. They are, on a new connection when one is lost, until they need not be any more. */
async function listen(servingUrl: string, onChange: () => void, log: Logger): Promise<() => Promise<void>> {
  const stopping = new AbortController();
  let connection = await openListener(servingUrl, onChange, log);
  const holding = holdOn();
  return async () => {
    stopping.abort();
    await connection.client.end();
    await holding;
  };

  async function holdOn(): Promise<void> {
    for (let pause = PAUSE_MS; ;) {
      await connection.ended;
      await wait(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        connection = await openListener(servingUrl, onChange, log);
      } catch (error) {
        log.debug({ err: error }, "not listening to changes again yet");
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
        continue;
      }
      log.info("listening to changes again");
      pause = PAUSE_MS;
      if (stopping.signal.aborted) await connection.client.end();
      // What was announced meanwhile has been heard by nobody.
      else onChange();
    }
  }
}

interface Listener {
  client: pg.Client;
  ended: Promise<void>;
}

async function openListener(servingUrl: string, onChange: () => void, log: Logger): Promise<Listener> {
  const options = { connectionString: servingUrl, application_name: "avoin-changes", keepAlive: true };
  const client = new pg.Client({ ...options, connectionTimeoutMillis: LONGEST_PAUSE_MS });
  let isListening = false;
  client.on("error", (error) => {
    if (isListening) log.warn({ err: error }, "no longer listening to changes, asking every second meanwhile");
    isListening = false;
  });
  client.on("notification", onChange);
  const ended = new Promise<void>((resolve) => client.once("end", resolve));
  try {
    await client.connect();
    await client.query("listen avoin_change");
    isListening = true;
    return { client, ended };
  } catch (error) {
    await client.end();
    throw error;
  }
}
