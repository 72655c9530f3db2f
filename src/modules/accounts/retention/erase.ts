/**
 * Erasing somebody. It begins in one transaction, after which nobody comes in as them; then each source erases in a transaction of
 * its own, at once where that succeeds and else by its job, again and again. What one source can't do keeps no other from it.
 */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { type Db, type Tx, withPerson } from "#core/db.ts";
import { conflict, missing } from "#core/errors.ts";
import { addJob } from "#core/jobs.ts";
import type { Erased, Hindrance, PersonalData, PersonalDataSource } from "#core/retention.ts";
import type { Sealer } from "#core/seal.ts";
import { mayErase } from "./policy.ts";
import * as queries from "./queries.ts";
import { tellWhatIsDone } from "./receipt.ts";

export interface EraseTools {
  db: Db;
  register: PersonalData;
  sealer: Sealer;
}

/** What has to be done before somebody can be erased. */
export async function selectHindrances(tx: Tx, { sources }: PersonalData, person: string): Promise<Hindrance[]> {
  const found: Hindrance[] = [];
  for (const source of sources) found.push(...((await source.hindrances?.(tx, person)) ?? []));
  return found;
}

/** What would happen, of each source: it is done and taken back, so that it can't be other than what is done later. */
export async function previewErasure(
  { db, register }: EraseTools,
  person: string,
  now: Temporal.Instant,
): Promise<{ hindrances: readonly Hindrance[]; parts: { source: string; result: Erased }[] }> {
  const hindrances = await withPerson(db, person, (tx) => selectHindrances(tx, register, person));
  const parts: { source: string; result: Erased }[] = [];
  for (const source of register.sources)
    parts.push({ source: source.id, result: await tryOut(db, source, person, now) });
  return { hindrances, parts };
}

const TAKEN_BACK = new Error("taken back");

async function tryOut(db: Db, source: PersonalDataSource, person: string, now: Temporal.Instant): Promise<Erased> {
  let result: Erased = { erased: 0, kept: [] };
  try {
    await withPerson(db, person, async (tx) => {
      result = await source.erase(tx, person, now);
      throw TAKEN_BACK;
    });
  } catch (error) {
    if (error !== TAKEN_BACK) throw error;
  }
  return result;
}

/**
 * Erases the person as far as it goes now; their jobs do the rest. Answers with the secret of the receipt's link, the same however
 * often it is asked. Errors: Forbidden, Missing (no such person), Conflict (something hinders it: see `selectHindrances`).
 */
export async function erasePerson(
  tools: EraseTools,
  actor: Actor,
  person: string,
  now: Temporal.Instant,
): Promise<string> {
  authorise(actor, mayErase(person));
  const { db, register, sealer } = tools;
  const [receipt = ""] = sealer.fingerprints(person, "erasure receipt");
  await withPerson(db, person, (tx) => begin(tx, register, actor, { person, receipt }, now));
  for (const source of register.sources) await isErasedNow(tools, source, person, now);
  return receipt;
}

/** The first transaction: it closes the door and writes down what there is to do. Nothing when it has been begun before. */
async function begin(
  tx: Tx,
  register: PersonalData,
  actor: Actor,
  { person, receipt }: { person: string; receipt: string },
  now: Temporal.Instant,
): Promise<void> {
  const row = await queries.lockPerson(tx, person);
  if (!row) throw missing(`person ${person}`);
  if (row.erasedAt !== null) return;
  const hindrances = await selectHindrances(tx, register, person);
  if (hindrances.length > 0) throw conflict(`erasing is hindered: ${hindrances.map(({ code }) => code).join(", ")}`);
  const { mail, language } = row;
  const sources = register.sources.map(({ id }) => id);
  await queries.insertErasure(tx, { person, receipt, mail, language, sources }, now);
  const act = { city: "joint", action: "erase", subjectKind: "person", subjectId: person } as const;
  await recordAudit(tx, actor, { ...act, about: person }, now);
  for (const source of register.sources) {
    if (source.isDoor) {
      const result = await source.erase(tx, person, now);
      await queries.updatePart(tx, { person, source: source.id, result }, now);
    } else {
      await askForErasing(tx, person, source.id);
    }
  }
}

export const askForErasing = (tx: Tx, person: string, source: string): Promise<void> =>
  addJob(tx, "erase-person", { person, source }, { key: `erase-person ${person} ${source}` });

/** Tries a source without waiting for its job, which finds nothing to do then. False when it is the job's to try again. */
async function isErasedNow(
  tools: EraseTools,
  source: PersonalDataSource,
  person: string,
  now: Temporal.Instant,
): Promise<boolean> {
  try {
    await eraseSource(tools, source, person, now);
    return true;
  } catch {
    return false; // written down as failed; the job tries it again and logs why
  }
}

/** Erases what one source keeps, once. Throws what the source throws; that it failed is written down then. */
export async function eraseSource(
  { db, register }: Pick<EraseTools, "db" | "register">,
  source: PersonalDataSource,
  person: string,
  now: Temporal.Instant,
): Promise<void> {
  try {
    await withPerson(db, person, async (tx) => {
      const erasure = await queries.lockErasure(tx, person);
      if (!erasure || !(await queries.isPartOpen(tx, person, source.id))) return;
      const result = await source.erase(tx, person, now);
      await queries.updatePart(tx, { person, source: source.id, result }, now);
      await tellWhatIsDone(tx, register, person, erasure, now);
    });
  } catch (error) {
    await withPerson(db, person, async (tx) => {
      const erasure = await queries.lockErasure(tx, person);
      if (!erasure) return;
      await queries.updatePart(tx, { person, source: source.id, result: null }, now);
      await tellWhatIsDone(tx, register, person, erasure, now);
    });
    throw error;
  }
}
