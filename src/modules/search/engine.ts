/**
 * The index on disk: a folder with one LanceDB table, its full-text index (BM25) and an index for each filter.
 * Readers hold a table fixed at one version, so that row numbers stay good while a writer goes on; one process writes.
 */
import { stat } from "node:fs/promises";
import { connect, type Connection, Index, Session, type Table } from "./native.ts";
import { type IndexRow, ROW_SCHEMA, TABLE } from "./rows.ts";

/** What LanceDB may keep in memory, over all open indexes of the process. Its own defaults are 6 GB and 1 GB. */
const INDEX_CACHE_BYTES = 256n << 20n;
const METADATA_CACHE_BYTES = 48n << 20n;

export type IndexMemory = Session;
export const indexMemory = (): IndexMemory => new Session(INDEX_CACHE_BYTES, METADATA_CACHE_BYTES);

export interface IndexFolder {
  path: string;
  connection: Connection;
  /** Follows the newest version; for writing and for asking which version is the newest. */
  table: Table;
}

/** Makes an empty index in a new folder. */
export async function createIndex(path: string, memory: IndexMemory): Promise<IndexFolder> {
  const connection = await connect(path, { session: memory });
  const table = await connection.createEmptyTable(TABLE, ROW_SCHEMA, { mode: "create" });
  return { path, connection, table };
}

/** Opens an index. Throws when the folder is missing or damaged. */
export async function openIndex(path: string, memory: IndexMemory): Promise<IndexFolder> {
  // Connecting would make the missing folder.
  await stat(path);
  const connection = await connect(path, { session: memory });
  const table = await connection.openTable(TABLE);
  await table.query().select(["key"]).limit(1).toArrow();
  return { path, connection, table };
}

export function closeIndex({ table, connection }: IndexFolder): void {
  table.close();
  connection.close();
}

/** A table that stays at the newest version of now; `version` tells whether there is a newer one. */
export async function openVersion(index: IndexFolder): Promise<{ table: Table; version: number }> {
  const table = await index.connection.openTable(TABLE);
  return { table, version: await table.version() };
}

export async function newestVersion({ table }: IndexFolder): Promise<number> {
  await table.checkoutLatest();
  return table.version();
}

/** Adds rows that are not there yet: only while building. */
export async function addRows({ table }: IndexFolder, rows: readonly IndexRow[]): Promise<void> {
  if (rows.length > 0) await table.add(asData(rows));
}

/** Makes the indexes; from then on the folder can be searched. */
export async function finishIndex({ table }: IndexFolder): Promise<void> {
  await indexText(table);
  for (const column of ["city", "maker", "year"]) await table.createIndex(column, { config: Index.bitmap() });
  for (const column of ["key", "class", "day", "bucket"]) await table.createIndex(column, { config: Index.btree() });
}

async function indexText(table: Table): Promise<void> {
  const terms = {
    baseTokenizer: "whitespace",
    lowercase: false,
    stem: false,
    removeStopWords: false,
    asciiFolding: false,
    maxTokenLength: 256,
    // For phrases. The index is larger for it.
    withPosition: true,
  } as const;
  await table.createIndex("text", { config: Index.fts(terms), replace: true });
}

/** Brings the entries to what they are now: `rows` replace those of the same key, `gone` leave. Can be repeated. */
export async function updateRows({ table }: IndexFolder, rows: readonly IndexRow[], gone: readonly string[]) {
  if (rows.length > 0) {
    await table.mergeInsert("key").whenMatchedUpdateAll().whenNotMatchedInsertAll().execute(asData(rows));
  }
  if (gone.length > 0) await table.delete(`key IN (${gone.map((key) => `'${key.replaceAll("'", "''")}'`).join(", ")})`);
}

/** LanceDB's data are plain objects of any shape; the schema of the table checks them. */
const asData = (rows: readonly IndexRow[]): Record<string, unknown>[] => rows.map((row) => ({ ...row }));

/** Rows that are searched one by one, since no index knows them yet. */
export async function unindexedRows({ table }: Pick<IndexFolder, "table">): Promise<number> {
  return (await table.indexStats("text_idx"))?.numUnindexedRows ?? 0;
}

/** A reader may hold an older version for as long as one search takes, and looks for a newer one all the time. */
const KEEP_VERSIONS_MS = 120_000;

/**
 * Takes new rows into the indexes, joins small files, removes versions that nobody reads any more. The full-text index is made
 * anew: the library would add a part for the new rows, and asked for every word a part leaves out those it has never met.
 */
export async function optimiseIndex({ table }: IndexFolder): Promise<void> {
  await table.optimize({ cleanupOlderThan: new Date(Date.now() - KEEP_VERSIONS_MS) });
  await indexText(table);
}

export const countEntries = (table: Table): Promise<number> => table.countRows();
