/** Looking at a city's staff. Each look is in the audit trail: names and addresses are the people's own. */
import { authorise } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { type Db, withTx } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import type { Asker } from "./change.ts";
import { MOST_INVITATIONS } from "./invitations.ts";
import { mayManageStaff } from "./policy.ts";
import { countMembers, type Invitation, selectInvitations, selectMembers, selectOptionalMember } from "./queries.ts";
import type { StaffMember } from "./staff.ts";

export const PAGE_LENGTH = 100;

export interface StaffList {
  members: readonly StaffMember[];
  page: number;
  pages: number;
  invitations: readonly Invitation[];
}

/** A page of everybody with a role in the city, by their names, and all open invitations. Errors: Forbidden, Missing (past the last). */
export async function listStaff(db: Db, { actor, city, now }: Asker, page: number): Promise<StaffList> {
  authorise(actor, mayManageStaff(city));
  return withTx(db, city, async (tx) => {
    await recordAudit(tx, actor, { city, action: "list", subjectKind: "staff_role", subjectId: "all" }, now);
    const members = await selectMembers(tx, { skipped: (page - 1) * PAGE_LENGTH, most: PAGE_LENGTH });
    if (page > 1 && members.length === 0) throw missing(`page ${page} of staff`);
    const pages = Math.max(1, Math.ceil((await countMembers(tx, city)) / PAGE_LENGTH));
    return { members, page, pages, invitations: await selectInvitations(tx, city, now, MOST_INVITATIONS) };
  });
}

/** Somebody of the city's staff. Errors: Forbidden, Missing (also for a person of another city only). */
export async function openMember(db: Db, { actor, city, now }: Asker, person: string): Promise<StaffMember> {
  authorise(actor, mayManageStaff(city));
  return withTx(db, city, async (tx) => {
    const member = await selectOptionalMember(tx, person);
    if (!member) throw missing(`staff member ${person}`);
    const act = { city, action: "open", subjectKind: "staff_role", subjectId: person, about: person } as const;
    await recordAudit(tx, actor, act, now);
    return member;
  });
}
