import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Check } from "typebox/value";
import { excerptOf, identityOf, refOf, shorten, slugOf, textOf, yearOf } from "./identity.ts";
import type { Reading } from "./reading.ts";
import { recordNumberKey, recordNumberSlug } from "./record-number.ts";
import { Ref } from "./schema.ts";

const READING: Reading = {
  city: "helsinki",
  format: "text",
  language: "fi",
  stage: "decided",
  title: "Hankkeen rahoitus",
  section: "29",
  decisionMaker: { name: "Kaupunginhallitus", kind: "body" },
  recordNumber: { written: "HEL 2015-004216", key: "HEL 2015-004216" },
  classification: null,
  day: null,
  dates: [],
  meeting: null,
  sections: [
    { kind: "reasons", heading: "Perustelut", blocks: [{ kind: "paragraph", text: "Koska." }] },
    {
      kind: "decision",
      heading: "Päätös",
      blocks: [
        { kind: "paragraph", text: "Hyväksyttiin:", list: { ordered: true, items: ["yksi", "kaksi"] } },
        { kind: "table", head: true, rows: [["a", "b"]] },
      ],
    },
  ],
  attachments: [],
  amounts: [],
  breakdowns: [],
  mentions: [],
  sourceId: null,
};
const number = (written: string) => ({ written, key: recordNumberKey(written) });
const read = (part: Partial<Reading>): Reading => ({ ...READING, ...part });

describe("two documents", () => {
  it("are one decision by the source's own number, whatever else was corrected", () => {
    const ahjo = read({ format: "ahjo-json", sourceId: "{E8CB}" });
    assert.equal(identityOf(ahjo), identityOf({ ...ahjo, title: "Toinen", section: "30", day: "2017-05-29" }));
    assert.notEqual(identityOf(ahjo), identityOf({ ...ahjo, sourceId: "{F000}" }));
  });

  it("are one decision by who, what, section and day, also when the title was mended", () => {
    assert.equal(identityOf(READING), identityOf(read({ title: "Hankkeen rahoitus, oikaistu" })));
  });

  it("are two by another section, another day, another maker, or while it is still proposed", () => {
    const others = [
      { section: "30" },
      { day: "2017-05-29" },
      { stage: "proposed" as const },
      { decisionMaker: { name: "Kaupunginvaltuusto", kind: "body" as const } },
    ];
    for (const other of others) assert.notEqual(identityOf(READING), identityOf(read(other)), JSON.stringify(other));
  });

  it("are one decision when one was read before names said the unit", () => {
    const before = { name: "Tiimipäällikkö", kind: "officeHolder" as const };
    const maker = { name: "Tiimipäällikkö, Maanhankinta", kind: "officeHolder" as const, office: "Tiimipäällikkö" };
    const corrected = read({ decisionMaker: maker, title: "Hankkeen rahoitus, oikaistu" });
    assert.equal(identityOf(read({ decisionMaker: before })), identityOf(corrected));
  });

  it("without a record number are told apart by their titles", () => {
    const bare = { recordNumber: null, section: null };
    assert.notEqual(identityOf(read(bare)), identityOf(read({ ...bare, title: "Toinen" })));
  });
});

describe("the address of a decision", () => {
  it("says the record number and the section", () => assert.equal(refOf(READING), "HEL-2015-004216-29"));

  it("names the city where the number does not", () => {
    const espoo = read({ city: "espoo", recordNumber: number("5316/2016 00.01.01"), section: "4" });
    assert.equal(refOf(espoo), "espoo-5316-00.01.01-2016-4");
  });

  it("says the office of a decision-maker and not the unit, which its name says", () => {
    const maker = { name: "Tiimipäällikkö, Maanhankinta", kind: "officeHolder" as const, office: "Tiimipäällikkö" };
    assert.equal(refOf(read({ recordNumber: null, decisionMaker: maker, section: "4" })), "helsinki-tiimipaallikko-4");
  });

  it("is one that the pages take, also where the number is of no form that we know", () => {
    const matterSlug = recordNumberSlug(recordNumberKey("Dnro A:17/x 2016"));
    for (const ref of [refOf(READING), matterSlug, refOf(read({ recordNumber: number("Dnro A:17/x 2016") }))])
      assert.ok(Check(Ref, ref), ref);
  });

  it("names who decided and the year where there is no number", () => {
    assert.equal(refOf(read({ recordNumber: null, day: "2017-05-29" })), "helsinki-kaupunginhallitus-2017-29");
  });

  it("is made of letters, digits and hyphens, whatever the name is", () => {
    assert.equal(slugOf("Kaupunkiympäristölautakunnan jaosto"), "kaupunkiymparistolautakunnan-jaosto");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => assert.match(slugOf(text), /^[a-z0-9][a-z0-9-]{0,79}$/)),
    );
  });
});

describe("the year of a decision", () => {
  it("is that of its day, else of its record number, else unknown", () => {
    assert.equal(yearOf(read({ day: "2016-01-11" })), 2016);
    assert.equal(yearOf(READING), 2015);
    assert.equal(yearOf(read({ recordNumber: null })), null);
    assert.equal(yearOf(read({ recordNumber: { written: "12019/99", key: "12019/99" } })), null);
  });
});

describe("what a list shows of a decision", () => {
  it("begins with what was decided, not with its reasons", () => assert.equal(excerptOf(READING), "Hyväksyttiin:"));

  it("is empty when there is no running text", () => assert.equal(excerptOf(read({ sections: [] })), ""));

  it("is cut between words, never longer than asked for, and says that it was cut", () => {
    assert.equal(shorten("yksi kaksi kolme", 12), "yksi kaksi…");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 2, max: 40 }), (text, length) => {
        const short = shorten(text, length);
        if (text.length <= length) assert.equal(short, text);
        else assert.ok(short.length <= length + 1 && short.endsWith("…") && short.isWellFormed());
      }),
    );
  });
});

it("the text for search holds paragraphs, list items and cells in reading order", () => {
  assert.equal(textOf(READING), "Koska.\nHyväksyttiin:\nyksi\nkaksi\na b");
});
