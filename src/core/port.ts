/** Which port to listen on, known before anything is built that needs the address. */
import { createServer } from "node:net";

/** The wanted port, or the next free one of `tries`; 0 gives any free one. Throws with what to do when none is free. */
export async function choosePort(host: string, wanted: number, tries: number): Promise<number> {
  for (let port = wanted; port < wanted + tries && port <= 65_535; port++) {
    const free = await probe(host, port);
    if (free !== undefined) return free;
  }
  throw new Error(`Port ${wanted} is taken by another program. Set PORT to a free one, or stop the other program.`);
}

/** Listens for a moment; undefined when somebody else does. Errors other than a taken port are thrown (no such address, no right). */
function probe(host: string, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) =>
      error.code === "EADDRINUSE" ? resolve(undefined) : reject(error),
    );
    server.listen({ host, port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : port));
    });
  });
}
