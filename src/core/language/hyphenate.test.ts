import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { softHyphens } from "./hyphenate.ts";

const borders: Record<string, number[]> = {
  kärkihankkeen: [5],
  sunnuntaiaukiolot: [9, 13],
  yliopistoissa: [3],
  määräraha: [5],
};
const bordersOf = (word: string) => borders[word] ?? [];

test("a heading breaks between the parts of long compounds only", () => {
  assert.equal(
    softHyphens("Avoin osallisuus -kärkihankkeen määräraha", bordersOf),
    "Avoin osallisuus -\u2060kärki\u00ADhankkeen määräraha",
  );
  assert.equal(softHyphens("sunnuntaiaukiolot", bordersOf), "sunnuntai\u00ADauki\u00ADolot");
});

test("fewer than four letters never stand alone", () => {
  assert.equal(softHyphens("yliopistoissa", bordersOf), "yliopistoissa");
});

test("hyphens inside and at the end of words, and minus signs, stay as they are", () => {
  for (const text of ["6Aika-strategian", "asukas- ja", "palaute-, neuvonta-", "-5 °C", "2015-2016", "sivut 3 - 4"])
    assert.equal(softHyphens(text, bordersOf), text);
});

test("nothing but soft hyphens and word joiners is added to any text", () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(..."aäkö -(".split("")), fc.string({ minLength: 1, maxLength: 1 })),
  });
  fc.assert(
    fc.property(text, fc.array(fc.nat(30)), (text, offsets) => {
      const plain = text.replace(/[\u00AD\u2060]/g, "");
      const sorted = [...new Set(offsets)].sort((a, b) => a - b);
      const back = softHyphens(plain, () => sorted).replaceAll(/[\u00AD\u2060]/g, "");
      assert.equal(back, plain);
    }),
    { numRuns: 1_000 },
  );
});
