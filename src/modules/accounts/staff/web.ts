/** Routes of a city's desk: its front page, its rights, its staff. */
import type { FastifyInstance } from "fastify";
import Type, { type Static } from "typebox";
import { authorise, personOf, STAFF_ROLES } from "#core/actor.ts";
import { CITY_CODES, type CityCode, isLanguage, type Language } from "#core/cities.ts";
import { invalid, missing } from "#core/errors.ts";
import { type FormValues, textOf } from "#core/http/forms.ts";
import {
  addPrivateAction,
  addPrivateForm,
  addPrivatePage,
  type PrivateRequest,
  type PrivateServices,
} from "#core/http/private-pages.ts";
import type { DeskEntry, ModuleRights } from "#core/rights.ts";
import { parseMailAddress } from "../people/mail-address.ts";
import type { Asker } from "./change.ts";
import { deskPage } from "./desk-page.tsx";
import type { DoneKey } from "./done.tsx";
import { invitePage } from "./invite-page.tsx";
import { invite, type InviteOutcome, MOST_INVITATIONS, type Wanted, withdraw } from "./invitations.ts";
import { listStaff, openMember } from "./looking.ts";
import { memberPage } from "./member-page.tsx";
import * as paths from "./paths.ts";
import { mayManageStaff, maySeeDesk, maySeeRights } from "./policy.ts";
import { rightsPage } from "./rights-page.tsx";
import { rightsTable } from "./rights.ts";
import { ROLE_FIELDS, roleOf } from "./role-fields.tsx";
import { changePage, END_BUTTON, endPage } from "./role-pages.tsx";
import { changeRole, endedBy, endRoles, giveRole, type Outcome, requireGrant } from "./roles.ts";
import { LONGEST_SCOPE, type Role } from "./staff.ts";
import { staffPage } from "./staff-page.tsx";
import { t } from "./texts.ts";

/** What the modules put on the desk. */
export interface DeskParts {
  rights: readonly ModuleRights[];
  entries: readonly DeskEntry[];
}

const CityParams = Type.Object({ city: Type.Enum([...CITY_CODES]) });
const InvitationParams = Type.Object({ ...CityParams.properties, id: Type.String({ format: "uuid" }) });
const MemberParams = Type.Object({ ...CityParams.properties, person: Type.String({ format: "uuid" }) });
type MemberParams = Static<typeof MemberParams>;

const role = Type.Enum([...STAFF_ROLES]);
const scope = Type.Optional(Type.String({ minLength: 1, maxLength: LONGEST_SCOPE }));
const OneRole = Type.Object({ role, scope });
const OneRoleOrAll = Type.Object({ role: Type.Optional(role), scope });

export function addStaff(app: FastifyInstance, services: PrivateServices, desk: DeskParts): void {
  addDeskPages(app, services, desk);
  addStaffList(app, services);
  addInvitations(app, services);
  addMember(app, services);
  addChange(app, services);
  addEnd(app, services);
}

/** The administrators' own page of the desk. */
export const STAFF_DESK: readonly DeskEntry[] = [
  {
    title: (language) => t(language, "staff"),
    note: (language) => t(language, "staffDesk"),
    href: (language, city) => paths.STAFF.href(language, { city }),
    permission: mayManageStaff,
  },
];

type CityRequest = PrivateRequest<{ city: CityCode }>;
const askerOf = ({ actor, params: { city }, now }: CityRequest): Asker => ({ actor, city, now });

function addDeskPages(app: FastifyInstance, services: PrivateServices, { rights, entries }: DeskParts): void {
  addPrivatePage(app, services, {
    path: paths.DESK,
    params: CityParams,
    permission: ({ city }) => maySeeDesk(city),
    async load(_db, { actor, params: { city } }) {
      authorise(actor, maySeeDesk(city));
      return { city, entries: entries.filter(({ permission }) => permission(city).allows(actor)) };
    },
    view: deskPage,
  });
  addPrivatePage(app, services, {
    path: paths.RIGHTS,
    params: CityParams,
    permission: ({ city }) => maySeeRights(city),
    async load(_db, { actor, params: { city }, language }) {
      authorise(actor, maySeeRights(city));
      return { city, rows: rightsTable(rights, city, language) };
    },
    view: rightsPage,
  });
}

function addStaffList(app: FastifyInstance, services: PrivateServices): void {
  addPrivatePage(app, services, {
    path: paths.STAFF,
    params: CityParams,
    query: Type.Object({ page: Type.Optional(Type.String({ pattern: "^[1-9]\\d{0,3}$" })) }),
    permission: ({ city }) => mayManageStaff(city),
    async load(db, ask) {
      const list = await listStaff(db, askerOf(ask), Number(ask.query["page"] ?? 1));
      return { ...list, city: ask.params.city };
    },
    view: staffPage,
  });
}

function addInvitations(app: FastifyInstance, services: PrivateServices): void {
  addPrivateForm(app, services, {
    path: paths.INVITE,
    params: CityParams,
    permission: ({ city }) => mayManageStaff(city),
    fields: ["mail", "language", ...ROLE_FIELDS],
    load: async (_db, { params: { city } }) => ({ city }),
    view: invitePage,
    async act(db, values, ask) {
      const { language } = ask;
      const outcome = await invite(db, askerOf(ask), wantedOf(language, values), services.origin);
      return staffAfter(ask, doneOf(language, outcome));
    },
  });
  addPrivateAction(app, services, {
    path: paths.WITHDRAW,
    page: paths.STAFF,
    params: InvitationParams,
    permission: ({ city }) => mayManageStaff(city),
    async act(db, _values, ask) {
      const isWithdrawn = await withdraw(db, askerOf(ask), ask.params.id);
      return staffAfter(ask, isWithdrawn ? "withdrawn" : "invitationGone");
    },
  });
}

/** What the form asks for. Errors: Invalid, with every mistake. */
function wantedOf(language: Language, values: FormValues): Wanted {
  const address = parseMailAddress(textOf(values, "mail"));
  const mailLanguage = textOf(values, "language");
  const read = roleOf(language, values);
  const mistakes = [
    ...(address ? [] : [{ field: "mail", message: t(language, "mailWrong") }]),
    ...("role" in read ? [] : read.mistakes),
    ...(isLanguage(mailLanguage) ? [] : [{ field: "language", message: t(language, "languageMissing") }]),
  ];
  if (!address || !("role" in read) || !isLanguage(mailLanguage)) throw invalid("no such invitation", mistakes);
  return { address, role: read.role, language: mailLanguage };
}

function doneOf(language: Language, outcome: InviteOutcome): DoneKey {
  if (outcome === "invited") return "invited";
  if (outcome === "waits") return "invitationWaits";
  const message = t(language, outcome === "full" ? "invitationsFull" : "worksHere", { most: MOST_INVITATIONS });
  throw invalid(`invitation: ${outcome}`, [{ field: "mail", message }]);
}

const staffAfter = ({ language, params: { city } }: CityRequest, done: DoneKey): string =>
  `${paths.STAFF.href(language, { city })}?done=${done}`;
const deskAfter = ({ language, params: { city } }: CityRequest, done: DoneKey): string =>
  paths.DESK.href(language, { city }, { done });
const memberAfter = ({ language, params }: PrivateRequest<MemberParams>, done: DoneKey): string =>
  `${paths.MEMBER.href(language, params)}?done=${done}`;

/** Of one's own roles: with the one that is gone, the pages of staff may be closed, and the desk is not while any is left. */
const isOwn = ({ actor, params }: PrivateRequest<MemberParams>): boolean => params.person === personOf(actor);

function addMember(app: FastifyInstance, services: PrivateServices): void {
  addPrivateForm(app, services, {
    path: paths.MEMBER,
    params: MemberParams,
    permission: ({ city }) => mayManageStaff(city),
    fields: ROLE_FIELDS,
    async load(db, ask) {
      return { city: ask.params.city, member: await openMember(db, askerOf(ask), ask.params.person) };
    },
    view: memberPage,
    async act(db, values, ask) {
      const wanted = requireRole(ask.language, values);
      const isGiven = await giveRole(db, askerOf(ask), ask.params.person, wanted);
      return memberAfter(ask, isGiven ? "roleGiven" : "roleHeld");
    },
  });
}

/** Errors: Invalid, with every mistake. */
function requireRole(language: Language, values: FormValues): Role {
  const read = roleOf(language, values);
  if ("role" in read) return read.role;
  throw invalid("no such role", read.mistakes);
}

function addChange(app: FastifyInstance, services: PrivateServices): void {
  addPrivateForm(app, services, {
    path: paths.CHANGE_ROLE,
    params: MemberParams,
    query: OneRole,
    permission: ({ city }) => mayManageStaff(city),
    fields: ROLE_FIELDS,
    async load(db, ask) {
      const member = await openMember(db, askerOf(ask), ask.params.person);
      return { city: ask.params.city, member, role: requireGrant(member, requireAsked(ask)) };
    },
    view: changePage,
    async act(db, values, ask) {
      const wanted = requireRole(ask.language, values);
      const outcome = await changeRole(db, askerOf(ask), ask.params.person, requireAsked(ask), wanted);
      refuseOnly(outcome, ask.language, "role");
      return (isOwn(ask) ? deskAfter : memberAfter)(ask, outcome === "same" ? "roleSame" : "roleChanged");
    },
  });
}

function addEnd(app: FastifyInstance, services: PrivateServices): void {
  addPrivateForm(app, services, {
    path: paths.END_ROLES,
    params: MemberParams,
    query: OneRoleOrAll,
    permission: ({ city }) => mayManageStaff(city),
    fields: [],
    async load(db, ask) {
      const member = await openMember(db, askerOf(ask), ask.params.person);
      const ending = endedBy(member, askedRole(ask));
      if (ending.length === 0) throw missing(`granted roles of ${member.person}`);
      return { city: ask.params.city, member, ending, staying: member.roles.filter((one) => !ending.includes(one)) };
    },
    view: endPage,
    async act(db, _values, ask) {
      const outcome = await endRoles(db, askerOf(ask), ask.params.person, askedRole(ask));
      refuseOnly(outcome, ask.language, END_BUTTON);
      return (isOwn(ask) ? deskAfter : staffAfter)(ask, outcome === "same" ? "roleGone" : "roleEnded");
    },
  });
}

/** The role that the address names; null for all. */
function askedRole({ query }: PrivateRequest<MemberParams>): Role | null {
  const { role: wanted, scope: of } = query as Static<typeof OneRoleOrAll>;
  return wanted === undefined ? null : { role: wanted, scope: of ?? null };
}

/** Errors: Missing. */
function requireAsked(ask: PrivateRequest<MemberParams>): Role {
  const asked = askedRole(ask);
  if (asked === null) throw missing("role to change");
  return asked;
}

function refuseOnly(outcome: Outcome, language: Language, field: string): void {
  if (outcome !== "only") return;
  throw invalid("the city would have no administrator", [{ field, message: t(language, "onlyAdministrator") }]);
}
