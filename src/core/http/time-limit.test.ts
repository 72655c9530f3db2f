/** A request that takes too long is answered all the same. */
import assert from "node:assert/strict";
import { after, it } from "node:test";
import Fastify from "fastify";
import { AppError } from "../errors.ts";
import { limitTime } from "./time-limit.ts";

const app = Fastify();
limitTime(app, 20);
app.get("/at-once", (_request, reply) => reply.send("kept"));
app.get("/in-time", async () => "rendered");
app.get("/failed", async () => Promise.reject(new Error("broken")));
app.get("/never", () => new Promise(() => undefined));
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
