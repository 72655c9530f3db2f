import assert from "node:assert/strict";
import { readdir, readFile, rm } from "node:fs/promises";
import { dirname } from "node:path";
import { after, before, describe, it } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { sql } from "kysely";
import { Temporal } from "temporal-polyfill";
import { system } from "#core/actor.ts";
import { withTx } from "#core/db.ts";
import { startWorker } from "#core/jobs.ts";
import { loadDocuments } from "#modules/decisions/index.ts";
import { log, type TestApp, testApp } from "#test/app.ts";
import { NO_FILTER } from "./entry.ts";
import { type Asked, search } from "./search.ts";
import { openSearch } from "./service.ts";

const SEED = fileURLToPath(new URL("../../../data/demo/decisions/helsinki/HEL-2015-004216.txt", import.meta.url));
const NOW = Temporal.Instant.from("2026-11-24T10:00:00Z");

describe("searching the decisions of six cities", () => {
  let app: TestApp;
  const closing: (() => Promise<void>)[] = [];
  before(async () => {
    app = await testApp({ after: (done) => closing.push(done) }, { demo: true, settings: { RATE_LIMIT: "0" } });
    await app.search.rebuild(() => undefined);
  });
  after(async () => {
    for (const close of closing) await close();
  });
  const ask = (query: string, more: Partial<Asked> = {}) =>
    search(app.search, { query, language: "fi", filter: NO_FILTER, order: "relevance", page: 1, ...more });
  const titles = async (query: string, more: Partial<Asked> = {}) =>
    (await ask(query, more)).hits.map(({ line }) => line.title);

  it("finds a word in any of its forms, and as a part of a compound", async () => {
    const plain = await titles("avustus");
    assert.ok(plain.length > 1);
    assert.deepEqual(await titles("avustuksista"), plain);
    assert.deepEqual(await titles("AVUSTUKSEN"), plain);
  });

  it("asks for every word, and puts what has them in the title first", async () => {
    const [first] = await titles("avoin osallisuus");
    assert.match(first ?? "", /Avoin osallisuus/);
    const both = (await ask("avoin osallisuus")).total.value;
    assert.ok(both <= (await ask("osallisuus")).total.value);
  });

  it("marks the found words in the original text", async () => {
    const [hit] = (await ask("määräraha")).hits;
    const marked = hit?.snippet.filter(({ isMarked }) => isMarked).map(({ text }) => text.toLowerCase());
    assert.ok(
      marked?.some((word) => word.includes("määrära")),
      JSON.stringify(hit?.snippet),
    );
    const [entry] = hit ? await app.search.source.entriesOf(app.db, [hit.line]) : [];
    assert.ok(
      entry?.text.replaceAll("\n", " ").includes(
        (hit?.snippet ?? [])
          .filter(({ text }) => !/^ ?… ?$/.test(text))
          .map(({ text }) => text)
          .join(""),
      ),
    );
  });

  it("knows a record number however it is spelt", async () => {
    for (const spelling of ["HEL 2015-004216", "hel2015-4216", "HEL-2015-004216"]) {
      assert.equal((await ask(spelling)).matters[0]?.slug, "HEL-2015-004216", spelling);
    }
  });

  it("counts beside each filter what choosing it would leave", async () => {
    const { facets, total } = await ask("kaupunki");
    const helsinki = facets.cities.find(({ value }) => value === "helsinki");
    const within = await ask("kaupunki", { filter: { ...NO_FILTER, cities: ["helsinki"] } });
    assert.equal(within.total.value, helsinki?.count.value);
    assert.ok(within.total.value < total.value);
    const year = within.facets.years[0];
    const both = await ask("kaupunki", {
      filter: { ...NO_FILTER, cities: ["helsinki"], years: [Number(year?.value)] },
    });
    assert.equal(both.total.value, year?.count.value);
  });

  it("sorts by date when asked to", async () => {
    const days = (await ask("kaupunki", { order: "date" })).hits.map(({ line }) => line.day ?? "");
    assert.deepEqual(days, days.toSorted().toReversed());
  });

  it("pages through all hits, each once", async () => {
    const { total } = await ask("kaupunki");
    const seen = new Set<string>();
    for (let page = 1; page <= Math.ceil(total.value / 20); page++) {
      for (const { line } of (await ask("kaupunki", { page })).hits) seen.add(line.id);
    }
    assert.equal(seen.size, total.value);
  });

  it("leads from a page past the last hit to the first", async () => {
    const answer = await app.server.inject("/fi/haku?q=osallisuus&page=50");
    assert.equal(answer.statusCode, 302);
    assert.equal(answer.headers.location, "/fi/haku?q=osallisuus");
  });

  it("offers what may have been meant", async () => {
    const { suggestion, total } = await ask("osalisuus");
    assert.equal(total.value, 0);
    assert.ok(suggestion !== null && (await ask(suggestion)).total.value > 0, String(suggestion));
  });

  it("answers whatever is typed", async () => {
    const odd = fc.oneof(
      fc.string({ unit: "binary", maxLength: 3000 }),
      fc.constantFrom(
        '"',
        '""',
        '"kaupunki päätös',
        '"kaupunki" "',
        `"${"kaupunki ".repeat(222)}"`,
        "a AND (b OR",
        "-x",
        "*",
        "äänestyss",
        "öljyyy",
        "😀 '); drop",
        "‮אבג",
        "\0",
      ),
    );
    await fc.assert(
      fc.asyncProperty(odd, async (query) => {
        assert.ok((await ask(query)).total.value >= 0);
      }),
      { numRuns: 200 },
    );
  });

  /** Loads the seed decision under another number, with some of its words exchanged. */
  const load = async (number: string, words: string) => {
    const text = (await readFile(SEED, "utf8")).replaceAll("2015-004216", number);
    const bytes = Buffer.from(text.replace("Helsingin osahankkeessa pyritään", `${words} pyritään`));
    await loadDocuments(app.db, system("test"), [{ bytes, sourceName: "test" }], app.language, NOW);
  };
  const index = () => app.search.jobs["search-index"]?.({});

  it("finds a new decision when its job has run, and a changed one by its new words only", async () => {
    await load("2016-777777", "Helsingin jäätelöbaarissa");
    await index();
    assert.equal((await ask("jäätelöbaari")).total.value, 1);
    await load("2016-777777", "Helsingin kissakahvilassa");
    await index();
    assert.equal((await ask("jäätelöbaari")).total.value, 0);
    assert.equal((await ask("kissakahvila")).total.value, 1);
  });

  it("finds a new decision though an older transaction was open when its job ran", async () => {
    let end = () => undefined as void;
    const open = withTx(app.db, null, async (tx) => {
      await sql`select pg_current_xact_id()`.execute(tx);
      await load("2016-000004", "Helsingin aurinkokellossa");
      await new Promise<void>((resolve) => (end = resolve));
    });
    while ((await app.db.selectFrom("decision").where("ref", "like", "HEL-2016-000004%").execute()).length === 0)
      await sleep(10);
    const indexed = index();
    await sleep(100);
    end();
    await Promise.all([open, indexed]);
    assert.equal((await ask("aurinkokello")).total.value, 1);
  });

  it("finds quoted words next to each other, in any form and in their order only", async () => {
    await load("2016-000001", "Vihreässä saunalautassa");
    await load("2016-000002", "Vihreässä talossa ja saunalautassa");
    await index();
    const found = async (query: string) => {
      const { matching, hits } = await ask(query);
      return [matching, ...hits.map(({ line }) => line.recordNumber ?? "").toSorted((a, b) => (a < b ? -1 : 1))];
    };
    assert.deepEqual(await found("vihreä saunalautta"), ["all", "HEL 2016-000001", "HEL 2016-000002"]);
    assert.deepEqual(await found('"vihreät saunalautat"'), ["all", "HEL 2016-000001"]);
    assert.deepEqual(await found("osallisuus ”vihreän saunalautan”"), ["all", "HEL 2016-000001"]);
    assert.deepEqual(await found('"saunalautta vihreä"'), ["apart", "HEL 2016-000001", "HEL 2016-000002"]);
    assert.deepEqual(await found('vihreä "saunalautta'), ["all", "HEL 2016-000001", "HEL 2016-000002"]);
    assert.deepEqual(await found('"" vihreä saunalautta ""'), ["all", "HEL 2016-000001", "HEL 2016-000002"]);
  });

  it("says so when nothing has all words, and names what each of the hits lacks", async () => {
    const { matching, hits, total } = await ask("vihreä saunalautta merenneito");
    assert.equal(matching, "some");
    assert.equal(total.value, 2);
    assert.deepEqual(
      hits.map(({ missing }) => missing),
      [["merenneito"], ["merenneito"]],
    );
    const page = (await app.server.inject("/sv/sok?q=vihre%C3%A4+saunalautta+merenneito")).body;
    assert.match(page, /Inget beslut innehåller alla ord/);
    assert.match(page, /Saknas: merenneito/);
    assert.equal((await ask("merenneito pyörremyrskytys")).total.value, 0);
  });

  it("marks the decision-maker's name as Finnish on a Swedish page", async () => {
    const page = (await app.server.inject("/sv/sok?q=avoin+osallisuus")).body;
    assert.match(page, /<p class="meta"><span lang="fi">/);
  });

  it("finds what was published within two seconds, in the process that works and in one that only reads", async () => {
    const worker = await startWorker(app.ownerUrl, app.jobs, log);
    const { db, language, source } = app.search;
    const reader = await openSearch({ db, background: db, language, source, log, dataDir: dirname(app.search.folder) });
    try {
      await load("2016-000003", "Lentävässä purjeveneessä");
      const deadline = Date.now() + 2000;
      for (const searching of [app.search, reader]) {
        const find = () =>
          search(searching, { query: "purjevene", language: "fi", filter: NO_FILTER, order: "relevance", page: 1 });
        let total = 0;
        while (total === 0 && Date.now() < deadline) {
          await sleep(20);
          total = (await find()).total.value;
        }
        assert.equal(total, 1);
      }
    } finally {
      await reader.close();
      await worker.stop();
    }
  });

  it("answers the same from PostgreSQL while the index is lost, says so, and the job builds it anew", async () => {
    const before = await ask("avustus");
    for (const folder of await readdir(app.search.folder))
      await rm(`${app.search.folder}/${folder}`, { recursive: true });
    await app.search.reopen();
    assert.match((await app.search.check.run()).note ?? "", /PostgreSQL/);
    const without = await ask("avustus");
    assert.equal(without.total.value, before.total.value);
    assert.deepEqual(new Set(without.hits.map(({ line }) => line.id)), new Set(before.hits.map(({ line }) => line.id)));
    await app.search.jobs["search-index"]?.({});
    assert.equal((await app.search.check.run()).note, undefined);
    assert.deepEqual(
      (await ask("avustus")).hits.map(({ line }) => line.id),
      before.hits.map(({ line }) => line.id),
    );
  });
});
