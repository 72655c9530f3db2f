import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { STAFF_ROLES } from "#core/actor.ts";
import {
  isAdministrator,
  leavesNoAdministrator,
  LONGEST_SCOPE,
  type MemberRole,
  readRole,
  type StaffMember,
} from "./staff.ts";

const held = (role: MemberRole["role"], source: MemberRole["source"] = "grant"): MemberRole => ({
  role,
  scope: null,
  source,
  since: new Date(0),
});
const memberWith = (...roles: MemberRole[]): StaffMember => ({
  person: "aino",
  given: "Aino",
  family: "Laine",
  mail: null,
  language: "fi",
  roles,
});

describe("a role as it is typed", () => {
  it("is for the whole city when the unit is left empty", () => {
    assert.deepEqual(readRole("registrar", ""), { role: { role: "registrar", scope: null } });
  });

  it("keeps the unit as it is written, without what cannot be seen", () => {
    assert.deepEqual(readRole("advisor", "Kirjastot\u202e\u200b  ja kulttuuri"), {
      role: { role: "advisor", scope: "Kirjastot ja kulttuuri" },
    });
  });

  it("is refused with every mistake in it", () => {
    assert.deepEqual(readRole("root", "x".repeat(10_000)), {
      mistakes: [
        { field: "role", why: "roleMissing" },
        { field: "scope", why: "scopeWrong" },
      ],
    });
    assert.deepEqual(readRole("advisor", "\u200b"), { mistakes: [{ field: "scope", why: "scopeWrong" }] });
    assert.deepEqual(readRole("administrator", "kirjastot"), { mistakes: [{ field: "scope", why: "scopeOfAll" }] });
  });

  it("is never taken when its unit is too long to show, whatever it is made of", () => {
    const role = fc.constantFrom(...STAFF_ROLES);
    fc.assert(
      fc.property(role, fc.string({ unit: "binary", maxLength: 250 }), (wanted, scope) => {
        const read = readRole(wanted, scope);
        return "role" in read ? (read.role.scope?.length ?? 0) <= LONGEST_SCOPE : read.mistakes.length > 0;
      }),
    );
  });
});

describe("the last administrator", () => {
  const grant = held("administrator");

  it("stays one, whether the role would end or turn into another", () => {
    const aino = memberWith(grant, held("planner"));
    assert.equal(leavesNoAdministrator(["aino"], aino, [grant]), true);
    assert.equal(leavesNoAdministrator(["aino"], aino, aino.roles), true);
    assert.equal(leavesNoAdministrator(["aino"], aino, [grant], { role: "planner", scope: null }), true);
  });

  it("may go when another is there, and when the directory says that they are one", () => {
    assert.equal(leavesNoAdministrator(["aino", "eino"], memberWith(grant), [grant]), false);
    const both = memberWith(grant, held("administrator", "directory"));
    assert.equal(leavesNoAdministrator(["aino"], both, [grant]), false);
  });

  it("may lose every other role", () => {
    const planner = held("planner");
    assert.equal(leavesNoAdministrator(["aino"], memberWith(grant, planner), [planner]), false);
  });

  it("is not one by a role for a part of the city", () => {
    assert.equal(isAdministrator({ role: "administrator", scope: "kirjastot" }), false);
  });
});
