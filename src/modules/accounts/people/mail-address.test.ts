import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { mailKey, maskMail, parseMailAddress } from "./mail-address.ts";

/** An address that the test needs and that must be right. */
function address(text: string) {
  return parseMailAddress(text) ?? assert.fail(`${text} is refused`);
}

describe("mail addresses", () => {
  it("takes the addresses that people have", () => {
    for (const text of [
      "aino.virtanen@example.fi",
      "Aino.Virtanen+avoin@example.fi",
      "o'brien_90@mail.example.co.uk",
      "a@b.fi",
      "12345@2026.fi",
      "väinö@example.fi",
      "用户@example.fi",
      "kirjaamo@xn--kslompolo-u2ab.fi",
    ]) {
      assert.equal(parseMailAddress(text), text);
    }
  });

  it("turns the domain to its one form and leaves the local part", () => {
    assert.equal(parseMailAddress("  Aino@Example.FI\r\n"), "Aino@example.fi");
    assert.equal(parseMailAddress("aino@Äkäslompolo.fi"), "aino@xn--kslompolo-u2ab.fi");
    assert.equal(parseMailAddress("aino@a\u0308ka\u0308slompolo.fi"), "aino@xn--kslompolo-u2ab.fi");
    assert.equal(parseMailAddress("va\u0308ino\u0308@example.fi"), "väinö@example.fi");
  });

  it("refuses what would write another header or another recipient", () => {
    for (const text of [
      "aino@example.fi\nBcc: all@example.fi",
      "aino@example.fi\r\nSubject: x",
      "aino\r\nBcc: all@example.fi",
      "aino@example.fi,all@example.fi",
      "aino@example.fi;all@example.fi",
      "Aino <aino@example.fi>",
      "<aino@example.fi>",
      '"aino virtanen"@example.fi',
      '"aino"@example.fi',
      "aino(comment)@example.fi",
      "aino\\@example.fi",
      "aino\0@example.fi",
      "aino@example.fi\u2028x",
      "ai\u202eno@example.fi",
      "ai\u200bno@example.fi",
      "ai\u3164no@example.fi",
      "ai\ud800no@example.fi",
    ]) {
      assert.equal(parseMailAddress(text), undefined, JSON.stringify(text));
    }
  });

  it("refuses what is no address", () => {
    for (const text of [
      "",
      " ",
      "@",
      "aino",
      "aino@",
      "@example.fi",
      "aino@example",
      "aino@@example.fi",
      "aino@x@example.fi",
      "aino virtanen@example.fi",
      ".aino@example.fi",
      "aino.@example.fi",
      "aino..virtanen@example.fi",
      "aino@.example.fi",
      "aino@example..fi",
      "aino@example.fi.",
      "aino@-example.fi",
      "aino@example-.fi",
      "aino@exa_mple.fi",
      "aino@127.0.0.1",
      "aino@0x7f.1",
      "aino@[127.0.0.1]",
      "aino@example.fi/x",
      "aino@example.fi:25",
      "aino@%65xample.fi",
      "aino@exa\u00admple.fi",
      "aino＠example.fi",
      `aino@${"a".repeat(64)}.fi`,
    ]) {
      assert.equal(parseMailAddress(text), undefined, JSON.stringify(text));
    }
  });

  it("keeps to the lengths that mail servers take, counted in bytes", () => {
    const local = (length: number, sign = "a") => `${sign.repeat(length)}@example.fi`;
    assert.equal(parseMailAddress(local(64)), local(64));
    assert.equal(parseMailAddress(local(65)), undefined);
    assert.equal(parseMailAddress(local(32, "ä")), local(32, "ä"));
    assert.equal(parseMailAddress(local(33, "ä")), undefined);
    const whole = (length: number) => `a@${`${"b".repeat(49)}.`.repeat(5)}`.slice(0, length - 3).concat(".fi");
    assert.equal(parseMailAddress(whole(254))?.length, 254);
    assert.equal(parseMailAddress(whole(255)), undefined);
    assert.equal(parseMailAddress(local(5_000_000)), undefined);
  });

  it("takes an address once taken again as it is, and none of them can break a header", () => {
    const sign = fc.constantFrom(...Array.from("aZä@.-_+ 0<>,;\"'\\\n\r\0\u0308\u200b。Ａİ%/:"));
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.string({ unit: sign, maxLength: 20 }),
      fc
        .tuple(fc.string({ unit: sign, maxLength: 6 }), fc.string({ unit: sign, maxLength: 6 }))
        .map(([a, b]) => `${a}@${b}.fi`),
      fc.emailAddress(),
    );
    fc.assert(
      fc.property(text, (text) => {
        const parsed = parseMailAddress(text);
        if (parsed === undefined) return;
        assert.equal(parseMailAddress(parsed), parsed);
        assert.doesNotMatch(parsed, /[\s\p{C}<>,;:"\\()[\]]/u);
        assert.match(parsed, /^[^@]+@[a-z0-9.-]+$/);
      }),
      { numRuns: 500 },
    );
  });
});

describe("matching of addresses", () => {
  it("finds a person who writes the own address in capitals", () => {
    assert.equal(mailKey(address("AINO.Virtanen@Example.fi")), mailKey(address("aino.virtanen@example.FI")));
    assert.equal(mailKey(address("VÄINÖ@example.fi")), mailKey(address("väinö@example.fi")));
  });

  it("does not take a look-alike for the address", () => {
    const key = mailKey(address("mikko@example.fi"));
    for (const lookAlike of ["mıkko@example.fi", "mİkko@example.fi", "miкko@example.fi", "mikko@example.fı"]) {
      assert.notEqual(mailKey(address(lookAlike)), key, lookAlike);
    }
  });
});

describe("masked addresses", () => {
  it("show which address is meant and not the whole of it", () => {
    assert.equal(maskMail(address("matti.meikalainen@example.fi")), "m…n@example.fi");
    assert.equal(maskMail(address("aino@example.fi")), "a…o@example.fi");
    assert.equal(maskMail(address("eve@example.fi")), "e…@example.fi");
    assert.equal(maskMail(address("ab@example.fi")), "a…@example.fi");
    assert.equal(maskMail(address("a@example.fi")), "…@example.fi");
    assert.equal(maskMail(address("𠮷野家太@example.fi")), "𠮷…太@example.fi");
  });
});
