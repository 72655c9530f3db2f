/** What was opened is closed in reverse, whatever fails on the way. */
import assert from "node:assert/strict";
import { it } from "node:test";
import { closers } from "./closers.ts";

it("steps close in reverse order, once, those beside each other at the same time, and one that fails stops none", async () => {
  const open = closers();
  const told: string[] = [];
  const slow = Promise.withResolvers<void>();
  const step = (name: string) => async () => void told.push(name);
  open.addBeside("alone", step("alone"));
  open.add("first", step("first"));
  open.add("broken", () => Promise.reject(new Error("stuck")));
  open.add("web server", async () => {
    await slow.promise;
    told.push("web server");
  });
  open.addBeside("worker", async () => {
    told.push("worker");
    slow.resolve();
  });
  await open.closeAll((name) => told.push(`${name} failed`));
  await open.closeAll(assert.fail);
  assert.deepEqual(told, ["worker", "web server", "broken failed", "first", "alone"]);
});
