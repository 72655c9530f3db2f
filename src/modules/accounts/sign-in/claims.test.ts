import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { readClaims } from "./claims.ts";
import { SignInRefused } from "./oidc.ts";
import type { StaffProvider, StrongProvider } from "./provider.ts";

const BASE = {
  name: { fi: "Tunnistus", sv: "Identifiering", en: "Identification" },
  issuer: "https://identity.example.fi",
  clientId: "avoin",
  clientSecret: "secret",
  scope: "",
};
const STRONG: StrongProvider = {
  ...BASE,
  id: "suomifi",
  kind: "strong",
  claims: { givenName: "urn:oid:1.2.246.575.1.14", familyName: "urn:oid:2.5.4.4", nationalId: "urn:oid:1.2.246.21" },
};
const STAFF: StaffProvider = {
  ...BASE,
  id: "espoo",
  kind: "staff",
  city: "espoo",
  claims: { givenName: "given_name", familyName: "family_name", mail: "email", groups: "groups" },
  roles: {
    "3f0c": { role: "administrator" },
    "8a11": { role: "advisor", scope: "kirjastot" },
    "8a12": { role: "advisor" },
  },
};

const AINO = {
  sub: "1",
  "urn:oid:1.2.246.575.1.14": "Aino Maria",
  "urn:oid:2.5.4.4": "Esimerkki",
  "urn:oid:1.2.246.21": "010190-900P",
};
const VIRPI = { sub: "2", given_name: "Virpi", family_name: "Virkailija", email: "virpi@espoo.example.fi" };

/** The message of the refusal. */
function refusal(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    assert.ok(error instanceof SignInRefused);
    return error.message;
  }
  return assert.fail("nothing was refused");
}

describe("what a strong provider says", () => {
  it("is a resident with names and identity code, under the provider's own names for them", () => {
    assert.deepEqual(readClaims({ ...AINO, sid: "s" }, STRONG), {
      given: "Aino Maria",
      family: "Esimerkki",
      mail: null,
      nationalId: "010190-900P",
      roles: [],
      subject: "1",
      providerSession: "s",
    });
  });

  it("is nobody without an identity code that holds, and the refusal tells nothing of it", () => {
    for (const code of [undefined, null, "", 10190, ["010190-900P"], "010190-900R", "010190-900", "\0", {}]) {
      const message = refusal(() => readClaims({ ...AINO, "urn:oid:1.2.246.21": code }, STRONG));
      assert.match(message, /^suomifi told no national identity code$/);
    }
  });

  it("takes the code in small letters and with space around it for the same code", () => {
    const { nationalId } = readClaims({ ...AINO, "urn:oid:1.2.246.21": " 010190-900p " }, STRONG);
    assert.equal(nationalId, "010190-900P");
  });

  it("gives no role, whatever groups it names", () => {
    assert.deepEqual(readClaims({ ...AINO, groups: ["3f0c"] }, STRONG).roles, []);
  });

  it("is somebody with one name when the other is missing, empty or no name", () => {
    for (const none of [undefined, null, "", " ", "\u202e", "\u200b", 7, ["Aino"], "a".repeat(10_000)]) {
      const { given, family } = readClaims({ ...AINO, "urn:oid:1.2.246.575.1.14": none }, STRONG);
      assert.deepEqual([given, family], ["", "Esimerkki"]);
    }
    const nameless = { ...AINO, "urn:oid:1.2.246.575.1.14": "", "urn:oid:2.5.4.4": "\u0301" };
    assert.match(
      refusal(() => readClaims(nameless, STRONG)),
      /no name/,
    );
  });

  it("has names without what would turn or bury the text around them", () => {
    const odd = { "urn:oid:1.2.246.575.1.14": "\u202eAi\u200bno\0", "urn:oid:2.5.4.4": `Z${"\u0335".repeat(60)}algo` };
    const { given, family } = readClaims({ ...AINO, ...odd }, STRONG);
    assert.deepEqual([given, family], ["Aino", `Z${"\u0335".repeat(3)}algo`]);
  });
});

describe("what a city's directory says", () => {
  it("gives the roles of the groups that the settings name, and of no others", () => {
    const { roles, mail, nationalId } = readClaims({ ...VIRPI, groups: ["8a11", "other", "3f0c"] }, STAFF);
    assert.deepEqual(roles, [
      { city: "espoo", role: "advisor", scope: "kirjastot" },
      { city: "espoo", role: "administrator", scope: null },
    ]);
    assert.equal(mail, "virpi@espoo.example.fi");
    assert.equal(nationalId, null);
  });

  it("may name one group as a text", () => {
    assert.deepEqual(readClaims({ ...VIRPI, groups: "8a12" }, STAFF).roles, [
      { city: "espoo", role: "advisor", scope: null },
    ]);
  });

  it("is somebody without roles when it names none of the groups", () => {
    const strange = [undefined, null, [], {}, 7, [null, 7, ["3f0c"], { "3f0c": true }], { 0: "3f0c" }];
    const names = ["__proto__", "constructor", "toString", "3F0C", " 3f0c", "3f0c\0", ""];
    for (const groups of [...strange, names]) assert.deepEqual(readClaims({ ...VIRPI, groups }, STAFF).roles, []);
  });

  it("gives only roles that the settings hold, in its own city, whatever is sent", () => {
    const group = fc.oneof(fc.constantFrom(...Object.keys(STAFF.roles), "__proto__", "toString"), fc.string());
    fc.assert(
      fc.property(fc.oneof(fc.jsonValue(), fc.array(group)), (groups) => {
        for (const { city, role, scope } of readClaims({ ...VIRPI, groups }, STAFF).roles) {
          assert.equal(city, "espoo");
          assert.ok(role === "administrator" ? scope === null : role === "advisor");
        }
      }),
    );
  });

  it("tells no mail address that it has not confirmed, or that is none", () => {
    for (const claims of [{ email_verified: false }, { email: "virpi" }, { email: ["a@b.fi"] }, { email: undefined }])
      assert.equal(readClaims({ ...VIRPI, ...claims }, STAFF).mail, null);
    assert.equal(readClaims({ ...VIRPI, email_verified: true }, STAFF).mail, VIRPI.email);
    // Some directories write truth as text.
    assert.equal(readClaims({ ...VIRPI, email_verified: "false" }, STAFF).mail, null);
  });
});

describe("anything that could be in a token", () => {
  it("is somebody with clean names, or a refusal that repeats nothing of it", () => {
    const claims = fc.dictionary(
      fc.constantFrom(...Object.values(STRONG.claims), "sid", "email", "email_verified", "groups"),
      fc.oneof(fc.jsonValue(), fc.string({ unit: "binary" }), fc.constant("010190-900P")),
    );
    fc.assert(
      fc.property(claims, (told) => {
        try {
          const { given, family, nationalId } = readClaims({ ...told, sub: "1" }, STRONG);
          assert.doesNotMatch(given + family, /\p{Cc}/u);
          assert.equal(nationalId, "010190-900P");
        } catch (error) {
          assert.ok(error instanceof SignInRefused);
          assert.match(error.message, /^suomifi told no (?:name|national identity code)$/);
        }
      }),
    );
  });
});
