/** What a batch of read documents makes of the decisions that are there: a pure rule, which `load.ts` carries out. */
import { isDeepStrictEqual } from "node:util";
import type { CityCode } from "#core/cities.ts";
import { identityOf, refOf, slugOf } from "./identity.ts";
import type { DecisionMaker, Reading, RecordNumber } from "./reading.ts";
import { recordNumberSlug } from "./record-number.ts";

/** A document with what was read from it. */
export interface ReadDocument {
  sourceName: string;
  sha256: string;
  bytes: Buffer;
  reading: Reading;
  /** Its running text (textOf). */
  text: string;
  titleTokens: readonly string[];
  textTokens: readonly string[];
}

/** A decision with what its newest version says. */
export interface KnownDecision {
  id: string;
  ref: string;
  version: number;
  reading: Reading;
}

/** What the store has of what a batch names. */
export interface Known {
  /** By `keyOf(city, identity)`. */
  decisions: ReadonlyMap<string, KnownDecision>;
  /** Matters by `keyOf(city, key)`. */
  matters: ReadonlySet<string>;
  /** The addresses that are free for a wanted one, best first; as many as `wantedRefs` asks for. */
  freeRefs: ReadonlyMap<string, readonly string[]>;
}

/** What becomes of one document: which version of which decision it is. */
export interface Settled {
  document: ReadDocument;
  outcome: "new" | "newVersion" | "copy";
  id: string;
  identity: string;
  ref: string;
  version: number;
}

export interface NewMatter {
  city: CityCode;
  id: string;
  number: RecordNumber;
  slug: string;
  title: string;
  classCode: string | null;
}

/** What to write, each kind without repetition. */
export interface Plan {
  /** All documents of the batch, in its order. */
  settled: Settled[];
  /** Those that are a version of their own, and the newest of each decision. */
  versions: Settled[];
  newest: Settled[];
  copies: Settled[];
  matters: NewMatter[];
  makers: (Pick<DecisionMaker, "name" | "kind"> & { city: CityCode; slug: string })[];
  classes: { city: CityCode; code: string; title: string }[];
  changes: { city: CityCode; kind: "decision" | "matter"; id: string; verb: "published" | "changed" }[];
}

/** One name for what is unique within its city. */
export const keyOf = (city: CityCode, name: string): string => `${city} ${name}`;

/**
 * The addresses that the decisions unknown to the store would like, and how many free ones to ask for: others of the same batch
 * may want the same one, or the one with a number behind it.
 */
export function wantedRefs(
  documents: readonly ReadDocument[],
  decisions: Known["decisions"],
): { ref: string; count: number }[] {
  const refs = documents
    .filter(({ reading }) => !decisions.has(keyOf(reading.city, identityOf(reading))))
    .map(({ reading }) => refOf(reading));
  const isRelated = (a: string, b: string) => a.startsWith(b) || b.startsWith(a);
  return [...new Set(refs)].map((ref) => ({
    ref,
    count: refs.filter((other) => isRelated(other.toLowerCase(), ref.toLowerCase())).length,
  }));
}

/** Plans a batch in its order: a later document may be a version or a copy of an earlier one's decision. */
export function planBatch(documents: readonly ReadDocument[], known: Known, makeId: () => string): Plan {
  const settled = settle(documents, known, makeId);
  const versions = settled.filter(({ outcome }) => outcome !== "copy");
  const matters = newMatters(versions, known.matters, makeId);
  return {
    settled,
    versions,
    newest: [...new Map(versions.map((one) => [one.id, one])).values()],
    copies: settled.filter(({ outcome }) => outcome === "copy"),
    matters,
    makers: makersOf(versions),
    classes: classesOf(versions),
    changes: [...matters.map(publishedMatter), ...versions.map(changedDecision)],
  };
}

function settle(documents: readonly ReadDocument[], known: Known, makeId: () => string): Settled[] {
  const newest = new Map(known.decisions);
  const taken = new Set<string>();
  return documents.map((document) => {
    const { reading } = document;
    const identity = identityOf(reading);
    const key = keyOf(reading.city, identity);
    const before = newest.get(key);
    if (before && saysTheSame(before.reading, reading)) return { document, identity, ...before, outcome: "copy" };
    const { id, ref, version } = before ?? {
      id: makeId(),
      ref: freeRef(refOf(reading), known.freeRefs, taken),
      version: 0,
    };
    newest.set(key, { id, ref, version: version + 1, reading });
    return { document, identity, id, ref, version: version + 1, outcome: before ? "newVersion" : "new" };
  });
}

/** As they are stored: JSON has no undefined. */
const saysTheSame = (before: Reading, now: Reading): boolean => isDeepStrictEqual(asStored(before), asStored(now));
const asStored = (reading: Reading): unknown => JSON.parse(JSON.stringify(reading));

function freeRef(wanted: string, freeRefs: Known["freeRefs"], taken: Set<string>): string {
  const ref = freeRefs.get(wanted)?.find((candidate) => !taken.has(candidate.toLowerCase()));
  if (ref === undefined) throw new Error(`no free address was asked for ${wanted}`);
  taken.add(ref.toLowerCase());
  return ref;
}

/** A matter's title is that of its first decision. */
function newMatters(versions: readonly Settled[], known: Known["matters"], makeId: () => string): NewMatter[] {
  const matters = new Map<string, NewMatter>();
  for (const { document } of versions) {
    const { city, recordNumber: number, title, classification } = document.reading;
    const key = number && keyOf(city, number.key);
    if (!number || !key || known.has(key) || matters.has(key)) continue;
    const slug = recordNumberSlug(number.key);
    matters.set(key, { city, id: makeId(), number, slug, title, classCode: classification?.code ?? null });
  }
  return [...matters.values()];
}

/** The unit stands at the end of an office holder's name, and must not be cut off. */
const LONGEST_OFFICE = 120;

export const makerSlugOf = ({ decisionMaker }: Reading): string | null =>
  decisionMaker && slugOf(decisionMaker.name, decisionMaker.office === undefined ? undefined : LONGEST_OFFICE);

function makersOf(versions: readonly Settled[]): Plan["makers"] {
  const makers = new Map<string, Plan["makers"][number]>();
  for (const { document } of versions) {
    const { city, decisionMaker } = document.reading;
    const slug = makerSlugOf(document.reading);
    if (decisionMaker && slug && !makers.has(keyOf(city, slug)))
      makers.set(keyOf(city, slug), { city, slug, name: decisionMaker.name, kind: decisionMaker.kind });
  }
  return [...makers.values()];
}

/** The last title of a class stands; a document that gives only the code blanks none. */
function classesOf(versions: readonly Settled[]): Plan["classes"] {
  const classes = new Map<string, Plan["classes"][number]>();
  for (const { document } of versions) {
    const { city, classification } = document.reading;
    if (classification?.title)
      classes.set(keyOf(city, classification.code), { city, code: classification.code, title: classification.title });
  }
  return [...classes.values()];
}

const publishedMatter = ({ city, id }: NewMatter): Plan["changes"][number] => ({
  city,
  kind: "matter",
  id,
  verb: "published",
});

const changedDecision = ({ document, id, outcome }: Settled): Plan["changes"][number] => ({
  city: document.reading.city,
  kind: "decision",
  id,
  verb: outcome === "new" ? "published" : "changed",
});
