/** No request is waited for longer than the settings say: the asker gets 503 and may come again. */
import type { FastifyInstance, FastifyReply, RouteHandlerMethod } from "fastify";
import { unavailable } from "../errors.ts";

/**
 * The handler is not ended, only no longer waited for; what holds for its transactions then stands in `core/db.ts`.
 *
 * Wraps the handler of every route that is added from here on. A handler that answers at once (a page from the cache) costs
 * nothing more; Fastify's own `handlerTimeout` arms a timer for every request, which such a page would feel.
 */
export function limitTime(app: FastifyInstance, milliseconds: number): void {
  app.addHook("onRoute", (route) => {
    const handle: RouteHandlerMethod = route.handler;
    route.handler = function limited(request, reply) {
      const answer = handle.call(this, request, reply);
      return answer instanceof Promise ? answerWithin(answer, reply, milliseconds) : answer;
    };
  });
}

/** The handler's own answer, or 503 when it does not begin to answer in time. A body that is being read slowly is no matter. */
function answerWithin(work: Promise<unknown>, reply: FastifyReply, milliseconds: number): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>();
  let isLate = false;
  const timer = setTimeout(() => {
    if (reply.sent || reply.raw.headersSent) return;
    isLate = true;
    reply.send(tooLate());
    // The handler goes on, and may still send something: Fastify would warn of that with the whole address.
    reply.send = () => reply;
    resolve(undefined);
  }, milliseconds);
  const settle = (end: () => void, err?: unknown) => {
    clearTimeout(timer);
    if (isLate)
      reply.log.warn({ route: reply.routeOptions.url, err }, "a request ended after it had been answered with 503");
    else end();
  };
  work.then(
    (answer) => settle(() => resolve(answer)),
    (error: unknown) => settle(() => reject(error), error),
  );
  return promise;
}

/** The same for what a hook waits for: hooks come before the handler, and end nowhere else. Errors: Unavailable. */
export async function inTime<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => reject(tooLate()), milliseconds);
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}

const tooLate = () => unavailable("the time for one request is over");
