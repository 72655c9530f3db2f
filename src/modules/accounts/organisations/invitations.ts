/** Invitations: a link by mail, for a week and one use. Whoever holds it, signs in and takes it becomes a member. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, type OrganisationRole, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { newId } from "#core/ids.ts";
import { postMail } from "#core/mail.ts";
import { newSecret } from "#core/secrets.ts";
import type { MailAddress } from "../people/mail-address.ts";
import { selectPerson } from "../people/queries.ts";
import * as queries from "./invitations.queries.ts";
import { nameIn, pathTo, roleIn } from "./members.ts";
import { selectMembersToTell } from "./members.queries.ts";
import { tell } from "./notify.ts";
import { runAsOwner } from "./owner.ts";
import { INVITATION } from "./paths.ts";
import { mayTakeInvitation } from "./policy.ts";
import { t } from "./texts.ts";

export const INVITATION_DAYS = 7;

export interface InviteInput {
  organisation: string;
  address: MailAddress;
  role: OrganisationRole;
  /** Of the mail: the inviter's, since nothing is known of who is invited. */
  language: Language;
  origin: string;
}

/** Sends the link. An earlier one to the same address holds no more. Errors: as `runAsOwner`. */
export async function invite(
  tx: Tx,
  actor: Actor,
  { organisation: id, address, role, language, origin }: InviteInput,
  now: Temporal.Instant,
): Promise<void> {
  const { organisation, self } = await runAsOwner(tx, actor, id);
  const [invitation, token] = [newId(now), newSecret()];
  const expiresAt = now.add({ hours: 24 * INVITATION_DAYS });
  const row = { id: invitation, token, organisation: id, address, role, invitedBy: self.person, language, expiresAt };
  await queries.deleteOldInvitations(tx, id, address, now);
  await queries.insertInvitation(tx, row, now);
  await recordAudit(tx, actor, { ...actOn(invitation), action: `invite ${role}` }, now);
  const values = {
    organisation: organisation.name,
    name: nameIn(language, self),
    role: roleIn(language, role),
    days: INVITATION_DAYS,
    link: origin + INVITATION.href(language, { token }),
  };
  const [subject, body] = [t(language, "mail_invited_subject", values), t(language, "mail_invited_body", values)];
  await postMail(tx, { city: "joint", recipient: address, subject, body, language, usefulUntil: expiresAt }, now);
}

/** Errors: as `runAsOwner`; Missing when it was taken or cancelled before. */
export async function cancelInvitation(
  tx: Tx,
  actor: Actor,
  { organisation, invitation }: { organisation: string; invitation: string },
  now: Temporal.Instant,
): Promise<void> {
  await runAsOwner(tx, actor, organisation);
  if (!(await queries.deleteInvitation(tx, organisation, invitation))) throw missing(`invitation ${invitation}`);
  await recordAudit(tx, actor, { ...actOn(invitation), action: "cancel" }, now);
}

/** False when the link was taken by somebody in the same moment. Errors: Unauthenticated, Forbidden. */
export async function takeInvitation(
  tx: Tx,
  actor: Actor,
  { token, invitation }: { token: string; invitation: queries.OpenInvitation },
  now: Temporal.Instant,
): Promise<boolean> {
  const { id, organisation, name, role } = invitation;
  authorise(actor, mayTakeInvitation(role));
  const person = requirePerson(actor);
  if (!(await queries.takeInvitation(tx, token, newId(now), now))) return false;
  await recordAudit(tx, actor, { ...actOn(id), action: `join as ${role}`, about: person }, now);
  const self = await selectPerson(tx, person);
  const owners = await selectMembersToTell(tx, organisation, ["owner"]);
  const to = owners.filter((one) => one !== person);
  const values = (lang: Language) => ({ organisation: name, name: nameIn(lang, self), role: roleIn(lang, role) });
  await tell(tx, "joined", { to, values, path: pathTo(organisation), names: [person] }, now);
  return true;
}

const actOn = (id: string) => ({ city: "joint", subjectKind: "organisation_invitation", subjectId: id }) as const;
