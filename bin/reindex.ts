/** npm run reindex: builds the search index anew beside the live one and exchanges them. Safe beside a running service. */
import { toolLog } from "#core/log.ts";
import { decisionSource } from "#modules/decisions/index.ts";
import { openSearch } from "#modules/search/index.ts";
import { openDatabase, openFinnish } from "../src/foundation.ts";
import { runCommand } from "./command.ts";

await runCommand(async (config, open) => {
  const log = toolLog();
  const started = Date.now();
  let entries = 0;
  const { db } = await openDatabase(config, log, console.log, open, true);
  const language = await openFinnish(config, db, console.log, open);
  const search = await openSearch({
    db,
    background: db,
    dataDir: config.DATA_DIR,
    language,
    source: decisionSource,
    log,
  });
  open.add("search", () => search.close());
  await search.rebuild((count) => {
    if (Math.floor(count / 10_000) > Math.floor(entries / 10_000)) console.log(`${count} entries…`);
    entries = count;
  });
  console.log(`The new index holds ${entries} entries; it took ${((Date.now() - started) / 1000).toFixed(1)} s.`);
  return 0;
});
