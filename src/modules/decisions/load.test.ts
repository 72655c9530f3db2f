import assert from "node:assert/strict";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { ANONYMOUS, system } from "#core/actor.ts";
import { type Db, openDb, withTx } from "#core/db.ts";
import { type TestDatabase, testDatabase } from "#test/database.ts";
import { ahjoRecords } from "#test/golden/documents.ts";
import { ingestFiles, listFiles } from "../../ingest.ts";
import { loadDocuments, type LoadOutcome } from "./load.ts";
import { MAX_DOCUMENT_BYTES } from "./reader/split-batch.ts";
import { decisionSource } from "./search-source.ts";
import { lockCity } from "./store.queries.ts";
import { selectOptionalDecision, selectOptionalOriginal } from "./queries.ts";
import { selectUnread } from "./unread.queries.ts";

const DEMO = fileURLToPath(new URL("../../../data/demo/decisions", import.meta.url));
const NOW = Temporal.Instant.from("2026-11-24T10:00:00Z");
const TOOLS = {
  lexicon: null,
  tokens: async (texts: readonly string[]) => texts.map((text) => text.toLowerCase().split(/\s+/)),
};

/** The seed decision under another record number, which its text names too: another decision. */
async function seedNumbered(number: string): Promise<string> {
  const seed = await readFile(`${DEMO}/helsinki/HEL-2015-004216.txt`, "utf8");
  return seed
    .replaceAll("2015-004216", number)
    .replace("strategisia tavoitteita", `strategisia tavoitteita (${number})`);
}

/** Tokens that no tsvector holds (PostgreSQL's class 54) for texts loaded with this record number; plain ones for others. */
const tooMuchOf = (number: string) => async (texts: readonly string[]) =>
  texts.map((text) =>
    text.includes(number) ? Array.from({ length: 30_000 }, (_, n) => `${"x".repeat(50)}${n}`) : [text.slice(0, 20)],
  );

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
    assert.deepEqual(outcomes.map(({ outcome }) => outcome).sort(), ["known", "new"]);
  });

  it("keeps what it can't read, with the reason, where only its own tenant sees it", async () => {
    const [outcome] = await load("ei päätös", "roska.txt");
    assert.equal(outcome?.outcome, "unread");
    const seenBy = (tenant: "joint" | "espoo") => withTx(db, tenant, (tx) => selectUnread(tx, "joint", 10));
    assert.equal((await seenBy("joint"))[0]?.sourceName, "roska.txt");
    assert.deepEqual(await seenBy("espoo"), []);
  });

  it("keeps the seed decision whole: its address, its six sums and its bytes", async () => {
    const bytes = await readFile(`${DEMO}/helsinki/HEL-2015-004216.txt`);
    const decision = await selectOptionalDecision(db, "HEL-2015-004216-29", 1);
    assert.ok(decision);
    assert.equal(decision.city, "helsinki");
    assert.equal(decision.reading.amounts.length, 6);
    assert.deepEqual(decision.matter, { slug: "HEL-2015-004216", written: "HEL 2015-004216" });
    const original = await selectOptionalOriginal(db, { city: "helsinki", id: decision.id, version: 1 });
    assert.deepEqual(original, { bytes, mediaType: "text/plain" });
  });

  it("takes the same words in other bytes for a copy, not for a version", async () => {
    const text = await seedNumbered("2015-008888");
    assert.equal((await load(text))[0]?.outcome, "new");
    assert.equal((await load(`${text}\n`))[0]?.outcome, "copy");
    assert.equal((await selectOptionalDecision(db, "HEL-2015-008888-29"))?.newestVersion, 1);
  });

  it("makes a new version of a corrected Ahjo record, which keeps its NativeId", async () => {
    const [bytes] = await ahjoRecords();
    assert.ok(bytes);
    const record = JSON.parse(Buffer.from(bytes).toString("utf8")) as { Title: string };
    const title = `${record.Title} (oikaistu)`;
    const [outcome] = await load(JSON.stringify({ ...record, Title: title }));
    assert.ok(outcome?.outcome === "newVersion");
    const newest = await selectOptionalDecision(db, outcome.ref);
    assert.equal(newest?.version, 2);
    assert.equal(newest.reading.title, title);
    assert.equal((await selectOptionalDecision(db, outcome.ref, 1))?.reading.title, record.Title);
  });

  it("finds a decision by what stands under its title, with the index and without", async () => {
    const groups = [["lp-091-2021-09171,"]];
    const filter = { cities: [], makers: [], classes: [], years: [] };
    const [found] = await decisionSource.matchText(db, { groups, filter, order: "date", limit: 10 });
    assert.ok(found);
    const [entry] = await decisionSource.entriesOf(db, [found]);
    assert.match(entry?.also ?? "", /Asiointitunnus LP-091-2021-09171, hankenumero 5049_99/);
  });

  it("reads a document again that waited unread, counts its tries and lets it go once it is read", async () => {
    const text = await seedNumbered("2015-007777");
    const bad = { ...TOOLS, tokens: tooMuchOf("2015-007777") };
    const document = { bytes: Buffer.from(text), sourceName: "twice.txt" };
    const pile = () => withTx(db, "helsinki", (tx) => selectUnread(tx, "helsinki", 10));
    for (const tries of [1, 2]) {
      await loadDocuments(db, system("test"), [document], bad, NOW);
      assert.equal((await pile())[0]?.tries, tries);
    }
    assert.equal((await load(text))[0]?.outcome, "new");
    assert.deepEqual(await pile(), []);
  });

  it("stores the others of a batch when the database refuses one, and keeps that one with the reason", async () => {
    const numbers = ["2015-006661", "2015-006662", "2015-006663"];
    const documents = await Promise.all(
      numbers.map(async (number) => ({ bytes: Buffer.from(await seedNumbered(number)), sourceName: number })),
    );
    const outcomes = await loadDocuments(
      db,
      system("test"),
      [...documents, { bytes: Buffer.from("roskaa"), sourceName: "junk" }],
      { ...TOOLS, tokens: tooMuchOf("2015-006662") },
      NOW,
    );
    assert.deepEqual(Object.fromEntries(outcomes.map(({ sourceName, outcome }) => [sourceName, outcome])), {
      "2015-006661": "new",
      "2015-006662": "unread",
      "2015-006663": "new",
      junk: "unread",
    });
    const refused = outcomes.find(({ sourceName }) => sourceName === "2015-006662");
    assert.ok(refused?.outcome === "unread");
    assert.equal(refused.city, "helsinki");
    assert.match(refused.reason.detail, /tsvector/);
  });

  it("gives an address that another decision has a number of its own, within a batch and across batches", async () => {
    const [first] = await ahjoRecords();
    assert.ok(first);
    const record = JSON.parse(Buffer.from(first).toString("utf8")) as object;
    const numbered = (...ids: string[]) =>
      ids.map((id) => ({ bytes: Buffer.from(JSON.stringify({ ...record, NativeId: id })), sourceName: id }));
    const refsOf = async (...ids: string[]) =>
      (await loadDocuments(db, system("test"), numbered(...ids), TOOLS, NOW)).map((one) =>
        "ref" in one ? one.ref : assert.fail(one.outcome),
      );
    const [own = ""] = await refsOf("twin-1");
    const [, shared, n] = /^(.*)-(\d+)$/.exec(own) ?? assert.fail(own);
    const next = (more: number) => `${shared}-${Number(n) + more}`;
    assert.deepEqual(await refsOf("twin-2", "twin-3"), [next(1), next(2)]);
    assert.deepEqual(await refsOf("twin-4"), [next(3)]);
  });

  it("keeps the versions and copies of one decision that come in one batch", async () => {
    const text = await seedNumbered("2015-004444");
    const texts = [text, `${text}\n`, text.replace("strategisia", "uusia"), text];
    const outcomes = await loadDocuments(
      db,
      system("test"),
      texts.map((one, n) => ({ bytes: Buffer.from(one), sourceName: String(n) })),
      TOOLS,
      NOW,
    );
    assert.deepEqual(Object.fromEntries(outcomes.map(({ sourceName, outcome }) => [sourceName, outcome])), {
      0: "new",
      1: "copy",
      2: "newVersion",
      3: "known",
    });
    const newest = await selectOptionalDecision(db, "HEL-2015-004444-29");
    assert.equal(newest?.version, 2);
    assert.match(JSON.stringify(newest?.reading), /uusia tavoitteita/);
    // The log itself: its readers wait for every transaction of the server, also of other tests.
    const changes = await db
      .selectFrom("change")
      .select("verb")
      .where("id", "=", newest?.id ?? "")
      .orderBy("seq")
      .execute();
    assert.deepEqual(
      changes.map(({ verb }) => verb),
      ["published", "changed"],
    );
  });

  it("keeps a document that is too large with the reason, which says where the whole of it is", async (t) => {
    const folder = await mkdtemp(join(tmpdir(), "avoin-large-"));
    t.after(() => rm(folder, { recursive: true }));
    const file = join(folder, "suuri.txt");
    await writeFile(file, Buffer.alloc(MAX_DOCUMENT_BYTES + 1000, "Liite. "));
    const outcomes: LoadOutcome[] = [];
    for await (const batch of ingestFiles(db, system("test"), [file], TOOLS)) outcomes.push(...batch.outcomes);
    assert.equal(outcomes.length, 1);
    const pile = await withTx(db, "joint", (tx) => selectUnread(tx, "joint", 100));
    const kept = pile.find(({ sourceName }) => sourceName === file);
    assert.equal(kept?.reasonCode, "tooLarge");
    assert.match(kept.reasonDetail, new RegExp(`Only its beginning is kept here.*${file}`));
  });

  it("blames no document for a database that does not answer: the load fails whole, and runs again", async () => {
    const text = await seedNumbered("2015-005555");
    const impatient = openDb(`${database.url}?options=-c%20lock_timeout%3D100`, assert.fail);
    try {
      await withTx(db, null, async (tx) => {
        await lockCity(tx, "helsinki");
        const documents = [{ bytes: Buffer.from(text), sourceName: "late" }];
        await assert.rejects(loadDocuments(impatient, system("test"), documents, TOOLS, NOW), { code: "55P03" });
      });
    } finally {
      await impatient.destroy();
    }
    const { rows } = await sql`select 1 from document where bytes = ${Buffer.from(text)}`.execute(db);
    assert.deepEqual(rows, []);
    assert.equal((await load(text))[0]?.outcome, "new");
  });

  it("is for the system only", async () => {
    await assert.rejects(loadDocuments(db, ANONYMOUS, [], TOOLS, NOW), { name: "Forbidden" });
  });
});
