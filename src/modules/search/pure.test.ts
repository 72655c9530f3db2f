import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { NO_FILTER } from "./entry.ts";
import { about } from "./facets.ts";
import { addFacts, emptyFacts, placeOf, refAt, sieveOf, tallyAt } from "./facts.ts";
import { type Range, shownWindow } from "./snippets.ts";
import { editDistance } from "./suggest.ts";
import { hasAll, hasPhrase, hasTerm } from "./terms.ts";
import { whereOf } from "./where.ts";
import { quotedParts } from "./words.ts";

describe("snippets", () => {
  it("are whole words of the text, with a found one among them, and never much more than 240 characters", () => {
    const texts = fc
      .array(fc.stringMatching(/^[a-zäö]{1,12}$/), { minLength: 1, maxLength: 200 })
      .map((words) => words.join(" "));
    fc.assert(
      fc.property(texts, fc.nat(), (text, seed) => {
        const words = [...text.matchAll(/\S+/g)];
        const ranges = words
          .filter((_, n) => n % 7 === seed % 7)
          .map(({ index, 0: word }): Range => [index, index + word.length]);
        const { start, end } = shownWindow(text, ranges);
        assert.ok(end - start <= 300);
        assert.ok(start === 0 || text[start - 1] === " ");
        assert.ok(end === text.length || text[end] === " ");
        assert.ok(ranges.length === 0 || ranges.some((range) => range[0] >= start && range[1] <= end));
      }),
    );
  });
});

describe("terms of an entry", () => {
  const text = "hanke\n\nmääräraha määrä raha\nvaraus";
  it("are whole ones", () => {
    assert.ok(hasTerm(text, "raha"));
    assert.ok(!hasTerm(text, "rah"));
    assert.ok(hasAll(text, [["x", "hanke"], ["varaus"]]));
    assert.ok(!hasAll(text, [["hanke"], ["x"]]));
  });
  it("stand next to each other in their order, and not across the end of the title", () => {
    assert.ok(hasPhrase(text, [["raha"], ["varaus"]]));
    assert.ok(!hasPhrase(text, [["varaus"], ["raha"]]));
    assert.ok(!hasPhrase(text, [["hanke"], ["raha"]]));
  });
});

describe("quotation marks", () => {
  it("of all kinds hold what is between two of them; one alone holds nothing", () => {
    const quoted = (query: string) => quotedParts(query).map(({ start, end }) => query.slice(start, end));
    assert.deepEqual(quoted('a "b c" d ”e f” «g»'), ["b c", "e f", "g"]);
    assert.deepEqual(quoted('a "b c'), []);
    assert.deepEqual(quoted('"" "'), [""]);
  });
});

describe("facts of entries", () => {
  const row = (n: number, fragment: number, offset: number) => ({
    key: `decision/oulu/00000000-0000-7000-8000-${String(n).padStart(12, "0")}`,
    city: "oulu",
    maker: n % 2 === 0 ? "board" : "",
    class: "02 05 02",
    year: 2000 + n,
    day: 0,
    address: { fragment, offset },
  });
  it("are found by the row's address, past deleted rows and more than there was room for", () => {
    const facts = emptyFacts();
    for (let n = 0; n < 3000; n++) addFacts(facts, row(n, Math.floor(n / 1000), (n % 1000) * 2));
    assert.equal(placeOf(facts, { fragment: 3, offset: 0 }), null);
    const place = placeOf(facts, { fragment: 2, offset: 8 }) ?? -1;
    assert.deepEqual(refAt(facts, place), { kind: "decision", city: "oulu", id: row(2004, 0, 0).key.slice(14) });
    const wanted = sieveOf(facts, { cities: ["oulu"], makers: ["board"], classes: ["02"], years: [4004] });
    assert.ok(wanted?.(place));
    assert.ok(!wanted?.(place + 2));
    assert.equal(sieveOf(facts, NO_FILTER), null);
    assert.deepEqual(tallyAt(facts, "makers", [place, place + 2]), new Map([["board", 1]]));
    assert.deepEqual(tallyAt(facts, "classes", [place, place + 2]), new Map([["02", 2]]));
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
