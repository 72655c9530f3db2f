/** Loading documents: read, then keep what was read, or keep the document with the reason it could not be read. */
import { createHash } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise } from "#core/actor.ts";
import { recordChange } from "#core/change.ts";
import type { CityCode, Language, Tenant } from "#core/cities.ts";
import { actFor, type Db, type Tx, withTx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { addJob } from "#core/jobs.ts";
import { excerptOf, identityOf, nthRef, refOf, slugOf, textOf, yearOf } from "./identity.ts";
import { mayLoadDocuments } from "./policy.ts";
import { type Lexicon } from "./reader/lexicon.ts";
import { readDocument } from "./reader/read.ts";
import type { Reading, Unreadable } from "./reading.ts";
import { recordNumberSlug } from "./record-number.ts";
import * as store from "./store.queries.ts";
import { deleteUnread, upsertUnread } from "./unread.queries.ts";

export interface IncomingDocument {
  bytes: Uint8Array;
  /** Where it came from, for a registrar: a path or an address. */
  sourceName: string;
}

/** What loading leans on besides the database. */
export interface LoadTools {
  /** Null where no dictionary is there: line-end hyphens then follow rules alone. */
  lexicon: Lexicon | null;
  /** Search tokens of each text (core/language). */
  tokens(texts: readonly string[], language: Language): Promise<string[][]>;
}

export type LoadOutcome = { sourceName: string; sha256: string } & (
  | { outcome: "new" | "newVersion" | "copy"; city: CityCode; ref: string }
  | { outcome: "known" }
  | { outcome: "unread"; city: Tenant; reason: Unreadable }
);

/** Most tokens of one text that are indexed for PostgreSQL's full text: a tsvector holds 1 MB. */
const MAX_TOKENS = 40_000;

/**
 * Loads documents in one transaction; an own one for each if that fails, so that a bad document stops none of the others.
 * Same bytes twice are one document; the same decision with other words is a new version; nothing that can't be read is lost.
 * Errors: Forbidden; a database that is away is thrown on (nothing is half there, running again completes it).
 */
export async function loadDocuments(
  db: Db,
  actor: Actor,
  documents: readonly IncomingDocument[],
  tools: LoadTools,
  now: Temporal.Instant,
): Promise<LoadOutcome[]> {
  authorise(actor, mayLoadDocuments);
  const fresh = await withoutKnown(db, documents);
  const read = await Promise.all(fresh.unknown.map((document) => readOne(document, tools)));
  const stored = await storeAll(db, actor, read, now);
  return [...fresh.known, ...stored];
}

interface ReadDocument {
  sourceName: string;
  sha256: string;
  bytes: Buffer;
  result:
    | { ok: true; reading: Reading; titleTokens: string[]; textTokens: string[] }
    | { ok: false; city: Tenant; reason: Unreadable };
}

async function withoutKnown(db: Db, documents: readonly IncomingDocument[]) {
  const hashed = documents.map((document) => ({
    ...document,
    sha256: createHash("sha256").update(document.bytes).digest("hex"),
  }));
  const seen = await store.selectKnownDocuments(
    db,
    hashed.map((document) => document.sha256),
  );
  const unknown: typeof hashed = [];
  const known: LoadOutcome[] = [];
  for (const document of hashed) {
    if (seen.has(document.sha256))
      known.push({ sourceName: document.sourceName, sha256: document.sha256, outcome: "known" });
    else unknown.push(document);
    seen.add(document.sha256);
  }
  return { unknown, known };
}

async function readOne(document: IncomingDocument & { sha256: string }, tools: LoadTools): Promise<ReadDocument> {
  const { sourceName, sha256 } = document;
  const bytes = Buffer.from(document.bytes.buffer, document.bytes.byteOffset, document.bytes.byteLength);
  const result = await readDocument(document.bytes, tools.lexicon);
  if (!result.ok)
    return { sourceName, sha256, bytes, result: { ok: false, city: result.city ?? "joint", reason: result.reason } };
  const { reading } = result;
  const [titleTokens = [], textTokens = []] = await tools.tokens([reading.title, textOf(reading)], reading.language);
  return {
    sourceName,
    sha256,
    bytes,
    result: { ok: true, reading, titleTokens, textTokens: textTokens.slice(0, MAX_TOKENS) },
  };
}

async function storeAll(
  db: Db,
  actor: Actor,
  documents: readonly ReadDocument[],
  now: Temporal.Instant,
): Promise<LoadOutcome[]> {
  const readable = documents.filter((document) => document.result.ok);
  const outcomes: LoadOutcome[] = [];
  for (const document of documents)
    if (!document.result.ok) outcomes.push(await keepUnread(db, document, document.result, now));
  if (readable.length === 0) return outcomes;
  try {
    outcomes.push(...(await storeTogether(db, actor, readable, now)));
  } catch (error) {
    if (!isAboutData(error)) throw error;
    for (const document of readable) outcomes.push(await storeAlone(db, actor, document, now));
  }
  return outcomes;
}

async function storeTogether(
  db: Db,
  actor: Actor,
  documents: readonly ReadDocument[],
  now: Temporal.Instant,
): Promise<LoadOutcome[]> {
  return withTx(db, null, async (tx) => {
    for (const city of citiesOf(documents)) await store.lockCity(tx, city);
    const outcomes: LoadOutcome[] = [];
    const made: Made = new Set();
    for (const document of documents) outcomes.push(await storeReading(tx, actor, document, made, now));
    await leavePile(tx, documents);
    // At the end: the waiting job's row is shared by all loaders, and is held until commit.
    if (outcomes.some(({ outcome }) => outcome === "new" || outcome === "newVersion")) {
      await addJob(tx, "search-index", {}, { key: "search-index" });
    }
    return outcomes;
  });
}

/** What is read now waits for no registrar any more: not in its city, nor where no city was known for it. */
async function leavePile(tx: Tx, documents: readonly ReadDocument[]): Promise<void> {
  const sha256s = documents.map(({ sha256 }) => sha256);
  for (const tenant of [...citiesOf(documents), "joint"] as const) {
    await actFor(tx, tenant);
    await deleteUnread(tx, tenant, sha256s);
  }
}

/** In one order everywhere, so that two loaders never wait for each other. */
const citiesOf = (documents: readonly ReadDocument[]): CityCode[] =>
  [...new Set(documents.flatMap(({ result }) => (result.ok ? [result.reading.city] : [])))].sort();

async function storeAlone(db: Db, actor: Actor, document: ReadDocument, now: Temporal.Instant): Promise<LoadOutcome> {
  try {
    const [outcome] = await storeTogether(db, actor, [document], now);
    if (!outcome) throw new Error("storing one document gave no outcome");
    return outcome;
  } catch (error) {
    if (!isAboutData(error) || !document.result.ok) throw error;
    const reason: Unreadable = {
      code: "damaged",
      detail: `The database refused what was read: ${(error as Error).message}`,
    };
    return keepUnread(db, document, { city: document.result.reading.city, reason }, now);
  }
}

/** PostgreSQL's classes 22 (data), 23 (integrity) and 54 (limits) speak of this document; all others of the database. */
const isAboutData = (error: unknown): boolean =>
  error instanceof Error && "code" in error && /^(22|23|54)/.test(String(error.code));

async function keepUnread(
  db: Db,
  document: ReadDocument,
  unread: { city: Tenant; reason: Unreadable },
  now: Temporal.Instant,
): Promise<LoadOutcome> {
  const { sourceName, sha256, bytes } = document;
  await withTx(db, unread.city, (tx) => upsertUnread(tx, { ...unread, sha256, bytes, sourceName }, now));
  return { sourceName, sha256, outcome: "unread", ...unread };
}

const MEDIA_TYPES: Record<Reading["format"], string> = {
  text: "text/plain",
  html: "text/html",
  pdf: "application/pdf",
  "ahjo-json": "application/json",
  "casem-json": "application/json",
};

/** Makers and classes that this transaction has made sure of already: many documents name the same. */
type Made = Set<string>;

function isFirst(made: Made, what: string): boolean {
  if (made.has(what)) return false;
  made.add(what);
  return true;
}

/** One document that was read: new decision, new version, or another copy of what is known. */
async function storeReading(
  tx: Tx,
  actor: Actor,
  document: ReadDocument,
  made: Made,
  now: Temporal.Instant,
): Promise<LoadOutcome> {
  if (!document.result.ok) throw new Error("only read documents are stored");
  const { sourceName, sha256, bytes, result } = document;
  const { reading } = result;
  const { city } = reading;
  await store.insertDocument(tx, { city, sha256, bytes, mediaType: MEDIA_TYPES[reading.format] }, now);

  const identity = identityOf(reading);
  const before = await store.selectDecisionByIdentity(tx, city, identity);
  if (before && isDeepStrictEqual(before.reading, JSON.parse(JSON.stringify(reading)))) {
    await store.insertCopy(tx, { city, sha256, decisionId: before.id, version: before.version });
    return { sourceName, sha256, outcome: "copy", city, ref: before.ref };
  }
  const row = await prepareRow(tx, actor, result, made, now);
  const id = before?.id ?? newId(now);
  const ref = before?.ref ?? (await freeRef(tx, refOf(reading)));
  const version = (before?.version ?? 0) + 1;
  if (before) await store.updateDecision(tx, { city, id, version }, row, now);
  else await store.insertDecision(tx, { city, id, identity, ref }, row, now);
  await store.insertVersion(tx, { city, decisionId: id, version, sha256, reading }, now);
  if (before || reading.mentions.length > 0) await store.replaceMentions(tx, city, id, reading.mentions);
  await recordChange(tx, actor, { city, kind: "decision", id, verb: before ? "changed" : "published" }, now);
  return { sourceName, sha256, outcome: before ? "newVersion" : "new", city, ref };
}

/** Makes what the decision refers to (maker, class, matter) and the decision's own columns. */
async function prepareRow(
  tx: Tx,
  actor: Actor,
  { reading, titleTokens, textTokens }: { reading: Reading; titleTokens: string[]; textTokens: string[] },
  made: Made,
  now: Temporal.Instant,
): Promise<store.DecisionRow> {
  const { city, decisionMaker, classification } = reading;
  const maker = decisionMaker ? slugOf(decisionMaker.name) : null;
  if (decisionMaker && maker && isFirst(made, `${city} ${maker}`))
    await store.upsertMaker(tx, city, maker, decisionMaker);
  if (classification?.title && isFirst(made, `${city} ${classification.code} ${classification.title}`))
    await store.upsertFunctionClass(tx, city, classification.code, classification.title);
  await ensureMatter(tx, actor, reading, now);
  return {
    language: reading.language,
    stage: reading.stage,
    title: reading.title,
    section: reading.section,
    maker,
    matter_key: reading.recordNumber?.key ?? null,
    class_code: classification?.code ?? null,
    day: reading.day,
    year: yearOf(reading),
    excerpt: excerptOf(reading),
    titleTokens,
    textTokens,
  };
}

async function ensureMatter(tx: Tx, actor: Actor, reading: Reading, now: Temporal.Instant): Promise<void> {
  const { city, recordNumber: number, title } = reading;
  if (!number) return;
  const id = newId(now);
  const slug = recordNumberSlug(number.key);
  const classCode = reading.classification?.code ?? null;
  const isNew = await store.insertMatter(tx, { city, id, number, slug, title, classCode });
  if (isNew) await recordChange(tx, actor, { city, kind: "matter", id, verb: "published" }, now);
}

async function freeRef(tx: Tx, ref: string): Promise<string> {
  const taken = await store.selectRefsLike(tx, ref);
  for (let n = 1; ; n++) {
    const candidate = nthRef(ref, n);
    if (!taken.has(candidate.toLowerCase())) return candidate;
  }
}
