import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { type Actor, ANONYMOUS, system } from "#core/actor.ts";
import { AppError } from "#core/errors.ts";
import { ageOn } from "../people/national-id.ts";
import { parseDay, writeDay } from "./day-field.ts";
import { actsBy, actsFor, endsAs, GUARDIAN_MATTERS, lastDayAsChild, type MandateTimes, stateOf } from "./mandate.ts";

const day = (text: string) => Temporal.PlainDate.from(text);
const GIVER = "giver";
const TAKEN: MandateTimes = {
  giver: GIVER,
  validFrom: day("2026-05-01"),
  validUntil: day("2026-05-31"),
  isTaken: true,
  end: null,
};

describe("a mandate", () => {
  it("holds on its first and its last day, not before and not after", () => {
    const states = ["2026-04-30", "2026-05-01", "2026-05-31", "2026-06-01"].map((today) => stateOf(TAKEN, day(today)));
    assert.deepEqual(states, ["notYet", "inForce", "inForce", "runOut"]);
  });

  it("that nobody has taken is an offer until its last day", () => {
    const offer = { ...TAKEN, isTaken: false };
    assert.equal(stateOf(offer, day("2026-05-31")), "offered");
    assert.equal(stateOf(offer, day("2026-06-01")), "runOut");
  });

  it("was ended by the giver or, before anybody took it, declined by the other", () => {
    const today = day("2026-05-02");
    assert.equal(stateOf({ ...TAKEN, end: { by: GIVER } }, today), "ended");
    assert.equal(stateOf({ ...TAKEN, end: { by: "taker" } }, today), "ended");
    assert.equal(stateOf({ ...TAKEN, isTaken: false, end: { by: GIVER } }, today), "ended");
    assert.equal(stateOf({ ...TAKEN, isTaken: false, end: { by: "other" } }, today), "declined");
  });

  it("of an organisation is used by its members and laid down by those who bind it", () => {
    const ofCompany = { kind: "given", giver: GIVER, taker: null } as const;
    const sides = ["owner", "signatory", "member", null].map((role) => endsAs({ ...ofCompany, role }, "somebody"));
    assert.deepEqual(sides, ["taker", "taker", null, null]);
    assert.ok(actsBy({ ...ofCompany, role: "member" }, "somebody"));
    assert.ok(!actsBy({ ...ofCompany, role: null }, "somebody"));
  });

  it("that somebody gave to their own company stays theirs to revoke, and nobody acts for themself", () => {
    const ofOwn = { kind: "given", giver: GIVER, taker: null, role: "owner" } as const;
    assert.equal(endsAs(ofOwn, GIVER), "giver");
    assert.ok(!actsBy(ofOwn, GIVER));
  });
});

describe("a guardian", () => {
  it("acts for a child until the day before the child is 18", () => {
    assert.equal(lastDayAsChild(day("2010-06-15")).toString(), "2028-06-14");
    assert.equal(lastDayAsChild(day("2010-01-01")).toString(), "2027-12-31");
    // 2026 has no 29 February: the child is 17 on the 28th and 18 on 1 March.
    assert.equal(lastDayAsChild(day("2008-02-29")).toString(), "2026-02-28");
  });

  it("acts on no day on which the child has come of age, and on every day before", () => {
    const days = fc.integer({ min: 0, max: 60_000 }).map((days) => day("1900-01-01").add({ days }));
    fc.assert(
      fc.property(days, (born) => {
        const last = lastDayAsChild(born);
        assert.equal(ageOn(born, last), 17);
        assert.equal(ageOn(born, last.add({ days: 1 })), 18);
      }),
    );
  });

  it("is not dismissed by the child, and does not vote in the child's name", () => {
    const guardian = { kind: "guardian", giver: "child", taker: "guardian", role: null } as const;
    assert.equal(endsAs(guardian, "child"), null);
    assert.equal(endsAs(guardian, "guardian"), "taker");
    assert.ok(!GUARDIAN_MATTERS.includes("participation"));
  });
});

describe("whose matters somebody is in", () => {
  const own: Actor = { kind: "resident", person: "taker", assurance: "strong" };
  const behalf = { mandate: "m", person: GIVER, matters: ["services"] };

  it("their own, when they act for nobody", () => assert.equal(actsFor(own, "services"), "taker"));

  it("the giver's, in the kinds of matters of the mandate and in no others", () => {
    const member: Actor = { ...own, kind: "member", organisation: "o", role: "member", behalf };
    for (const actor of [{ ...own, behalf }, member]) {
      assert.equal(actsFor(actor, "services"), GIVER);
      assert.throws(
        () => actsFor(actor, "decisions"),
        (error) => error instanceof AppError && error.kind === "forbidden",
      );
    }
  });

  it("those of the resident at the desk, when staff helps one", () => {
    const staff: Actor = { kind: "staff", person: "advisor", roles: [] };
    assert.equal(actsFor(staff, "services"), "advisor");
    assert.equal(actsFor({ ...staff, helps: { person: "resident", reason: "at the desk" } }, "services"), "resident");
  });

  it("nobody's, when who acts is no person", () => {
    assert.equal(actsFor(ANONYMOUS, "data"), null);
    assert.equal(actsFor(system("job"), "data"), null);
  });
});

describe("a day that somebody types", () => {
  it("is read in the Finnish form and those near it", () => {
    const near = [
      "31.12.2027",
      "31. 12. 2027",
      " 31.12.2027. ",
      "31/12/2027",
      "31-12-2027",
      "2027-12-31",
      "31–12–2027",
    ];
    for (const text of near) assert.equal(parseDay(text)?.toString(), "2027-12-31", text);
    assert.equal(parseDay("1/2/2027")?.toString(), "2027-02-01");
    assert.equal(parseDay("1.\u00A02.\u00A02027")?.toString(), "2027-02-01");
  });

  it("is no day when the calendar has none such", () => {
    const none = ["", "31.2.2027", "0.1.2027", "1.13.2027", "1.1.27", "tomorrow", "1.1.20277", "١.١.٢٠٢٧"];
    for (const text of [...none, "9".repeat(20_000)]) assert.equal(parseDay(text), undefined, text.slice(0, 20));
  });

  it("comes back as it was proposed", () => {
    const days = fc.integer({ min: 0, max: 40_000 }).map((days) => day("1990-01-01").add({ days }));
    fc.assert(fc.property(days, (one) => assert.ok(parseDay(writeDay(one))?.equals(one))));
  });
});
