/** What the log tells of errors, and what it keeps to itself. */
import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { describeError } from "./error-log.ts";
import { conflict, unavailable } from "./errors.ts";

const NAME = "Väinö Virtanen";

/** As PostgreSQL's errors come from its client. */
const ofPostgres = (code: string, message: string) =>
  Object.assign(new Error(message), { severity: "ERROR", code, detail: `Key (name)=(${NAME})`, where: NAME });

/** As errors of a server of mail come from its client. */
const ofMail = Object.assign(new Error(`all recipients were rejected: 451 <${NAME}>`), {
  code: "EENVELOPE",
  response: `451 <${NAME}>`,
  rejected: [NAME],
});

function parseError(): unknown {
  try {
    return JSON.parse(NAME);
  } catch (error) {
    return error;
  }
}

describe("an error in the log", () => {
  it("has its kind, its code and its place in the code", () => {
    const told = describeError(ofMail);
    assert.equal(told.type, "Error");
    assert.equal(told.code, "EENVELOPE");
    assert.match(told.stack ?? "", /^ {4}at .*error-log\.test\.ts:\d+/);
  });

  it("says nothing of anybody: neither in its words nor in what hangs on it, its causes or its stack", () => {
    const errors = [
      ofMail,
      ofPostgres("22P02", `invalid input syntax for type uuid: "${NAME}"`),
      ofPostgres("P0001", `${NAME} may not`),
      ofPostgres("23505", "duplicate key value violates unique constraint"),
      parseError(),
      conflict(`${NAME} was first`),
      Object.assign(new Error("words"), { input: NAME }),
      new Error("outer", { cause: ofMail }),
      new RangeError(`${NAME}\n    and more`),
      NAME,
    ];
    for (const error of errors) assert.ok(!JSON.stringify(describeError(error)).includes(NAME), String(error));
  });

  it("has words where they are a program's: the service's own, the system's, the database's of its state", () => {
    const refused = Object.assign(new Error("connect ECONNREFUSED 127.0.0.1:5432"), {
      code: "ECONNREFUSED",
      syscall: "connect",
    });
    const known: unknown[] = [
      refused,
      new Error("changes wait for another transaction to end"),
      unavailable("the register can't be reached"),
      ofPostgres("57P01", "terminating connection due to administrator command"),
      ofPostgres("23505", 'duplicate key value violates unique constraint "person_pkey"'),
    ];
    for (const error of known) assert.equal(describeError(error).message, (error as Error).message);
    assert.equal(describeError(new TypeError("fetch failed", { cause: refused })).cause?.message, refused.message);
  });

  it("ends also when its causes go round", () => {
    const error = new Error("round");
    error.cause = error;
    assert.ok(JSON.stringify(describeError(error)).length > 0);
  });
});
