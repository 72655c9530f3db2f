/** Background work of the module. */
import type { Clock } from "#core/clock.ts";
import type { Db } from "#core/db.ts";
import type { JobHandlers, Timed } from "#core/jobs.ts";
import { sweepAccounts } from "./sessions/queries.ts";

/** `sweep-accounts`: removes sessions, links and parked forms that have run out. */
export const accountJobs = (db: Db, clock: Clock): JobHandlers => ({
  "sweep-accounts": () => sweepAccounts(db, clock()),
});

export const ACCOUNT_TIMETABLE: readonly Timed[] = [{ task: "sweep-accounts", at: "17 * * * *" }];
