/** Brings the index to what the change log says: by a job after each public write, or as a whole into a new folder. */
import { randomUUID } from "node:crypto";
import { mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { Logger } from "pino";
import { type Change, type Cursor, hasUnsettledChanges, readChanges, readEnd } from "#core/change.ts";
import type { CityCode } from "#core/cities.ts";
import { type Db, withTx } from "#core/db.ts";
import type { LanguageService } from "#core/language/language.ts";
import {
  addRows,
  closeIndex,
  createIndex,
  finishIndex,
  type IndexFolder,
  type IndexMemory,
  openIndex,
  optimiseIndex,
  unindexedRows,
  updateRows,
} from "./engine.ts";
import type { SearchEntry, SearchSource } from "#core/search-source.ts";
import { keyOf } from "./entry.ts";
import { whyUnusable } from "./live.ts";
import { type IndexState, lockIndex, selectIndexState, updateIndexCursor, updateIndexState } from "./queries.ts";
import { type IndexRow, LAYOUT, rowOf } from "./rows.ts";

export interface IndexerOptions {
  db: Db;
  root: string;
  memory: IndexMemory;
  language: LanguageService;
  sources: readonly SearchSource[];
  log: Logger;
}

const CHANGES_TOGETHER = 250;
const ENTRIES_TOGETHER = 500;
/** How often to look whether an older transaction has ended, and how long at most. */
const WAITING_MS = 50;
const MOST_WAITING_MS = 30_000;
/** Rows written together while building: each time makes a file, and a version of the index that names all files. */
const ROWS_IN_FILE = 4000;
/** Rows that no index knows are read one by one in each search: 2,000 cost some milliseconds. */
const MOST_UNINDEXED = 2000;

/**
 * Takes in what changed since the last time; builds the index when there is no usable one. The place in the log is kept
 * after each batch, so a run that is killed goes on from there; doing a batch twice does no harm.
 */
export async function indexChanges(options: IndexerOptions): Promise<void> {
  await withTx(options.db, null, async (tx) => {
    await lockIndex(tx);
    const state = await selectIndexState(options.db);
    const index = await openUsable(options, state);
    if (index === null) return build(options, () => undefined);
    try {
      await followUntilSettled(options, index, state.cursor);
      if ((await unindexedRows(index)) > MOST_UNINDEXED) await optimiseIndex(index);
    } finally {
      closeIndex(index);
    }
  });
}

/** Builds the index anew beside the live one and exchanges them. `onProgress` hears how many entries are in. */
export async function rebuildIndex(options: IndexerOptions, onProgress: (entries: number) => void): Promise<void> {
  await withTx(options.db, null, async (tx) => {
    await lockIndex(tx);
    await build(options, onProgress);
  });
}

async function openUsable(
  { root, memory, language, log }: IndexerOptions,
  state: IndexState,
): Promise<IndexFolder | null> {
  if (state.folder === null || whyUnusable(state, language.state) !== null) return null;
  try {
    return await openIndex(path.join(root, state.folder), memory);
  } catch (error) {
    // No loss: everything in it can be made again.
    log.warn({ err: error }, "the search index is gone or damaged, building it anew");
    return null;
  }
}

/**
 * Takes in all changes, also those that wait for an older transaction to end: whoever wrote them has asked for this run, and
 * nobody asks again. Throws when they wait for too long, so that the queue tries again later.
 */
async function followUntilSettled(options: IndexerOptions, index: IndexFolder, from: Cursor): Promise<void> {
  const keep = (reached: Cursor) => updateIndexCursor(options.db, reached);
  let after = from;
  for (const deadline = Date.now() + MOST_WAITING_MS; ; await sleep(WAITING_MS)) {
    const isSettled = !(await hasUnsettledChanges(options.db));
    after = await followLog(options, index, after, keep);
    if (isSettled) return;
    if (Date.now() > deadline) throw new Error("changes wait for another transaction to end");
  }
}

/** Takes in all changes after `from`; `keep` hears of each place that was reached. Answers with the last one. */
async function followLog(
  options: IndexerOptions,
  index: IndexFolder,
  from: Cursor,
  keep: (reached: Cursor) => Promise<void>,
): Promise<Cursor> {
  for (let after = from; ;) {
    const { changes, cursor } = await readChanges(options.db, { after, limit: CHANGES_TOGETHER });
    if (changes.length === 0) return after;
    await applyChanges(options, index, changes);
    await keep(cursor);
    after = cursor;
  }
}

async function applyChanges(options: IndexerOptions, index: IndexFolder, changes: readonly Change[]): Promise<void> {
  for (const source of options.sources) {
    const ours = changes.filter(({ kind }) => kind === source.kind);
    const refs = [...new Map(ours.map(({ id, city }) => [id, { id, city: city as CityCode }])).values()];
    if (refs.length === 0) continue;
    const entries = await source.entriesOf(options.db, refs);
    const present = new Set(entries.map(({ id }) => id));
    const gone = refs.filter(({ id }) => !present.has(id)).map((ref) => keyOf({ ...ref, kind: source.kind }));
    await updateRows(index, await rowsOf(options.language, entries), gone);
  }
}

async function build(options: IndexerOptions, onProgress: (entries: number) => void): Promise<void> {
  const { db, root, memory, language } = options;
  // Read before the entries: what changes meanwhile is taken in once more at the end, and nothing is missed.
  const from = await readEnd(db);
  let cursor = from;
  const before = await selectIndexState(db);
  const folder = randomUUID();
  await mkdir(root, { recursive: true });
  const index = await createIndex(path.join(root, folder), memory);
  try {
    const entries = await addAll(options, index, onProgress);
    // Nothing to find: there is nothing to index either, and PostgreSQL answers as well.
    if (entries === 0) return await rm(path.join(root, folder), { recursive: true, force: true });
    await finishIndex(index);
    cursor = await followLog(options, index, from, async () => undefined);
  } finally {
    closeIndex(index);
  }
  await updateIndexState(db, { folder, layout: LAYOUT, terms: language.state, cursor });
  await removeOthers(root, [folder, before.folder]);
}

async function addAll(
  options: IndexerOptions,
  index: IndexFolder,
  onProgress: (entries: number) => void,
): Promise<number> {
  let count = 0;
  let rows: IndexRow[] = [];
  for (const source of options.sources) {
    for (let after: SearchEntry | null = null; ;) {
      const entries: SearchEntry[] = await source.allEntries(options.db, after, ENTRIES_TOGETHER);
      rows.push(...(await rowsOf(options.language, entries)));
      const isLast = entries.length < ENTRIES_TOGETHER;
      if (rows.length >= ROWS_IN_FILE || isLast) {
        await addRows(index, rows);
        count += rows.length;
        rows = [];
        onProgress(count);
      }
      if (isLast) break;
      after = entries.at(-1) ?? null;
    }
  }
  return count;
}

/** Readers in other processes may still use the folder before this one; older ones nobody does. */
async function removeOthers(root: string, keep: readonly (string | null)[]): Promise<void> {
  for (const name of await readdir(root)) {
    if (!keep.includes(name)) await rm(path.join(root, name), { recursive: true, force: true });
  }
}

async function rowsOf(language: LanguageService, entries: readonly SearchEntry[]): Promise<IndexRow[]> {
  const rows: IndexRow[] = [];
  for (const entry of entries) {
    const [title = [], also = [], text = []] = await language.words(
      [entry.title, entry.also, entry.text],
      entry.language,
    );
    rows.push(rowOf(entry, title, also, text));
  }
  return rows;
}
