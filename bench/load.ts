/** Reading Ahjo JSON into the database, indexed; and then searching what is there, through the API. */
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { system } from "#core/actor.ts";
import { testApp, type TestApp } from "#test/app.ts";
import { ingestFiles } from "../src/ingest.ts";
import { corpus } from "./corpus.ts";
import { percentile, type Row } from "./table.ts";

/** Loads `count` documents into a fresh service, then searches them. */
export async function measureLoadAndSearch(count: number): Promise<Row[]> {
  const closing: (() => Promise<void>)[] = [];
  const app = await testApp({ after: (done) => closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
  try {
    return [...(await measureLoading(app, count)), await measureSearch(app, count)];
  } finally {
    for (const close of closing) await close();
  }
}

/** The corpus as one batch file, as a case system delivers it. */
async function writeCorpus(count: number): Promise<string> {
  const file = join(await mkdtemp(join(tmpdir(), "avoin-bench-")), "decisions.json");
  await pipeline(batch(count), createWriteStream(file));
  return file;
}

async function* batch(count: number): AsyncGenerator<Buffer> {
  let before = '{"decisions":[';
  for await (const record of corpus(count)) {
    yield Buffer.concat([Buffer.from(before), record]);
    before = ",";
  }
  yield Buffer.from("]}");
}

async function measureLoading(app: TestApp, count: number): Promise<Row[]> {
  const file = await writeCorpus(count);
  const started = performance.now();
  const memory: number[] = [];
  let loaded = 0;
  for await (const { outcomes } of ingestFiles(app.db, system("bench"), [file], app.language)) {
    loaded += outcomes.filter(({ outcome }) => outcome === "new").length;
    if (loaded >= ((memory.length + 1) * count) / 8) memory.push(process.memoryUsage().rss / 1e6);
  }
  await app.search.jobs["search-index"]?.({});
  await rm(file);
  const perSecond = loaded / ((performance.now() - started) / 1000);
  if (loaded !== count) throw new Error(`${count - loaded} documents were not new`);
  const [early = 0, late = 0] = [memory[1], memory.at(-1)];
  return [
    {
      workload: `reading ${count} Ahjo documents into the database, indexed`,
      goal: "at least 150 documents/s",
      figure: `${Math.round(perSecond)} documents/s`,
      isMet: perSecond >= 150,
    },
    {
      workload: "memory over the same",
      goal: "flat",
      figure: `${Math.round(early)} MB after a quarter, ${Math.round(late)} MB at the end`,
      isMet: late < early * 1.25,
    },
  ];
}

const QUERIES = [
  "q=kaupunki",
  "q=avustus",
  "q=hankerahoitus",
  "q=kaupunki+päätös+asia",
  "q=pöytäkirjan+pitäminen+nähtävänä",
  "q=rakennuslupa&year=2015",
  "q=määräraha&city=helsinki&class=02",
  "q=virkasuhteen+täyttäminen",
  "q=kaupunginhallitus&sort=date",
  "q=HEL+2010-000010",
];
const CLIENTS = 4;
const EACH = 60;

async function measureSearch(app: TestApp, count: number): Promise<Row> {
  const address = await app.server.listen({ host: "127.0.0.1", port: 0 });
  const ask = async (n: number): Promise<number> => {
    const started = performance.now();
    const answer = await fetch(`${address}/api/v1/search?${QUERIES[n % QUERIES.length]}`);
    await answer.arrayBuffer();
    if (answer.status !== 200) throw new Error(`search answered ${answer.status}`);
    return performance.now() - started;
  };
  for (let n = 0; n < QUERIES.length * 2; n++) await ask(n);
  const client = async (first: number) => {
    const times: number[] = [];
    for (let n = 0; n < EACH; n++) times.push(await ask(first + n));
    return times;
  };
  const times = (await Promise.all(Array.from({ length: CLIENTS }, (_, n) => client(n * 3)))).flat();
  const p95 = percentile(times, 0.95);
  const goal = count >= 1_000_000 ? 80 : 40;
  return {
    workload: `search through the API, ${count} documents, ${CLIENTS} clients, warm`,
    goal: `p95 at most ${goal} ms (at 100,000; 80 ms at 1,000,000)`,
    figure: `p95 ${p95.toFixed(0)} ms, median ${percentile(times, 0.5).toFixed(0)} ms`,
    isMet: p95 <= goal,
  };
}
