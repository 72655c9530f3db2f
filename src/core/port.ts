/** The port to listen on, held from the first moment on: addresses are made from it long before anybody can be answered. */
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { answerStarting } from "./http/starting.ts";

export interface HeldPort {
  port: number;
  /** From now on `server` answers there. The port is free at no moment. */
  handOver(server: Server): Promise<void>;
  /** Gives the port back when it was not handed over. */
  release(): Promise<void>;
}

/**
 * Takes the wanted port, or the next free one of `tries`; 0 takes any free one. Who asks there before the service is up is told to come again.
 * Errors: one that says what to do when none is free; the system's (no such address, no right).
 */
export async function holdPort(host: string, wanted: number, tries: number): Promise<HeldPort> {
  for (let port = wanted; port < wanted + tries && port <= 65_535; port++) {
    const holder = await listen(host, port);
    if (holder) return held(holder);
  }
  throw new Error(`Port ${wanted} is taken by another program. Set PORT to a free one, or stop the other program.`);
}

/** Undefined when somebody else listens there. */
async function listen(host: string, port: number): Promise<Server | undefined> {
  const holder = createServer((_request, response) => answerStarting(response));
  holder.listen({ host, port, exclusive: true });
  try {
    await once(holder, "listening");
    return holder;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EADDRINUSE") return undefined;
    throw error;
  }
}

function held(holder: Server): HeldPort {
  let isOver = false;
  return {
    port: (holder.address() as AddressInfo).port,
    async handOver(server) {
      isOver = true;
      // Both have the same socket of the system now; `server` is the one who hears of connections, and closes it. Who is connected to
      // the holder gets its answer, with which the connection ends.
      server.listen(holder);
      await once(server, "listening");
    },
    async release() {
      if (isOver) return;
      holder.close();
      holder.closeAllConnections();
      await once(holder, "close");
    },
  };
}
