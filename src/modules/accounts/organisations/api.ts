/** Organisations for machines. */
import type { FastifyInstance } from "fastify";
import Type, { type Static } from "typebox";
import { LANGUAGES } from "#core/cities.ts";
import type { Db } from "#core/db.ts";
import { addApiRoute, type ApiServices } from "#core/http/api.ts";
import { queryString } from "#core/http/paths.ts";
import { INTERESTS, KINDS, type Organisation, SPOKEN } from "./organisation.ts";
import { apiOrganisation, ORGANISATION, permanentOrganisation } from "./paths.ts";
import { mayReadOrganisations } from "./policy.ts";
import { beginningOf, ListQuery, selectOrganisation } from "./public-web.ts";
import { type OrganisationLine, selectOrganisations } from "./queries.ts";
import { IdParams } from "./services.ts";

const Nullable = <T extends Type.TSchema>(type: T) => Type.Union([type, Type.Null()]);

const Line = Type.Object({
  id: Type.String({ format: "uuid" }),
  name: Type.String(),
  kind: Type.Enum([...KINDS]),
  businessId: Nullable(Type.String({ description: "Finnish business ID (Y-tunnus), 1234567-1" })),
  checkedBy: Type.Enum(["nobody", "register", "city"], {
    description:
      "Who has looked at the entry. register: the company register has such a company; that whoever made the entry may act for it " +
      "was not looked at. city: a city has looked at who acts for it",
  }),
  links: Type.Object({ self: Type.String(), html: Type.String(), permanent: Type.String() }),
});
const OrganisationList = Type.Object({
  items: Type.Array(Line),
  next: Nullable(Type.String({ description: "Address of the next page; null on the last one" })),
});
const OrganisationShape = Type.Object({
  ...Line.properties,
  state: Type.Enum(["active", "merged", "ended"]),
  mergedInto: Nullable(Type.String({ format: "uuid", description: "The organisation that it is a part of now" })),
  endedAt: Nullable(Type.String({ format: "date-time" })),
  createdAt: Type.String({ format: "date-time" }),
  contactMail: Nullable(Type.String()),
  website: Nullable(Type.String()),
  presentation: Type.Object({
    original: Type.Enum([...LANGUAGES], { description: "The language it was first written in" }),
    texts: Type.Partial(Type.Object({ fi: Type.String(), sv: Type.String(), en: Type.String() })),
  }),
  languages: Type.Array(Type.Enum([...SPOKEN]), { description: "In which it serves (ISO 639-1)" }),
  interests: Type.Array(Type.Enum([...INTERESTS])),
});

const DEFAULT_LIMIT = 50;

export function addOrganisationApi(api: FastifyInstance, db: Db, services: ApiServices): void {
  const common = { tag: "Organisations", permission: mayReadOrganisations };
  addApiRoute(api, services, {
    ...common,
    path: "/organisations",
    summary: "Active organisations in the order of their names, by the beginning of the name",
    query: Type.Object({
      ...ListQuery.properties,
      limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: DEFAULT_LIMIT })),
    }),
    response: OrganisationList,
    async handle({ query }, reply) {
      const { q, after = null, limit = DEFAULT_LIMIT } = query;
      const lines = await selectOrganisations(db, beginningOf(q), after, limit + 1);
      const items = lines.slice(0, limit);
      const last = lines.length > limit ? items.at(-1) : undefined;
      const asked = queryString({ q, limit: String(limit), after: last?.id });
      const next = last ? `${services.origin}/api/v1/organisations${asked}` : null;
      if (next) reply.header("link", `<${next}>; rel="next"`);
      return { items: items.map((line) => lineOf(line, services.origin)), next };
    },
  });
  addApiRoute(api, services, {
    ...common,
    path: "/organisations/:id",
    summary: "One organisation, also one that has ended or was merged into another; never who is in it",
    params: IdParams,
    response: OrganisationShape,
    handle: async ({ params }) => present(await selectOrganisation(db, params.id), services.origin),
  });
}

const lineOf = ({ id, name, kind, businessId, checkedBy }: OrganisationLine, origin: string) => ({
  ...{ id, name, kind, businessId, checkedBy },
  links: {
    self: origin + apiOrganisation(id),
    html: origin + ORGANISATION.href("fi", { id }),
    permanent: origin + permanentOrganisation(id),
  },
});

function present(organisation: Organisation, origin: string): Static<typeof OrganisationShape> {
  const { state, mergedInto, endedAt, createdAt, contactMail, website, presentation } = organisation;
  return {
    ...lineOf(organisation, origin),
    ...{ state, mergedInto, contactMail, website, presentation },
    endedAt: endedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    languages: [...organisation.languages],
    interests: [...organisation.interests],
  };
}
