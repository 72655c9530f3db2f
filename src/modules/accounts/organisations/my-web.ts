/** Routes of one's own organisations: the lists, and who is in one. */
import type { FastifyInstance } from "fastify";
import { type Actor, ORGANISATION_ROLES, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import { type Db, type Tx, withPerson } from "#core/db.ts";
import { invalid } from "#core/errors.ts";
import { type FormValues, textOf } from "#core/http/forms.ts";
import { addPrivateAction, addPrivateForm, addPrivatePage, type PrivateRequest } from "#core/http/private-pages.ts";
import { parseMailAddress } from "../people/mail-address.ts";
import { requireWithin } from "../sign-in/limits.ts";
import { selectOwnClaims } from "./claims.queries.ts";
import { doneAt } from "./form-page.tsx";
import { selectInvitations } from "./invitations.queries.ts";
import { cancelInvitation, invite } from "./invitations.ts";
import * as pages from "./member-pages.tsx";
import { selectOwnMemberships, selectPastMemberships } from "./members.queries.ts";
import { changeRole, removeMember } from "./members.ts";
import { myOrganisationsPage } from "./my-list-page.tsx";
import { type MyOrganisation, myOrganisationPage } from "./my-organisation-page.tsx";
import { findMember } from "./organisation.ts";
import { lockAsMember, type Run, runAsOwner } from "./owner.ts";
import * as paths from "./paths.ts";
import { mayRunSome, maySeeOwnOrganisations } from "./policy.ts";
import * as services from "./services.ts";
import { t } from "./texts.ts";

type Services = services.OrganisationServices;
/** Of each list on a page. */
const SHOWN = 200;

export function addMyOrganisations(app: FastifyInstance, all: Services): void {
  addLists(app, all);
  addInviting(app, all);
  addRoles(app, all);
}

function addLists(app: FastifyInstance, all: Services): void {
  addPrivatePage(app, all, {
    path: paths.MY_ORGANISATIONS,
    params: services.Nothing,
    permission: () => maySeeOwnOrganisations,
    load(db, { actor }) {
      const person = requirePerson(actor);
      return withPerson(db, person, async (tx) => ({
        now: await selectOwnMemberships(tx, person, SHOWN),
        past: await selectPastMemberships(tx, person, SHOWN),
        claims: await selectOwnClaims(tx, person, SHOWN),
      }));
    },
    view: myOrganisationsPage,
  });
  addPrivatePage(app, all, {
    path: paths.MY_ORGANISATION,
    params: services.IdParams,
    permission: () => maySeeOwnOrganisations,
    load: (db, { actor, params, now }) =>
      withPerson(db, requirePerson(actor), (tx) => openAsMember(tx, actor, params.id, now)),
    view: myOrganisationPage,
  });
}

/** Members see each other's names, which is recorded. Errors: Missing, for who is not in it. */
async function openAsMember(tx: Tx, actor: Actor, id: string, now: PrivateRequest["now"]): Promise<MyOrganisation> {
  const { organisation, members, self } = await lockAsMember(tx, actor, id);
  const act = { city: "joint", action: "list", subjectKind: "organisation_member", subjectId: id } as const;
  await recordAudit(tx, actor, act, now);
  const invitations = self.role === "owner" ? await selectInvitations(tx, id, now, SHOWN) : [];
  return { organisation, members, self, invitations };
}

/** What every page of an owner reads, with the question whether they are one. */
export const loadAsOwner = (db: Db, { actor, params }: PrivateRequest<{ id: string }>): Promise<Run> =>
  withPerson(db, requirePerson(actor), (tx) => runAsOwner(tx, actor, params.id));

async function loadMember(db: Db, ask: PrivateRequest<{ id: string; member: string }>): Promise<pages.MemberData> {
  const data = await loadAsOwner(db, ask);
  return { ...data, member: findMember(data.members, ask.params.member) };
}

/** Errors: Invalid with the field. */
function readRole(values: FormValues, lang: Language) {
  const role = ORGANISATION_ROLES.find((one) => one === textOf(values, "role"));
  if (!role) throw invalid("no role", [{ field: "role", message: t(lang, "roleWrong") }]);
  return role;
}

function addInviting(app: FastifyInstance, all: Services): void {
  addPrivateForm(app, all, {
    path: paths.INVITE,
    params: services.IdParams,
    permission: () => mayRunSome,
    fields: ["address", "role"],
    load: loadAsOwner,
    view: pages.invitePage,
    async act(db, values, { actor, params, language, now }) {
      const person = requirePerson(actor);
      const address = parseMailAddress(textOf(values, "address"));
      if (!address) throw invalid("no mail address", [{ field: "address", message: t(language, "mailWrong") }]);
      const role = readRole(values, language);
      await requireWithin(all.signIn, services.INVITATIONS_OF_PERSON, person, now);
      const invitation = { organisation: params.id, address, role, language, origin: all.origin };
      await withPerson(db, person, (tx) => invite(tx, actor, invitation, now));
      return doneAt(paths.MY_ORGANISATION.href(language, params), "invited");
    },
  });
  addPrivateAction(app, all, {
    path: paths.CANCEL_INVITATION,
    page: paths.MY_ORGANISATION,
    params: services.InvitationParams,
    permission: () => mayRunSome,
    async act(db, _values, { actor, params: { id, invitation }, language, now }) {
      const cancelled = { organisation: id, invitation };
      await withPerson(db, requirePerson(actor), (tx) => cancelInvitation(tx, actor, cancelled, now));
      return doneAt(paths.MY_ORGANISATION.href(language, { id }), "cancelled");
    },
  });
}

function addRoles(app: FastifyInstance, all: Services): void {
  addPrivateForm(app, all, {
    path: paths.MEMBER,
    params: services.MemberParams,
    permission: () => mayRunSome,
    fields: ["role"],
    load: loadMember,
    view: pages.memberPage,
    async act(db, values, { actor, params: { id, member }, language, now }) {
      const change = { organisation: id, member, language, role: readRole(values, language) };
      await withPerson(db, requirePerson(actor), (tx) => changeRole(tx, actor, change, now));
      return doneAt(paths.MY_ORGANISATION.href(language, { id }), "roleChanged");
    },
  });
  addPrivateForm(app, all, {
    path: paths.END_MEMBER,
    params: services.MemberParams,
    permission: () => mayRunSome,
    fields: [],
    load: loadMember,
    view: pages.removePage,
    async act(db, _values, { actor, params: { id, member }, language, now }) {
      const removal = { organisation: id, member, language };
      await withPerson(db, requirePerson(actor), (tx) => removeMember(tx, actor, removal, now));
      return doneAt(paths.MY_ORGANISATION.href(language, { id }), "removed");
    },
  });
}
