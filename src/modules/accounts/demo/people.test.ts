import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { Temporal } from "temporal-polyfill";
import { STAFF_ROLES } from "#core/actor.ts";
import { CITY_CODES, LANGUAGES } from "#core/cities.ts";
import { ageOn, parseNationalId } from "../people/national-id.ts";
import { DEMO_PEOPLE, type DemoPerson } from "./people.ts";

const codeOf = (person: DemoPerson) => parseNationalId(person.nationalId ?? "");

describe("the people of the demo", () => {
  const residents = DEMO_PEOPLE.filter(({ kind }) => kind === "resident");

  it("have names, codes and addresses of their own", () => {
    for (const value of [
      ({ id }: DemoPerson) => id,
      ({ mail }: DemoPerson) => mail,
      ({ given, family }: DemoPerson) => `${given} ${family}`,
    ])
      assert.equal(new Set(DEMO_PEOPLE.map(value)).size, DEMO_PEOPLE.length);
    for (const { mail } of DEMO_PEOPLE) assert.match(mail, /^[a-z-]+\.[a-z-]+@example\.org$/);
    assert.equal(new Set(residents.map((person) => codeOf(person)?.code)).size, residents.length);
  });
  it("have identity codes that are right, and that nobody can have", () => {
    for (const person of residents) assert.equal(codeOf(person)?.isTemporary, true, person.id);
  });
  it("are of the age that is told of them", () => {
    const born = codeOf(DEMO_PEOPLE.find(({ id }) => id === "eeli") ?? assert.fail())?.born ?? assert.fail();
    assert.equal(ageOn(born, Temporal.PlainDate.from("2026-11-24")), 16);
  });
  it("do every kind of work in every city, told in every language", () => {
    for (const city of CITY_CODES)
      assert.deepEqual(
        DEMO_PEOPLE.filter((person) => person.kind === "staff" && person.city === city).map(({ role }) => role),
        STAFF_ROLES,
      );
    for (const { about } of DEMO_PEOPLE)
      for (const language of LANGUAGES) assert.match(about[language], /\p{L}{4}.*\.$/u);
  });
});
