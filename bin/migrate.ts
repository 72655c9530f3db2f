/** npm run migrate: brings the database up to date and ends. Safe to run again, and beside a running service. */
import { closers } from "#core/closers.ts";
import { readConfig } from "#core/config.ts";
import { toolLog } from "#core/log.ts";
import { openDatabase } from "../src/foundation.ts";

const open = closers();
try {
  await openDatabase(readConfig(), toolLog(), console.log, open, true);
  console.log("The database is up to date.");
} finally {
  await open.closeAll((name, error) => console.error(`${name} did not close cleanly:`, error));
}
