import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { cleanName } from "./name.ts";

/** Letters, marks, joiners and everything that is taken out, close together, so that each meets each. */
const pieces = fc.constantFrom(
  ...[
    "a",
    "É",
    "o\u0308",
    "\u00e4",
    "가",
    "\u1100",
    "\u1161",
    "\u11a8",
    "李",
    "م",
    "ن",
    "क",
    "ක",
    "র",
    "\u09c7",
    "\u09be",
  ],
  ...[
    "\u0301",
    "\u0323",
    "\u0345",
    "\u094d",
    "\u0dca",
    "\u09cd",
    "\u093f",
    "\u0651",
    "\u064e",
    "\u06d6",
    "\u20dd",
    "\u103b",
  ],
  ...["\u200c", "\u200d", "\u200b", "\u2060", "\ufeff", "\u00ad", "\u034f", "\u115f", "\u3164", "\ufe0f", "\u{e0101}"],
  ...[
    "\u202e",
    "\u2066",
    "\u2069",
    "\u200e",
    "\u200f",
    "\u061c",
    "\0",
    "\u0007",
    "\u0085",
    "\ue000",
    "\uffff",
    "\ud83d",
    "\ude00",
  ],
  ...[" ", "\t", "\n", "\u00a0", "\u3000", "\u2028", "-", "’", ".", "👩", "1", "\u{1d160}", "\u0958"],
);
const anyText = fc.oneof(
  fc.string({ unit: pieces, maxLength: 12 }),
  fc.string({ unit: pieces, maxLength: 400, size: "max" }),
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
);
const characters = (text: string) => [...new Intl.Segmenter("fi", { granularity: "grapheme" }).segment(text)].length;

describe("names", () => {
  it("stay as people write them, in every script", () => {
    for (const name of [
      "Väinö",
      "Þórður",
      "María José",
      "O’Brien",
      "D'Angelo",
      "Anna-Liisa af Hällström",
      "Nuõrttsääʹm Õhttõs",
      "Ǥeeʹrjj",
      "李小龙",
      "ひろし",
      "김민수",
      "محمد",
      "Nguyễn",
      "Ẹ́niọlá",
      "Martin Luther King Jr.",
      "ကျော် မျိုး",
      "རྒྱལ་མཚན",
      "สุดารัตน์",
      "שָׁלוֹם",
    ]) {
      assert.equal(cleanName(name), name);
    }
  });

  it("keep the joiners that their readers need", () => {
    for (const name of ["مه\u200cدی", "ශ\u0dca\u200dරී", "र\u094d\u200dय", "র\u200d\u09cdযা"]) {
      assert.equal(cleanName(name), name);
    }
  });

  it("are clean at once, also where one thing taken out uncovers another", () => {
    assert.equal(cleanName("\u0958\u200c\u0dca\u0323\u0301"), "\u0915\u093c\u0dca\u0323");
    assert.equal(cleanName("\u0627\u200d\u06d6\u200d\u0655"), "\u0625\u06d6");
  });

  it("lose joiners everywhere else", () => {
    assert.equal(cleanName("Ai\u200dno"), "Aino");
    assert.equal(cleanName("م\u200d"), "م");
    assert.equal(cleanName("\u200cم"), "م");
    assert.equal(cleanName("م\u200c\u200dد"), "مد");
    assert.equal(cleanName("م\u200ca"), "مa");
    assert.equal(cleanName("李\u200d小"), "李小");
  });

  it("are tidied: one space between words, one form of each letter", () => {
    assert.equal(cleanName("  Aino \t Maria\r\nVirtanen\u00a0"), "Aino Maria Virtanen");
    assert.equal(cleanName("Aino\u2028Maria\u0085Virtanen"), "Aino Maria Virtanen");
    assert.equal(cleanName("Va\u0308ino\u0308"), "Väinö");
  });

  it("lose what cannot be seen and what would turn the text around them", () => {
    assert.equal(cleanName("Ai\u200bno\u2060 \ufeffVir\u00adta\0nen\u0007"), "Aino Virtanen");
    assert.equal(cleanName("\u202eAino\u202c \u2066Virtanen\u2069\u200e\u200f\u061c"), "Aino Virtanen");
    assert.equal(cleanName("Aino \ud83d\u200b\ude00Virtanen"), "Aino Virtanen");
    assert.equal(cleanName("a\u200b\u0308iti"), "äiti");
    assert.equal(cleanName("Aino \u3164 Virtanen"), "Aino Virtanen");
  });

  it("lose marks piled up to reach over other lines, and marks without a letter", () => {
    assert.equal(cleanName(`Z${"\u0335".repeat(50)}algo`), `Z${"\u0335".repeat(3)}algo`);
    assert.equal(cleanName(`x${"\u0335\u200d".repeat(50)}y`), `x${"\u0335".repeat(3)}y`);
    assert.equal(cleanName("\u0301\u0301Aino \u0308Virtanen"), "Aino Virtanen");
    assert.equal(cleanName("Aino \u0308 Virtanen"), "Aino Virtanen");
  });

  it("need a letter", () => {
    for (const text of ["", " ", "123", "...", "👩", "\u0301", "\u200b", "\u3164", "\u202e", "\ud800"]) {
      assert.equal(cleanName(text), undefined, JSON.stringify(text));
    }
  });

  it("may have 200 characters as people count them", () => {
    assert.equal(cleanName("ä".repeat(200)), "ä".repeat(200));
    assert.equal(cleanName("ä".repeat(201)), undefined);
    assert.equal(cleanName("x\u0323\u0335".repeat(200)), "x\u0323\u0335".repeat(200).normalize("NFC"));
    assert.equal(cleanName(` ${"a".repeat(200)} `), "a".repeat(200));
    assert.equal(cleanName("a".repeat(10_000_000)), undefined);
    assert.equal(cleanName("\u1100".repeat(1_000_000)), undefined);
  });

  it("once clean, stay as they are", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = cleanName(text);
        if (name !== undefined) assert.equal(cleanName(name), name);
      }),
      { numRuns: 1000 },
    );
  });

  it("never turn text, hide anything or run on", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const name = cleanName(text);
        if (name === undefined) return;
        assert.doesNotMatch(name, /[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]/u);
        assert.doesNotMatch(name, /[[\p{C}\p{Default_Ignorable_Code_Point}]--[\u200c\u200d\p{Cn}]]/v);
        assert.doesNotMatch(name, /[\p{Mn}\p{Me}]{4}|^\p{M}|^\s|\s$|\s\s|[^\S ]/u);
        assert.match(name, /\p{L}/u);
        assert.equal(name, name.normalize("NFC"));
        assert.ok(characters(name) <= 200);
      }),
      { numRuns: 1000 },
    );
  });
});
