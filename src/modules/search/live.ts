/**
 * The index that searches are put to: opened when it is usable, followed as it grows, exchanged when another was built.
 * A reader asks every half second whether there is something newer, so that what is written is found within two seconds.
 */
import path from "node:path";
import { setImmediate } from "node:timers/promises";
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
  unindexedRows,
} from "./engine.ts";
import { factRows, sampledRows, type Searched } from "./ask.ts";
import { addFacts, emptyFacts, type Facts } from "./facts.ts";
import type { Snapshot } from "./matches.ts";
import { type IndexState, selectIndexState } from "./queries.ts";
import { NO_RECENT, readRecent } from "./recent.ts";
import { LAYOUT } from "./rows.ts";
import { collectSample, type Sample, sampledBuckets } from "./sample.ts";

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
/** The sample only estimates; it is read anew when so many entries came. */
const SAMPLE_GROWTH = 1.1;
/** Facts of rows that were replaced are left behind; when there are so many times as many as entries, all are read anew. */
const FACTS_GROWTH = 1.5;
/** Rows taken in between two looks at what else there is to do. */
const ROWS_TOGETHER = 64;

interface Opened {
  folder: string;
  index: IndexFolder;
  version: number;
  snapshot: Snapshot;
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
  const lookOnce = (): Promise<void> => {
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
  // A look under way may have begun before what the caller knows of was written.
  const refresh = async () => {
    await looking;
    await lookOnce();
  };
  await lookOnce();
  const timer = setInterval(() => void lookOnce(), LOOK_MS);
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
  return { folder, index, version, ...(await readSnapshot(table, await countEntries(table))) };
}

/** The same folder at its newest version. The old table stays open for searches under way; it is small and collected. */
async function newer(opened: Opened): Promise<Opened> {
  if ((await newestVersion(opened.index)) === opened.version) return opened;
  const { table, version } = await openVersion(opened.index);
  const entries = await countEntries(table);
  const { facts, sample } = opened.snapshot;
  await readFacts(table, facts);
  const recent = await readRecent(opened.snapshot.recent, { table, facts }, await unindexedRows({ table }));
  const isStale = entries > opened.sampledEntries * SAMPLE_GROWTH || facts.size > entries * FACTS_GROWTH;
  if (isStale) return { ...opened, version, ...(await readSnapshot(table, entries)) };
  return { ...opened, version, snapshot: { table, facts, sample, recent } };
}

/** What is known of an index at one version, read whole. */
export async function readSnapshot(
  table: Searched["table"],
  entries: number,
): Promise<{ snapshot: Snapshot; sampledEntries: number }> {
  const facts = emptyFacts();
  await readFacts(table, facts);
  const sample = await readSample({ table, facts }, entries);
  const recent = await readRecent(NO_RECENT, { table, facts }, await unindexedRows({ table }));
  return { snapshot: { table, facts, sample, recent }, sampledEntries: entries };
}

/** Facts of the rows that came since. */
async function readFacts(table: Searched["table"], facts: Facts): Promise<void> {
  let count = 0;
  for await (const row of factRows(table, facts.nextFragment)) {
    addFacts(facts, row);
    if (++count % ROWS_TOGETHER === 0) await setImmediate();
  }
}

async function readSample(searched: Searched, entries: number): Promise<Sample> {
  const buckets = sampledBuckets(entries);
  const collected = collectSample(buckets);
  let count = 0;
  for await (const { place, text } of sampledRows(searched, buckets)) {
    collected.add(place, text);
    if (++count % ROWS_TOGETHER === 0) await setImmediate();
  }
  return collected.finish();
}

function closeOpened({ index, snapshot }: Opened): void {
  snapshot.table.close();
  closeIndex(index);
}
