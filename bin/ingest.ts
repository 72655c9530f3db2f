/**
 * npm run ingest -- PATH…: loads documents from files and folders. Shows how far it is, ends with a table of what became of them.
 * Exit code: 0 all read, 1 it stopped half-way (run it again: it completes), 2 nothing to do, 3 some could not be read and are kept for a registrar.
 */
import { system } from "#core/actor.ts";
import { closers } from "#core/closers.ts";
import { readConfig } from "#core/config.ts";
import { toolLog } from "#core/log.ts";
import type { LoadOutcome } from "#modules/decisions/index.ts";
import { openDatabase, openFinnish } from "../src/foundation.ts";
import { ingestFiles, listFiles } from "../src/ingest.ts";
import { progressBar } from "./progress.ts";

const paths = process.argv.slice(2);
if (paths.length === 0) {
  console.error("Which documents? For example: npm run ingest -- data/demo/decisions");
  process.exit(2);
}

const open = closers();
try {
  process.exitCode = await ingest();
} catch (error) {
  console.error(
    `\nStopped: ${error instanceof Error ? error.message : String(error)}\nNothing is half loaded. Run the same command again to go on.`,
  );
  process.exitCode = 1;
} finally {
  await open.closeAll((name, error) => console.error(`${name} did not close cleanly:`, error));
}

async function ingest(): Promise<number> {
  const config = readConfig();
  const files = await listFiles(paths);
  if (files.length === 0) {
    console.error("There are no files in these folders.");
    return 2;
  }
  const { db } = await openDatabase(config, toolLog(), console.log, open, true);
  const language = await openFinnish(config, db, console.log, open);
  const counts = { new: 0, newVersion: 0, copy: 0, known: 0, unread: 0 };
  const unread: Extract<LoadOutcome, { outcome: "unread" }>[] = [];
  const bar = progressBar(files.length);
  for await (const { outcomes, filesDone } of ingestFiles(db, system("ingest"), files, language)) {
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
