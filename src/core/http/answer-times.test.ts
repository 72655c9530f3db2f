import assert from "node:assert/strict";
import { test } from "node:test";
import { Histogram, Registry } from "prom-client";
import { openAnswerTimes } from "./answer-times.ts";

test("the times of answers stand in a registry as prom-client's own histogram has them", async () => {
  const times = openAnswerTimes();
  const ours = new Registry();
  ours.registerMetric(times.metric);
  const theirs = new Registry();
  const histogram = new Histogram({
    name: "http_request_seconds",
    help: "Time from request to answer by route and status",
    labelNames: ["method", "route", "status"],
    buckets: [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [theirs],
  });
  const answers = [
    ["GET", "/fi", 200, 0.5],
    ["GET", "/fi", 200, 2],
    ["GET", "/fi", 304, 7],
    ["GET", "/fi", 200, 6000],
    ["POST", "/fi", 303, 40],
    ["GET", "/fi/:city", 200, 0],
  ] as const;
  for (const [method, route, status, ms] of answers) {
    times.observe(method, route, status, ms);
    histogram.observe({ method, route, status }, ms / 1000);
  }
  assert.deepEqual(linesOf(await ours.metrics()), linesOf(await theirs.metrics()));
});

/** Which order the routes stand in says nothing. */
const linesOf = (text: string): string[] => text.split("\n").toSorted();
