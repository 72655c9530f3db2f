/**
 * Readings of all sample documents against the golden files, which people have read against the sources. After a change of the
 * rules: `node bin/run.mjs test/golden/update.ts`, and read the difference.
 */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { describe, it } from "node:test";
import { finnishLexicon } from "#test/golden/documents.ts";
import { asGolden, goldenReadings } from "#test/golden/readings.ts";

const finnish = finnishLexicon();
const FOLDER = new URL("../../../../test/golden/decisions/", import.meta.url);

describe("the sample documents of six cities", { skip: "missing" in finnish ? finnish.missing : false }, () => {
  it("read as people have checked them", async () => {
    assert.ok("lexicon" in finnish);
    for (const [name, value] of await goldenReadings(finnish.lexicon)) {
      const golden = await readFile(new URL(`${name}.json`, FOLDER), "utf8");
      assert.equal(asGolden(value), golden, name);
    }
  });
});
