/** `hanging-worker.ts OWNER_URL TASK`: a worker that says when it has a job, and never gets done with it. For tests that kill it. */
import { log } from "#test/app.ts";
import { startWorker } from "#core/jobs.ts";

const [ownerUrl = "", task = ""] = process.argv.slice(2);
await startWorker(
  ownerUrl,
  {
    async [task]() {
      process.stdout.write("has a job\n");
      await new Promise(() => undefined);
    },
  },
  log,
);
