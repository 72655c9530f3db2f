/** Routes to Suomi.fi e-Authorizations and back. */
import type { FastifyInstance, FastifyReply } from "fastify";
import Type from "typebox";
import { LANGUAGES, type Language } from "#core/cities.ts";
import { AppError, invalid, missing } from "#core/errors.ts";
import { textOf } from "#core/http/forms.ts";
import { languageOf } from "#core/http/negotiate.ts";
import { addPrivateForm } from "#core/http/private-pages.ts";
import * as authorize from "./authorize.ts";
import { AuthorizeRefused } from "./authorize-refused.ts";
import { choosePage } from "./choose-page.tsx";
import { ACT_BY_MANDATE, AUTHORIZE, AUTHORIZED, CHOOSE_PRINCIPAL, MANDATES } from "./paths.ts";
import { mayAskAuthorizations } from "./policy.ts";
import { t } from "./texts.ts";
import { type MandateServices, toolsOf } from "./tools.ts";

/** The register's own settings limit what it sends; this, what others may. */
const MOST_CHARACTERS = 2000;
const ReturnQuery = Type.Object({
  state: Type.Optional(Type.String({ maxLength: MOST_CHARACTERS })),
  code: Type.Optional(Type.String({ minLength: 1, maxLength: MOST_CHARACTERS })),
});
type ReturnQuery = { state?: string; code?: string };

export function addAuthorize(app: FastifyInstance, services: MandateServices): void {
  addWayThere(app, services);
  addWayBack(app, services);
  addChoice(app, services);
}

/** Errors: Missing where the register is not set up. */
function toolsWith(services: MandateServices): authorize.AuthorizeTools {
  const { authorizations } = services;
  if (!authorizations) throw missing("Suomi.fi e-Authorizations is not set up");
  return { ...toolsOf(services), authorizations };
}

/** A link and no form: forms that lead to another site are refused by our own policy of contents. */
function addWayThere(app: FastifyInstance, services: MandateServices): void {
  const { visitors, clock } = services;
  const config = { permission: () => mayAskAuthorizations };
  for (const language of LANGUAGES) {
    app.get(AUTHORIZE.patterns[language], { schema: { hide: true }, config }, async (request, reply) => {
      const { actor } = await visitors.of(request);
      return answer(reply, language, async () => {
        try {
          return await authorize.beginVisit(toolsWith(services), actor, language, clock());
        } catch (error) {
          if (!(error instanceof AppError) || error.kind !== "unauthenticated") throw error;
          return services.signInAt(language, AUTHORIZE.href(language), error.needs);
        }
      });
    });
  }
}

function addWayBack(app: FastifyInstance, services: MandateServices): void {
  const { visitors, clock } = services;
  const schema = { hide: true, querystring: ReturnQuery };
  const config = { permission: () => mayAskAuthorizations };
  app.get(AUTHORIZED, { schema, config }, async (request, reply) => {
    const { actor } = await visitors.of(request);
    const { state = "", code } = request.query as ReturnQuery;
    return answer(reply, languageOf(request.headers["accept-language"]), async () => {
      const { id, language } = await authorize.returnFromVisit(toolsWith(services), actor, { state, code }, clock());
      return CHOOSE_PRINCIPAL.href(language, { id });
    });
  });
}

function addChoice(app: FastifyInstance, services: MandateServices): void {
  addPrivateForm(app, services, {
    path: CHOOSE_PRINCIPAL,
    params: Type.Object({ id: Type.String({ format: "uuid" }) }),
    permission: () => mayAskAuthorizations,
    fields: ["choice"],
    load: async (_db, { actor, params, now }) => ({
      names: await orMissing(() => authorize.listPrincipals(toolsWith(services), actor, params.id, now)),
    }),
    view: choosePage,
    async act(_db, values, { actor, params, language, now }) {
      const choice = textOf(values, "choice");
      if (!/^\d{1,3}$/.test(choice))
        throw invalid("nobody is chosen", [{ field: "choice", message: t(language, "chooseWrong") }]);
      try {
        const wanted = { id: params.id, choice: Number(choice) };
        const id = await authorize.authorizeMandate(toolsWith(services), actor, wanted, now);
        return ACT_BY_MANDATE.href(language, { id }, { done: "authorized" });
      } catch (error) {
        return refusedAt(error, language);
      }
    },
  });
}

async function answer(reply: FastifyReply, language: Language, work: () => Promise<string>): Promise<FastifyReply> {
  reply.header("cache-control", "no-store");
  try {
    return reply.redirect(await work(), 303);
  } catch (error) {
    return reply.redirect(refusedAt(error, language), 303);
  }
}

/** Where the person is told why it came to nothing; other errors are thrown again. */
function refusedAt(error: unknown, language: Language): string {
  if (!(error instanceof AuthorizeRefused)) throw error;
  return MANDATES.href(error.language ?? language, {}, { why: error.why });
}

async function orMissing<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw error instanceof AuthorizeRefused ? missing(error.message) : error;
  }
}
