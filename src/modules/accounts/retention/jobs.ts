/** Background work of erasing. */
import type { Clock } from "#core/clock.ts";
import { type Db, withTx } from "#core/db.ts";
import type { JobHandlers, Timed } from "#core/jobs.ts";
import type { PersonalData } from "#core/retention.ts";
import { askForErasing, eraseSource } from "./erase.ts";
import { selectOverdue, sweepRecords } from "./queries.ts";

const OVERDUE_HOURS = 12;
/** How many are asked for again at once: the next hour asks for the next. */
const AT_ONCE = 200;

/**
 * `erase-person` with `{person, source}`: erases what one source keeps. `retry-erasures`: asks again for what has failed for half a day,
 * for a job gives up after its tries and an erasure does not. `sweep-records`: removes what was kept for a time only.
 */
export const erasureJobs = (db: Db, register: PersonalData, clock: Clock): JobHandlers => ({
  async "erase-person"(payload) {
    const { person, source: id } = readPayload(payload);
    const source = register.sources.find((one) => one.id === id);
    if (!source) throw new Error(`what ${id} keeps can't be erased: no module registers it`);
    await eraseSource({ db, register }, source, person, clock());
  },
  "retry-erasures": () =>
    withTx(db, "joint", async (tx) => {
      const before = clock().subtract({ hours: OVERDUE_HOURS });
      for (const { person, source } of await selectOverdue(tx, before, AT_ONCE))
        await askForErasing(tx, person, source);
    }),
  "sweep-records": () => sweepRecords(db, clock()),
});

export const ERASURE_TIMETABLE: readonly Timed[] = [
  { task: "retry-erasures", at: "43 * * * *" },
  { task: "sweep-records", at: "23 1 * * *" },
];

function readPayload(payload: unknown): { person: string; source: string } {
  const { person, source } = payload as { person: unknown; source: unknown };
  if (typeof person !== "string" || typeof source !== "string") throw new Error("an erasure's job names nobody");
  return { person, source };
}
