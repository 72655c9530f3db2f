/** Who may do what in a city, asked of the rules themselves with one actor of each kind. */
import { type Actor, ANONYMOUS, type Permission, STAFF_ROLES, type StaffRole, system } from "#core/actor.ts";
import { CITY_CODES, type CityCode, type Language } from "#core/cities.ts";
import type { ModuleRights } from "#core/rights.ts";

/** Nobody's: rules ask what somebody is, and rows are asked for by the person besides. */
const PERSON = "00000000-0000-7000-8000-000000000000";

/** Who asks without being staff. */
const PROBES = {
  anonymous: ANONYMOUS,
  mail: { kind: "resident", person: PERSON, assurance: "mail" },
  strong: { kind: "resident", person: PERSON, assurance: "strong" },
  member: { kind: "member", person: PERSON, assurance: "strong", organisation: PERSON, role: "member" },
  owner: { kind: "member", person: PERSON, assurance: "strong", organisation: PERSON, role: "owner" },
  service: system("rights"),
} as const satisfies Record<string, Actor>;

/** Kinds of actors in the order of the table. `otherStaff`: all roles in other cities. `service`: the installation's own programs. */
export const KINDS = [
  "anonymous",
  "mail",
  "strong",
  "member",
  "owner",
  ...STAFF_ROLES,
  "otherStaff",
  "service",
] as const;
export type Kind = (typeof KINDS)[number];

export const isStaffRole = (kind: Kind): kind is StaffRole => STAFF_ROLES.some((role) => role === kind);

/** `some`: of staff of other cities, which roles. */
export type Answer = { may: "yes" } | { may: "no" } | { may: "some"; roles: readonly StaffRole[] };

export interface RightsRow {
  name: string;
  /** What one does, in the reader's words. */
  action: string;
  answers: Readonly<Record<Kind, Answer>>;
}

/** A row for each rule of the modules, in their order. */
export const rightsTable = (modules: readonly ModuleRights[], city: CityCode, language: Language): RightsRow[] =>
  modules.flatMap(({ of, say }) =>
    of(city).map((permission) => ({
      name: permission.name,
      action: say(language, permission.name),
      answers: answersOf(permission, city),
    })),
  );

export const answersOf = (permission: Permission, city: CityCode): Record<Kind, Answer> =>
  Object.fromEntries(KINDS.map((kind) => [kind, answerOf(permission, city, kind)])) as Record<Kind, Answer>;

function answerOf(permission: Permission, city: CityCode, kind: Kind): Answer {
  if (kind === "otherStaff") return ofOtherStaff(permission, city);
  const probe = isStaffRole(kind) ? staffIn(city, kind) : PROBES[kind];
  return { may: permission.allows(probe) ? "yes" : "no" };
}

const staffIn = (city: CityCode, role: StaffRole): Actor => ({
  kind: "staff",
  person: PERSON,
  roles: [{ city, role, scope: null }],
});

function ofOtherStaff(permission: Permission, city: CityCode): Answer {
  const elsewhere = CITY_CODES.filter((other) => other !== city);
  const roles = STAFF_ROLES.filter((role) => elsewhere.some((other) => permission.allows(staffIn(other, role))));
  if (roles.length === 0) return { may: "no" };
  return roles.length === STAFF_ROLES.length ? { may: "yes" } : { may: "some", roles };
}
