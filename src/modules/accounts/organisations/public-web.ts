/** Public routes of organisations: list, page, permanent address. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import type { Db } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { languageOf, wantsJson } from "#core/http/negotiate.ts";
import { addPage, moved, type PageServices } from "#core/http/pages.ts";
import type { Organisation } from "./organisation.ts";
import * as paths from "./paths.ts";
import { mayReadOrganisations } from "./policy.ts";
import { LINES_ON_PAGE, organisationPage, organisationsPage } from "./public-pages.tsx";
import { selectOptionalOrganisation, selectOrganisations } from "./queries.ts";
import { IdParams, Nothing, Uuid } from "./services.ts";

export const ListQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 200, description: "What names begin with, whatever the capitals" })),
  after: Type.Optional(Uuid),
});

export function addPublicOrganisations(app: FastifyInstance, services: PageServices): void {
  addPage(app, services, {
    path: paths.ORGANISATIONS,
    params: Nothing,
    query: ListQuery,
    permission: mayReadOrganisations,
    async load(db, { query }) {
      const [beginning, after] = [beginningOf(query.q), query.after ?? null];
      return { beginning, after, lines: await selectOrganisations(db, beginning, after, LINES_ON_PAGE + 1) };
    },
    view: organisationsPage,
  });
  addPage(app, services, {
    path: paths.ORGANISATION,
    params: IdParams,
    query: Nothing,
    permission: mayReadOrganisations,
    async load(db, { params, language }) {
      const organisation = await selectOrganisation(db, params.id);
      const { id, mergedInto } = organisation;
      if (mergedInto !== null) return moved(paths.ORGANISATION.href(language, { id: mergedInto }));
      if (id !== params.id) return moved(paths.ORGANISATION.href(language, { id }));
      return { organisation, origin: services.origin };
    },
    view: organisationPage,
  });
  addPermanentAddress(app, services.db);
}

/** What was searched for, as the database can take it. */
export const beginningOf = (q = ""): string =>
  q
    .toWellFormed()
    .replace(/\p{Cc}+/gu, " ")
    .normalize("NFC")
    .trimStart();

/** Errors: Missing. */
export async function selectOrganisation(db: Db, id: string): Promise<Organisation> {
  const organisation = await selectOptionalOrganisation(db, id);
  if (!organisation) throw missing(`organisation ${id}`);
  return organisation;
}

/** /id/organisation/…: to the page in the asker's language, or to the machine-readable form for programs. */
function addPermanentAddress(app: FastifyInstance, db: Db): void {
  const route = { config: { permission: mayReadOrganisations }, schema: { hide: true, params: IdParams } };
  app.get("/id/organisation/:id", route, async (request, reply) => {
    const { id } = await selectOrganisation(db, (request.params as { id: string }).id);
    reply.header("vary", "accept, accept-language");
    if (wantsJson("", request.headers.accept)) return reply.redirect(paths.apiOrganisation(id), 303);
    return reply.redirect(paths.ORGANISATION.href(languageOf(request.headers["accept-language"]), { id }), 303);
  });
}
