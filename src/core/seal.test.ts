import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { describe, it } from "node:test";
import fc from "fast-check";
import { openSealer, parseSealKeys, type SealKey } from "./seal.ts";

const newKey = (id: string): SealKey => ({ id, secret: randomBytes(32) });
const OLD = newKey("2025");
const NEW = newKey("2026a");
const sealer = openSealer([NEW, OLD]);
const before = openSealer([OLD]);

const VALUE = "010190-900P";
const ROW = "person.national_id 0190a1b2";

/** The message of what is thrown. */
function complaint(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    return String(error);
  }
  return assert.fail("nothing was thrown");
}

/** The text with its sign at `index` changed to another one of base64url. */
const withOther = (text: string, index: number) =>
  `${text.slice(0, index)}${text[index] === "A" ? "B" : "A"}${text.slice(index + 1)}`;

describe("sealed values", () => {
  it("gives back what was sealed, and shows nothing of it meanwhile", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "grapheme", maxLength: 200 }),
        fc.string({ unit: "grapheme" }),
        (plain, context) => {
          const sealed = sealer.seal(plain, context);
          assert.match(sealed, /^2026a\.[\w-]{38,}$/);
          assert.equal(sealer.open(sealed, context), plain.toWellFormed());
          assert.notEqual(sealer.seal(plain, context), sealed);
        },
      ),
    );
  });

  it("does not open in another person's row", () => {
    const sealed = sealer.seal(VALUE, ROW);
    assert.throws(() => sealer.open(sealed, "person.national_id 0190ffff"), /belongs elsewhere/);
    assert.throws(() => sealer.open(sealed, ""), /belongs elsewhere/);
  });

  it("does not open when a single sign was changed, added or lost", () => {
    const sealed = sealer.seal(VALUE, ROW);
    for (let index = 0; index < sealed.length; index++) {
      assert.throws(() => sealer.open(withOther(sealed, index), ROW), `sign ${index}`);
      assert.throws(() => sealer.open(sealed.slice(0, index), ROW), `cut at ${index}`);
    }
    for (const added of ["A", "=", "\n", " "]) assert.throws(() => sealer.open(sealed + added, ROW));
  });

  it("opens in one spelling only, though base64 has bits to spare", () => {
    const sealed = sealer.seal("x", ROW);
    const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    const opening = Array.from(signs).filter((sign) => {
      try {
        return sealer.open(sealed.slice(0, -1) + sign, ROW) === "x";
      } catch {
        return false;
      }
    });
    assert.deepEqual(opening, [sealed.at(-1)]);
  });

  it("still opens what was sealed under an older key, and says that it is old", () => {
    const sealed = before.seal(VALUE, ROW);
    assert.equal(sealer.open(sealed, ROW), VALUE);
    assert.equal(sealer.isOld(sealed), true);
    assert.equal(sealer.isOld(sealer.seal(VALUE, ROW)), false);
    assert.equal(openSealer([newKey("2026"), NEW]).isOld(sealer.seal(VALUE, ROW)), true);
  });

  it("names the key that is lacking and never the value", () => {
    const lacking = complaint(() => before.open(sealer.seal(VALUE, ROW), ROW));
    assert.match(lacking, /key 2026a/);
    assert.doesNotMatch(lacking, /0190/);
    for (const neverSealed of [VALUE, "aino.virtanen@example.fi", "", ".", "2026a.", "x".repeat(100_000)]) {
      const error = complaint(() => sealer.open(neverSealed, ROW));
      assert.match(error, /damaged/);
      assert.doesNotMatch(error, /aino|010190|xxx/);
    }
  });

  it("does not open under another secret of the same name", () => {
    const impostor = openSealer([newKey(NEW.id)]);
    assert.throws(() => sealer.open(impostor.seal(VALUE, ROW), ROW), /sealed with key 2026a is damaged/);
  });
});

describe("fingerprints", () => {
  const KIND = "person.national_id";

  it("find a person who was stored before the keys were changed", () => {
    const [stored] = before.fingerprints(VALUE, KIND);
    const sought = sealer.fingerprints(VALUE, KIND);
    assert.equal(sought.length, 2);
    assert.equal(sought[1], stored);
    assert.equal(sought[0], openSealer([NEW]).fingerprints(VALUE, KIND)[0]);
    assert.notEqual(sought[0], sought[1]);
  });

  it("are the same for the same value of the same kind only", () => {
    const [one] = sealer.fingerprints(VALUE, KIND);
    assert.match(one ?? "", /^[\w-]{43}$/);
    assert.notEqual(sealer.fingerprints("010190-901R", KIND)[0], one);
    assert.notEqual(sealer.fingerprints(VALUE, "person.mail")[0], one);
  });

  it("keep the kind and the value apart, wherever the one ends", () => {
    const text = fc.string({ unit: fc.constantFrom("a", '"', ",", "[", "\0", "\\"), maxLength: 8 });
    fc.assert(
      fc.property(text, fc.nat(8), fc.nat(8), (text, here, there) => {
        const [one] = sealer.fingerprints(text.slice(here), text.slice(0, here));
        const [other] = sealer.fingerprints(text.slice(there), text.slice(0, there));
        assert.equal(one === other, text.slice(here) === text.slice(there));
      }),
    );
  });
});

describe("the setting of keys", () => {
  const hex = OLD.secret.toString("hex");
  const base64 = NEW.secret.toString("base64");

  it("takes base64 and hexadecimal secrets, the one in use first", () => {
    assert.deepEqual(parseSealKeys(`2026a:${base64},2025:${hex}`), [NEW, OLD]);
    assert.deepEqual(parseSealKeys(` 2026a:${base64} , 2025:${hex.toUpperCase()} `), [NEW, OLD]);
  });

  it("reads back every ring of keys as written", () => {
    const secret = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
    const key = fc.record({ id: fc.stringMatching(/^[a-z0-9]{1,20}$/), secret });
    fc.assert(
      fc.property(fc.uniqueArray(key, { minLength: 1, maxLength: 10, selector: ({ id }) => id }), (ring) => {
        const text = ring.map(({ id, secret }) => `${id}:${secret.toString("base64")}`).join(",");
        assert.deepEqual(
          parseSealKeys(text)?.map(({ id, secret }) => ({ id, secret: secret.toString("hex") })),
          ring.map(({ id, secret }) => ({ id, secret: secret.toString("hex") })),
        );
      }),
    );
  });

  it("refuses every slip of the pen", () => {
    const wrong: Record<string, string> = {
      nothing: "",
      "a secret without an id": base64,
      "an empty id": `:${base64}`,
      "an id with other signs": `2026-a:${base64}`,
      "an id that is too long": `${"a".repeat(21)}:${base64}`,
      "a comma at the end": `2026a:${base64},`,
      "a secret that is cut": `2026a:${base64.slice(0, -5)}`,
      "a hexadecimal secret that is cut": `2026a:${hex.slice(0, -2)}`,
      "a secret with a foreign sign": `2026a:!${base64}`,
      "a secret of 16 bytes": `2026a:${randomBytes(16).toString("base64")}`,
      "a password": "2026a:correct horse battery staple",
      "two secrets in one": `2026a:${base64}:${base64}`,
      "one id twice": `2026a:${base64},2026a:${hex}`,
      "ids that differ in capitals only": `2026a:${base64},2026A:${hex}`,
      "eleven keys": Array.from({ length: 11 }, (_, i) => `k${i}:${base64}`).join(","),
    };
    for (const [slip, text] of Object.entries(wrong)) assert.equal(parseSealKeys(text), undefined, slip);
  });

  it("opens no sealer without sound keys", () => {
    for (const keys of [[], [NEW, NEW], [{ id: "short", secret: randomBytes(16) }], [{ ...NEW, id: "a.b" }]]) {
      assert.throws(() => openSealer(keys), /1 to 10 keys of 32 bytes/);
    }
  });
});
