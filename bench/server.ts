/**
 * One server of a page benchmark, in a process of its own: `server.ts KIND` prints its address and stays up.
 * `app`: the whole service. `app-uncached`: without the cache of rendered pages. Floors: `bare-render` renders the same page
 * from data in memory, `bare-bytes` sends the same bytes, `bare-304` answers that nothing changed; all on a Fastify without anything else.
 */
import Fastify from "fastify";
import { decisionPage } from "../src/modules/decisions/decision-page.tsx";
import { selectOptionalDecision } from "../src/modules/decisions/queries.ts";
import { renderWithin } from "#modules/portal/index.ts";
import { testApp, type TestApp } from "#test/app.ts";
import { PATH, REF } from "./seed.ts";

const kind = process.argv[2] ?? "app";
const closing: (() => Promise<void>)[] = [];
const settings = { RATE_LIMIT: "1000000", PAGE_CACHE_MB: kind === "app-uncached" ? "0" : "48" };
const app = await testApp({ after: (done) => closing.push(done) }, { demo: true, settings });
const server = kind.startsWith("app") ? app.server : await bare(app);
process.send?.(await server.listen({ host: "127.0.0.1", port: 0 }));
process.on("disconnect", () => {
  void Promise.all(closing.map((close) => close())).then(() => process.exit(0));
});

async function bare({ server: full, db, language }: TestApp) {
  const floor = Fastify();
  const page = await full.inject(PATH);
  const decision = await selectOptionalDecision(db, REF);
  if (!decision) throw new Error("the demo has no seed decision");
  const render = renderWithin("https://avoin.example.fi");
  const request = {
    language: "fi" as const,
    city: "helsinki" as const,
    params: {},
    query: {},
    url: PATH,
    alternates: { fi: PATH, sv: PATH, en: PATH },
    shy: (text: string, of: "fi" | "sv" | "en") => language.softHyphens(text, of),
  };
  const data = { decision, origin: "https://avoin.example.fi" };
  const bytes = page.rawPayload;
  floor.get(PATH, (_request, reply) => {
    if (kind === "bare-304") return reply.code(304).header("etag", page.headers.etag).send();
    reply.type("text/html; charset=utf-8");
    return reply.send(kind === "bare-bytes" ? bytes : render(decisionPage(data, request), request));
  });
  return floor;
}
