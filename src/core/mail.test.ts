/** Mail goes out once, after what it tells has happened, and not when it would come too late. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { Temporal } from "temporal-polyfill";
import { testStore } from "#test/app.ts";
import { testSmtp } from "#test/smtp.ts";
import { system } from "./actor.ts";
import { readChanges, readEnd, recordChange } from "./change.ts";
import { type Db, withTx } from "./db.ts";
import { newId } from "./ids.ts";
import { mailJobs, postMail, selectWaitingMail } from "./mail.ts";

const { db } = await testStore({ after });
const smtp = await testSmtp();
after(() => smtp.close());

const NOW = Temporal.Instant.from("2026-11-24T10:00:00Z");
const MAIL = {
  city: "oulu",
  recipient: "väinö@example.fi",
  subject: "Kutsu: tehtävä Oulussa",
  body: "Hei,\n\nsinulle on annettu tehtävä. Åäö € ”lainaus”\n.\npisteen jälkeen",
  language: "fi",
  usefulUntil: NOW.add({ hours: 1 }),
} as const;

const send = (at = NOW) =>
  mailJobs(db, { SMTP_URL: smtp.url, MAIL_FROM: "avoin@oulu.example" }, () => at)["send-mail"] ?? assert.fail("no job");
const waiting = (store: Db) => withTx(store, "oulu", (tx) => selectWaitingMail(tx, "oulu", 10));

async function post(): Promise<{ city: string; id: string }> {
  await withTx(db, "oulu", (tx) => postMail(tx, MAIL, NOW));
  const [mail] = await waiting(db);
  return { city: "oulu", id: mail?.id ?? assert.fail("no mail waits") };
}

describe("a mail", () => {
  it("goes to the server once, whole, and is then kept no more", async () => {
    const job = await post();
    await send()(job);
    await send()(job); // a job may run again
    assert.equal(smtp.messages.length, 1);
    const [message = ""] = smtp.messages;
    assert.match(message, /^From: avoin@oulu\.example$/m);
    assert.match(message, /^Subject: =\?UTF-8\?/m);
    assert.match(message, /^Auto-Submitted: auto-generated$/m);
    assert.match(message, /^Content-Language: fi$/m);
    assert.match(message, new RegExp(`^Message-ID: <${job.id}@oulu\\.example>$`, "m"));
    assert.deepEqual(await waiting(db), []);
  });

  it("stays when the server refuses it, and goes when it does not any more", async () => {
    const job = await post();
    const before = smtp.messages.length;
    smtp.refuse(true);
    await assert.rejects(send()(job));
    assert.equal((await waiting(db)).length, 1);
    smtp.refuse(false);
    await send()(job);
    assert.equal(smtp.messages.length, before + 1);
  });

  it("holds nobody up while its server says nothing", async () => {
    const job = await post();
    const stalling = smtp.stall();
    const refused = assert.rejects(send()(job));
    await stalling.isWaitedFor;
    const start = await readEnd(db);
    await withTx(db, "oulu", (tx) =>
      recordChange(tx, system("test"), { city: "oulu", kind: "decision", id: newId(NOW), verb: "published" }, NOW),
    );
    // Transactions of other tests on the server may hold the row back for a while.
    for (let tries = 0; (await readChanges(db, { after: start, limit: 1 })).changes.length === 0; tries++) {
      assert.ok(tries < 400, "the log has not moved while the server of mail was silent");
      await wait(20);
    }
    stalling.end();
    await refused;
    assert.equal((await waiting(db)).length, 1);
    await send()(job);
    assert.deepEqual(await waiting(db), []);
  });

  it("that has run out is not sent", async () => {
    const job = await post();
    const before = smtp.messages.length;
    await send(NOW.add({ hours: 2 }))(job);
    assert.equal(smtp.messages.length, before);
    assert.deepEqual(await waiting(db), []);
  });

  it("is not there when what it tells did not happen", async () => {
    const failing = withTx(db, "oulu", async (tx) => {
      await postMail(tx, MAIL, NOW);
      throw new Error("not after all");
    });
    await assert.rejects(failing, /not after all/);
    assert.deepEqual(await waiting(db), []);
  });

  it("of one city is seen by no other", async () => {
    await post();
    assert.deepEqual(await withTx(db, "espoo", (tx) => selectWaitingMail(tx, "oulu", 10)), []);
  });

  it("waits where there is no server of mail", () => {
    assert.deepEqual(
      mailJobs(db, { SMTP_URL: undefined, MAIL_FROM: "a@example.fi" }, () => NOW),
      {},
    );
  });
});
