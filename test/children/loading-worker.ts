/** `loading-worker.ts DATABASE_URL OWNER_URL`: a worker that loads what waits, and writes a 1 for each job done. For tests that kill it. */
import assert from "node:assert/strict";
import { openDb } from "#core/db.ts";
import { startWorker } from "#core/jobs.ts";
import { decisionJobs } from "#modules/decisions/index.ts";
import { log } from "#test/app.ts";
import { TOOLS } from "./tools.ts";

const [url = "", ownerUrl = ""] = process.argv.slice(2);
const load = decisionJobs(openDb(url, assert.fail), TOOLS)["load-documents"];
await startWorker(
  ownerUrl,
  {
    async "load-documents"(payload) {
      await load?.(payload);
      process.stdout.write("1\n");
    },
  },
  log,
);
