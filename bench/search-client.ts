/** Clients of the search benchmark, in a process of their own: told an address and what to ask, it answers how long each took. */
import { once } from "node:events";
import { Agent, get, type IncomingMessage } from "node:http";
import type { Kind, Query } from "./queries.ts";

export interface Task {
  /** "http://127.0.0.1:3000" */
  address: string;
  clients: number;
  queries: Query[];
}

export interface Taken {
  kind: Kind;
  ms: number;
}

const agent = new Agent({ keepAlive: true });

process.on("message", (task: Task) => {
  void askAll(task).then((taken) => process.send?.(taken));
});

async function askAll({ address, clients, queries }: Task): Promise<Taken[]> {
  const taken: Taken[] = [];
  const client = async () => {
    for (let query = queries.shift(); query; query = queries.shift()) taken.push(await ask(address, query));
  };
  await Promise.all(Array.from({ length: clients }, client));
  return taken;
}

async function ask(address: string, { kind, search }: Query): Promise<Taken> {
  const started = performance.now();
  const request = get(`${address}/api/v1/search?${search}`, { agent, headers: { "accept-encoding": "br, gzip" } });
  const [answer] = (await once(request, "response")) as [IncomingMessage];
  answer.resume();
  await once(answer, "end");
  if (answer.statusCode !== 200) throw new Error(`search answered ${answer.statusCode} to ${search}`);
  return { kind, ms: performance.now() - started };
}
