/** Routes of creating an organisation, changing what it tells of itself, and claiming one. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { requirePerson } from "#core/actor.ts";
import { CITY_CODES } from "#core/cities.ts";
import { type Db, withPerson } from "#core/db.ts";
import { invalid, missing } from "#core/errors.ts";
import { type FormValues, textOf } from "#core/http/forms.ts";
import { addPrivateForm, type PrivateRequest } from "#core/http/private-pages.ts";
import { requireWithin } from "../sign-in/limits.ts";
import type { BusinessId } from "./business-id.ts";
import { claimOrganisation } from "./claims.ts";
import { type DetailsData, detailsPage, editPage, newPage } from "./create-pages.tsx";
import { changeProfile, createOrganisation } from "./create.ts";
import { doneAt } from "./form-page.tsx";
import * as input from "./input.ts";
import { claimPage } from "./join-pages.tsx";
import { type LookUp, lookUp } from "./look-up.ts";
import { KINDS, type Organisation } from "./organisation.ts";
import { runAsOwner } from "./owner.ts";
import * as paths from "./paths.ts";
import { mayClaimOrganisation, mayCreateOrganisation, mayRunSome } from "./policy.ts";
import { selectOptionalByBusinessId, selectOptionalOrganisation } from "./queries.ts";
import * as services from "./services.ts";
import { t } from "./texts.ts";

type Services = services.OrganisationServices;
type Asked = Pick<PrivateRequest, "actor" | "now">;

export function addCreating(app: FastifyInstance, all: Services): void {
  addKindQuestion(app, all);
  addDetails(app, all);
  addEditing(app, all);
  addClaiming(app, all);
}

/** Errors: TooMany. Nothing is counted where nobody is asked. */
async function lookUpFor(all: Services, businessId: BusinessId | null, { actor, now }: Asked): Promise<LookUp> {
  if (all.register !== null && businessId !== null)
    await requireWithin(all.signIn, services.LOOK_UPS_OF_PERSON, requirePerson(actor), now);
  return lookUp(all.register, businessId);
}

/** What it is. A business ID that is here already leads to claiming that organisation. */
function addKindQuestion(app: FastifyInstance, all: Services): void {
  addPrivateForm(app, all, {
    path: paths.NEW_ORGANISATION,
    params: services.Nothing,
    permission: () => mayCreateOrganisation,
    fields: input.KIND_FIELDS,
    load: async () => ({}),
    view: newPage,
    async act(db, values, ask) {
      const { language } = ask;
      const { kind, businessId } = input.readKind(values, language);
      if (businessId === null) return paths.NEW_ORGANISATION_DETAILS.href(language, {}, { kind });
      const known = await selectOptionalByBusinessId(db, businessId);
      if (known) return wayTo(known, language);
      if ((await lookUpFor(all, businessId, ask)).kind === "ended")
        throw invalid("ended", [{ field: "businessId", message: t(language, "businessIdEnded") }]);
      return paths.NEW_ORGANISATION_DETAILS.href(language, {}, { kind, businessId });
    },
  });
}

/** To claiming it; to its page, which says more, where nobody acts in its name any more. */
const wayTo = ({ id, state }: Organisation, language: PrivateRequest["language"]): string =>
  (state === "active" ? paths.CLAIM_ORGANISATION : paths.ORGANISATION).href(language, { id });

const DetailsQuery = Type.Object({
  kind: Type.Enum([...KINDS]),
  businessId: Type.Optional(Type.String({ maxLength: 20 })),
});

function addDetails(app: FastifyInstance, all: Services): void {
  const detailsOf = async (ask: PrivateRequest<unknown>): Promise<DetailsData> => {
    const asked = input.readKind(ask.query as FormValues, ask.language);
    return { ...asked, found: await lookUpFor(all, asked.businessId, ask) };
  };
  addPrivateForm(app, all, {
    path: paths.NEW_ORGANISATION_DETAILS,
    params: services.Nothing,
    query: DetailsQuery,
    permission: () => mayCreateOrganisation,
    fields: input.PROFILE_FIELDS,
    load: (_db, ask) => detailsOf(ask),
    view: detailsPage,
    async act(db, values, ask) {
      const { actor, language, now } = ask;
      const person = requirePerson(actor);
      const profile = input.readProfile(values, language, language);
      const details = await detailsOf(ask);
      await requireWithin(all.signIn, services.ORGANISATIONS_OF_PERSON, person, now);
      const id = await withPerson(db, person, (tx) => createOrganisation(tx, actor, { ...details, profile }, now));
      if (id !== null) return doneAt(paths.MY_ORGANISATION.href(language, { id }), "created");
      return wayTo(await selectFirst(db, details.businessId), language);
    },
  });
}

/** The organisation of somebody who was first with that business ID. Errors: Missing. */
async function selectFirst(db: Db, businessId: BusinessId | null): Promise<Organisation> {
  const first = businessId === null ? undefined : await selectOptionalByBusinessId(db, businessId);
  if (!first) throw missing("an organisation with that business ID");
  return first;
}

/** Errors: Missing. */
async function selectOrganisation(db: Db, id: string): Promise<Organisation> {
  const organisation = await selectOptionalOrganisation(db, id);
  if (!organisation) throw missing(`organisation ${id}`);
  return organisation;
}

function addEditing(app: FastifyInstance, all: Services): void {
  addPrivateForm(app, all, {
    path: paths.EDIT_ORGANISATION,
    params: services.IdParams,
    permission: () => mayRunSome,
    fields: input.PROFILE_FIELDS,
    load: (db, { actor, params }) =>
      withPerson(db, requirePerson(actor), async (tx) => (await runAsOwner(tx, actor, params.id)).organisation),
    view: editPage,
    async act(db, values, ask) {
      const { actor, params, language, now } = ask;
      const person = requirePerson(actor);
      // Asked before the register is, which others shall not make us do.
      const { id, businessId, presentation } = await withPerson(
        db,
        person,
        async (tx) => (await runAsOwner(tx, actor, params.id)).organisation,
      );
      const profile = input.readProfile(values, language, presentation.original);
      const found = await lookUpFor(all, businessId, ask);
      await withPerson(db, person, (tx) => changeProfile(tx, actor, { id, profile, found }, now));
      return doneAt(paths.MY_ORGANISATION.href(language, { id }), "changed");
    },
  });
}

function addClaiming(app: FastifyInstance, all: Services): void {
  addPrivateForm(app, all, {
    path: paths.CLAIM_ORGANISATION,
    params: services.IdParams,
    permission: () => mayClaimOrganisation,
    fields: ["grounds", "city"],
    load: (db, { params }) => selectOrganisation(db, params.id),
    view: claimPage,
    async act(db, values, { actor, params, language, now }) {
      const person = requirePerson(actor);
      const grounds = input.readText(values, "grounds", language, "groundsWrong");
      const city = CITY_CODES.find((one) => one === textOf(values, "city"));
      if (!city) throw invalid("no city", [{ field: "city", message: t(language, "claimCityWrong") }]);
      await requireWithin(all.signIn, services.CLAIMS_OF_PERSON, person, now);
      const claim = { organisation: params.id, city, grounds };
      await withPerson(db, person, (tx) => claimOrganisation(tx, actor, claim, now));
      return doneAt(paths.MY_ORGANISATIONS.href(language), "claimed");
    },
  });
}
