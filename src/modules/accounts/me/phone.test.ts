import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { parsePhone } from "./phone.ts";

describe("a telephone number", () => {
  it("is read however people write it", () => {
    for (const text of [
      "+358401234567",
      "+358 40 123 4567",
      "00358 40 123-4567",
      "+358 (40) 123.4567",
      "+358–40−1234567",
    ])
      assert.equal(parsePhone(text), "+358401234567", text);
    assert.equal(parsePhone("040 123 4567"), "0401234567");
  });

  it("is refused when it is none", () => {
    for (const text of [
      "",
      "1234",
      "1234567890123456",
      "+",
      "++358401234567",
      "040 123 456x",
      "040;123456",
      "٠٤٠١٢٣٤٥٦٧",
    ])
      assert.equal(parsePhone(text), undefined, text);
    assert.equal(parsePhone(`040${" ".repeat(10_000)}1234567`), undefined);
  });

  it("reads the same again once it is read, whatever was typed", () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const once = parsePhone(text);
        return once === undefined || parsePhone(once) === once;
      }),
    );
  });
});
