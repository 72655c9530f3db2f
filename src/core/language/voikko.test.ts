import assert from "node:assert/strict";
import { after, describe, test } from "node:test";
import * as fc from "fast-check";
import { openVoikko } from "./locate.ts";

/** What `npm start` would use: installed, or fetched into the default data directory. */
const opened = openVoikko(".data");
assert.ok(
  opened.found,
  opened.found ? "" : `These tests need Voikko (Debian: libvoikko1 and voikko-fi): ${opened.why}`,
);
const { voikko } = opened;

describe("Finnish by Voikko", () => {
  after(() => voikko.close());

  const known: [word: string, lemmas: string[], parts: string[], borders: number[]][] = [
    ["määrärahasta", ["määräraha"], ["määrä", "raha"], [5]],
    ["kärkihankkeen", ["kärkihanke"], ["kärki", "hanke"], [5]],
    ["kaupunginhallituksen", ["kaupunginhallitus"], ["kaupunki", "hallitus"], [9]],
    ["osatoteuttajana", ["osatoteuttaja"], ["osa", "toteuttaa", "toteuttaja"], [3]],
    ["sunnuntaiaukiolot", ["sunnuntaiaukiolo"], ["sunnuntai", "aukiolo", "auki", "olo"], [9, 13]],
    ["opettajanhuone", ["opettajanhuone"], ["opettaa", "opettaja", "huone"], [9]],
    ["yliopiston", ["yliopisto"], ["yli", "opisto"], [3]],
    ["päätettävä", ["päätettävä"], ["päättää"], []],
    ["Etelä-Suomen", ["etelä-suomi"], ["etelä", "suomi"], [6]],
    ["Vallilan", ["vallila"], [], []],
    ["HELSINGIN", ["helsinki"], [], []],
    ["2016:n", ["2016"], [], []],
  ];
  for (const [word, lemmas, parts, borders] of known) {
    test(`“${word}” is found by ${[...lemmas, ...parts].join(", ")}`, () => {
      assert.deepEqual(voikko.lemmas(word), lemmas);
      assert.deepEqual(voikko.parts(word), parts);
      assert.deepEqual(voikko.compoundBorders(word), borders);
    });
  }

  test("a compound within a longer compound is found by itself", () => {
    const parts = voikko.parts("kulttuurimäärärahaesityksen");
    for (const part of ["määräraha", "kulttuurimääräraha", "määrärahaesitys", "esitys"])
      assert.ok(parts.includes(part), part);
  });

  test("a word that could be several things is all of them", () => {
    assert.deepEqual(voikko.lemmas("hauissa"), ["haku", "hauki"]);
    assert.deepEqual(voikko.lemmas("kuusi"), ["kuu", "kuusi"]);
    assert.deepEqual(voikko.lemmas("alusta"), ["alku", "alus", "alunen", "alusta", "alustaa"]);
  });

  test("a name is a word with its capital only, and is found without it", () => {
    assert.ok(voikko.isWord("Vallilan"));
    assert.ok(!voikko.isWord("vallilan"));
    assert.deepEqual(voikko.lemmas("vallilan"), ["vallila"]);
  });

  test("halves of a word split at a line end are told from the whole", () => {
    assert.ok(voikko.isWord("määrärahasta"));
    assert.ok(!voikko.isWord("määrärahast"));
    assert.ok(!voikko.isWord("6Aikastrategian"));
  });

  test("a line may break between syllables, but leaves no single vowel behind", () => {
    assert.deepEqual(voikko.hyphenationPoints("määrärahasta"), [3, 5, 7, 10]);
    assert.deepEqual(voikko.hyphenationPoints("asia"), []);
  });

  test("what is no word at all is answered without harm", () => {
    const hostile = [
      "",
      "\0",
      "ab\0cd",
      "a".repeat(10_000),
      "😀",
      "\uD800",
      "a\uDFFF",
      "%s%n",
      "漢字",
      "-",
      "=",
      "[Ln]",
      "\n",
    ];
    for (const word of hostile) {
      assert.ok(!voikko.isWord(word), JSON.stringify(word));
      assert.deepEqual(voikko.analyse(word), { lemmas: [], parts: [], borders: [] });
      assert.deepEqual(voikko.hyphenationPoints(word), []);
    }
  });

  test("after closing no word is known, and nothing crashes", () => {
    const other = openVoikko(".data");
    assert.ok(other.found);
    other.voikko.close();
    other.voikko.close();
    assert.deepEqual(other.voikko.lemmas("talo"), []);
    assert.ok(!other.voikko.isWord("talo"));
    assert.ok(voikko.isWord("talo"));
  });

  test("any string gets an answer that fits it", () => {
    const finnish = fc.string({
      unit: fc.constantFrom(..."aeiouyäöåknstlprmjhvdgbfqwzx-:'’.=+()[]\0É".split("")),
      maxLength: 120,
    });
    fc.assert(
      fc.property(fc.oneof(finnish, fc.string({ unit: "binary", maxLength: 300 })), (word) => {
        const { lemmas, borders } = voikko.analyse(word);
        assert.ok(lemmas.every((lemma) => lemma !== "" && lemma === lemma.toLowerCase()));
        for (const offset of [...borders, ...voikko.hyphenationPoints(word)])
          assert.ok(offset > 0 && offset < word.length);
        assert.equal(typeof voikko.isWord(word), "boolean");
      }),
      { numRuns: 1_000 },
    );
  });
});
