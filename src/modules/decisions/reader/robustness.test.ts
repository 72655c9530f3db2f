/** Any bytes get an answer, in bounded time: one odd document never stops a batch. */
import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import fc from "fast-check";
import { ahjoRecords, demoDocument, SINGLE_DOCUMENTS } from "#test/golden/documents.ts";
import { readDocument } from "./read.ts";

const encode = (text: string) => new TextEncoder().encode(text);

/** Reads, and fails on what a database could not hold: NULs and lone surrogates anywhere in the answer. */
async function answers(bytes: Uint8Array): Promise<void> {
  const result = await readDocument(bytes, null);
  const json = JSON.stringify(result);
  assert.ok(json.isWellFormed());
  assert.doesNotMatch(json, /\\u0000|\\ud[89a-f]/i);
}

/** Ample on a slow and busy machine, and far below what a quadratic step would take. */
const PATIENCE = { timeout: 60_000 };
const MEGABYTE = 1024 * 1024;
const page = (body: string) => `<html lang="fi"><body><div class="paatos"><h1 class="AsiaOtsikko">T</h1>${body}`;
const ahjo = (content: string) =>
  JSON.stringify({ NativeId: "1", Title: "T", Section: "1", Content: page(content), Motion: null });

const HARD: [string, () => string][] = [
  ["a hundred thousand nested elements", () => page("<div>".repeat(100_000))],
  ["a hundred thousand open emphases and paragraphs", () => page("<b><p>".repeat(100_000))],
  ["a hundred thousand nested lists", () => page("<ul><li>a".repeat(100_000))],
  ["a hundred thousand nested tables", () => page("<table><tr><td>a<td>b".repeat(100_000))],
  ["end tags without a beginning", () => page("</div></p></td>".repeat(100_000))],
  [
    "a tag of two hundred thousand attributes",
    () => page(`<p ${Array.from({ length: 200_000 }, (_, i) => `a${i}`).join(" ")}>`),
  ],
  ["a hundred thousand nested lists of JSON", () => "[".repeat(100_000)],
  [
    "a hundred thousand nested objects in a record",
    () => `{"NativeId":"1","Content":"","a":${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}}`,
  ],
  ["one line of ten megabytes", () => `HEL 2015-004216 ${"määräraha ".repeat(MEGABYTE)}`],
  ["one word of ten megabytes", () => ahjo(`<p>${"x".repeat(10 * MEGABYTE)}`)],
  ["two megabytes of digits and euros", () => ahjo(`<p>${"111 111 ".repeat(MEGABYTE / 4)} €`)],
  ["two megabytes of figures without spaces", () => ahjo(`<p>${"1.1,".repeat(MEGABYTE / 4)} euroa`)],
  ["two megabytes of hyphens", () => ahjo(`<p>${"a-".repeat(MEGABYTE)}`)],
  ["two megabytes of full stops", () => ahjo(`<p>${". ".repeat(MEGABYTE)}`)],
  ["two megabytes of spaces", () => ahjo(`<p>a${" \u00a0".repeat(MEGABYTE)}b`)],
  ["two megabytes of line breaks", () => ahjo(`<p>${"a<br>".repeat(MEGABYTE / 4)}`)],
  ["two megabytes of enumeration", () => ahjo(`<p>a: ${"1) a ".repeat(MEGABYTE / 4)}`)],
  ["two megabytes of headings", () => page("<h3 class='SisaltoOtsikko'>Päätös</h3>".repeat(50_000))],
  ["two hundred thousand short lines", () => `29 §\nHEL 2015-004216\n${"Päätös:\n".repeat(200_000)}`],
  ["two hundred thousand form feeds", () => `29 §\nOtsikko\nHEL 2015-004216\n${"a\f".repeat(200_000)}`],
  [
    "two hundred thousand lines that end in a hyphen",
    () => `29 §\nOtsikko\n\nHEL 2015-004216\n\nPäätös\n\n${"a-\n".repeat(200_000)}`,
  ],
  ["record numbers without end", () => ahjo(`<p>${"HEL 2015-004216 ".repeat(100_000)}`)],
  ["an unclosed comment", () => page(`<!--${"-".repeat(MEGABYTE)}`)],
  ["entities without end", () => page("&amp;&#0;&#xD800;&aring".repeat(300_000))],
];

describe("hard documents", () => {
  for (const [name, text] of HARD) it(`${name} are read or refused in time`, PATIENCE, () => answers(encode(text())));

  it("NULs and lone surrogates do not come through", async () => {
    await answers(
      encode(
        String.raw`{"NativeId":"1","Title":"a\u0000b\ud800","Content":"<h3 class=\"SisaltoOtsikko\">Päätös</h3><p>x\u0000\udfff y"}`,
      ),
    );
    await answers(encode("29 §\nOt\u0000sikko\n\nHEL 2015-004216\n\nPäätös\n\nHyväksyt\u0000tiin."));
  });
});

describe("damaged documents", () => {
  let documents: Uint8Array[];
  before(async () => {
    documents = [...(await Promise.all(SINGLE_DOCUMENTS.map(demoDocument))), ...(await ahjoRecords()).slice(0, 20)];
  });

  it("cut short anywhere get an answer", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), async (which, share) => {
        const document = documents[which % documents.length] ?? new Uint8Array();
        await answers(document.subarray(0, Math.floor(document.length * share)));
      }),
      { numRuns: 150 },
    );
  });

  it("with bytes changed get an answer", async () => {
    const changes = fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 30 });
    await fc.assert(
      fc.asyncProperty(fc.nat(), changes, async (which, bytes) => {
        const document = (documents[which % documents.length] ?? new Uint8Array()).slice();
        for (const [at, byte] of bytes) document[at % document.length] = byte;
        await answers(document);
      }),
      { numRuns: 150 },
    );
  });

  it("of any bytes at all get an answer", async () => {
    const start = fc.constantFrom(
      "",
      "%PDF-1.7\n",
      "{",
      "[{",
      "<html>",
      "29 §\n",
      '{"value":[',
      '{"NativeId":"1","Content":"',
    );
    await fc.assert(
      fc.asyncProperty(start, fc.uint8Array({ maxLength: 2000 }), async (head, bytes) => {
        await answers(Buffer.concat([encode(head), bytes]));
      }),
      { numRuns: 500 },
    );
  });

  it("of odd JSON get an answer", async () => {
    const field = fc.constantFrom(
      "NativeId",
      "Title",
      "Content",
      "Motion",
      "Organization",
      "Meeting",
      "Attachments",
      "value",
      "Name",
      "Text",
      "title",
      "content",
      "order",
      "__proto__",
      "decisions",
    );
    const odd = fc.dictionary(field, fc.jsonValue({ maxDepth: 2 }), { maxKeys: 8 });
    const record = fc.oneof(
      odd,
      odd.map((fields) => ({ ...fields, NativeId: "1", Content: page("<h3 class=SisaltoOtsikko>Päätös</h3><p>x") })),
    );
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          record,
          fc.array(record),
          fc.array(record).map((value) => ({ value })),
        ),
        async (json) => {
          await answers(encode(JSON.stringify(json)));
        },
      ),
      { numRuns: 300 },
    );
  });
});
