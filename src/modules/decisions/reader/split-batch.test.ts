import assert from "node:assert/strict";
import { describe, it } from "node:test";
import fc from "fast-check";
import { AHJO, ahjoRecords, demoDocument, inChunks, listing, SINGLE_DOCUMENTS } from "#test/golden/documents.ts";
import { splitBatch } from "./split-batch.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
const split = async (text: string, chunk = 7, max?: number) =>
  (await Array.fromAsync(splitBatch(inChunks(encode(text), chunk), max))).map(decode);

describe("a batch of decisions", () => {
  it("comes out record by record, each with the very bytes it has in the file", async () => {
    const whole = decode(await demoDocument(AHJO));
    const records = (await ahjoRecords()).map(decode);
    assert.equal(records.length, 110);
    let from = 0;
    for (const record of records) {
      from = whole.indexOf(record, from);
      assert.ok(from >= 0);
      from += record.length;
    }
  });

  it("is the same wherever the stream is cut", async () => {
    const value = fc.jsonValue({ maxDepth: 4 });
    const record = fc.record({ NativeId: fc.string(), Content: fc.string({ unit: "binary" }), extra: value });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record),
        fc.boolean(),
        fc.integer({ min: 1, max: 50 }),
        async (records, isList, chunk) => {
          const texts = records.map((item) => JSON.stringify(item, null, 1));
          const list = `[${texts.join(" ,\n")}]`;
          const batch = isList ? list : `{"count": ${records.length}, "decisions" : ${list}, "more": [{"a": 1}]}`;
          assert.deepEqual(await split(batch, chunk), records.length === 0 ? [batch] : texts);
        },
      ),
    );
  });

  it("gives what there is when it breaks off, so that the last record is seen to be damaged", async () => {
    assert.deepEqual(await split('{"decisions":[{"NativeId":"1"},{"Nat'), ['{"NativeId":"1"}', '{"Nat']);
    assert.deepEqual(await split('[{"NativeId":"1"'), ['[{"NativeId":"1"']);
  });

  it("does not hold a record longer than the limit", async () => {
    const long = `{"NativeId":"${"x".repeat(1000)}"}`;
    const records = await split(`[{"NativeId":"a"},${long},{"NativeId":"b"}]`, 64, 100);
    assert.deepEqual(
      records.map(({ length }) => length),
      [16, 101, 16],
    );
  });
});

describe("anything else than a batch", () => {
  it("comes out whole: text, pages, PDF, CaseM's fields and lists", async () => {
    const documents = [
      ...(await Promise.all(SINGLE_DOCUMENTS.map(demoDocument))),
      await listing("casem-nodes.json"),
      await listing("casem-node-11292-contents.json"),
    ];
    for (const document of documents) {
      const parts = await Array.fromAsync(splitBatch(inChunks(document, 1000)));
      assert.equal(parts.length, 1);
      assert.deepEqual(Buffer.from(parts[0] ?? []), Buffer.from(document));
    }
  });

  it("comes out whole whatever the bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.integer({ min: 1, max: 100 }), async (bytes, chunk) => {
        const parts = await Array.fromAsync(splitBatch(inChunks(bytes, chunk)));
        assert.deepEqual(Buffer.concat(parts), Buffer.from(bytes));
      }),
    );
  });

  it("is cut just past the limit, for the reader to refuse", async () => {
    assert.deepEqual(
      (await split("x".repeat(500), 64, 100)).map(({ length }) => length),
      [101],
    );
  });
});
