/** Giving, changing and ending roles of somebody who works for a city. */
import { recordAudit } from "#core/audit.ts";
import type { Db } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { type Asker, type Change, changeStaff } from "./change.ts";
import { type RoleNews, tellMember } from "./mails.ts";
import * as queries from "./queries.ts";
import {
  codesOf,
  grantsOf,
  isSame,
  leavesNoAdministrator,
  ROLE_VERBS,
  type MemberRole,
  type Role,
  type StaffMember,
} from "./staff.ts";

/** Gives a role; `false` when the person has been given it before. Errors: Forbidden, Missing (nobody of this city's staff). */
export async function giveRole(db: Db, asker: Asker, person: string, role: Role): Promise<boolean> {
  return changeStaff(db, asker, async (change) => {
    const member = await requireMember(change, person);
    const given = await queries.insertGrants(change.tx, change.city, person, [role], change.now);
    if (given.length === 0) return false;
    await note(change, member, { kind: "given", roles: given });
    return true;
  });
}

/** What became of a change. `only`: the city would have been left without an administrator, and nothing was changed. */
export type Outcome = "done" | "same" | "only";

/** Puts `wanted` in the place of a role that was given here. Errors: Forbidden, Missing (no such person, or no such role given). */
export async function changeRole(db: Db, asker: Asker, person: string, from: Role, wanted: Role): Promise<Outcome> {
  return changeStaff(db, asker, async (change) => {
    const member = await requireMember(change, person);
    const before = requireGrant(member, from);
    if (isSame(before, wanted)) return "same";
    if (leavesNoAdministrator(change.administrators, member, [before], wanted)) return "only";
    await queries.deleteGrant(change.tx, change.city, person, before);
    await queries.insertGrants(change.tx, change.city, person, [wanted], change.now);
    await note(change, member, { kind: "changed", before, roles: [wanted] });
    return "done";
  });
}

/**
 * Ends the role, or all roles, that were given here; `same` when none is left to end. Roles of the directory stay. Who has none left is
 * out at once. Errors: Forbidden.
 */
export async function endRoles(db: Db, asker: Asker, person: string, role: Role | null): Promise<Outcome> {
  return changeStaff(db, asker, async (change) => {
    const { tx, city } = change;
    const member = await queries.selectOptionalMember(tx, person);
    const ending = member ? endedBy(member, role) : [];
    if (!member || ending.length === 0) return "same";
    if (leavesNoAdministrator(change.administrators, member, ending)) return "only";
    if (role === null) await queries.deleteGrants(tx, city, person);
    else await queries.deleteGrant(tx, city, person, role);
    if (ending.length === member.roles.length) await queries.endStaffSessions(tx, person);
    await note(change, member, { kind: "ended", roles: ending });
    return "done";
  });
}

/** What ends when that role ends here, or all (null). */
export const endedBy = (member: StaffMember, role: Role | null): readonly MemberRole[] =>
  grantsOf(member).filter((held) => role === null || isSame(held, role));

async function requireMember({ tx }: Change, person: string): Promise<StaffMember> {
  const member = await queries.selectOptionalMember(tx, person);
  if (!member) throw missing(`staff member ${person}`);
  return member;
}

/** Errors: Missing, also for a role that only the directory gives. */
export function requireGrant(member: StaffMember, role: Role): MemberRole {
  const held = grantsOf(member).find((one) => isSame(one, role));
  if (!held) throw missing(`granted role of ${member.person}`);
  return held;
}

/** In the audit trail, about the person, and told to them. */
async function note(change: Change, member: StaffMember, news: RoleNews): Promise<void> {
  const { tx, actor, city, now, changer } = change;
  const { person: about } = member;
  const act = {
    city,
    action: ROLE_VERBS[news.kind],
    subjectKind: "staff_role",
    subjectId: subjectOf(news),
    about,
  } as const;
  await recordAudit(tx, actor, act, now);
  await tellMember(tx, city, about, news, changer, now);
}

/** "registrar", or "advisor > registrar" of a change: in the trail one can read which roles they were. */
const subjectOf = (news: RoleNews): string =>
  news.kind === "changed" ? `${codesOf([news.before])} > ${codesOf(news.roles)}` : codesOf(news.roles);
