/** Loading through the worker: whoever hands documents in need not wait until they are read. */
import { createHash } from "node:crypto";
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, system } from "#core/actor.ts";
import type { Tenant } from "#core/cities.ts";
import { type Db, type Tx, withTx } from "#core/db.ts";
import { addJob } from "#core/jobs.ts";
import { type IncomingDocument, loadDocuments, type LoadTools } from "./load.ts";
import { mayLoadDocuments } from "./policy.ts";
import { deleteIncoming, insertIncoming, lockIncoming, selectIncoming } from "./queue.queries.ts";

/** Documents of one job, and their bytes together: what the worker holds in memory at once. */
const TOGETHER = 50;
const BYTES_TOGETHER = 16 * 1024 * 1024;

/**
 * Keeps documents until the worker loads them; `city` is who handed them in, and may see them until then. Answers with how many
 * there are more of: those that wait already, by their bytes, wait once. Errors: Forbidden.
 */
export async function queueDocuments(
  db: Db,
  actor: Actor,
  city: Tenant,
  documents: readonly IncomingDocument[],
  now: Temporal.Instant,
): Promise<number> {
  authorise(actor, mayLoadDocuments);
  const rows = documents.map(({ bytes, sourceName }) => ({
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    sourceName,
  }));
  return withTx(db, city, async (tx) => {
    const added = await insertIncoming(tx, city, rows, now);
    await askForLoading(tx, city);
    return added;
  });
}

/**
 * Loads the oldest batch of a tenant's waiting documents and asks for the next one. Killed between loading and removing, it finds
 * the batch again: what is stored is known then, and nothing is there twice.
 */
export async function loadQueued(db: Db, city: Tenant, tools: LoadTools, now: Temporal.Instant): Promise<void> {
  await withTx(db, city, async (tx) => {
    await lockIncoming(tx, city);
    const documents = await selectIncoming(tx, city, TOGETHER, BYTES_TOGETHER);
    if (documents.length === 0) return;
    // In transactions of its own. This one has written nothing yet, so the readers of the change log do not wait for it.
    await loadDocuments(db, system("load-documents"), documents, tools, now);
    await deleteIncoming(
      tx,
      city,
      documents.map(({ sha256 }) => sha256),
    );
    await askForLoading(tx, city);
  });
}

const askForLoading = (tx: Tx, city: Tenant): Promise<void> =>
  addJob(tx, "load-documents", { city }, { key: `load-documents ${city}` });
