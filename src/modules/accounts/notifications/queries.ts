/** SQL of notifications. Row-level security shows each person their own. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { Language, Tenant } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import type { Part, PersonalRow, Words } from "#core/retention.ts";

export interface NewNotification {
  person: string;
  id: string;
  kind: string;
  is_must: boolean;
  title: Words;
  text: Words;
  path: Words | null;
  names: readonly string[];
}

/** Whom one of them goes to by mail, too. */
export interface MailTo {
  /** Of the notification. */
  id: string;
  /** In whose name. */
  city: Tenant;
  mail: string;
  language: Language;
}

export async function insertNotifications(
  tx: Tx,
  rows: readonly NewNotification[],
  now: Temporal.Instant,
): Promise<MailTo[]> {
  const { rows: mails } = await sql<MailTo>`
    select id, city, mail, language from post_notifications(${JSON.stringify(rows)}::jsonb, ${now.toString()})`.execute(
    tx,
  );
  return mails;
}

export interface NotificationRow {
  id: string;
  sender: Tenant;
  title: Words;
  /** Null once somebody whom it named has been erased. */
  text: Words | null;
  path: Words | null;
  createdAt: Date;
  isRead: boolean;
}

/** The person's, newest first, from after `after` on. */
export async function selectNotifications(
  tx: Tx,
  person: string,
  after: string | null,
  limit: number,
): Promise<NotificationRow[]> {
  return tx
    .selectFrom("notification")
    .select([
      "id",
      "sender",
      "title",
      "text",
      "path",
      "created_at as createdAt",
      sql<boolean>`read_at is not null`.as("isRead"),
    ])
    .where("person", "=", person)
    .$if(after !== null, (query) => query.where("id", "<", after))
    .orderBy("id", "desc")
    .limit(limit)
    .$castTo<NotificationRow>()
    .execute();
}

export async function countUnread(tx: Tx, person: string): Promise<number> {
  const { n } = await tx.selectNoFrom(unreadOf(person).as("n")).executeTakeFirstOrThrow();
  return n;
}

/** The same as a part of another statement. */
export const unreadOf = (person: string) =>
  sql<number>`(select count(*)::int from notification where person = ${person} and read_at is null)`;

export async function hasNotification(tx: Tx, person: string, id: string): Promise<boolean> {
  const row = await tx
    .selectFrom("notification")
    .select("id")
    .where("person", "=", person)
    .where("id", "=", id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those up to that one, and none that came later. */
export async function updateRead(tx: Tx, person: string, last: string, now: Temporal.Instant): Promise<void> {
  await tx
    .updateTable("notification")
    .set({ read_at: now.toString() })
    .where("person", "=", person)
    .where("read_at", "is", null)
    .where("id", "<=", last)
    .execute();
}

export interface MailChoice {
  mail: string | null;
  unwanted: readonly string[];
}

/** Errors: throws when the person is not there. */
export async function selectMailChoice(tx: Tx, person: string): Promise<MailChoice> {
  return tx
    .selectFrom("person")
    .select(["mail", "unwanted_mail as unwanted"])
    .where("id", "=", person)
    .executeTakeFirstOrThrow();
}

export async function updateUnwanted(tx: Tx, person: string, kinds: readonly string[]): Promise<void> {
  await tx
    .updateTable("person")
    .set({ unwanted_mail: [...kinds] })
    .where("id", "=", person)
    .execute();
}

/** For the register of what is known: in the person's own language. */
export async function selectNotificationRows(
  tx: Tx,
  person: string,
  { limit, offset }: Part,
): Promise<readonly PersonalRow[]> {
  return tx
    .selectFrom("notification")
    .innerJoin("person", "person.id", "notification.person")
    .select([
      "sender",
      sql<string>`title ->> person.language`.as("title"),
      sql<string | null>`text ->> person.language`.as("text"),
      "notification.created_at",
      "read_at",
    ])
    .where("notification.person", "=", person)
    .orderBy("notification.id", "desc")
    .limit(limit)
    .offset(offset)
    .execute();
}

/** The person's own, and the texts of others' in which they are named. Answers with how many. */
export async function eraseNotifications(tx: Tx, person: string): Promise<number> {
  const { numDeletedRows } = await tx.deleteFrom("notification").where("person", "=", person).executeTakeFirst();
  const { rows } = await sql<{ n: number }>`select forget_name_in_notifications() as n`.execute(tx);
  return Number(numDeletedRows) + (rows[0]?.n ?? 0);
}

export async function sweepNotifications(db: Db, before: Temporal.Instant): Promise<void> {
  await sql`select sweep_notifications(${before.toString()})`.execute(db);
}
