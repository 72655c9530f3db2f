/** Routes of the front pages and of the pages about the service. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { CITY_CODES } from "#core/cities.ts";
import { addPage, type PageServices } from "#core/http/pages.ts";
import { languageOf } from "#core/http/negotiate.ts";
import { selectCitySummaries, selectDecisionCounts, selectDecisions } from "#modules/decisions/index.ts";
import { cityPage } from "./city-page.tsx";
import { frontPage } from "./front-page.tsx";
import * as paths from "./paths.ts";
import { mayFindFrontPage } from "./policy.ts";
import { aboutPage, accessibilityPage } from "./text-pages.tsx";

const NOTHING = Type.Object({});
const NEWEST_ON_FRONT = 6;
const NEWEST_OF_CITY = 10;

export function addPortalPages(app: FastifyInstance, services: PageServices, contactMail: string): void {
  const all = { cities: [], makers: [], classes: [], years: [] };
  addPage(app, services, {
    path: paths.FRONT,
    params: NOTHING,
    query: NOTHING,
    async load(db) {
      const [summaries, newest] = await Promise.all([
        selectCitySummaries(db),
        selectDecisions(db, all, null, NEWEST_ON_FRONT),
      ]);
      return { summaries, newest };
    },
    view: frontPage,
  });
  addPage(app, services, {
    path: paths.CITY_FRONT,
    params: Type.Object({ city: Type.Enum([...CITY_CODES]) }),
    query: NOTHING,
    async load(db, { params }) {
      const { city } = params;
      const filter = { ...all, cities: [city] };
      const [newest, counts] = await Promise.all([
        selectDecisions(db, filter, null, NEWEST_OF_CITY),
        selectDecisionCounts(db, filter),
      ]);
      return { city, newest, counts };
    },
    view: cityPage,
  });
  const text = { params: NOTHING, query: NOTHING, load: async () => ({ contactMail }) };
  addPage(app, services, { ...text, path: paths.ABOUT, view: aboutPage });
  addPage(app, services, { ...text, path: paths.ACCESSIBILITY, view: accessibilityPage });

  app.get("/", { config: { permission: mayFindFrontPage }, schema: { hide: true } }, async (request, reply) =>
    reply
      .header("vary", "accept-language")
      .redirect(paths.FRONT.href(languageOf(request.headers["accept-language"])), 302),
  );
}
