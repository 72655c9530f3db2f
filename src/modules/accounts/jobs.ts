/** Background work of the module. */
import { type Clock, dayInFinland } from "#core/clock.ts";
import type { Db } from "#core/db.ts";
import type { JobHandlers, Timed } from "#core/jobs.ts";
import { sweepMandates } from "./mandates/queries.ts";
import { sweepNotifications } from "./notifications/queries.ts";
import { sweepAccounts } from "./sessions/queries.ts";
import { sweepStaffInvitations } from "./staff/queries.ts";

/** Notifications are kept for so long. */
const NOTIFICATION_DAYS = 365;

/**
 * `sweep-accounts`: removes sessions, links, parked forms and invitations that have run out, addresses of mandates that are over, and
 * old notifications.
 */
export const accountJobs = (db: Db, clock: Clock): JobHandlers => ({
  async "sweep-accounts"() {
    const now = clock();
    await sweepAccounts(db, now);
    await sweepStaffInvitations(db, now);
    await sweepMandates(db, now, dayInFinland(now));
    await sweepNotifications(db, now.subtract({ hours: 24 * NOTIFICATION_DAYS }));
  },
});

export const ACCOUNT_TIMETABLE: readonly Timed[] = [{ task: "sweep-accounts", at: "17 * * * *" }];
