import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import type { CityCode } from "#core/cities.ts";
import { findRecordNumbers, parseRecordNumber, recordNumberKey, recordNumberSlug } from "./record-number.ts";

const SPELLINGS: [CityCode | null, string, string, string[]][] = [
  [
    "helsinki",
    "HEL 2015-004216",
    "HEL-2015-004216",
    ["hel2015-4216", "HEL-2015-004216", "hel 2015-004216", "HEL 2015/4216", " Hel 2015 – 004216".replace("–", "-")],
  ],
  [
    "oulu",
    "OUKA/1499/12.00.02/2016",
    "OUKA-1499-12.00.02-2016",
    ["ouka 1499/12.00.02/2016", "OUKA-1499-12.00.02-2016"],
  ],
  ["tampere", "TRE:6026/10.03.01/2016", "TRE-6026-10.03.01-2016", ["TRE 6026/10.03.01/2016", "tre:6026/10 03 01/2016"]],
  ["vantaa", "VD/1545/00.04.00/2017", "VD-1545-00.04.00-2017", ["vd 1545/00.04.00/2017", "VD/01545/00.04.00/2017"]],
  [null, "5316/00.01.01/2016", "5316-00.01.01-2016", ["5316/2016 00.01.01", "5316-00.01.01-2016"]],
  [null, "5024-2017 (010)", "5024-2017-010", ["5024-2017 010", "5024-2017-010"]],
];

describe("record numbers", () => {
  for (const [city, key, slug, others] of SPELLINGS) {
    it(`finds ${key} by every spelling of it`, () => {
      for (const spelling of [key, ...others]) {
        assert.deepEqual(parseRecordNumber(spelling), { city, key, written: spelling.trim() }, spelling);
      }
      assert.equal(recordNumberSlug(key), slug);
      assert.equal(recordNumberKey(slug), key);
    });
  }

  it("knows the city asked about when the number has no prefix", () => {
    assert.equal(parseRecordNumber("5316/2016 00.01.01", "espoo")?.city, "espoo");
    assert.equal(parseRecordNumber("HEL 2015-004216", "espoo")?.city, "helsinki");
  });

  it("takes no act of law, date, phone number or page range for a record number", () => {
    for (const text of ["410/2015", "1.1.2022", "09 310 00000", "s. 16-17", "2014-2020", "HEL 2015", "", "1397/2016"]) {
      assert.equal(parseRecordNumber(text), null, text);
    }
    const law = "Kuntalain (410/2015) 107 §, 2013-2016 ja puh. 044 703 9202, www.hel.fi/2015-004216";
    for (const city of ["helsinki", "oulu", "tampere", "vantaa"] as const) {
      assert.deepEqual(findRecordNumbers(law, city), []);
    }
  });

  it("finds the numbers that a text mentions, once each and in order", () => {
    const text = "Ks. HEL 2021-007014 ja HEL 2016-012511, HEL 2021-007014 T 10 04 03; VD/1545/00.04.00/2017.";
    assert.deepEqual(
      findRecordNumbers(text, "helsinki").map(({ key }) => key),
      ["HEL 2021-007014", "HEL 2016-012511", "VD/1545/00.04.00/2017"],
    );
    assert.deepEqual(findRecordNumbers("Dnro 3700/11.01.00/2011", "espoo"), [
      { written: "3700/11.01.00/2011", key: "3700/11.01.00/2011" },
    ]);
  });

  it("gives one key to one number, whatever a person types", () => {
    const typed = fc.record({
      year: fc.integer({ min: 1990, max: 2030 }),
      number: fc.integer({ min: 1, max: 999_999 }),
      prefix: fc.constantFrom("HEL ", "hel", "Hel-", "HEL  "),
      separator: fc.constantFrom("-", "/", " - ", " "),
      zeros: fc.boolean(),
    });
    fc.assert(
      fc.property(typed, ({ year, number, prefix, separator, zeros }) => {
        const digits = zeros ? String(number).padStart(6, "0") : String(number);
        const key = recordNumberKey(`${prefix}${year}${separator}${digits}`);
        assert.equal(key, `HEL ${year}-${String(number).padStart(6, "0")}`);
      }),
    );
  });

  it("answers any text: keys are stable and no two share an address", () => {
    const any = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string(),
      fc.constantFrom(...SPELLINGS.flatMap((s) => s[3])),
    );
    fc.assert(
      fc.property(any, any, (one, other) => {
        const [a, b] = [recordNumberKey(one), recordNumberKey(other)];
        assert.equal(recordNumberKey(a), a);
        assert.equal(recordNumberSlug(a) === recordNumberSlug(b), a === b);
        assert.match(recordNumberSlug(a), /^[\w.-]+$/);
        findRecordNumbers(one, "turku");
      }),
    );
  });
});
