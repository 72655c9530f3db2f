import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { beginningOf, isKey, lastDayOf, newKey, readWantedKey, stateOf, type TypedKey } from "./key.ts";

const TODAY = Temporal.PlainDate.from("2026-11-24");
const GOOD: TypedKey = { name: "Tilastosivusto", scopes: ["read"], lastDay: "" };
const read = (typed: Partial<TypedKey>) => readWantedKey({ ...GOOD, ...typed }, TODAY);
const mistakesOf = (typed: Partial<TypedKey>) => {
  const wanted = read(typed);
  return "mistakes" in wanted ? wanted.mistakes : {};
};
const endOf = (lastDay: string) => {
  const wanted = read({ lastDay });
  return "mistakes" in wanted ? undefined : wanted.expiresAt?.toString();
};

describe("a key", () => {
  it("is of a form that programs which look for secrets can know, and never twice the same", () => {
    const [one, other] = [newKey(), newKey()];
    assert.match(one, /^avoin_[\w-]{43}$/);
    assert.ok(isKey(one));
    assert.notEqual(one, other);
    assert.equal(beginningOf(one).length, 10);
  });

  it("is nothing else that somebody sends", () => {
    const key = newKey();
    const near = ["", "avoin_", key.slice(0, -1), `${key}x`, `${key}\n`, key.toUpperCase(), key.slice(6), ` ${key}`];
    for (const text of near) assert.ok(!isKey(text), JSON.stringify(text));
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 60 }), (text) => !isKey(text)));
  });
});

describe("who wants a key", () => {
  it("names it, in any script, without what can't be seen", () => {
    assert.deepEqual(read({ name: "  Tilasto\u202e\u200b  sivusto " }), {
      name: "Tilasto sivusto",
      scopes: ["read"],
      expiresAt: null,
    });
    assert.deepEqual(mistakesOf({ name: "統計" }), {});
  });

  it("is told of every field that is wrong at once", () => {
    assert.deepEqual(mistakesOf({ name: "", scopes: [], lastDay: "soon" }), {
      name: "nameWrong",
      scopes: "scopesNone",
      lastDay: "lastDayWrong",
    });
  });

  it("gets no name of nothing, of figures alone, or longer than a line", () => {
    for (const name of ["\u200b", "123", "x".repeat(81), "x".repeat(10_000), `e${"\u0301".repeat(3000)}`])
      assert.deepEqual(mistakesOf({ name }), { name: "nameWrong" });
  });

  it("gets only scopes that there are, each once", () => {
    const wanted = read({ scopes: ["read:own", "read", "read", "admin", "__proto__"] });
    assert.deepEqual("scopes" in wanted && wanted.scopes, ["read", "read:own"]);
    assert.deepEqual(mistakesOf({ scopes: ["admin"] }), { scopes: "scopesNone" });
  });

  it("writes the last day as people do here or as machines do; the key holds to its midnight in Finland", () => {
    for (const lastDay of ["31.12.2026", "31. 12. 2026", "2026-12-31"])
      assert.equal(endOf(lastDay), "2026-12-31T22:00:00Z");
    assert.equal(endOf("24.11.2026"), "2026-11-24T22:00:00Z", "today");
    assert.equal(endOf("30.6.2027"), "2027-06-30T21:00:00Z", "in summer");
    assert.equal(endOf("27.3.2027"), "2027-03-27T22:00:00Z", "before the clocks change");
    assert.equal(endOf("28.3.2027"), "2027-03-28T21:00:00Z", "on the day when they do");
  });

  it("is told what is wrong with a day", () => {
    const why = (lastDay: string) => mistakesOf({ lastDay }).lastDay;
    for (const lastDay of ["30.2.2027", "0.1.2027", "32.1.2027", "1.13.2027", "1.0.2027", "31/12/2027", "1.1.99999"])
      assert.equal(why(lastDay), "lastDayWrong", lastDay);
    assert.equal(why("1".repeat(9999)), "lastDayWrong");
    assert.equal(why("23.11.2026"), "lastDayPast");
    assert.equal(why("24.11.2036"), undefined);
    assert.equal(why("25.11.2036"), "lastDayFar");
    assert.equal(why("1.1.9999"), "lastDayFar");
  });

  it("gets a key or a mistake, whatever they write, and the last day that they wrote", () => {
    const day = fc.integer({ min: 0, max: 3650 }).map((days) => TODAY.add({ days }));
    fc.assert(
      fc.property(day, (lastDay) => {
        const wanted = read({ lastDay: lastDay.toString() });
        assert.ok("expiresAt" in wanted && wanted.expiresAt);
        assert.ok(lastDayOf(new Date(wanted.expiresAt.epochMilliseconds)).equals(lastDay));
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.array(fc.string()), fc.string(), (name, scopes, lastDay) => {
        readWantedKey({ name, scopes, lastDay }, TODAY);
      }),
    );
  });
});

describe("a key holds", () => {
  const now = Temporal.Instant.from("2026-11-24T12:00:00Z");
  const key = { expiresAt: null, endedAt: null, isOwnersStill: true };

  it("until its last moment, until it is ended, and while its maker is an owner", () => {
    assert.equal(stateOf(key, now), "active");
    assert.equal(stateOf({ ...key, expiresAt: new Date("2026-11-24T12:00:00.001Z") }, now), "active");
    assert.equal(stateOf({ ...key, expiresAt: new Date("2026-11-24T12:00:00Z") }, now), "expired");
    assert.equal(stateOf({ ...key, endedAt: new Date("2026-11-24T11:00:00Z") }, now), "ended");
    assert.equal(stateOf({ ...key, isOwnersStill: false }, now), "orphaned");
  });
});
