import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { daysIn, firstDay, isoDay } from "./dates.ts";

describe("days in a text", () => {
  const FOUND: [string, string[]][] = [
    ["suljettuna 24.-25.2.2022 vuosilomien vuoksi", ["2022-02-24", "2022-02-25"]],
    ["seuranta 1.1.-28.2.2017", ["2017-01-01", "2017-02-28"]],
    ["ajalta 20. - 23.12.2021", ["2021-12-20", "2021-12-23"]],
    ["ajan 10.11- 9.12.2021", ["2021-11-10", "2021-12-09"]],
    ["20.12. – 5.1.2022", ["2021-12-20", "2022-01-05"]],
    ["1.4.2020 - 31.3.2021", ["2020-04-01", "2021-03-31"]],
    ["ajalla 1.– 31.3.2021", ["2021-03-01", "2021-03-31"]],
    ["kohdan 30. - 5.2.2022", ["2022-02-05"]],
    ["Liite 1.3 – 12.5.2022", ["2022-05-12"]],
    ["3. - 24.2.2022", ["2022-02-24"]],
    ["kohdat 31.4.-5.5.2022", ["2022-05-05"]],
    ["1.1.2017, 1.1.2017", ["2017-01-01"]],
  ];
  for (const [text, days] of FOUND)
    it(`are ${days.join(" and ")} in "${text}"`, () => assert.deepEqual(daysIn(text), days));

  it("are both ends of every range of less than a year, however it is written", () => {
    const day = fc.integer({ min: Date.UTC(1950, 0, 1) / 864e5, max: Date.UTC(2050, 0, 1) / 864e5 });
    const dash = fc.constantFrom("-", "–", "- ", " - ", " – ");
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 364 }), dash, (start, length, between) => {
        const [from, to] = [start, start + length].map((n) => new Date(n * 864e5));
        assert.ok(from && to);
        const parts = (date: Date) => [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()] as const;
        const [[year, month, first], [lastYear, lastMonth, last]] = [parts(from), parts(to)];
        fc.pre(year === lastYear || month > lastMonth);
        const isSameMonth = month === lastMonth;
        const text = `ajalla ${first}.${isSameMonth ? "" : `${month}.`}${between}${last}.${lastMonth}.${lastYear}`;
        assert.deepEqual(daysIn(text), [isoDay(year, month, first), isoDay(lastYear, lastMonth, last)]);
      }),
    );
  });

  it("date a decision by the day that is written out, also at the end of a range", () => {
    assert.equal(firstDay("Kokouspvm 27.–28.3.2017"), "2017-03-28");
    assert.equal(firstDay("31.4.2017, 2.5.2017"), "2017-05-02");
    assert.equal(firstDay("27.3."), null);
  });
});
