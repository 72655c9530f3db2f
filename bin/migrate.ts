/** npm run migrate: brings the database up to date and ends. Safe to run again, and beside a running service. */
import { toolLog } from "#core/log.ts";
import { openDatabase } from "../src/foundation.ts";
import { runCommand } from "./command.ts";

await runCommand(async (config, open) => {
  await openDatabase(config, toolLog(), console.log, open, true);
  console.log("The database is up to date.");
  return 0;
});
