import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { ageOn, parseNationalId } from "./national-id.ts";

const CHECK_CHARACTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
const SIGNS: Record<number, string[]> = {
  18: ["+"],
  19: ["-", "Y", "X", "W", "V", "U"],
  20: ["A", "B", "C", "D", "E", "F"],
};
const plainDate = (text: string) => Temporal.PlainDate.from(text);

/** A made-up code: its number is one of those that no person has. */
function madeUp(born: string, sign: string, individual: number): string {
  const [year = "", month = "", day = ""] = born.split("-");
  const digits = `${day}${month}${year.slice(2)}`;
  return `${digits}${sign}${individual}${CHECK_CHARACTERS[Number(`${digits}${individual}`) % 31]}`;
}

const anyCode = fc
  .record({
    days: fc.integer({ min: 0, max: 109_571 }),
    pick: fc.nat(5),
    individual: fc.integer({ min: 900, max: 999 }),
  })
  .map(({ days, pick, individual }) => {
    const born = plainDate("1800-01-01").add({ days }).toString();
    const signs = SIGNS[Number(born.slice(0, 2))] ?? [];
    return { born, code: madeUp(born, signs[pick % signs.length] ?? "", individual) };
  });

describe("national identity codes", () => {
  it("knows the day of birth by the sign of the century", () => {
    for (const [century, signs] of Object.entries(SIGNS)) {
      for (const sign of signs) {
        const parsed = parseNationalId(madeUp(`${century}90-01-01`, sign, 900));
        assert.equal(parsed?.born.toString(), `${century}90-01-01`, sign);
      }
    }
  });

  it("takes two codes that differ in the sign for two persons", () => {
    const [one, other] = [parseNationalId("010190-900P"), parseNationalId("010190Y900P")];
    assert.equal(one?.code, "010190-900P");
    assert.equal(other?.code, "010190Y900P");
    assert.equal(other.born.equals(one.born), true);
  });

  it("takes a code as people type it", () => {
    assert.equal(parseNationalId(" 010190y900p\n")?.code, "010190Y900P");
    assert.equal(parseNationalId("\u00a0010190-900p")?.code, "010190-900P");
  });

  it("says that a number from 900 on is in no register", () => {
    assert.equal(parseNationalId("010190-900P")?.isTemporary, true);
  });

  it("refuses days that are not in the calendar", () => {
    for (const born of ["1990-02-29", "1900-02-29", "1990-04-31", "1990-00-10", "1990-13-10", "1990-01-00"]) {
      assert.equal(parseNationalId(madeUp(born, "-", 901)), undefined, born);
    }
    assert.equal(parseNationalId(madeUp("2000-02-29", "A", 901))?.born.toString(), "2000-02-29");
  });

  it("refuses numbers below 002, which are given to nobody", () => {
    for (const individual of ["000", "001"]) {
      const check = CHECK_CHARACTERS[Number(`010190${individual}`) % 31];
      assert.equal(parseNationalId(`010190-${individual}${check}`), undefined);
    }
  });

  it("refuses what only looks like a code", () => {
    const texts = [
      "",
      "010190900P",
      "010190 900P",
      "010190–900P",
      "010190G900P",
      "010190Z900P",
      "010190-900P0",
      "1.1.1990",
    ];
    for (const text of texts) assert.equal(parseNationalId(text), undefined, text);
    assert.equal(parseNationalId("٠١٠١٩٠-٩٠٠P"), undefined);
    assert.equal(parseNationalId("0".repeat(1_000_000)), undefined);
  });

  it("refuses a sign that merely becomes a check character in capitals", () => {
    const withS = Array.from({ length: 100 }, (_, i) => madeUp("1990-01-01", "-", 900 + i)).find((c) =>
      c.endsWith("S"),
    );
    assert.ok(withS !== undefined && parseNationalId(withS) !== undefined);
    assert.equal(parseNationalId(withS.replace("S", "ſ")), undefined);
  });

  it("reads every code and gives it back as it is", () => {
    fc.assert(
      fc.property(anyCode, ({ born, code }) => {
        const parsed = parseNationalId(code.toLowerCase());
        assert.equal(parsed?.code, code);
        assert.equal(parsed.born.toString(), born);
      }),
    );
  });

  it("notices every slip in one digit and every other check character", () => {
    fc.assert(
      fc.property(anyCode, fc.nat(8), fc.integer({ min: 1, max: 9 }), ({ code }, place, added) => {
        const index = place < 6 ? place : place + 1;
        const slip = `${code.slice(0, index)}${(Number(code[index]) + added) % 10}${code.slice(index + 1)}`;
        assert.equal(parseNationalId(slip), undefined, slip);
        for (const check of CHECK_CHARACTERS.replace(code.slice(-1), "")) {
          assert.equal(parseNationalId(code.slice(0, -1) + check), undefined, check);
        }
      }),
    );
  });

  it("never throws, whatever it is given", () => {
    const pieces = fc.constantFrom("0", "1", "3", "9", "-", "A", "+", "P", " ", "\0", "ſ", "\ud800");
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: pieces, maxLength: 13 })), (text) => {
        const parsed = parseNationalId(text);
        if (parsed !== undefined) assert.equal(parsed.code, text.trim().toUpperCase());
      }),
    );
  });
});

describe("age", () => {
  it("grows on the birthday", () => {
    const born = plainDate("2008-06-15");
    assert.equal(ageOn(born, plainDate("2026-06-14")), 17);
    assert.equal(ageOn(born, plainDate("2026-06-15")), 18);
    assert.equal(ageOn(born, plainDate("2026-12-31")), 18);
    assert.equal(ageOn(born, born), 0);
    assert.equal(ageOn(born, plainDate("2008-06-14")), -1);
  });

  it("grows on 1 March for who was born on 29 February, but in leap years", () => {
    const born = plainDate("2008-02-29");
    assert.equal(ageOn(born, plainDate("2026-02-28")), 17);
    assert.equal(ageOn(born, plainDate("2026-03-01")), 18);
    assert.equal(ageOn(born, plainDate("2028-02-28")), 19);
    assert.equal(ageOn(born, plainDate("2028-02-29")), 20);
  });
});
