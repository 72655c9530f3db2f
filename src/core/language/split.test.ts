import assert from "node:assert/strict";
import { test } from "node:test";
import * as fc from "fast-check";
import { wordsOf } from "./split.ts";

const wordsIn = (text: string) => wordsOf(text).map(({ word }) => word);

test("words keep the hyphen, colon or apostrophe inside them, and lose those around them", () => {
  assert.deepEqual(wordsIn("6Aika-strategian (asukas- ja EU:n) -hankkeelle, vaa’an 2015-004216!"), [
    "6Aika-strategian",
    "asukas",
    "ja",
    "EU:n",
    "hankkeelle",
    "vaa'an",
    "2015-004216",
  ]);
});

test("soft hyphens, kinds of hyphen and composed letters make no different word", () => {
  assert.deepEqual(wordsIn("määrä\u00ADrahasta ma\u0308a\u0308ra\u0308 6Aika\u2011strategia"), [
    "määrärahasta",
    "määrä",
    "6Aika-strategia",
  ]);
});

test("a chain longer than any word counts by its links, and noise is cut", () => {
  assert.equal(wordsIn("a-".repeat(500)).length, 500);
  assert.deepEqual(wordsIn("x".repeat(10_000)), ["x".repeat(100)]);
});

test("every word of any text stands where it is said to stand, and can be sent to a database", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 400 }), (text) => {
      let last = 0;
      for (const { word, start, end } of wordsOf(text)) {
        assert.ok(start >= last && end > start && end <= text.length);
        assert.ok(word.isWellFormed() && !/[\0\s]/.test(word) && word.length <= 300);
        last = end;
      }
    }),
    { numRuns: 1_000 },
  );
});
