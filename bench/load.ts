/** Reading Ahjo JSON into the database, indexed. */
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pipeline } from "node:stream/promises";
import { system } from "#core/actor.ts";
import type { TestApp } from "#test/app.ts";
import { corpus } from "#test/corpus.ts";
import { ingestFiles } from "../src/ingest.ts";
import type { Row } from "./table.ts";

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

/** Loads `count` documents into the service, one batch file of them, and brings the search index to them. */
export async function measureLoading(app: TestApp, count: number): Promise<Row[]> {
  const file = await writeCorpus(count);
  const started = performance.now();
  const memory: number[] = [];
  let loaded = 0;
  for await (const { outcomes } of ingestFiles(app.db, system("bench"), [file], app.language)) {
    loaded += outcomes.filter(({ outcome }) => outcome === "new").length;
    if (loaded >= ((memory.length + 1) * count) / 8) memory.push(process.memoryUsage().rss / 1e6);
  }
  await app.search.jobs["search-index"]?.({});
  await rm(dirname(file), { recursive: true });
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
