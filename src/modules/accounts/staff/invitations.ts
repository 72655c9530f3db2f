/** Inviting somebody to work for a city by their mail address, and what becomes of it. */
import type { Temporal } from "temporal-polyfill";
import { requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { CityCode, Language } from "#core/cities.ts";
import type { Db, Tx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { type MailAddress, mailKey } from "../people/mail-address.ts";
import { type Asker, changeStaff } from "./change.ts";
import { tellInvited, tellMember } from "./mails.ts";
import * as queries from "./queries.ts";
import { codesOf, INVITATION_DAYS, type Role } from "./staff.ts";

export interface Wanted {
  address: MailAddress;
  role: Role;
  language: Language;
}

/** All that wait are on one page, and nobody can use the service to send mail without end. */
export const MOST_INVITATIONS = 200;

/** `waits`: the same invitation waits already. `worksHere`: the address is of somebody who has a role. `full`: too many wait. */
export type InviteOutcome = "invited" | "waits" | "worksHere" | "full";

/** Invites and sends the mail. `origin`: "https://avoin.example.fi". Errors: Forbidden. */
export async function invite(db: Db, asker: Asker, wanted: Wanted, origin: string): Promise<InviteOutcome> {
  return changeStaff(db, asker, async ({ tx, actor, city, now, changer }) => {
    const address = mailKey(wanted.address);
    if (await queries.hasStaffWithMail(tx, address)) return "worksHere";
    await queries.deleteLateInvitations(tx, city, now);
    if ((await queries.countInvitations(tx, city)) >= MOST_INVITATIONS) return "full";
    const { role, language } = wanted;
    const expiresAt = new Date(now.add({ hours: 24 * INVITATION_DAYS }).epochMilliseconds);
    const invitation = { id: newId(now), address, ...role, language, expiresAt, invitedBy: requirePerson(actor) };
    if (!(await queries.insertInvitation(tx, city, invitation, now))) return "waits";
    const act = { city, action: "invite", subjectKind: "staff_invitation", subjectId: invitation.id } as const;
    await recordAudit(tx, actor, act, now);
    const invited = { ...role, address: wanted.address, language };
    await tellInvited(tx, city, { kind: "invited", origin }, invited, changer, now);
    return "invited";
  });
}

/** Withdraws and tells so by mail. False when it has been taken or withdrawn, or has run out. Errors: Forbidden. */
export async function withdraw(db: Db, asker: Asker, id: string): Promise<boolean> {
  return changeStaff(db, asker, async ({ tx, actor, city, now, changer }) => {
    const invitation = await queries.deleteInvitation(tx, city, id, now);
    if (!invitation) return false;
    const act = { city, action: "withdraw", subjectKind: "staff_invitation", subjectId: id } as const;
    await recordAudit(tx, actor, act, now);
    await tellInvited(tx, city, { kind: "withdrawn" }, invitation, changer, now);
    return true;
  });
}

/**
 * At a sign-in by the city's directory: gives the person every role that somebody at `mail` was invited to. The address must be the
 * directory's own word, since it is what proves who was meant. The transaction must have been opened for the city.
 */
export async function takeStaffInvitations(
  tx: Tx,
  city: CityCode,
  person: string,
  mail: MailAddress,
  now: Temporal.Instant,
): Promise<void> {
  const taken = await queries.takeInvitations(tx, city, mailKey(mail), now);
  const [first] = taken;
  if (!first) return;
  const roles = await queries.insertGrants(tx, city, person, taken, now);
  const actor = { kind: "staff", person, roles: roles.map((role) => ({ city, ...role })) } as const;
  const act = { city, action: "takeInvitation", subjectKind: "staff_role", subjectId: codesOf(taken) } as const;
  await recordAudit(tx, actor, { ...act, about: person }, now);
  const by = await queries.selectOptionalMember(tx, first.invitedBy);
  if (roles.length > 0) await tellMember(tx, city, person, { kind: "given", roles }, by, now);
}
