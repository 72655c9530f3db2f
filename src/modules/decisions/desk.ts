/** Routes of the registrars' desk: never cached, never listed, each request says who asks. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { staffOf } from "#core/actor.ts";
import { CITY_CODES, type CityCode, LANGUAGES } from "#core/cities.ts";
import type { Clock } from "#core/clock.ts";
import { deskActor } from "#core/http/desk.ts";
import { privatePage, type PageServices } from "#core/http/pages.ts";
import { UNREAD, UNREAD_DOCUMENT } from "./paths.ts";
import { CityParams } from "./schema.ts";
import { unreadPage } from "./unread-page.tsx";
import { listUnread, openUnread } from "./unread.ts";

const DocumentParams = Type.Object({
  city: Type.Enum([...CITY_CODES]),
  sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
});

/** Tries of the password from one address; the rest of the service has its own limit. */
const RATE = { max: 30, timeWindow: "1 minute" };

export function addDesk(
  app: FastifyInstance,
  services: PageServices,
  clock: Clock,
  password: string | undefined,
): void {
  const config = { permission: staffOf("read unread documents", "helsinki", ["registrar"]), rateLimit: RATE };
  for (const language of LANGUAGES) {
    app.get(
      UNREAD.patterns[language],
      { config, schema: { hide: true, params: CityParams } },
      async (request, reply) => {
        const { city } = request.params as { city: CityCode };
        const rows = await listUnread(services.db, deskActor(request, password), city, clock());
        const page = privatePage(services, UNREAD, language, { city });
        return reply
          .header("cache-control", "no-store")
          .type("text/html; charset=utf-8")
          .send(services.render(unreadPage(rows, page), page));
      },
    );
    app.get(
      UNREAD_DOCUMENT.patterns[language],
      { config, schema: { hide: true, params: DocumentParams } },
      async (request, reply) => {
        const { city, sha256 } = request.params as { city: CityCode; sha256: string };
        const { bytes } = await openUnread(services.db, deskActor(request, password), city, sha256, clock());
        reply.headers({
          "cache-control": "no-store",
          "content-disposition": `attachment; filename="${sha256.slice(0, 12)}"`,
        });
        return reply.type("application/octet-stream").send(bytes);
      },
    );
  }
}
