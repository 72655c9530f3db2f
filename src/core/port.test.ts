/** The port is ours from the first moment on, and answers at every moment. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import { describe, it, type TestContext } from "node:test";
import { type HeldPort, holdPort } from "./port.ts";

const HOST = "127.0.0.1";

async function hold(t: TestContext, wanted = 0, tries = 1): Promise<HeldPort> {
  const held = await holdPort(HOST, wanted, tries);
  t.after(() => held.release());
  return held;
}

const ask = (port: number) => fetch(`http://${HOST}:${port}/fi`, { headers: { connection: "close" } });

describe("a port that is held", () => {
  it("is nobody else's: two starts at once get one each, and one that may have no other is told what to do", async (t) => {
    const first = await hold(t);
    const [second, third] = await Promise.all([hold(t, first.port, 20), hold(t, first.port, 20)]);
    assert.equal(new Set([first.port, second.port, third.port]).size, 3);
    await assert.rejects(holdPort(HOST, first.port, 1), /is taken by another program\. Set PORT/);
  });

  it("says that the service starts, until it is handed over to who answers from then on", async (t) => {
    const held = await hold(t);
    const early = await ask(held.port);
    assert.equal(early.status, 503);
    assert.equal(early.headers.get("retry-after"), "2");
    assert.match(await early.text(), /Palvelu käynnistyy/);
    const server = createServer((_request, response) => response.end("up"));
    await held.handOver(server);
    assert.equal(await (await ask(held.port)).text(), "up");
    await held.release();
    assert.equal(await (await ask(held.port)).text(), "up", "what was handed over is given back by who has it");
    server.close();
    await once(server, "close");
    await assert.rejects(ask(held.port));
  });

  it("is free again when the start fails", async (t) => {
    const held = await hold(t);
    await held.release();
    assert.equal((await hold(t, held.port)).port, held.port);
  });

  it("is not looked for where there is no such address", async () => {
    await assert.rejects(holdPort("192.0.2.1", 0, 1), { code: "EADDRNOTAVAIL" });
  });
});
