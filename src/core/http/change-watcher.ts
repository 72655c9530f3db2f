/**
 * Knows the present version of all public pages without asking the database at each request: listens to the announcements
 * of the change log, and asks at least every second in case one was lost (or a pooler does not pass them on).
 */
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

async function listen(servingUrl: string, onChange: () => void, log: Logger): Promise<() => Promise<void>> {
  const client = new pg.Client({ connectionString: servingUrl, application_name: "avoin-changes" });
  client.on("error", (error) =>
    log.warn({ err: error }, "no longer listening to changes, asking every second instead"),
  );
  client.on("notification", onChange);
  await client.connect();
  await client.query("listen avoin_change");
  return () => client.end();
}
