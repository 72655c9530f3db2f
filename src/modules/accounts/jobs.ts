/** Background work of the module. */
import { type Clock, dayInFinland } from "#core/clock.ts";
import type { Db } from "#core/db.ts";
import type { JobHandlers, Timed } from "#core/jobs.ts";
import { sweepMandates } from "./mandates/queries.ts";
import { sweepAccounts } from "./sessions/queries.ts";
import { sweepStaffInvitations } from "./staff/queries.ts";

/** `sweep-accounts`: removes sessions, links, parked forms and invitations that have run out, and addresses of mandates that are over. */
export const accountJobs = (db: Db, clock: Clock): JobHandlers => ({
  async "sweep-accounts"() {
    const now = clock();
    await sweepAccounts(db, now);
    await sweepStaffInvitations(db, now);
    await sweepMandates(db, now, dayInFinland(now));
  },
});

export const ACCOUNT_TIMETABLE: readonly Timed[] = [{ task: "sweep-accounts", at: "17 * * * *" }];
