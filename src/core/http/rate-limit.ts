/** How often one may ask: by network address, or by key where the request brought one. Counted in each process by itself. */
import rateLimit, { normalizeIP } from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import { AppError } from "../errors.ts";
import { keyHolderOf } from "./api-keys.ts";

/** For all routes that are added from here on. `perAddress`: requests a minute; 0 = no limit, for keys neither. */
export async function limitRate(app: FastifyInstance, perAddress: number): Promise<void> {
  if (perAddress === 0) return;
  await app.register(rateLimit, {
    keyGenerator: counterOf,
    // A key never gives less than none would.
    max: (request) => Math.max(perAddress, keyHolderOf(request)?.rate ?? 0),
    timeWindow: "1 minute",
    cache: 20_000,
    enableDraftSpec: true,
    errorResponseBuilder: () => new AppError("tooMany", "rate limit"),
  });
}

/** The key, wherever it is used from; else the address, of IPv6 its first 64 bits, which one household has. */
function counterOf(request: FastifyRequest): string {
  const holder = keyHolderOf(request);
  return holder ? `key ${holder.actor.key}` : normalizeIP(request.ip);
}
