/**
 * npm run ingest -- [--queue] PATH…: loads documents from files and folders. Shows how far it is, ends with a table of what became of
 * them. With --queue it only keeps them, and the worker of the running service loads them.
 * Exit code: 0 all read (or kept), 1 it stopped half-way (run it again: it completes), 2 nothing to do or a setting is wrong, 3 some
 * could not be read and are kept for a registrar.
 */
import { parseArgs } from "node:util";
import { system } from "#core/actor.ts";
import type { Closers } from "#core/closers.ts";
import type { Config } from "#core/config.ts";
import { toolLog } from "#core/log.ts";
import type { LoadOutcome } from "#modules/decisions/index.ts";
import { openDatabase, openFinnish } from "../src/foundation.ts";
import { ingestFiles, listFiles, queueFiles } from "../src/ingest.ts";
import { runCommand } from "./command.ts";
import { progressBar } from "./progress.ts";

const USAGE = "Which documents? For example: npm run ingest -- data/demo/decisions";
const ACTOR = system("ingest");

await runCommand(async (config, open) => {
  const { values, positionals } = parseArgs({ options: { queue: { type: "boolean" } }, allowPositionals: true });
  const files = await listFiles(positionals);
  if (files.length === 0) {
    console.error(positionals.length === 0 ? USAGE : "There are no files in these folders.");
    return 2;
  }
  return values.queue ? queue(config, open, files) : ingest(config, open, files);
}, "Nothing is half loaded. Run the same command again to go on.");

async function queue(config: Config, open: Closers, files: readonly string[]): Promise<number> {
  const { db } = await openDatabase(config, toolLog(), console.log, open, true);
  let documents = 0;
  let queued = 0;
  const bar = progressBar(files.length);
  for await (const batch of queueFiles(db, ACTOR, files)) {
    documents += batch.documents;
    queued += batch.queued;
    bar.show(batch.filesDone, documents);
  }
  bar.end();
  const before = documents - queued;
  console.log(`\n  ${queued} documents wait for the worker${before > 0 ? `; ${before} more waited already` : ""}.`);
  return 0;
}

async function ingest(config: Config, open: Closers, files: readonly string[]): Promise<number> {
  const { db } = await openDatabase(config, toolLog(), console.log, open, true);
  const language = await openFinnish(config, db, console.log, open);
  const counts = { new: 0, newVersion: 0, copy: 0, known: 0, unread: 0 };
  const unread: Extract<LoadOutcome, { outcome: "unread" }>[] = [];
  const bar = progressBar(files.length);
  for await (const { outcomes, filesDone } of ingestFiles(db, ACTOR, files, language)) {
    for (const outcome of outcomes) {
      counts[outcome.outcome] += 1;
      if (outcome.outcome === "unread") unread.push(outcome);
    }
    bar.show(
      filesDone,
      Object.values(counts).reduce((sum, n) => sum + n, 0),
    );
  }
  bar.end();
  console.log(summary(counts, unread));
  return unread.length > 0 ? 3 : 0;
}

function summary(
  counts: Record<LoadOutcome["outcome"], number>,
  unread: readonly Extract<LoadOutcome, { outcome: "unread" }>[],
): string {
  const rows: [string, number][] = [
    ["new decisions", counts.new],
    ["new versions", counts.newVersion],
    ["other copies of known decisions", counts.copy],
    ["known before", counts.known],
    ["could not be read, kept for a registrar", counts.unread],
  ];
  const table = rows.map(([what, n]) => `  ${String(n).padStart(8)}  ${what}`);
  const reasons = unread.slice(0, 20).map((one) => `  ${one.sourceName}: ${one.reason.detail} (${one.reason.code})`);
  const more =
    unread.length > reasons.length ? [`  … and ${unread.length - reasons.length} more; see the registrars' desk.`] : [];
  return ["", ...table, ...(reasons.length > 0 ? ["", ...reasons, ...more] : [])].join("\n");
}
