/**
 * Keys of programs at the open interface: `Authorization: Bearer …` (RFC 6750). A request without one is anonymous and costs
 * nothing more than before; one that brings a wrong key is refused, since who sends a key counts on being known by it.
 */
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { type Actor, ANONYMOUS, authorise } from "../actor.ts";
import { AppError, tooMany } from "../errors.ts";
import type { Params } from "./paths.ts";

/** What a key may be for. A route needs `read` unless it says otherwise; the others are for what comes. */
export const KEY_SCOPES = ["read", "read:own", "write:cases"] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

declare module "fastify" {
  interface FastifyContextConfig {
    /** What a key must be for to use the route: `read`, unless it says otherwise. */
    scope?: KeyScope;
  }
}

/** Whose key it is, and how many requests a minute it is good for. */
export interface KeyHolder {
  actor: Extract<Actor, { kind: "key" }>;
  rate: number;
}

/** Null when the key is unknown, ended or expired, and for what has not the form of a key. */
export type FindKey = (key: string) => Promise<KeyHolder | null>;

const holders = new WeakMap<FastifyRequest, KeyHolder>();

/** Whose key the request brought; undefined when it brought none. */
export const keyHolderOf = (request: FastifyRequest): KeyHolder | undefined => holders.get(request);

/** Who asks the interface. */
export const apiActorOf = (request: FastifyRequest): Actor => holders.get(request)?.actor ?? ANONYMOUS;

/** Finds out at each request who asks, and asks each route's rule. For the interface's own scope, before its routes. */
export function addApiKeys(api: FastifyInstance, findKey: FindKey): void {
  // Counted apart from other requests, by address: neither can guessing be free, nor does it use up what others there may ask.
  const countWrong = api.hasDecorator("createRateLimit") ? api.createRateLimit({}) : undefined;

  api.addHook("onRequest", async (request, reply) => {
    const { authorization } = request.headers;
    if (authorization !== undefined) await identify(request, reply, authorization);
  });

  async function identify(request: FastifyRequest, reply: FastifyReply, authorization: string): Promise<void> {
    const wrong = await countWrong?.(request, { increment: false });
    if (wrong?.isAllowed === false && wrong.remaining === 0) {
      reply.header("retry-after", wrong.ttlInSeconds);
      throw tooMany("wrong keys from one network");
    }
    const holder = await findKey(bearerOf(authorization));
    if (!holder) {
      await countWrong?.(request);
      reply.header("www-authenticate", 'Bearer error="invalid_token"');
      throw new AppError("unauthenticated", "a wrong key", [{ field: "authorization", message: WRONG_KEY }]);
    }
    holders.set(request, holder);
  }

  api.addHook("preHandler", (request, reply, done) => {
    const actor = apiActorOf(request);
    const { permission, scope = "read" } = request.routeOptions.config;
    if (actor.kind === "key" && !actor.scopes.includes(scope)) {
      reply.header("www-authenticate", `Bearer error="insufficient_scope", scope="${scope}"`);
      throw new AppError("forbidden", `key without ${scope}`, [{ field: "authorization", message: lacks(scope) }]);
    }
    if (permission)
      authorise(actor, typeof permission === "function" ? permission(request.params as Params) : permission);
    done();
  });
}

const WRONG_KEY = "The key is unknown, ended or expired. Make a new one on your own pages, or send none.";
const lacks = (scope: KeyScope): string => `The key is not made for ${scope}. Make one that is, or send none.`;

/** The token of `Bearer TOKEN`; "" for every other scheme and form, which is no key of ours either. */
const bearerOf = (authorization: string): string => /^bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
