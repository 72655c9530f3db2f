import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { Temporal } from "temporal-polyfill";
import { ANONYMOUS, system } from "#core/actor.ts";
import { type Db, openDb, withTx } from "#core/db.ts";
import { type TestDatabase, testDatabase } from "#test/database.ts";
import { ingestFiles, listFiles } from "../../ingest.ts";
import { loadDocuments, type LoadOutcome } from "./load.ts";
import { selectOptionalDecision } from "./queries.ts";
import { selectUnread } from "./unread.queries.ts";

const DEMO = fileURLToPath(new URL("../../../data/demo/decisions", import.meta.url));
const NOW = Temporal.Instant.from("2026-11-24T10:00:00Z");
const TOOLS = {
  lexicon: null,
  tokens: async (texts: readonly string[]) => texts.map((text) => text.toLowerCase().split(/\s+/)),
};

describe("loading documents", () => {
  let database: TestDatabase;
  let db: Db;
  before(async () => {
    database = await testDatabase();
    db = openDb(database.url, assert.fail);
  });
  after(async () => {
    await db.destroy();
    await database.drop();
  });
  const load = (text: string, sourceName = "test") =>
    loadDocuments(db, system("test"), [{ bytes: Buffer.from(text), sourceName }], TOOLS, NOW);

  it("reads every document of the six cities, and knows them all the second time", async () => {
    const loadAll = async () => {
      const all: LoadOutcome[] = [];
      for await (const { outcomes } of ingestFiles(db, system("test"), await listFiles([DEMO]), TOOLS))
        all.push(...outcomes);
      return all;
    };
    const first = await loadAll();
    assert.deepEqual(
      first.filter(({ outcome }) => outcome !== "new"),
      [],
    );
    assert.equal(first.length, 120);
    assert.ok((await loadAll()).every(({ outcome }) => outcome === "known"));
  });

  it("keeps a changed decision as a new version, and the old one with it", async () => {
    const text = await readFile(`${DEMO}/helsinki/HEL-2015-004216.txt`, "utf8");
    const [changed] = await load(text.replace("strategisia tavoitteita", "muita tavoitteita"));
    assert.equal(changed?.outcome, "newVersion");
    const old = await selectOptionalDecision(db, "hel-2015-004216-29", 1);
    const newest = await selectOptionalDecision(db, "HEL-2015-004216-29");
    assert.equal(old?.newestVersion, 2);
    assert.match(JSON.stringify(old?.reading), /strategisia tavoitteita/);
    assert.match(JSON.stringify(newest?.reading), /muita tavoitteita/);
  });

  it("makes one decision of the same document loaded twice at once", async () => {
    const text = (await readFile(`${DEMO}/helsinki/HEL-2015-004216.txt`, "utf8")).replaceAll(
      "2015-004216",
      "2015-009999",
    );
    const outcomes = (await Promise.all([load(text), load(text)])).flat();
    assert.equal(outcomes.filter(({ outcome }) => outcome === "new").length, 1);
  });

  it("keeps what it can't read, with the reason, where only its own tenant sees it", async () => {
    const [outcome] = await load("ei päätös", "roska.txt");
    assert.equal(outcome?.outcome, "unread");
    const seenBy = (tenant: "joint" | "espoo") => withTx(db, tenant, (tx) => selectUnread(tx, "joint", 10));
    assert.equal((await seenBy("joint"))[0]?.sourceName, "roska.txt");
    assert.deepEqual(await seenBy("espoo"), []);
  });

  it("is for the system only", async () => {
    await assert.rejects(loadDocuments(db, ANONYMOUS, [], TOOLS, NOW), { name: "Forbidden" });
  });
});
