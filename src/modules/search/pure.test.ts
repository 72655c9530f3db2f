import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { NO_FILTER } from "./entry.ts";
import { about } from "./facets.ts";
import { type Range, snippetOf } from "./snippets.ts";
import { editDistance } from "./suggest.ts";
import { whereOf } from "./where.ts";

describe("snippets", () => {
  it("hold words of the text only, near the first found ones, and never much more than 240 characters", () => {
    const texts = fc
      .array(fc.stringMatching(/^[a-zäö]{1,12}$/), { minLength: 1, maxLength: 200 })
      .map((words) => words.join(" "));
    fc.assert(
      fc.property(texts, fc.nat(), (text, seed) => {
        const words = [...text.matchAll(/\S+/g)];
        const ranges = words
          .filter((_, n) => n % 7 === seed % 7)
          .map(({ index, 0: word }): Range => [index, index + word.length]);
        const pieces = snippetOf(text, ranges);
        const shown = pieces
          .map((piece) => piece.text)
          .join("")
          .replace(/^… /, "")
          .replace(/ …$/, "");
        assert.ok(text.includes(shown));
        assert.ok(shown.length <= 300);
        assert.equal(
          pieces.some(({ isMarked }) => isMarked),
          ranges.length > 0,
        );
      }),
    );
  });
});

describe("guessing", () => {
  it("counts letters that differ, up to a limit", () => {
    assert.equal(editDistance("osalisuus", "osallisuus", 2), 1);
    assert.equal(editDistance("kissa", "koira", 2), 3);
    fc.assert(fc.property(fc.string(), (text) => editDistance(text, text, 2) === 0));
  });
});

describe("filters in the index's language", () => {
  it("quote what they are given", () => {
    assert.equal(whereOf(NO_FILTER), null);
    assert.equal(whereOf({ ...NO_FILTER, makers: ["o'hara"] }), "(maker IN ('o''hara'))");
  });
});

describe("counts that are about right", () => {
  it("show two digits", () => assert.deepEqual(about(123_456), { value: 120_000, isExact: false }));
});
