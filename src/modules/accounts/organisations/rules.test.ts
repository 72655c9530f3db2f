import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { ORGANISATION_ROLES } from "#core/actor.ts";
import { AppError } from "#core/errors.ts";
import { readKind, readProfile } from "./input.ts";
import { nameAfter } from "./look-up.ts";
import { leavesAnOwner } from "./organisation.ts";
import { cleanText } from "./running-text.ts";

const fieldsOf = (work: () => unknown): string[] => {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError) return error.fields.map(({ field }) => field);
    throw error;
  }
  return [];
};

describe("an owner is always left", () => {
  const role = fc.constantFrom(...ORGANISATION_ROLES);
  it("however members leave and change, as long as each change is asked about", () => {
    const change = fc.record({ nth: fc.nat(5), role: fc.option(role) });
    fc.assert(
      fc.property(fc.array(role, { maxLength: 5 }), fc.array(change, { maxLength: 20 }), (others, changes) => {
        let members = ["owner" as const, ...others].map((role, n) => ({ id: String(n), person: String(n), role }));
        for (const { nth, role } of changes) {
          const id = String(nth);
          if (!leavesAnOwner(members, id, role)) continue;
          members = members.flatMap((one) => (one.id !== id ? [one] : role === null ? [] : [{ ...one, role }]));
        }
        assert.ok(members.some(({ role }) => role === "owner"));
      }),
    );
  });
});

describe("what an organisation is", () => {
  const kinds = (kind: string, businessId: string) => fieldsOf(() => readKind({ kind, businessId }, "fi"));
  it("needs a business ID where there always is one, and takes none of a group", () => {
    assert.deepEqual(kinds("company", ""), ["businessId"]);
    assert.deepEqual(kinds("association", ""), ["businessId"]);
    assert.deepEqual(kinds("publicBody", ""), ["businessId"]);
    assert.deepEqual(kinds("school", ""), []);
    assert.deepEqual(kinds("research", ""), []);
    assert.deepEqual(kinds("group", ""), []);
    assert.deepEqual(kinds("group", "7654321-2"), ["businessId"]);
    assert.deepEqual(kinds("company", "7654321-3"), ["businessId"]);
    assert.deepEqual(kinds("pirates", ""), ["kind"]);
  });

  it("keeps the business ID in its one form", () => {
    assert.equal(readKind({ kind: "company", businessId: " FI76543212 " }, "fi").businessId, "7654321-2");
  });
});

describe("what an organisation tells of itself", () => {
  it("says of every mistake in which field it is", () => {
    const hostile = {
      name: "\u202e\u200b ",
      contactMail: "nobody",
      website: "javascript:alert(1)",
      "presentation-fi": "x".repeat(4001),
    };
    const fields = fieldsOf(() => readProfile(hostile, "fi", "fi"));
    assert.deepEqual(fields.toSorted(), ["contactMail", "name", "presentation-fi", "website"]);
  });

  it("takes only fields of interest and languages that there are, once each", () => {
    const values = { name: "Koti ry", interests: ["housing", "piracy", "housing"], languages: "sv" };
    const profile = readProfile(values, "fi", "fi");
    assert.deepEqual(profile.interests, ["housing"]);
    assert.deepEqual(profile.languages, ["sv"]);
  });

  it("is in the language in which it was written first, as long as it is", () => {
    const both = { name: "Koti ry", "presentation-fi": "Suomeksi", "presentation-sv": "På svenska" };
    assert.equal(readProfile(both, "fi", "sv").presentation.original, "sv");
    const finnish = { name: "Koti ry", "presentation-fi": "Suomeksi" };
    assert.equal(readProfile(finnish, "fi", "sv").presentation.original, "fi");
  });

  it("never fails on what is typed, and keeps nothing that turns text around or hides in it", () => {
    const piece = fc.constantFrom("a", " ", "\n", "\r\n", "\0", "\u202e", "\u200b", "\ud800", "\u0301", "ä", "\ufeff");
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: piece })), (text) => {
        const clean = cleanText(text);
        assert.doesNotMatch(clean, /[\0\r\u202a-\u202e\u2066-\u2069\u200b\ufeff]|\n{3}|\p{Cs}/u);
        assert.equal(cleanText(clean), clean);
      }),
    );
  });
});

describe("the name of an entry", () => {
  const company = { name: "Malliston Paja Oyj", website: null };
  it("is the register's where the register knows the company, and that is no check of who acts for it", () => {
    const before = { name: "Nokia", checkedBy: "nobody" } as const;
    assert.deepEqual(nameAfter(before, "Nokia", { kind: "found", company }), {
      name: "Malliston Paja Oyj",
      checkedBy: "register",
    });
    const known = { name: "Malliston Paja Oyj", checkedBy: "register" } as const;
    assert.deepEqual(nameAfter(known, "Nokia", { kind: "away" }), known);
  });

  it("that a city has looked at is not looked at any more when it becomes another", () => {
    const checked = { name: "Koti ry", checkedBy: "city" } as const;
    assert.deepEqual(nameAfter(checked, "Koti ry", { kind: "none" }), checked);
    assert.deepEqual(nameAfter(checked, "Kaupunki", { kind: "none" }), { name: "Kaupunki", checkedBy: "nobody" });
    assert.equal(nameAfter(checked, "x", { kind: "found", company }).checkedBy, "city");
  });
});
