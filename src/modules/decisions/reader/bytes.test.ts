import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { decodeText } from "./bytes.ts";

const AS_WINDOWS_1252 = new Map([
  ["€", 0x80],
  ["”", 0x94],
]);
const latin = (text: string) =>
  Uint8Array.from(text.split(""), (sign) => AS_WINDOWS_1252.get(sign) ?? sign.charCodeAt(0));
const utf8 = (text: string) => new TextEncoder().encode(text);
const both = (...parts: Uint8Array[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe("text out of bytes", () => {
  it("is read as UTF-8 when it is valid UTF-8, whatever a page declares", () => {
    const page = '<meta charset="windows-1252"><p>Päätös 5 €';
    assert.equal(decodeText(utf8(page)), page);
  });

  it("is read as windows-1252 when it is not, with its euro sign and quotation marks", () => {
    assert.equal(decodeText(latin("Päätös: ”5 €”")), "Päätös: ”5 €”");
    assert.equal(decodeText(latin('<meta charset="utf-8"><p>Päätös')), '<meta charset="utf-8"><p>Päätös');
  });

  it("keeps capital letters before a quotation mark, which look like UTF-8 in a page of windows-1252", () => {
    const page = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1252"><p>PÖYTÄ” ä';
    assert.equal(decodeText(latin(page)), page);
  });

  it("reads both where one was pasted into the other, and what is cut off in the middle of a letter", () => {
    assert.equal(decodeText(both(utf8("Määräraha ja päätös "), latin("työ"))), "Määräraha ja päätös työ");
    assert.match(decodeText(utf8("Määräraha, päätöksenä").subarray(0, -1)), /^Määräraha, päätöksen/);
  });

  it("minds a byte order mark", () => {
    assert.equal(decodeText(both(Uint8Array.of(0xff, 0xfe), Buffer.from("Päätös", "utf16le"))), "Päätös");
    assert.equal(decodeText(both(Uint8Array.of(0xef, 0xbb, 0xbf), utf8("Päätös"))), "Päätös");
  });
});
