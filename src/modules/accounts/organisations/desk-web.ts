/** Routes of the desk: a city's coordinators and administrators look at claims, and merge entries of one organisation. */
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { authorise } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { CITY_CODES, type Language } from "#core/cities.ts";
import { type Db, withTx } from "#core/db.ts";
import { type FieldError, invalid, missing } from "#core/errors.ts";
import { type FormValues, textOf } from "#core/http/forms.ts";
import { addPrivateForm, addPrivatePage } from "#core/http/private-pages.ts";
import type { DeskEntry } from "#core/rights.ts";
import { parseBusinessId } from "./business-id.ts";
import { selectOpenClaims } from "./claims.queries.ts";
import { decideClaim, openClaim } from "./claims.ts";
import { deskClaimPage, deskPage, mergeConfirmPage, type MergeData, mergePage } from "./desk-pages.tsx";
import { mergeOrganisations } from "./end.ts";
import { doneAt } from "./form-page.tsx";
import { readText } from "./input.ts";
import type { Organisation } from "./organisation.ts";
import * as paths from "./paths.ts";
import { mayCheckOrganisations, mayMergeOrganisations } from "./policy.ts";
import { selectOptionalByBusinessId, selectOptionalOrganisation } from "./queries.ts";
import { type OrganisationServices, Uuid } from "./services.ts";
import { t } from "./texts.ts";

const SHOWN = 200;
const City = Type.Enum([...CITY_CODES]);

/** The desk's page for those who look at claims. */
export const ORGANISATION_DESK: readonly DeskEntry[] = [
  {
    title: (language) => t(language, "desk"),
    note: (language) => t(language, "deskLead"),
    href: (language, city) => paths.DESK_ORGANISATIONS.href(language, { city }),
    permission: mayCheckOrganisations,
  },
];

export function addOrganisationDesk(app: FastifyInstance, all: OrganisationServices): void {
  addPrivatePage(app, all, {
    path: paths.DESK_ORGANISATIONS,
    params: Type.Object({ city: City }),
    permission: ({ city }) => mayCheckOrganisations(city),
    load: (db, { actor, params: { city }, now }) =>
      withTx(db, city, async (tx) => {
        authorise(actor, mayCheckOrganisations(city));
        const act = { city, action: "list", subjectKind: "organisation_claim", subjectId: "open" } as const;
        await recordAudit(tx, actor, act, now);
        return { claims: await selectOpenClaims(tx, city, SHOWN) };
      }),
    view: deskPage,
  });
  addClaim(app, all);
  addMerging(app, all);
}

function addClaim(app: FastifyInstance, all: OrganisationServices): void {
  addPrivateForm(app, all, {
    path: paths.DESK_CLAIM,
    params: Type.Object({ city: City, id: Uuid }),
    permission: ({ city }) => mayCheckOrganisations(city),
    fields: ["decision", "answer"],
    load: (db, { actor, params, language, now }) =>
      withTx(db, params.city, async (tx) => {
        const claim = await openClaim(tx, actor, { ...params, language }, now);
        const organisation = await selectOptionalOrganisation(tx, claim.organisation);
        if (!organisation) throw missing(`organisation ${claim.organisation}`);
        return { claim, organisation };
      }),
    view: deskClaimPage,
    async act(db, values, { actor, params: { city, id }, language, now }) {
      const { isApproved, answer } = readDecision(values, language);
      const decided = { city, id, isApproved, answer };
      await withTx(db, city, (tx) => decideClaim(tx, actor, decided, now));
      return doneAt(paths.DESK_ORGANISATIONS.href(language, { city }), isApproved ? "approved" : "refused");
    },
  });
}

/** Who is refused is told why. Errors: Invalid with the field. */
function readDecision(values: FormValues, lang: Language): { isApproved: boolean; answer: string } {
  const decision = textOf(values, "decision");
  if (decision !== "approved" && decision !== "refused")
    throw invalid("no decision", [{ field: "decision", message: t(lang, "decisionWrong") }]);
  const isApproved = decision === "approved";
  if (isApproved && textOf(values, "answer") === "") return { isApproved, answer: "" };
  return { isApproved, answer: readText(values, "answer", lang, "answerWrong") };
}

function addMerging(app: FastifyInstance, all: OrganisationServices): void {
  addPrivateForm(app, all, {
    path: paths.MERGE,
    params: Type.Object({ city: City }),
    permission: ({ city }) => mayMergeOrganisations(city),
    fields: ["from", "into"],
    load: async () => ({}),
    view: mergePage,
    async act(db, values, { actor, params, language }) {
      authorise(actor, mayMergeOrganisations(params.city));
      const { from, into } = await readBoth(db, values, language);
      return paths.MERGE_CONFIRM.href(language, { ...params, from: from.id, into: into.id });
    },
  });
  addPrivateForm(app, all, {
    path: paths.MERGE_CONFIRM,
    params: Type.Object({ city: City, from: Uuid, into: Uuid }),
    permission: ({ city }) => mayMergeOrganisations(city),
    fields: [],
    async load(db, { params }) {
      const from = await selectOptionalOrganisation(db, params.from);
      const into = await selectOptionalOrganisation(db, params.into);
      if (!from || !into) throw missing(`organisations ${params.from}, ${params.into}`);
      return { from, into };
    },
    view: mergeConfirmPage,
    async act(db, _values, { actor, params, language, now }) {
      const { city } = params;
      await withTx(db, city, (tx) => mergeOrganisations(tx, actor, params, now));
      return doneAt(paths.DESK_ORGANISATIONS.href(language, { city }), "merged");
    },
  });
}

/** Two organisations that are not one. Errors: Invalid with fields. */
async function readBoth(db: Db, values: FormValues, lang: Language): Promise<MergeData> {
  const from = await findWritten(db, textOf(values, "from"));
  const into = await findWritten(db, textOf(values, "into"));
  const mistakes: FieldError[] = [];
  if (!from) mistakes.push({ field: "from", message: t(lang, "mergeFromWrong") });
  if (!into) mistakes.push({ field: "into", message: t(lang, "mergeIntoWrong") });
  if (from && into && from.id === into.id) mistakes.push({ field: "into", message: t(lang, "mergeSame") });
  if (!from || !into || mistakes.length > 0) throw invalid("organisations to merge", mistakes);
  return { from, into };
}

const ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?=\/?$)/i;
const ID_AND_SLASH = 37;

/** An active organisation by its business ID, or by the address of its page. */
async function findWritten(db: Db, text: string): Promise<Organisation | undefined> {
  const businessId = parseBusinessId(text);
  const id = ID.exec(text.slice(-ID_AND_SLASH))?.[0];
  const found = businessId
    ? await selectOptionalByBusinessId(db, businessId)
    : id && (await selectOptionalOrganisation(db, id));
  return found && found.state === "active" ? found : undefined;
}
