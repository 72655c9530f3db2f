/** What somebody does with their notifications: marking them as read, and choosing which come by mail. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { type Db, withPerson } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import type { MailKind } from "#core/retention.ts";
import { mayChooseMail, mayReadNotifications } from "./policy.ts";
import { hasNotification, updateRead, updateUnwanted } from "./queries.ts";

/** All up to `last`, which was the newest they saw: what came meanwhile stays unread. Errors: Unauthenticated, Missing (not theirs). */
export async function markRead(db: Db, actor: Actor, last: string, now: Temporal.Instant): Promise<void> {
  authorise(actor, mayReadNotifications);
  const person = requirePerson(actor);
  await withPerson(db, person, async (tx) => {
    if (!(await hasNotification(tx, person, last))) throw missing(`notification ${last}`);
    await updateRead(tx, person, last, now);
  });
}

/** `wanted`: ids of the kinds that shall come by mail; those that must be sent come in any case. Errors: Unauthenticated. */
export async function chooseMail(
  db: Db,
  actor: Actor,
  { wanted, kinds }: { wanted: readonly string[]; kinds: readonly MailKind[] },
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayChooseMail);
  const person = requirePerson(actor);
  const refused = kinds.filter(({ id, isMust }) => !isMust && !wanted.includes(id)).map(({ id }) => id);
  await withPerson(db, person, async (tx) => {
    await updateUnwanted(tx, person, refused);
    const act = { city: "joint", action: "change", subjectKind: "person", subjectId: person } as const;
    await recordAudit(tx, actor, { ...act, about: person }, now);
  });
}
