/** No request is waited for longer than the settings say: the asker gets 503 and may come again. */
import type { FastifyInstance, RouteHandlerMethod } from "fastify";
import { unavailable } from "../errors.ts";

/**
 * Wraps the handler of every route that is added from here on. A handler that answers at once (a page from the cache) costs
 * nothing more; Fastify's own `handlerTimeout` arms a timer for every request, which such a page would feel.
 */
export function limitTime(app: FastifyInstance, milliseconds: number): void {
  app.addHook("onRoute", (route) => {
    const handle: RouteHandlerMethod = route.handler;
    route.handler = function limited(request, reply) {
      const answer = handle.call(this, request, reply);
      return answer instanceof Promise ? within(answer, milliseconds) : answer;
    };
  });
}

async function within<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(unavailable("the time for one request is over")), milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}
