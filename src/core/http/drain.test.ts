/** Over real connections: who is being answered when the service stops gets the whole answer, and nobody can hold it up. */
import assert from "node:assert/strict";
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { describe, it, type TestContext } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { everybody } from "#core/actor.ts";
import { log } from "#test/app.ts";
import { readConfig } from "../config.ts";
import { drainAndClose } from "./drain.ts";
import { addHealth, addMetrics } from "./health.ts";
import { createServer } from "./server.ts";

const LARGE = "x".repeat(20_000_000);
const AT_ONCE = { DRAIN_SECONDS: 0, REQUEST_SECONDS: 5 };

interface Running {
  port: number;
  stop: (limits?: { DRAIN_SECONDS: number; REQUEST_SECONDS: number }) => Promise<void>;
}

async function start(t: TestContext): Promise<Running> {
  const server: FastifyInstance = await createServer(readConfig({ RATE_LIMIT: "0" }), log, ({ status }) =>
    String(status),
  );
  const health = addHealth(server, [], addMetrics(server));
  const open = { schema: {}, config: { permission: everybody("read") } };
  server.get("/quick", open, async () => "quick");
  server.get("/slow", open, async () => wait(200, "slow"));
  server.get("/large", open, async () => LARGE);
  await server.listen({ host: "127.0.0.1", port: 0 });
  const { port } = server.server.address() as AddressInfo;
  let stopping: Promise<void> | undefined;
  const stop = (limits = AT_ONCE) => (stopping ??= drainAndClose({ server, health }, limits));
  t.after(() => stop({ DRAIN_SECONDS: 0, REQUEST_SECONDS: 0 }));
  return { port, stop };
}

async function ask(port: number, path: string, agent?: Agent): Promise<IncomingMessage> {
  const [answer] = (await once(get({ host: "127.0.0.1", port, path, agent }), "response")) as [IncomingMessage];
  return answer;
}

/** A client that asks for something large, and reads nothing of it yet. */
async function askAndWait(port: number): Promise<Socket> {
  const socket = connect(port, "127.0.0.1");
  socket.write("GET /large HTTP/1.1\r\nhost: avoin.test\r\n\r\n");
  await once(socket, "readable");
  await wait(50);
  return socket;
}

describe("a service that stops", () => {
  it("says so while it goes on, ends each connection with its next answer, and then takes no more", async (t) => {
    const { port, stop } = await start(t);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    t.after(() => agent.destroy());
    const before = await ask(port, "/quick", agent);
    assert.equal(await text(before), "quick");
    assert.equal(before.headers.connection, "keep-alive");
    const stopped = stop({ DRAIN_SECONDS: 0.3, REQUEST_SECONDS: 5 });
    const ready = await ask(port, "/health/ready", agent);
    assert.equal(ready.statusCode, 503);
    assert.equal(ready.headers.connection, "close");
    assert.match(await text(ready), /"status":"draining"/);
    assert.equal(await text(await ask(port, "/quick")), "quick", "who comes before the proxy has noticed is answered");
    await stopped;
    await assert.rejects(ask(port, "/quick"), { code: "ECONNREFUSED" });
  });

  it("finishes the request under way, and does not wait for the connection to be given up", async (t) => {
    const { port, stop } = await start(t);
    const agent = new Agent({ keepAlive: true });
    t.after(() => agent.destroy());
    await text(await ask(port, "/quick", agent));
    const unused = connect(port, "127.0.0.1").on("error", () => undefined);
    await once(unused, "connect");
    const slow = ask(port, "/slow", agent);
    await wait(50);
    const began = Date.now();
    await Promise.all([stop(), slow.then(async (answer) => assert.equal(await text(answer), "slow"))]);
    assert.ok(Date.now() - began < 2000, `took ${Date.now() - began} ms`);
  });

  it("lets a slow reader read to the end", async (t) => {
    const { port, stop } = await start(t);
    const reader = await askAndWait(port);
    const stopped = stop();
    await wait(100);
    let bytes = 0;
    reader.on("data", (some: Buffer) => (bytes += some.length));
    await Promise.all([stopped, once(reader, "close")]);
    assert.ok(bytes > LARGE.length, `${bytes} bytes came`);
  });

  it("is not held up by who reads nothing at all", async (t) => {
    const { port, stop } = await start(t);
    const reader = await askAndWait(port);
    reader.on("error", () => undefined);
    const began = Date.now();
    await stop({ DRAIN_SECONDS: 0, REQUEST_SECONDS: 0 });
    const took = Date.now() - began;
    reader.destroy();
    assert.ok(took > 900 && took < 3000, `took ${took} ms`);
  });
});
