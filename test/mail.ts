/** The mails that somebody would have got. */
import assert from "node:assert/strict";
import type { Tenant } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { selectWaitingMail, type WaitingMail } from "#core/mail.ts";
import type { TestApp } from "./app.ts";

/** Mails that wait for an address, newest first. */
export async function mailsTo(
  app: Pick<TestApp, "db">,
  recipient: string,
  city: Tenant = "joint",
): Promise<WaitingMail[]> {
  const mails = await withTx(app.db, city, (tx) => selectWaitingMail(tx, city, 1000));
  return mails.filter((mail) => mail.recipient === recipient);
}

/** The link in the newest mail to that address, as a path. Fails when there is none. */
export async function linkIn(app: Pick<TestApp, "db" | "origin">, recipient: string): Promise<string> {
  const [newest] = await mailsTo(app, recipient);
  const link = new RegExp(`${app.origin}(/\\S+)`).exec(newest?.body ?? "")?.[1];
  return link ?? assert.fail(`no link in the mail to ${recipient}: ${newest?.body ?? "there is none"}`);
}
