/** What goes wrong is logged without a word of whom it is about: asked of the running app, its worker and a database that refuses. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { testApp } from "#test/app.ts";
import { testSmtp } from "#test/smtp.ts";
import { withTx } from "./db.ts";
import { startWorker } from "./jobs.ts";
import { openLog } from "./log.ts";
import { mailJobs, postMail } from "./mail.ts";

const NAME = "vaino.virtanen";
const lines: string[] = [];
const log = openLog({ LOG_LEVEL: "debug", LOG_FORMAT: "json" }, (line) => lines.push(line));
const settings = { REQUEST_SECONDS: "2", RATE_LIMIT: "0" };
const app = await testApp({ after }, { settings, log, demo: true });

/** For one test. */
async function openOwner(): Promise<pg.Client> {
  const owner = new pg.Client({ connectionString: app.ownerUrl });
  await owner.connect();
  return owner;
}

/** Lines with those words, once there is one; none of all lines names anybody. */
async function linesOf(words: string): Promise<string[]> {
  for (let tries = 0; tries < 200 && !lines.some((line) => line.includes(words)); tries++) await wait(50);
  assert.doesNotMatch(lines.join(""), new RegExp(NAME, "i"));
  return lines.filter((line) => line.includes(words));
}

describe("the log", () => {
  it("tells of a mail that a server refuses, and not whose it is", async (t) => {
    const smtp = await testSmtp();
    t.after(() => smtp.close());
    smtp.refuse(true);
    const now = app.clock.now();
    const words = { subject: `Hei ${NAME}`, body: `Hei ${NAME}`, language: "fi" } as const;
    const mail = {
      city: "oulu",
      recipient: `${NAME}@example.fi`,
      ...words,
      usefulUntil: now.add({ hours: 1 }),
    } as const;
    await withTx(app.db, "oulu", (tx) => postMail(tx, mail, now));
    const config = { SMTP_URL: smtp.url, MAIL_FROM: "avoin@oulu.example" };
    const worker = await startWorker(app.ownerUrl, mailJobs(app.db, config, app.clock.now), log);
    try {
      const [told] = await linesOf("a job failed");
      assert.match(told ?? "", /"task":"send-mail","err":\{"type":"Error","code":"EENVELOPE","stack":/);
    } finally {
      await worker.stop();
    }
    assert.deepEqual(
      lines.filter((line) => line.includes("Failed task")),
      [],
    );
  });

  it("tells of a search that takes too long, and not what was asked", async () => {
    const owner = await openOwner();
    await owner.query("begin; lock table decision in access exclusive mode");
    const answer = await app.server.inject({ url: `/fi/haku?q=${NAME}`, headers: { accept: "text/html" } });
    await owner.end();
    assert.equal(answer.statusCode, 503);
    assert.equal(answer.headers["retry-after"], "10");
    assert.match(answer.body, /Yritä uudelleen 10 sekunnin päästä/);
    assert.match(
      (await linesOf("request failed")).join(""),
      /"code":"57014","message":"canceling statement due to statement timeout"/,
    );
  });

  it("tells which rule a row breaks, and not the row", async () => {
    const owner = await openOwner();
    const refusals = [
      `select '${NAME}'::uuid`,
      `create temporary table one (name text primary key check (name <> 'x')); insert into one values ('${NAME}'); insert into one values ('${NAME}')`,
    ];
    for (const [n, sql] of refusals.entries())
      await owner.query(sql).then(
        () => assert.fail(sql),
        (err: unknown) => log.error({ err }, `refusal ${n}`),
      );
    await owner.end();
    const told = await linesOf("refusal 1");
    assert.match(
      told.join(""),
      /"code":"23505","message":"duplicate key value violates unique constraint \\"one_pkey\\""/,
    );
  });
});
