import assert from "node:assert/strict";
import { describe, it } from "node:test";
import {
  type Actor,
  ANONYMOUS,
  ASSURANCES,
  authorise,
  everybody,
  isAtLeast,
  type Permission,
  residents,
  signedIn,
  staffOf,
  system,
  systemOnly,
} from "./actor.ts";

const MAIL: Actor = { kind: "resident", person: "p", assurance: "mail" };
const STRONG: Actor = { kind: "resident", person: "p", assurance: "strong" };
const FOR_MOTHER: Actor = { ...STRONG, behalf: { mandate: "m", person: "mother", matters: ["cases"] } };
const MEMBER: Actor = { kind: "member", person: "p", assurance: "strong", organisation: "o", role: "owner" };
const KEY: Actor = { kind: "key", key: "k", person: "p", organisation: null, scopes: ["read"] };
const registrar = (city: "oulu" | "espoo", scope: string | null = null): Actor => ({
  kind: "staff",
  person: "p",
  roles: [{ city, role: "registrar", scope }],
});

/** What the door answers: "in", or the kind of refusal and what would help. */
function asked(actor: Actor, permission: Permission): string {
  try {
    authorise(actor, permission);
    return "in";
  } catch (error) {
    const { kind, needs } = error as { kind: string; needs: string };
    return kind === "unauthenticated" ? `sign in: ${needs}` : kind;
  }
}

describe("a rule", () => {
  it("for everybody lets everybody in", () => {
    for (const actor of [ANONYMOUS, MAIL, KEY, system("job")]) assert.equal(asked(actor, everybody("look")), "in");
  });

  it("for who has signed in says so to who has not, and is nothing for programs", () => {
    const rule = signedIn("see their own pages");
    assert.equal(asked(ANONYMOUS, rule), "sign in: mail");
    for (const actor of [MAIL, STRONG, MEMBER, FOR_MOTHER, registrar("oulu")]) assert.equal(asked(actor, rule), "in");
    for (const actor of [KEY, system("job")]) assert.equal(asked(actor, rule), "forbidden");
  });

  it("that needs strong identification leads who is known by mail there", () => {
    const rule = residents("give a mandate", "strong");
    assert.equal(asked(ANONYMOUS, rule), "sign in: strong");
    assert.equal(asked(MAIL, rule), "sign in: strong");
    assert.equal(asked(STRONG, rule), "in");
  });

  it("for residents in their own name is closed to who acts for another, for an organisation, or at work", () => {
    const rule = residents("give a mandate", "mail");
    for (const actor of [FOR_MOTHER, MEMBER, registrar("oulu"), KEY]) assert.equal(asked(actor, rule), "forbidden");
  });

  it("for a city's staff is closed to other cities, other roles and parts of the city", () => {
    const rule = staffOf("read unread documents", "oulu", ["registrar"]);
    assert.equal(asked(registrar("oulu"), rule), "in");
    assert.equal(asked(system("job"), rule), "in");
    assert.equal(asked(registrar("espoo"), rule), "forbidden");
    assert.equal(asked(registrar("oulu", "kirjastot"), rule), "forbidden");
    assert.equal(asked(STRONG, rule), "forbidden");
    assert.equal(asked(ANONYMOUS, rule), "sign in: mail");
  });

  it("for a part of the city lets in who holds the role for that part, or for the whole", () => {
    const rule = staffOf("answer", "oulu", ["registrar"], "kirjastot");
    assert.equal(asked(registrar("oulu", "kirjastot"), rule), "in");
    assert.equal(asked(registrar("oulu"), rule), "in");
    assert.equal(asked(registrar("oulu", "koulut"), rule), "forbidden");
  });

  it("for the system alone is nothing that signing in would open", () => {
    for (const actor of [ANONYMOUS, STRONG, registrar("oulu")])
      assert.equal(asked(actor, systemOnly("load")), "forbidden");
  });
});

it("levels of assurance have one order", () => {
  for (const [n, held] of ASSURANCES.entries())
    for (const [m, wanted] of ASSURANCES.entries()) assert.equal(isAtLeast(held, wanted), n >= m);
});
