import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { CITY_CODES } from "#core/cities.ts";
import { AppError } from "#core/errors.ts";
import { filterOf, parsePlace, queryOf, writePlace } from "./filter.ts";

const ID = "0198c0de-0000-7000-8000-000000000000";

describe("the filters of a list", () => {
  it("come from an address that gives a value once, or several times", () => {
    assert.deepEqual(filterOf({ city: "oulu", year: ["2016", "2017"] }), {
      cities: ["oulu"],
      makers: [],
      classes: [],
      years: [2016, 2017],
    });
  });

  it("keep to the city of the path, whatever the query says", () => {
    assert.deepEqual(filterOf({ city: "oulu" }, "espoo").cities, ["espoo"]);
  });

  it("survive being written into an address and read again", () => {
    const values = <T>(value: fc.Arbitrary<T>) => fc.uniqueArray(value, { maxLength: 5 });
    const filter = fc.record({
      cities: values(fc.constantFrom(...CITY_CODES)),
      makers: values(fc.stringMatching(/^[a-z0-9-]{1,20}$/)),
      classes: values(fc.stringMatching(/^\d\d( \d\d){0,3}$/)),
      years: values(fc.integer({ min: 1900, max: 2099 })),
    });
    fc.assert(
      fc.property(filter, (before) => {
        const { city, ...query } = queryOf(before, true);
        const cities = CITY_CODES.filter((code) => city?.includes(code));
        assert.deepEqual(filterOf({ ...query, city: cities }), { ...before, cities });
      }),
    );
  });
});

describe("the place where a list goes on", () => {
  it("is read as it was written", () => {
    const place = { day: "2017-05-29", id: ID };
    assert.deepEqual(parsePlace(writePlace(place)), place);
    assert.equal(parsePlace(undefined), null);
  });

  it("may stand among the undated, which come last", () => {
    assert.deepEqual(parsePlace(`0001-01-01_${ID}`), { day: "0001-01-01", id: ID });
  });

  for (const day of ["9999-99-99", "2017-02-31", "0000-01-01", "2017-00-10"]) {
    it(`is refused when no calendar has its day: ${day}`, () => {
      assert.throws(
        () => parsePlace(`${day}_${ID}`),
        (error) => error instanceof AppError && error.kind === "invalid",
      );
    });
  }
});
