/** Is the process alive, can it serve, and how is it doing: for supervisors, proxies and graphs. */
import type { FastifyInstance } from "fastify";
import { collectDefaultMetrics, Registry } from "prom-client";
import Type from "typebox";
import { mayReadHealth } from "./policy.ts";
import { answerTimesOf } from "./server.ts";

/** One thing the server leans on. `ok: false` takes the process out of service; a note says what works less well. */
export interface Check {
  name: string;
  run(): Promise<{ ok: boolean; note?: string }>;
}

export interface Health {
  /** From now on not ready: the proxy sends no new requests while the last ones finish. */
  drain(): void;
}

const CHECK_SECONDS = 2;

/** Adds /health/live, /health/ready and /metrics. */
export function addHealth(app: FastifyInstance, checks: readonly Check[], registry: Registry): Health {
  let draining = false;
  const config = { permission: mayReadHealth, rateLimit: false } as const;
  const Ready = Type.Object({
    status: Type.Union([
      Type.Literal("ready"),
      Type.Literal("degraded"),
      Type.Literal("down"),
      Type.Literal("draining"),
    ]),
    checks: Type.Record(Type.String(), Type.Object({ ok: Type.Boolean(), note: Type.Optional(Type.String()) })),
  });

  app.get("/health/live", { config, schema: { hide: true } }, async () => ({ status: "live" }));

  app.get(
    "/health/ready",
    { config, schema: { hide: true, response: { 200: Ready, 503: Ready } } },
    async (_request, reply) => {
      const results = await Promise.all(checks.map(async (check) => [check.name, await runCheck(check)] as const));
      const ok = results.every(([, result]) => result.ok);
      const noted = results.some(([, result]) => result.note !== undefined);
      const status = draining ? "draining" : !ok ? "down" : noted ? "degraded" : "ready";
      reply.header("cache-control", "no-store").code(ok && !draining ? 200 : 503);
      return { status, checks: Object.fromEntries(results) };
    },
  );

  app.get("/metrics", { config, schema: { hide: true } }, async (_request, reply) => {
    reply.header("cache-control", "no-store").type(registry.contentType);
    return registry.metrics();
  });

  return {
    drain() {
      draining = true;
    },
  };
}

async function runCheck(check: Check): Promise<{ ok: boolean; note?: string }> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<{ ok: false; note: string }>((resolve) => {
    timer = setTimeout(() => resolve({ ok: false, note: `no answer in ${CHECK_SECONDS} s` }), CHECK_SECONDS * 1000);
  });
  try {
    return await Promise.race([check.run(), late]);
  } catch (error) {
    return { ok: false, note: error instanceof Error ? error.message : String(error) };
  } finally {
    clearTimeout(timer);
  }
}

/** A registry with the process's own figures and the time of each route. Labels hold route patterns, never addresses. */
export function addMetrics(app: FastifyInstance): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  registry.registerMetric(answerTimesOf(app).metric);
  return registry;
}
