/** What is said at the port while the service starts: that it does, in all languages, and when to come again. */
import type { ServerResponse } from "node:http";
import { SECURITY_HEADERS } from "./security.ts";

const SECONDS = "2";
const WORDS = "Palvelu käynnistyy. – Tjänsten startar. – The service is starting.\n";

export function answerStarting(response: ServerResponse): void {
  response.writeHead(503, {
    ...SECURITY_HEADERS,
    "content-type": "text/plain; charset=utf-8",
    "cache-control": "no-store",
    "retry-after": SECONDS,
    // For who looks at it in a browser: it asks again by itself.
    refresh: SECONDS,
    connection: "close",
  });
  response.end(WORDS);
}
