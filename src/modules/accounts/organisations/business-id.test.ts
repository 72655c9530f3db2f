import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parseBusinessId } from "./business-id.ts";

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2];

/** The check digit of seven digits, counted here anew; null where the number is never given out (remainder 1). */
function checkDigit(number: string): number | null {
  const sum = WEIGHTS.reduce((sum, weight, index) => sum + weight * Number(number[index]), 0);
  const remainder = sum % 11;
  if (remainder === 1) return null;
  return remainder === 0 ? 0 : 11 - remainder;
}

const numbers = fc.oneof(
  fc.integer({ min: 0, max: 9_999_999 }),
  // The older ones, whose first zero people leave out.
  fc.integer({ min: 100_000, max: 999_999 }),
);
const identifiers = numbers
  .map((number) => String(number).padStart(7, "0"))
  .map((number) => ({ number, check: checkDigit(number) }))
  .filter((id): id is { number: string; check: number } => id.check !== null);

/** Every UTF-16 unit, so that halves of surrogate pairs are among them. */
const junk = fc
  .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 80 })
  .map((units) => String.fromCharCode(...units));

describe("business identifiers", () => {
  it("takes the identifier in the spellings that people use", () => {
    for (const text of [
      "0112949-8",
      " 0112949-8\r\n",
      "01129498",
      "0112949 8",
      "0112949 - 8",
      "0112949–8",
      "0112949\u20118",
      "0112949−8",
      "0112 949-8",
      "0112949\u00a0-\u00a08",
      "\ufeff0112949-8\u200b",
      "01129\u00ad49-8",
      "FI01129498",
      "fi01129498",
      "FI 01129498",
      "FI-01129498",
      "FI 0112949-8",
      "112949-8",
      "1129498",
    ]) {
      assert.equal(parseBusinessId(text), "0112949-8", JSON.stringify(text));
    }
  });

  it("refuses what is none", () => {
    for (const text of [
      "",
      "-",
      "FI",
      "FI1129498",
      "FIFI01129498",
      "SE01129498",
      "12949-8",
      "00112949-8",
      "0112949--8",
      "01-12-94-98",
      "0112949-8-",
      "0112949-8, 0112038-9",
      "0112949-X",
      "٠١١٢٩٤٩-٨",
      "０１１２９４９-８",
      "+358 9 310 1691",
      `${" ".repeat(10_000)}0112949-8`,
    ]) {
      assert.equal(parseBusinessId(text), undefined, JSON.stringify(text.slice(0, 40)));
    }
  });

  it("gives one form to one identifier, whatever a person types", () => {
    const dash = fc.constantFrom("-", "", " ", "–", " - ", "\u2011", "\u00a0−");
    const prefix = fc.constantFrom("", "FI", "fi ", "FI-");
    const around = fc.constantFrom("", " ", "\t", "\u00a0", "\u200b");
    fc.assert(
      fc.property(identifiers, dash, prefix, around, ({ number, check }, dash, prefix, around) => {
        const id = `${number}-${check}`;
        assert.equal(parseBusinessId(id), id);
        assert.equal(parseBusinessId(`${around}${prefix}${number}${dash}${check}${around}`), id);
        if (number.startsWith("0")) assert.equal(parseBusinessId(`${around}${number.slice(1)}${dash}${check}`), id);
      }),
    );
  });

  it("refuses every wrong check digit, and numbers that have none", () => {
    fc.assert(
      fc.property(numbers, fc.integer({ min: 0, max: 9 }), (number, digit) => {
        const digits = String(number).padStart(7, "0");
        assert.equal(parseBusinessId(`${digits}-${digit}`) !== undefined, checkDigit(digits) === digit);
      }),
    );
    assert.equal(checkDigit("0000006"), null);
    for (let digit = 0; digit < 10; digit += 1) assert.equal(parseBusinessId(`0000006-${digit}`), undefined);
  });

  it("answers any text: nothing at all, or an identifier that stays as it is", () => {
    const text = fc.oneof(junk, fc.string({ unit: "binary" }), fc.stringMatching(/^(?:FI)?[\d\s-]{6,14}$/));
    fc.assert(
      fc.property(text, (text) => {
        const id = parseBusinessId(text);
        if (id === undefined) return;
        assert.match(id, /^\d{7}-\d$/);
        assert.equal(parseBusinessId(id), id);
      }),
    );
  });
});
