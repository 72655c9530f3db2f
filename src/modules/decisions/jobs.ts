/** Background work of the module. */
import { systemClock } from "#core/clock.ts";
import { TENANTS } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import type { JobHandlers } from "#core/jobs.ts";
import type { LoadTools } from "./load.ts";
import { loadQueued } from "./queue.ts";

/** `load-documents` with `{city}`: loads a batch of the documents that wait there, and comes again until none does. */
export const decisionJobs = (db: Db, tools: LoadTools): JobHandlers => ({
  async "load-documents"(payload) {
    const { city: wanted } = payload as { city: unknown };
    const city = TENANTS.find((tenant) => tenant === wanted);
    if (city === undefined) throw new Error(`documents of ${String(wanted)} can't be loaded: there is no such city`);
    await loadQueued(db, city, tools, systemClock());
  },
});
