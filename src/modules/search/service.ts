/** The search of one process: the index it follows, the jobs that feed it, what it tells of its health. */
import path from "node:path";
import type { Logger } from "pino";
import { type Db, withTx } from "#core/db.ts";
import type { Check } from "#core/http/health.ts";
import { addJob, type JobHandlers } from "#core/jobs.ts";
import type { LanguageService } from "#core/language/language.ts";
import { indexMemory } from "./engine.ts";
import type { SearchSource } from "#core/search-source.ts";
import { indexChanges, rebuildIndex } from "./indexer.ts";
import { followIndex } from "./live.ts";
import type { SearchServices } from "./search.ts";

export interface Search extends SearchServices {
  jobs: JobHandlers;
  check: Check;
  /** Builds the index anew and exchanges it for the live one. */
  rebuild(onProgress: (entries: number) => void): Promise<void>;
  /** Looks for the live index now; for tests and after repairs. */
  reopen(): Promise<void>;
  /** Where the indexes lie. */
  folder: string;
  close(): Promise<void>;
}

export interface SearchOptions {
  /** For searching. */
  db: Db;
  /** For following the log and the index: building it is one long transaction. */
  background: Db;
  dataDir: string;
  language: LanguageService;
  source: SearchSource;
  log: Logger;
}

/** Opens the search and asks for what it may have missed while nobody was there. */
export async function openSearch({ db, background, dataDir, language, source, log }: SearchOptions): Promise<Search> {
  const root = path.join(dataDir, "search");
  const memory = indexMemory();
  const live = await followIndex({ db: background, root, memory, terms: language.state, log });
  const indexer = { db: background, root, memory, language, sources: [source], log };
  await askForIndexing(background);
  return {
    db,
    language,
    live,
    source,
    log,
    jobs: {
      async "search-index"() {
        await indexChanges(indexer);
        await live.refresh();
      },
    },
    check: {
      name: "search",
      // Searches are answered all the same: a note, no reason to send people elsewhere.
      run: async () =>
        live.snapshot() ? { ok: true } : { ok: true, note: `by PostgreSQL's full text: the index is ${live.why()}` },
    },
    async rebuild(onProgress) {
      await rebuildIndex(indexer, onProgress);
      await live.refresh();
    },
    folder: root,
    reopen: () => live.reopen(),
    close: () => live.close(),
  };
}

const askForIndexing = (db: Db): Promise<void> =>
  withTx(db, null, (tx) => addJob(tx, "search-index", {}, { key: "search-index" }));
