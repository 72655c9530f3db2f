/** Who is in an organisation, and as what: owners change it, and everybody may leave. One owner at least is always left. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, type OrganisationRole } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { invalid } from "#core/errors.ts";
import { inEachLanguage } from "#core/i18n.ts";
import type { Words } from "#core/retention.ts";
import * as queries from "./members.queries.ts";
import { tell } from "./notify.ts";
import {
  assuranceFor,
  findMember,
  leavesAnOwner,
  type Member,
  memberName,
  type Membership,
  type Organisation,
} from "./organisation.ts";
import { lockAsMember, runAsOwner } from "./owner.ts";
import { MY_ORGANISATION } from "./paths.ts";
import { mayLeaveOrganisation } from "./policy.ts";
import { t } from "./texts.ts";

/** Which membership of which organisation, and the language in which a mistake is told. */
export interface MemberInput {
  organisation: string;
  member: string;
  language: Language;
}

/** Errors: as `runAsOwner`, Missing, and Invalid (no owner would be left; not known surely enough for the role). */
export async function changeRole(
  tx: Tx,
  actor: Actor,
  { organisation: id, member: of, language, role }: MemberInput & { role: OrganisationRole },
  now: Temporal.Instant,
): Promise<void> {
  const { organisation, members } = await runAsOwner(tx, actor, id);
  const member = findMember(members, of);
  if (member.role === role) return;
  requireStrong(member, role, "role", language);
  requireOwner(members, member, role, "role", language);
  await giveRole(tx, actor, organisation, member, role, now);
}

/** An owner ends somebody's membership. Errors: as `changeRole`. */
export async function removeMember(
  tx: Tx,
  actor: Actor,
  { organisation: id, member: of, language }: MemberInput,
  now: Temporal.Instant,
): Promise<void> {
  const { organisation, members } = await runAsOwner(tx, actor, id);
  const member = findMember(members, of);
  requireOwner(members, member, null, "ways", language);
  await end(tx, actor, member, now);
  const values = () => ({ organisation: organisation.name });
  await tell(tx, "removed", { to: [member.person], values }, now);
}

/** Errors: Missing, Unauthenticated, Invalid (the last owner hands over first, or ends the organisation). */
export async function leaveOrganisation(
  tx: Tx,
  actor: Actor,
  { organisation: id, language }: Omit<MemberInput, "member">,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayLeaveOrganisation);
  const { organisation, members, self } = await lockAsMember(tx, actor, id);
  requireOwner(members, self, null, "ways", language);
  await leave(tx, actor, organisation, self, now);
}

/** An owner makes somebody else an owner in their place, and stays as a member or leaves. Errors: as `changeRole`. */
export async function handOver(
  tx: Tx,
  actor: Actor,
  { organisation: id, member: to, language, isLeaving }: MemberInput & { isLeaving: boolean },
  now: Temporal.Instant,
): Promise<void> {
  const { organisation, members, self } = await runAsOwner(tx, actor, id);
  const member = members.find((one) => one.id === to && one.person !== self.person);
  if (!member) throw invalid("nobody to hand over to", [{ field: "to", message: t(language, "handOverWrong") }]);
  requireStrong(member, "owner", "to", language);
  if (member.role !== "owner") await giveRole(tx, actor, organisation, member, "owner", now);
  if (isLeaving) await leave(tx, actor, organisation, self, now);
  else await giveRole(tx, actor, organisation, self, "member", now);
}

async function giveRole(
  tx: Tx,
  actor: Actor,
  organisation: Organisation,
  member: Membership,
  role: OrganisationRole,
  now: Temporal.Instant,
): Promise<void> {
  await queries.updateRole(tx, member.id, role);
  await recordAudit(tx, actor, { ...actOn(member), action: `change to ${role}` }, now);
  const values = (lang: Language) => ({ organisation: organisation.name, role: roleIn(lang, role) });
  await tell(tx, "roleChanged", { to: [member.person], values, path: pathTo(organisation.id) }, now);
}

async function leave(
  tx: Tx,
  actor: Actor,
  organisation: Organisation,
  self: Member,
  now: Temporal.Instant,
): Promise<void> {
  const owners = await queries.selectMembersToTell(tx, organisation.id, ["owner"]);
  const to = owners.filter((person) => person !== self.person);
  await end(tx, actor, self, now);
  const values = (lang: Language) => ({ organisation: organisation.name, name: nameIn(lang, self) });
  await tell(tx, "left", { to, values, path: pathTo(organisation.id), names: [self.person] }, now);
}

async function end(tx: Tx, actor: Actor, member: Membership, now: Temporal.Instant): Promise<void> {
  await queries.endMembership(tx, member.id, now);
  await recordAudit(tx, actor, { ...actOn(member), action: "end" }, now);
}

const actOn = ({ id, person }: Membership) =>
  ({ city: "joint", subjectKind: "organisation_member", subjectId: id, about: person }) as const;

/** Its members' own page of it. */
export const pathTo = (id: string): Words => inEachLanguage((lang) => MY_ORGANISATION.href(lang, { id }));

/** "omistaja" in the middle of a sentence. */
export const roleIn = (lang: Language, role: OrganisationRole): string => t(lang, `role_${role}`);

export const nameIn = (lang: Language, person: Pick<Member, "given" | "family">): string =>
  memberName(person) ?? t(lang, "memberNameless");

function requireOwner(
  members: readonly Membership[],
  member: Membership,
  role: OrganisationRole | null,
  field: string,
  lang: Language,
): void {
  if (leavesAnOwner(members, member.id, role)) return;
  throw invalid("the last owner", [{ field, message: t(lang, "lastOwner") }]);
}

function requireStrong(member: Member, role: OrganisationRole, field: string, lang: Language): void {
  if (assuranceFor(role) === "mail" || member.isStrong) return;
  throw invalid("not known by strong identification", [{ field, message: t(lang, "memberNotStrong") }]);
}
