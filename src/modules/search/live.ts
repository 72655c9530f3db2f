/**
 * The index that searches are put to: opened when it is usable, followed as it grows, exchanged when another was built.
 * A reader asks every half second whether there is something newer, so that what is written is found within two seconds.
 */
import path from "node:path";
import type { Logger } from "pino";
import type { Db } from "#core/db.ts";
import {
  closeIndex,
  countEntries,
  type IndexFolder,
  type IndexMemory,
  newestVersion,
  openIndex,
  openVersion,
} from "./engine.ts";
import type { Snapshot } from "./find.ts";
import { type IndexState, selectIndexState } from "./queries.ts";
import { collectSample, type Sample, sampledBuckets } from "./sample.ts";
import { sampledRows } from "./ask.ts";
import { LAYOUT } from "./rows.ts";

export interface LiveIndex {
  /** What to search now; null while there is no usable index. */
  snapshot(): Snapshot | null;
  /** Why there is none. */
  why(): string;
  /** Looks for something newer now. */
  refresh(): Promise<void>;
  /** Closes what is open and opens what is there: for an index that may be damaged. */
  reopen(): Promise<void>;
  close(): Promise<void>;
}

export interface LiveOptions {
  db: Db;
  /** Folder of the folders. */
  root: string;
  memory: IndexMemory;
  /** What this process makes terms by; an index made by another way is not usable. */
  terms: string;
  log: Logger;
}

const LOOK_MS = 500;
/** The sample only estimates; it is read anew when this share of entries came, or after a while. */
const SAMPLE_GROWTH = 1.1;
const SAMPLE_MS = 60_000;

interface Opened {
  folder: string;
  index: IndexFolder;
  version: number;
  snapshot: Snapshot;
  sampledAt: number;
  sampledEntries: number;
}

/** Opens what there is and follows it. Never fails: without a usable index `snapshot()` is null and `why()` says why. */
export async function followIndex(options: LiveOptions): Promise<LiveIndex> {
  let opened: Opened | null = null;
  let why = "not looked for yet";
  let looking: Promise<void> | undefined;

  const look = async () => {
    const state = await selectIndexState(options.db);
    const unusable = whyUnusable(state, options.terms);
    if (unusable !== null || state.folder === null) {
      why = unusable ?? "not built yet";
      replace(null);
      return;
    }
    if (opened?.folder !== state.folder) replace(await openFolder(options.root, state.folder, options.memory));
    else if (opened) opened = await newer(opened);
  };
  const replace = (next: Opened | null) => {
    if (opened) closeOpened(opened);
    opened = next;
  };
  const refresh = (): Promise<void> => {
    looking ??= look()
      .catch((error: unknown) => {
        const failure = `damaged or missing: ${error instanceof Error ? error.message : String(error)}`;
        // It is looked for every half second; said once.
        if (failure !== why) options.log.warn({ err: error }, "the search index can't be used, PostgreSQL answers");
        why = failure;
        replace(null);
      })
      .finally(() => (looking = undefined));
    return looking;
  };
  await refresh();
  const timer = setInterval(() => void refresh(), LOOK_MS);
  timer.unref();
  return {
    snapshot: () => opened?.snapshot ?? null,
    why: () => why,
    refresh,
    async reopen() {
      await looking;
      replace(null);
      await refresh();
    },
    async close() {
      clearInterval(timer);
      await looking;
      replace(null);
    },
  };
}

/** Null when an index with that state can be read by this code. */
export function whyUnusable(state: IndexState, terms: string): string | null {
  if (state.folder === null) return "not built yet";
  if (state.layout !== LAYOUT) return "built by another release";
  return state.terms === terms ? null : `its terms are ${state.terms}'s, not ${terms}'s`;
}

async function openFolder(root: string, folder: string, memory: IndexMemory): Promise<Opened> {
  const index = await openIndex(path.join(root, folder), memory);
  const { table, version } = await openVersion(index);
  const sampledEntries = await countEntries(table);
  const sample = await readSample({ table, entries: sampledEntries });
  return { folder, index, version, snapshot: { table, sample }, sampledAt: Date.now(), sampledEntries };
}

/** The same folder at its newest version. The old table stays open for searches under way; it is small and collected. */
async function newer(opened: Opened): Promise<Opened> {
  if ((await newestVersion(opened.index)) === opened.version) return opened;
  const { table, version } = await openVersion(opened.index);
  const entries = await countEntries(table);
  const isStale = entries > opened.sampledEntries * SAMPLE_GROWTH || Date.now() - opened.sampledAt > SAMPLE_MS;
  if (!isStale) return { ...opened, version, snapshot: { ...opened.snapshot, table } };
  const sample = await readSample({ table, entries });
  return { ...opened, version, snapshot: { table, sample }, sampledAt: Date.now(), sampledEntries: entries };
}

async function readSample({ table, entries }: { table: Snapshot["table"]; entries: number }): Promise<Sample> {
  const buckets = sampledBuckets(entries);
  const collected = collectSample(buckets);
  for await (const rows of sampledRows(table, buckets)) for (const row of rows) collected.add(row);
  return collected.finish();
}

function closeOpened({ index, snapshot }: Opened): void {
  snapshot.table.close();
  closeIndex(index);
}
