/** Routes of the registrars' desk. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { type CityCode, CITY_CODES, LANGUAGES } from "#core/cities.ts";
import { addPrivatePage, type PrivateServices } from "#core/http/private-pages.ts";
import type { Path } from "#core/http/paths.ts";
import type { DeskEntry } from "#core/rights.ts";
import { UNREAD, UNREAD_DOCUMENT, UNREAD_OF_NO_CITY } from "./paths.ts";
import { mayReadUnread } from "./policy.ts";
import { CityParams } from "./schema.ts";
import { t } from "./texts.ts";
import { unreadPage } from "./unread-page.tsx";
import { listUnread, openUnread, permissionFor, type Pile } from "./unread.ts";

const DocumentParams = Type.Object({
  city: Type.Enum([...CITY_CODES]),
  sha256: Type.String({ pattern: "^[0-9a-f]{64}$" }),
});

/** What the desk's front page lists of this module. */
export const DECISION_DESK: readonly DeskEntry[] = [
  {
    title: (language) => t(language, "unread"),
    note: (language) => t(language, "unreadDesk"),
    href: (language, city) => UNREAD.href(language, { city }),
    permission: mayReadUnread,
  },
];

export function addDesk(app: FastifyInstance, services: PrivateServices): void {
  addPrivatePage(app, services, {
    path: UNREAD,
    params: CityParams,
    permission: ({ city }) => mayReadUnread(city),
    load: async (db, { actor, params: { city }, now }) => ({
      own: await listUnread(db, actor, city, "own", now),
      ofNoCity: await listUnread(db, actor, city, "ofNoCity", now),
    }),
    view: unreadPage,
  });
  addUnreadDocument(app, services, UNREAD_DOCUMENT, "own");
  addUnreadDocument(app, services, UNREAD_OF_NO_CITY, "ofNoCity");
}

/** The document as it came, for a program of the registrar's to look at: nothing of it is shown by us. */
function addUnreadDocument(
  app: FastifyInstance,
  { db, visitors, clock }: PrivateServices,
  path: Path,
  pile: Pile,
): void {
  const permission = ({ city }: Record<string, string>) => permissionFor(city as CityCode, pile);
  for (const language of LANGUAGES) {
    const schema = { hide: true, params: DocumentParams };
    app.get(path.patterns[language], { config: { permission }, schema }, async (request, reply) => {
      const { city, sha256 } = request.params as { city: CityCode; sha256: string };
      const { actor } = await visitors.of(request);
      const { bytes } = await openUnread(db, actor, { city, pile, sha256 }, clock());
      reply.headers({
        "cache-control": "no-store",
        "content-disposition": `attachment; filename="${sha256.slice(0, 12)}"`,
      });
      return reply.type("application/octet-stream").send(bytes);
    });
  }
}
