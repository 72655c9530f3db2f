import assert from "node:assert/strict";
import { test } from "node:test";
import { openLog } from "./log.ts";

function linesOf(format: "json" | "text"): string[] {
  const lines: string[] = [];
  const log = openLog({ LOG_LEVEL: "info", LOG_FORMAT: format }, (line) => lines.push(line));
  log.debug("not this");
  log.warn({ err: new Error("refused"), task: "mail" }, "a connection was lost");
  return lines;
}

test("programs read one JSON object a line", () => {
  const [line, ...more] = linesOf("json").map((text) => JSON.parse(text) as Record<string, unknown>);
  assert.deepEqual(more, []);
  assert.equal(line?.["level"], "warn");
  assert.equal(line?.["msg"], "a connection was lost");
});

test("a person reads when, how bad, what and why", () => {
  assert.match(linesOf("text").join(""), /^\d\d:\d\d:\d\d warn {2}a connection was lost \(refused\) task="mail"\n$/);
});
