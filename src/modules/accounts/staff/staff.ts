/** Rules of a city's staff: what a role is, and that a city is never without an administrator. */
import { STAFF_ROLES, type StaffRole } from "#core/actor.ts";
import type { Language } from "#core/cities.ts";
import { cleanName } from "../people/name.ts";

/** A role, for the whole city or for a unit or category in the city's own word. */
export interface Role {
  role: StaffRole;
  scope: string | null;
}

/** `directory`: the city's directory says so at each sign-in. `grant`: an administrator gave it here. */
export interface MemberRole extends Role {
  source: "directory" | "grant";
  since: Date;
}

/** Somebody who has at least one role in the city. */
export interface StaffMember {
  person: string;
  given: string;
  family: string;
  mail: string | null;
  language: Language;
  roles: readonly MemberRole[];
}

/** What is recorded of roles that are given, changed and ended. */
export const ROLE_VERBS = { given: "giveRole", changed: "changeRole", ended: "endRole" } as const;

export const INVITATION_DAYS = 14;

/** UTF-16 units: the longest names of units have about eighty. */
export const LONGEST_SCOPE = 100;

/** What is wrong with a role as it was typed. */
export type RoleMistake = { field: "role"; why: "roleMissing" } | { field: "scope"; why: "scopeWrong" | "scopeOfAll" };

/** The role as typed in a form, or every mistake in it. */
export function readRole(role: string, scope: string): { role: Role } | { mistakes: readonly RoleMistake[] } {
  const known = STAFF_ROLES.find((one) => one === role);
  const cleaned = readScope(scope);
  const mistakes: RoleMistake[] = [];
  if (known === undefined) mistakes.push({ field: "role", why: "roleMissing" });
  if (cleaned === undefined) mistakes.push({ field: "scope", why: "scopeWrong" });
  // Nothing of what administrators do is about a part of the city: such a role would open nothing.
  if (known === "administrator" && typeof cleaned === "string") mistakes.push({ field: "scope", why: "scopeOfAll" });
  return known === undefined || cleaned === undefined || mistakes.length > 0
    ? { mistakes }
    : { role: { role: known, scope: cleaned } };
}

/** Null for the whole city; undefined for what is no name of anything. */
function readScope(text: string): string | null | undefined {
  if (text === "") return null;
  const name = text.length > 2 * LONGEST_SCOPE ? undefined : cleanName(text);
  return name !== undefined && name.length <= LONGEST_SCOPE ? name : undefined;
}

export const isSame = (one: Role, other: Role): boolean => one.role === other.role && one.scope === other.scope;

/** Runs the whole city's staff. */
export const isAdministrator = ({ role, scope }: Role): boolean => role === "administrator" && scope === null;

/** What an administrator gave here, and can change and end here. What the directory says is ended in the directory. */
export const grantsOf = ({ roles }: StaffMember): readonly MemberRole[] =>
  roles.filter(({ source }) => source === "grant");

/**
 * Whether the city would have no administrator any more when these roles of the member end and `wanted` takes their place.
 * `administrators`: persons who are one now, by whichever source.
 */
export function leavesNoAdministrator(
  administrators: readonly string[],
  member: StaffMember,
  ending: readonly MemberRole[],
  wanted: Role | null = null,
): boolean {
  const kept = member.roles.filter((role) => !ending.includes(role));
  const isKept = [...kept, ...(wanted ? [wanted] : [])].some(isAdministrator);
  return ending.some(isAdministrator) && !isKept && administrators.every((person) => person === member.person);
}

/** "Aino Laine"; of who has no name here, the address. */
export const memberName = ({ given, family, mail }: Pick<StaffMember, "given" | "family" | "mail">): string =>
  `${given} ${family}`.trim() || (mail ?? "");

/** "registrar", "advisor/kirjastot, planner": in the words of the code, for the audit trail. */
export const codesOf = (roles: readonly Role[]): string =>
  roles.map(({ role, scope }) => (scope === null ? role : `${role}/${scope}`)).join(", ");
