/**
 * Stopping without anybody noticing: first the proxy hears of it, then the port closes, and whoever is being answered gets the whole answer.
 * Node's own `close()` and Fastify's cut off what a client has not read to its end yet, keep a connection whose answer was under way for
 * as long as one may be kept, and wait without end for a client that does not read.
 */
import { Server as TcpServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import type { Config } from "../config.ts";

const connections = new WeakMap<FastifyInstance, Set<Socket>>();

/** Knows the server's connections from here on; to be called before it listens. Costs nothing per request. */
export function watchConnections(app: FastifyInstance): void {
  const open = new Set<Socket>();
  connections.set(app, open);
  app.server.on("connection", (socket) => {
    open.add(socket);
    socket.once("close", () => open.delete(socket));
  });
}

/** Requests that came in time are answered by then, if only with 503. */
const GRACE_SECONDS = 1;
const LOOK_MS = 25;
/** Who had just connected when the port closed has so long to ask something. */
const FIRST_WORD_MS = 100;

/**
 * Says at /health/ready that it stops; goes on for DRAIN_SECONDS, but ends each connection with its next answer; closes the port; ends what is
 * idle as soon as nobody is in the middle of an answer, and everything when a request's time is over.
 */
export async function drainAndClose(
  { server: app, health }: { server: FastifyInstance; health: { drain(): void } },
  { DRAIN_SECONDS, REQUEST_SECONDS }: Pick<Config, "DRAIN_SECONDS" | "REQUEST_SECONDS">,
): Promise<void> {
  health.drain();
  app.server.prependListener("request", (_request, response) => {
    response.shouldKeepAlive = false;
  });
  if (app.server.listening) {
    await wait(DRAIN_SECONDS * 1000);
    await endConnections(app, Date.now() + (REQUEST_SECONDS + GRACE_SECONDS) * 1000);
  }
  await app.close();
}

async function endConnections(app: FastifyInstance, deadline: number): Promise<void> {
  const open = connections.get(app) ?? new Set();
  // Not that of HTTP, which also ends connections that are being answered.
  TcpServer.prototype.close.call(app.server);
  const isBeingRead = ({ writableLength }: Socket) => writableLength > 0;
  const silentUntil = Date.now() + FIRST_WORD_MS;
  for (; open.size > 0 && Date.now() < deadline; await wait(LOOK_MS)) {
    // Browsers open connections ahead of need, which Node does not count as idle.
    if (Date.now() >= silentUntil) for (const socket of open) if (socket.bytesRead === 0) socket.destroy();
    // A connection counts as idle when its answer is handed over, though it may not have been read.
    if (![...open].some(isBeingRead)) app.server.closeIdleConnections();
  }
  app.server.closeAllConnections();
}
