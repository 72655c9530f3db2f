/** The whole service in one process: port, database, migrations, language, app, worker; closed in reverse. */
import type { Logger } from "pino";
import { closers } from "#core/closers.ts";
import { systemClock } from "#core/clock.ts";
import type { Config } from "#core/config.ts";
import { watchChanges } from "#core/http/change-watcher.ts";
import { drainAndClose } from "#core/http/drain.ts";
import { startWorker } from "#core/jobs.ts";
import { type HeldPort, holdPort } from "#core/port.ts";
import { decisionSource } from "#modules/decisions/index.ts";
import { openSearch } from "#modules/search/index.ts";
import { createApp } from "./app.ts";
import { loadDemo } from "./demo.ts";
import { openDatabase, openFinnish, openPool, type Say } from "./foundation.ts";
import { openSignIn } from "./sign-in.ts";

export interface Running {
  /** "http://127.0.0.1:3000" */
  address: string;
  /** Drains and closes everything, in reverse order. May be called twice. */
  stop(): Promise<void>;
}

/**
 * Starts everything and resolves when the service answers. `say` hears of each step that a person may wait for.
 * Throws what stopped the start, with everything closed again.
 */
export async function startService(config: Config, log: Logger, say: Say): Promise<Running> {
  const open = closers();
  const stop = () => open.closeAll((name, error) => log.error({ err: error }, `${name} did not close cleanly`));
  try {
    const held = await portOf(config, say);
    open.add("port", () => held.release());
    const origin = config.PUBLIC_URL ?? localAddress(config, held.port);
    const { db: background, servingUrl, serverVersion, ownerUrl } = await openDatabase(config, log, say, open, false);
    const requests = { seconds: config.REQUEST_SECONDS, serverVersion };
    const db = openPool(servingUrl, log, open, { requests });
    // What it asks, stems of words, is asked for by jobs too, which must not end with a request's time.
    const language = await openFinnish(config, background, say, open);
    const stores = { db, background };
    const search = await openSearch({ ...stores, dataDir: config.DATA_DIR, language, source: decisionSource, log });
    open.add("search", () => search.close());
    const changes = await watchChanges(background, servingUrl, log);
    open.add("change watcher", () => changes.stop());
    const signIn = await openSignIn(config, origin, say);
    const clock = systemClock;
    const app = await createApp({ config, log, ...stores, changes, language, search, origin, signIn, clock });
    open.add("web server", () => drainAndClose(app, config));
    if (config.DEMO) await loadDemo(background, language, say);
    await signIn.demo?.load(background, signIn.sealer, clock());
    if (config.WORKER) {
      const worker = await startWorker(ownerUrl, app.jobs, log, app.timetable);
      // Jobs end while requests do: waiting for the one first would keep the other open.
      open.addBeside("worker", () => worker.stop());
    }
    await changes.refresh();
    await app.server.ready();
    await held.handOver(app.server.server);
    return { address: origin, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

const PORTS_TO_TRY = 20;

/** In demo mode the next free port when the wanted one is taken; else the wanted one or a message that says what to do. */
async function portOf({ HOST, PORT, DEMO }: Config, say: Say): Promise<HeldPort> {
  const held = await holdPort(HOST, PORT, DEMO && PORT !== 0 ? PORTS_TO_TRY : 1);
  if (PORT !== 0 && held.port !== PORT) say(`Port ${PORT} is taken; using ${held.port}.`);
  return held;
}

const localAddress = ({ HOST }: Config, port: number): string =>
  `http://${HOST.includes(":") ? `[${HOST}]` : HOST}:${port}`;
