import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { LANGUAGES } from "#core/cities.ts";
import * as format from "./format.ts";

/** Shows no-break spaces, so that a test reads. */
const seen = (text: string) => text.replaceAll("\u00A0", "_");
const language = fc.constantFrom(...LANGUAGES);

describe("money", () => {
  it("has no decimals when it is whole euros", () => {
    assert.equal(seen(format.formatEuros("fi", 898179100)), "8_981_791_€");
    assert.equal(seen(format.formatEuros("sv", 898179100)), "8_981_791_€");
    assert.equal(seen(format.formatEuros("en", 898179100)), "€8,981,791");
  });
  it("has two when there are cents", () => {
    assert.equal(seen(format.formatEuros("fi", 2850)), "28,50_€");
    assert.equal(seen(format.formatEuros("en", -2850)), "−€28.50");
  });
  it("keeps its cents and never breaks over two lines", () => {
    fc.assert(
      fc.property(language, fc.integer({ min: -1e12, max: 1e12 }), (lang, cents) => {
        const text = format.formatEuros(lang, cents);
        assert.doesNotMatch(text, / /);
        const digits = text.replaceAll(/\D/g, "");
        assert.equal(Number(digits), Math.abs(cents % 100 === 0 ? cents / 100 : cents));
      }),
    );
  });
});

describe("dates", () => {
  const day = Temporal.PlainDate.from("2026-11-10");
  it("bear their weekday in the reader's language", () => {
    assert.equal(seen(format.formatDay("fi", day)), "ti_10.11.2026");
    assert.equal(seen(format.formatDay("sv", day)), "tis_10.11.2026");
    assert.equal(seen(format.formatDay("en", day)), "Tue_10_November_2026");
  });
  it("agree with the calendar on any day", () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date("1900-01-01"), max: new Date("2100-01-01"), noInvalidDate: true }),
        (date) => {
          const plain = Temporal.PlainDate.from(date.toISOString().slice(0, 10));
          const weekday = new Intl.DateTimeFormat("fi-FI", { weekday: "short", timeZone: "UTC" }).format(date);
          assert.ok(format.formatDay("fi", plain).startsWith(weekday));
        },
      ),
    );
  });
  it("of a moment are those of Finland, also when the day has changed there", () => {
    const moment = Temporal.Instant.from("2026-11-09T22:05:00Z");
    assert.equal(seen(format.formatMoment("fi", moment)), "ti_10.11.2026 klo_0.05");
    assert.equal(seen(format.formatMoment("sv", moment)), "tis_10.11.2026 kl._0.05");
    assert.equal(seen(format.formatMoment("en", moment)), "Tue_10_November_2026 at_0:05");
  });
});

describe("references and measures", () => {
  it("a record number keeps together and keeps its hyphen as the city's systems write it", () => {
    assert.equal(seen(format.formatRecordNumber(" HEL  2015-004216 ")), "HEL_2015-004216");
    assert.equal(format.formatRecordNumber("VD/1545/00.04.00/2017"), "VD/1545/00.04.00/2017");
  });
  it("a section has its sign on the side where the language writes it", () => {
    assert.equal(seen(format.formatSection("fi", "29")), "29_§");
    assert.equal(seen(format.formatSection("sv", "29")), "§_29");
  });
  it("a range has an en dash without spaces", () => {
    assert.equal(format.formatRange(2014, 2020), "2014–2020");
    assert.equal(format.formatRange(2020, 2020), "2020");
  });
  it("a file's size is never nothing", () => {
    assert.equal(seen(format.formatSize("fi", 3)), "1_kt");
    assert.equal(seen(format.formatSize("fi", 4_900)), "5_kt");
    assert.equal(seen(format.formatSize("fi", 2_130_000)), "2,1_Mt");
    assert.equal(seen(format.formatSize("en", 21_300_000)), "21_MB");
  });
  it("a share is a whole number of per cent", () => {
    assert.equal(seen(format.formatPercent("fi", 0.914)), "91_%");
    assert.equal(seen(format.formatPercent("en", 0.914)), "91%");
  });
});

describe("running text", () => {
  it("keeps its sums on one line", () => {
    const text = "kuntaosuus 2 963 992 euroa, 12 § ja § 4, vuosina 2014 ja 2015, 7,5 % ja 10 kpl";
    assert.equal(
      seen(format.bindFigures(text)),
      "kuntaosuus 2_963_992_euroa, 12_§ ja §_4, vuosina 2014 ja 2015, 7,5_% ja 10 kpl",
    );
  });
  it("changes nothing but the kind of its spaces", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."0123456789 €%§ae,.-".split("")) }), (text) => {
        assert.equal(format.bindFigures(text).replaceAll("\u00A0", " "), text);
      }),
    );
  });
});
