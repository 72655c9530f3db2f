/**
 * Mail out. A mail is a row first, written in the transaction of what it tells, with a job that sends it: so no mail is sent of what
 * did not happen, and none is lost. It is removed once a server of mail has taken it.
 */
import { sql } from "kysely";
import { createTransport, type SendMailOptions } from "nodemailer";
import type { Temporal } from "temporal-polyfill";
import { type Language, type Tenant, TENANTS } from "./cities.ts";
import type { Config } from "./config.ts";
import { type Db, type Tx, withTx } from "./db.ts";
import { newId } from "./ids.ts";
import type { JobHandlers } from "./jobs.ts";
import { rowsAs } from "./rows.ts";

export interface Mail {
  /** In whose name it goes. */
  city: Tenant;
  recipient: string;
  subject: string;
  /** Plain text: every reader shows it, and no link in it is other than it looks. */
  body: string;
  language: Language;
  usefulUntil: Temporal.Instant;
}

/** A mail that waits. */
export interface WaitingMail {
  id: string;
  recipient: string;
  subject: string;
  body: string;
  language: string;
  createdAt: Date;
  usefulUntil: Date;
}

const COLUMNS = [
  "id",
  "recipient",
  "subject",
  "body",
  "language",
  "created_at as createdAt",
  "useful_until as usefulUntil",
] as const;

/** Writes the mail and its job. The transaction must have been opened for the mail's tenant. */
export const postMail = (tx: Tx, mail: Mail, now: Temporal.Instant): Promise<void> => postMails(tx, [mail], now);

/** Several, in one statement. */
export async function postMails(tx: Tx, mails: readonly Mail[], now: Temporal.Instant): Promise<void> {
  if (mails.length === 0) return;
  const rows = mails.map((mail) => ({ ...mail, id: newId(now), useful: mail.usefulUntil.toString() }));
  await sql`
    with posted as (
      insert into mail (city, id, recipient, subject, body, language, created_at, useful_until)
      select city, id, recipient, subject, body, language, ${now.toString()}::timestamptz, useful
      from ${rowsAs(rows, "city text, id uuid, recipient text, subject text, body text, language text, useful timestamptz")}
      returning city, id)
    select enqueue('send-mail', json_build_object('city', city, 'id', id), null, ${SEND_TRIES}) from posted`.execute(
    tx,
  );
}

const SEND_TRIES = 12;

/** The newest mails that wait, at most `limit`: all there ever were, where no server of mail is set (demo). */
export async function selectWaitingMail(tx: Tx, city: Tenant, limit: number): Promise<WaitingMail[]> {
  return tx
    .selectFrom("mail")
    .select(COLUMNS)
    .where("city", "=", city)
    .orderBy("created_at", "desc")
    .limit(limit)
    .execute();
}

async function selectOptionalMail(tx: Tx, city: Tenant, id: string): Promise<WaitingMail | undefined> {
  return tx.selectFrom("mail").select(COLUMNS).where("city", "=", city).where("id", "=", id).executeTakeFirst();
}

async function deleteMail(tx: Tx, city: Tenant, id: string): Promise<void> {
  await tx.deleteFrom("mail").where("city", "=", city).where("id", "=", id).execute();
}

/** A server of mail that says nothing for so long is tried again later. Nodemailer's own limits are up to ten minutes. */
const CONNECT_MS = 10_000;
const SILENCE_MS = 20_000;

/**
 * `send-mail` with `{city, id}`. Without SMTP_URL there is no handler: the mails and their jobs wait until there is one.
 *
 * No transaction is open while the server of mail is asked: one that wrote would hold up the readers of the change log for as long.
 * So a mail may go twice when the process dies between the server's yes and the removal; both have one Message-ID.
 */
export function mailJobs(
  db: Db,
  config: Pick<Config, "SMTP_URL" | "MAIL_FROM">,
  clock: () => Temporal.Instant,
): JobHandlers {
  if (config.SMTP_URL === undefined) return {};
  const transport = createTransport({
    url: config.SMTP_URL,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
  });
  return {
    async "send-mail"(payload) {
      const { city, id } = readPayload(payload);
      const mail = await withTx(db, city, (tx) => selectOptionalMail(tx, city, id));
      if (!mail) return; // sent already
      const isTooLate = mail.usefulUntil.getTime() <= clock().epochMilliseconds;
      if (!isTooLate) await transport.sendMail(messageOf(mail, config.MAIL_FROM));
      await withTx(db, city, (tx) => deleteMail(tx, city, id));
    },
  };
}

const messageOf = (mail: WaitingMail, from: string): SendMailOptions => ({
  from,
  to: mail.recipient,
  subject: mail.subject,
  text: mail.body,
  messageId: `<${mail.id}@${from.split("@")[1] ?? ""}>`,
  headers: { "Content-Language": mail.language, "Auto-Submitted": "auto-generated" },
});

function readPayload(payload: unknown): { city: Tenant; id: string } {
  const { city: wanted, id } = payload as { city: unknown; id: unknown };
  const city = TENANTS.find((tenant) => tenant === wanted);
  if (city === undefined || typeof id !== "string") throw new Error("a mail can't be sent: the job names none");
  return { city, id };
}
