/** Walks files and folders, and loads every document in them or keeps it for the worker, in small transactions. */
import { createReadStream } from "node:fs";
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import type { Actor } from "#core/actor.ts";
import { systemClock } from "#core/clock.ts";
import type { Db } from "#core/db.ts";
import {
  type IncomingDocument,
  loadDocuments,
  type LoadOutcome,
  type LoadTools,
  queueDocuments,
  splitBatch,
} from "#modules/decisions/index.ts";

/**
 * Documents in one transaction: enough to spread the cost of its statements, few enough to be read again cheaply. A batch ends
 * before that when its bytes are many, and the largest document is of 50 MB, so memory stays bounded whatever the files hold.
 */
const TOGETHER = 50;
const BYTES_TOGETHER = 16 * 1024 * 1024;

/** All files of the paths in name order; hidden files and folders are left out. Throws for a path that does not exist. */
export async function listFiles(paths: readonly string[]): Promise<string[]> {
  const files: string[] = [];
  for (const given of paths) {
    if (!(await stat(given)).isDirectory()) files.push(given);
    else {
      const entries = await readdir(given, { withFileTypes: true, recursive: true });
      const found = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
      files.push(
        ...found
          .filter(
            (file) =>
              !path
                .relative(given, file)
                .split(path.sep)
                .some((part) => part.startsWith(".")),
          )
          .sort(),
      );
    }
  }
  return files;
}

/** Batches under way at once: while one is written, the next one is read. */
const AT_ONCE = 2;

/** Loads all documents of the files; yields what became of each batch and how many files are read to their end. */
export async function* ingestFiles(
  db: Db,
  actor: Actor,
  files: readonly string[],
  tools: LoadTools,
): AsyncGenerator<{ outcomes: LoadOutcome[]; filesDone: number }> {
  const underWay: Promise<{ outcomes: LoadOutcome[]; filesDone: number }>[] = [];
  try {
    for await (const { documents, filesDone } of batchesOf(files)) {
      const batch = loadDocuments(db, actor, documents, tools, systemClock());
      underWay.push(batch.then((outcomes) => ({ outcomes, filesDone })));
      const first = underWay.length === AT_ONCE ? underWay.shift() : undefined;
      if (first) yield await first;
    }
    for (let next = underWay.shift(); next; next = underWay.shift()) yield await next;
  } finally {
    // One that failed ends the loop; the others still finish their transactions before anybody closes the database.
    await Promise.allSettled(underWay);
  }
}

/** Keeps all documents of the files for the worker; yields how many of each batch are new to it, and how many files are done. */
export async function* queueFiles(
  db: Db,
  actor: Actor,
  files: readonly string[],
): AsyncGenerator<{ documents: number; queued: number; filesDone: number }> {
  for await (const { documents, filesDone } of batchesOf(files)) {
    const queued = await queueDocuments(db, actor, "joint", documents, systemClock());
    yield { documents: documents.length, queued, filesDone };
  }
}

async function* batchesOf(
  files: readonly string[],
): AsyncGenerator<{ documents: IncomingDocument[]; filesDone: number }> {
  let waiting: IncomingDocument[] = [];
  let bytes = 0;
  for await (const { document, fileIndex } of documentsOf(files)) {
    waiting.push(document);
    bytes += document.bytes.length;
    if (waiting.length < TOGETHER && bytes < BYTES_TOGETHER) continue;
    yield { documents: waiting, filesDone: fileIndex };
    waiting = [];
    bytes = 0;
  }
  if (waiting.length > 0) yield { documents: waiting, filesDone: files.length };
}

/** Each file's documents; a file that holds many is read record by record. */
async function* documentsOf(
  files: readonly string[],
): AsyncGenerator<{ document: IncomingDocument; fileIndex: number }> {
  for (const [fileIndex, file] of files.entries()) {
    let n = 0;
    for await (const bytes of splitBatch(createReadStream(file))) {
      n += 1;
      yield { document: { bytes, sourceName: n === 1 ? file : `${file}#${n}` }, fileIndex };
    }
  }
}
