import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { it } from "node:test";
import type { TextWord } from "#core/language/language.ts";
import {
  addRows,
  closeIndex,
  countEntries,
  createIndex,
  finishIndex,
  type IndexFolder,
  indexMemory,
  openVersion,
  optimiseIndex,
  unindexedRows,
  updateRows,
} from "./engine.ts";
import { NO_FILTER } from "./entry.ts";
import { find } from "./find.ts";
import { runChild } from "#test/children/run.ts";
import { readSnapshot } from "./live.ts";
import { type IndexRow, rowOf } from "./rows.ts";

const ID = "00000000-0000-7000-8000-00000000000";

function row(nth: number, text: string): IndexRow {
  const words = text.split(" ").map((word): TextWord => ({ lemmas: [word], parts: [], start: 0, end: 0 }));
  const facts = { decisionMaker: null, classCode: null, year: 2016, day: "2016-05-29", language: "fi" as const };
  const entry = { kind: "decision", city: "oulu" as const, id: `${ID}${nth}`, title: "", also: "", text, ...facts };
  return rowOf(entry, [], [], words);
}

/** The last digits of the ids of what has all of the words; quoted, of what has them next to each other. */
async function found(index: IndexFolder, query: string): Promise<string> {
  const { table } = await openVersion(index);
  const { snapshot } = await readSnapshot(table, await countEntries(table));
  const words = query.replaceAll('"', "").split(" ");
  const groups = words.map((word) => [word]);
  const phrases = query.startsWith('"') ? [groups] : [];
  const wanted = { groups, phrases, filter: NO_FILTER, order: "relevance" as const, from: 0, size: 20 };
  const { refs, matching, total } = await find(snapshot, wanted);
  assert.equal(total.value, refs.length);
  const digits = refs.map(({ id }) => Number(id.at(-1))).toSorted((a, b) => a - b);
  return matching === "all" ? digits.join("") : matching;
}

it("every word is asked for, in rows that the index has taken in and in those that it has not", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "avoin-index-"));
  const index = await createIndex(join(folder, "index"), indexMemory());
  t.after(async () => {
    closeIndex(index);
    await rm(folder, { recursive: true });
  });
  await addRows(index, [row(1, "kissa koira"), row(2, "kissa hevonen"), row(3, "lintu kala")]);
  await finishIndex(index);
  const answers = async () => ({
    both: await found(index, "kissa koira"),
    newWord: await found(index, "kissa merenneito"),
    apart: await found(index, "hevonen merenneito"),
    nowhere: await found(index, "kissa yksisarvinen"),
    phrase: await found(index, '"kissa merenneito"'),
    reversed: await found(index, '"merenneito kissa"'),
  });
  const before = { both: "1", newWord: "some", apart: "some", nowhere: "some", phrase: "some", reversed: "some" };
  assert.deepEqual(await answers(), before);
  await updateRows(index, [row(4, "kissa merenneito"), row(3, "kissa koira")], []);
  assert.equal(await unindexedRows(index), 2);
  const after = { both: "13", newWord: "4", apart: "some", nowhere: "some", phrase: "4", reversed: "apart" };
  assert.deepEqual(await answers(), after);
  await optimiseIndex(index);
  assert.equal(await unindexedRows(index), 0);
  assert.deepEqual(await answers(), after);
});

it("an index is in one part, however large and whatever the environment says, so that every word is asked for everywhere", async (t) => {
  const folder = await mkdtemp(join(tmpdir(), "avoin-index-"));
  t.after(() => rm(folder, { recursive: true }));
  // The library reads its settings once in a process: here are some by which it would make many parts.
  const settings = { LANCE_FTS_NUM_SHARDS: "2", LANCE_FTS_PARTITION_SIZE: "1" };
  const found: string[] = [];
  for await (const line of runChild("whole-index", [join(folder, "index")], settings).lines) found.push(line);
  assert.deepEqual(found, ["1"]);
});
