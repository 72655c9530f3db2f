/** Route of the page for reusers. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { addPage, type PageServices } from "#core/http/pages.ts";
import { openDataPage } from "./page.tsx";
import { OPEN_DATA } from "./paths.ts";

export function addOpenDataPage(app: FastifyInstance, services: PageServices, rateLimit: number): void {
  const nothing = Type.Object({});
  addPage(app, services, {
    path: OPEN_DATA,
    params: nothing,
    query: nothing,
    load: async () => ({ rateLimit }),
    view: openDataPage,
  });
}
