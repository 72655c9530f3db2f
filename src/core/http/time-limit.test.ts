/** A request that takes too long is answered all the same, and what it still does is heard of by nobody but the log. */
import assert from "node:assert/strict";
import { after, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import Fastify, { type FastifyBaseLogger } from "fastify";
import { AppError } from "../errors.ts";
import { openLog } from "../log.ts";
import { inTime, limitTime } from "./time-limit.ts";

const lines: string[] = [];
const log: FastifyBaseLogger = openLog({ LOG_LEVEL: "warn", LOG_FORMAT: "json" }, (line) => lines.push(line));
const app = Fastify({ loggerInstance: log });
limitTime(app, 20);
app.get("/at-once", (_request, reply) => reply.send("kept"));
app.get("/in-time", async () => "rendered");
app.get("/failed", async () => Promise.reject(new Error("broken")));
app.get("/never", () => new Promise(() => undefined));
app.get("/late", async (_request, reply) => {
  await wait(60);
  return reply.redirect("/in-time");
});
app.get("/late-failure", async () => {
  await wait(60);
  throw new Error("broken");
});
app.get("/slowly-read", async (_request, reply) => {
  reply.raw.writeHead(200).write("begun, ");
  await wait(60);
  reply.raw.end("and ended");
});
app.setErrorHandler((error, _request, reply) =>
  reply.code(error instanceof AppError && error.kind === "unavailable" ? 503 : 500).send((error as Error).message),
);
after(() => app.close());

it("what comes in time is answered as it is", async () => {
  assert.equal((await app.inject("/at-once")).body, "kept");
  assert.equal((await app.inject("/in-time")).body, "rendered");
  assert.equal((await app.inject("/failed")).body, "broken");
});

it("what never comes is answered with 503, so that the asker may come again", async () => {
  assert.equal((await app.inject("/never")).statusCode, 503);
});

it("an answer that has begun is not cut off", async () => {
  assert.equal((await app.inject("/slowly-read")).body, "begun, and ended");
});

it("what comes later is told to the log by its route, without the address or a word of it", async () => {
  for (const route of ["/late", "/late-failure"]) {
    lines.length = 0;
    assert.equal((await app.inject(`${route}?q=somebody`)).statusCode, 503);
    for (let tries = 0; tries < 100 && lines.length === 0; tries++) await wait(10);
    assert.equal(lines.length, 1, lines.join(""));
    assert.match(lines.join(""), new RegExp(`"route":"${route}".*ended after it had been answered with 503`));
    assert.doesNotMatch(lines.join(""), /somebody/);
  }
});

it("a hook waits no longer either", async () => {
  assert.equal(await inTime(Promise.resolve("key"), 20), "key");
  await assert.rejects(inTime(new Promise(() => undefined), 20), { kind: "unavailable" });
  await assert.rejects(inTime(Promise.reject(new Error("broken")), 20), /broken/);
});
