/** Storing documents that were read: what is known, a plan (`plan.ts`), and the rows that it says, in one transaction. */
import type { Temporal } from "temporal-polyfill";
import type { Actor } from "#core/actor.ts";
import { recordChanges } from "#core/change.ts";
import type { CityCode } from "#core/cities.ts";
import { actFor, type Db, type Tx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { addJob } from "#core/jobs.ts";
import { identityOf } from "./identity.ts";
import { keyOf, type Known, type Plan, planBatch, type ReadDocument, type Settled, wantedRefs } from "./plan.ts";
import * as store from "./store.queries.ts";
import { deleteUnread } from "./unread.queries.ts";

export type StoreOutcome = { sourceName: string; sha256: string } & (
  | { outcome: "new" | "newVersion" | "copy"; city: CityCode; ref: string }
  | { outcome: "known" }
);

/** Parts those that are stored already, or stand in the list before, from the others. */
export async function partKnown<Named extends { sourceName: string; sha256: string }>(
  db: Db,
  documents: readonly Named[],
): Promise<{ unknown: Named[]; known: StoreOutcome[] }> {
  const seen = await store.selectKnownDocuments(
    db,
    documents.map(({ sha256 }) => sha256),
  );
  const unknown: Named[] = [];
  const known: StoreOutcome[] = [];
  for (const document of documents) {
    const { sourceName, sha256 } = document;
    if (seen.has(sha256)) known.push({ sourceName, sha256, outcome: "known" });
    else unknown.push(document);
    seen.add(sha256);
  }
  return { unknown, known };
}

/**
 * Stores a batch: new decisions, new versions, other copies. What was stored meanwhile by others is known. The first rows that
 * the database refuses end the transaction, with PostgreSQL's error.
 */
export async function storeDocuments(
  tx: Tx,
  actor: Actor,
  documents: readonly ReadDocument[],
  now: Temporal.Instant,
): Promise<StoreOutcome[]> {
  for (const city of citiesOf(documents)) await store.lockCity(tx, city);
  const { unknown, known } = await partKnown(tx, documents);
  const plan = planBatch(unknown, await selectKnown(tx, unknown), () => newId(now));
  await writePlan(tx, plan, now);
  await recordChanges(tx, actor, plan.changes, now);
  await leavePile(tx, documents);
  // At the end: the waiting job's row is shared by all loaders, and is held until commit.
  if (plan.changes.length > 0) await addJob(tx, "search-index", {}, { key: "search-index" });
  return [...known, ...plan.settled.map(outcomeOf)];
}

/** In one order everywhere, so that two loaders never wait for each other. */
const citiesOf = (documents: readonly ReadDocument[]): CityCode[] =>
  [...new Set(documents.map(({ reading }) => reading.city))].sort();

/** What is there of what the documents name. */
async function selectKnown(tx: Tx, documents: readonly ReadDocument[]): Promise<Known> {
  const identities = documents.map(({ reading }) => ({ city: reading.city, identity: identityOf(reading) }));
  const found = await store.selectDecisionsByIdentity(tx, identities);
  const decisions = new Map(found.map((decision) => [keyOf(decision.city, decision.identity), decision]));
  const numbers = documents.flatMap(({ reading: { city, recordNumber } }) =>
    recordNumber ? [{ city, key: recordNumber.key }] : [],
  );
  const matters = await store.selectKnownMatters(tx, numbers);
  const free = await store.selectFreeRefs(tx, wantedRefs(documents, decisions));
  const byWanted = Map.groupBy(free, ({ wanted }) => wanted);
  return {
    decisions,
    matters: new Set(matters.map(({ city, key }) => keyOf(city, key))),
    freeRefs: new Map([...byWanted].map(([wanted, refs]) => [wanted, refs.map(({ ref }) => ref)])),
  };
}

/** In the order in which rows refer to each other. */
async function writePlan(tx: Tx, plan: Plan, now: Temporal.Instant): Promise<void> {
  await store.insertDocuments(
    tx,
    plan.settled.map(({ document }) => document),
    now,
  );
  await store.insertNewMakers(tx, plan.makers);
  await store.upsertFunctionClasses(tx, plan.classes);
  await store.insertMatters(tx, plan.matters);
  await store.upsertDecisions(tx, plan.newest, now);
  await store.insertVersions(tx, plan.versions, now);
  await store.insertCopies(tx, plan.copies);
  await store.replaceMentions(tx, plan.newest);
}

/** What is read now waits for no registrar any more: not in its city, nor where no city was known for it. */
async function leavePile(tx: Tx, documents: readonly ReadDocument[]): Promise<void> {
  const sha256s = documents.map(({ sha256 }) => sha256);
  for (const tenant of [...citiesOf(documents), "joint"] as const) {
    await actFor(tx, tenant);
    await deleteUnread(tx, tenant, sha256s);
  }
}

const outcomeOf = ({ document, outcome, ref }: Settled): StoreOutcome => ({
  sourceName: document.sourceName,
  sha256: document.sha256,
  outcome,
  city: document.reading.city,
  ref,
});
