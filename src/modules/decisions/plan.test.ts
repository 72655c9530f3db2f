import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { identityOf } from "./identity.ts";
import { type Known, keyOf, planBatch, type ReadDocument, wantedRefs } from "./plan.ts";
import type { Reading } from "./reading.ts";

const READING: Reading = {
  city: "helsinki",
  format: "html",
  language: "fi",
  stage: "decided",
  title: "Avustusten jakaminen",
  section: "4",
  decisionMaker: { name: "Kaupunginhallitus", kind: "body" },
  recordNumber: { written: "HEL 2016-005316", key: "HEL 2016-005316" },
  classification: null,
  day: "2016-11-24",
  dates: [],
  meeting: null,
  sections: [],
  attachments: [],
  amounts: [],
  breakdowns: [],
  mentions: [],
  sourceId: null,
};

/** A document of that reading; its name stands for its bytes. */
const document = (name: string, reading: Partial<Reading> = {}): ReadDocument => ({
  sourceName: name,
  sha256: name,
  bytes: Buffer.from(name),
  reading: { ...READING, ...reading },
  text: "",
  titleTokens: [],
  textTokens: [],
});

const counter = () => {
  let n = 0;
  return () => `id-${(n += 1)}`;
};

/** A store that has nothing but addresses, and gives the free ones that the batch asks for. */
const emptyButFor = (documents: readonly ReadDocument[], taken: readonly string[] = []): Known => ({
  decisions: new Map(),
  matters: new Set(),
  freeRefs: new Map(
    wantedRefs(documents, new Map()).map(({ ref, count }) => [
      ref,
      Array.from({ length: count + taken.length }, (_, n) => (n === 0 ? ref : `${ref}-${n + 1}`))
        .filter((candidate) => !taken.includes(candidate))
        .slice(0, count),
    ]),
  ),
});

const plan = (documents: readonly ReadDocument[], known = emptyButFor(documents)) =>
  planBatch(documents, known, counter());

describe("planning a batch", () => {
  it("tells new decision, new version and copy apart within the batch", () => {
    const documents = [
      document("a"),
      document("a in other bytes"),
      document("b", { section: "5" }),
      document("a corrected", {
        stage: "decided",
        amounts: [],
        day: "2016-11-24",
        dates: [{ kind: "decided", day: "2016-11-24" }],
      }),
      document("a corrected, in other bytes", { dates: [{ kind: "decided", day: "2016-11-24" }] }),
    ];
    const { settled, newest, versions, copies, changes } = plan(documents);
    assert.deepEqual(
      settled.map(({ outcome, id, version }) => [outcome, id, version]),
      [
        ["new", "id-1", 1],
        ["copy", "id-1", 1],
        ["new", "id-2", 1],
        ["newVersion", "id-1", 2],
        ["copy", "id-1", 2],
      ],
    );
    assert.deepEqual(
      newest.map(({ document: { sha256 } }) => sha256),
      ["a corrected", "b"],
    );
    assert.equal(versions.length, 3);
    assert.equal(copies.length, 2);
    assert.deepEqual(
      changes.map(({ kind, id, verb }) => [kind, id, verb]),
      [
        ["matter", "id-3", "published"],
        ["decision", "id-1", "published"],
        ["decision", "id-2", "published"],
        ["decision", "id-1", "changed"],
      ],
    );
  });

  it("goes on from what the store has: the same words are a copy, others a new version under the old address", () => {
    const before = { id: "old", ref: "its-ref", version: 3, reading: READING };
    const known: Known = {
      decisions: new Map([[keyOf("helsinki", identityOf(READING)), before]]),
      matters: new Set([keyOf("helsinki", "HEL 2016-005316")]),
      freeRefs: new Map(),
    };
    const { settled, changes, matters } = plan([document("same"), document("other", { language: "sv" })], known);
    assert.deepEqual(
      settled.map(({ outcome, id, ref, version }) => [outcome, id, ref, version]),
      [
        ["copy", "old", "its-ref", 3],
        ["newVersion", "old", "its-ref", 4],
      ],
    );
    assert.deepEqual(changes, [{ city: "helsinki", kind: "decision", id: "old", verb: "changed" }]);
    assert.deepEqual(matters, []);
  });

  it("gives each decision an address of its own, also where one's own address is another's with a number", () => {
    const documents = [
      document("first", { section: null }),
      document("second", { section: null, title: "Toinen" }),
      document("of section 2", { section: "2" }),
      document("third", { section: null, title: "Kolmas" }),
    ];
    const refs = (taken: string[]) => plan(documents, emptyButFor(documents, taken)).settled.map(({ ref }) => ref);
    assert.deepEqual(refs([]), ["HEL-2016-005316", "HEL-2016-005316-2", "HEL-2016-005316-2-2", "HEL-2016-005316-3"]);
    assert.deepEqual(refs(["HEL-2016-005316", "HEL-2016-005316-3"]), [
      "HEL-2016-005316-2",
      "HEL-2016-005316-4",
      "HEL-2016-005316-2-2",
      "HEL-2016-005316-5",
    ]);
  });

  it("names each matter, maker and class once: the first title of a matter, the last of a class", () => {
    const { matters, makers, classes } = plan([
      document("a", { classification: { code: "02 05", title: "Vanha nimi" } }),
      document("b", { section: "5", title: "Toinen asia", classification: { code: "02 05", title: "Uusi nimi" } }),
      document("c", { section: "6", classification: { code: "02 05", title: null } }),
      document("d", { section: "7", city: "oulu" }),
    ]);
    assert.deepEqual(
      matters.map(({ city, title }) => [city, title]),
      [
        ["helsinki", "Avustusten jakaminen"],
        ["oulu", "Avustusten jakaminen"],
      ],
    );
    assert.deepEqual(
      makers.map(({ city, slug }) => [city, slug]),
      [
        ["helsinki", "kaupunginhallitus"],
        ["oulu", "kaupunginhallitus"],
      ],
    );
    assert.deepEqual(classes, [{ city: "helsinki", code: "02 05", title: "Uusi nimi" }]);
  });

  it("keeps decision-makers apart whose names differ in their units alone, however long they are", () => {
    const office = "Varhaiskasvatuksen ja esiopetuksen alueellisten palvelujen palvelukokonaisuuden johtaja";
    const makerOf = (unit: string) => ({ name: `${office}, ${unit}`, kind: "officeHolder" as const, office });
    const { makers } = plan([
      document("a", { decisionMaker: makerOf("Alue 1") }),
      document("b", { section: "5", decisionMaker: makerOf("Alue 2") }),
    ]);
    assert.deepEqual(
      makers.map(({ slug, name }) => [slug.slice(-6), name]),
      [
        ["alue-1", `${office}, Alue 1`],
        ["alue-2", `${office}, Alue 2`],
      ],
    );
  });
});
