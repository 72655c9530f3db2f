/** Loading documents: read, then keep what was read, or keep the document with the reason it could not be read. */
import { createHash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise } from "#core/actor.ts";
import type { Language, Tenant } from "#core/cities.ts";
import { type Db, withTx } from "#core/db.ts";
import { textOf } from "./identity.ts";
import type { ReadDocument } from "./plan.ts";
import { mayLoadDocuments } from "./policy.ts";
import type { Lexicon } from "./reader/lexicon.ts";
import { readDocument } from "./reader/read.ts";
import type { Unreadable } from "./reading.ts";
import { partKnown, storeDocuments, type StoreOutcome } from "./store.ts";
import { upsertUnread } from "./unread.queries.ts";

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

export type LoadOutcome =
  | StoreOutcome
  | { sourceName: string; sha256: string; outcome: "unread"; city: Tenant; reason: Unreadable };

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
  const { unknown, known } = await partKnown(db, documents.map(named));
  const read = await readAll(unknown, tools);
  const unread: LoadOutcome[] = [];
  for (const document of read.filter(isUnread)) unread.push(await keepUnread(db, document, now));
  const stored = await storeAll(db, actor, read.filter(isRead), now);
  return [...known, ...unread, ...stored];
}

interface NamedDocument extends IncomingDocument {
  sha256: string;
}

const named = (document: IncomingDocument): NamedDocument => ({
  ...document,
  sha256: createHash("sha256").update(document.bytes).digest("hex"),
});

const isRead = (document: ReadDocument | UnreadDocument): document is ReadDocument => "reading" in document;
const isUnread = (document: ReadDocument | UnreadDocument): document is UnreadDocument => "reason" in document;

/** A document that could not be read, with where it waits. */
interface UnreadDocument {
  sourceName: string;
  sha256: string;
  bytes: Buffer;
  city: Tenant;
  reason: Unreadable;
}

/** One after the other, with a turn of the event loop between: others' statements and requests do not wait for the whole batch. */
async function readAll(
  documents: readonly NamedDocument[],
  tools: LoadTools,
): Promise<(ReadDocument | UnreadDocument)[]> {
  const read: (ReadDocument | UnreadDocument)[] = [];
  for (const document of documents) {
    read.push(await readOne(document, tools));
    await nextTurn();
  }
  return read;
}

async function readOne(document: NamedDocument, tools: LoadTools): Promise<ReadDocument | UnreadDocument> {
  const { sourceName, sha256 } = document;
  const bytes = Buffer.from(document.bytes.buffer, document.bytes.byteOffset, document.bytes.byteLength);
  const result = await readDocument(document.bytes, tools.lexicon);
  if (!result.ok)
    return { sourceName, sha256, bytes, city: result.city ?? "joint", reason: toActOn(result.reason, sourceName) };
  const { reading } = result;
  const text = textOf(reading);
  const searched = [text, ...(reading.references ?? [])].join("\n");
  const [titleTokens = [], textTokens = []] = await tools.tokens([reading.title, searched], reading.language);
  return { sourceName, sha256, bytes, reading, text, titleTokens, textTokens: textTokens.slice(0, MAX_TOKENS) };
}

/** Of a document that is too large only the beginning came here (`splitBatch`): the registrar must know where the whole is. */
const toActOn = (reason: Unreadable, sourceName: string): Unreadable =>
  reason.code === "tooLarge"
    ? {
        ...reason,
        detail:
          `${reason.detail} Only its beginning is kept here; the whole document is where it came from: ${sourceName}. ` +
          "Load it again as smaller documents, or without its pictures.",
      }
    : reason;

/** All in one transaction; when the database refuses one of them, an own transaction for each. */
async function storeAll(
  db: Db,
  actor: Actor,
  documents: readonly ReadDocument[],
  now: Temporal.Instant,
): Promise<LoadOutcome[]> {
  if (documents.length === 0) return [];
  try {
    return await withTx(db, null, (tx) => storeDocuments(tx, actor, documents, now));
  } catch (error) {
    if (!isAboutData(error)) throw error;
    const outcomes: LoadOutcome[] = [];
    for (const document of documents) outcomes.push(...(await storeAlone(db, actor, document, now)));
    return outcomes;
  }
}

async function storeAlone(db: Db, actor: Actor, document: ReadDocument, now: Temporal.Instant): Promise<LoadOutcome[]> {
  try {
    return await withTx(db, null, (tx) => storeDocuments(tx, actor, [document], now));
  } catch (error) {
    if (!isAboutData(error)) throw error;
    const detail = `The database refused what was read: ${error.message}`;
    return [
      await keepUnread(db, { ...document, city: document.reading.city, reason: { code: "damaged", detail } }, now),
    ];
  }
}

/** PostgreSQL's classes 22 (data), 23 (integrity) and 54 (limits) speak of this document; all others of the database. */
const isAboutData = (error: unknown): error is Error =>
  error instanceof Error && "code" in error && /^(22|23|54)/.test(String(error.code));

async function keepUnread(db: Db, document: UnreadDocument, now: Temporal.Instant): Promise<LoadOutcome> {
  await withTx(db, document.city, (tx) => upsertUnread(tx, document, now));
  const { sourceName, sha256, city, reason } = document;
  return { sourceName, sha256, outcome: "unread", city, reason };
}
