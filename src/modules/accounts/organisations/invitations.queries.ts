/** SQL of invitations. The hash of a link's secret is kept; the link itself is in the mail only. */
import { sql } from "kysely";
import type { Temporal } from "temporal-polyfill";
import type { OrganisationRole } from "#core/actor.ts";
import type { Language } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { hashSecret } from "#core/secrets.ts";

export interface NewInvitation {
  id: string;
  token: string;
  organisation: string;
  address: string;
  role: OrganisationRole;
  invitedBy: string;
  language: Language;
  expiresAt: Temporal.Instant;
}

export async function insertInvitation(tx: Tx, invitation: NewInvitation, now: Temporal.Instant): Promise<void> {
  await tx
    .insertInto("organisation_invitation")
    .values({
      id: invitation.id,
      token_hash: hashSecret(invitation.token),
      organisation: invitation.organisation,
      address: invitation.address,
      role: invitation.role,
      invited_by: invitation.invitedBy,
      language: invitation.language,
      created_at: now.toString(),
      expires_at: invitation.expiresAt.toString(),
    })
    .execute();
}

export interface InvitationRow {
  id: string;
  address: string;
  role: OrganisationRole;
  expiresAt: Date;
}

/** Those that still hold, newest first. */
export async function selectInvitations(
  tx: Tx,
  organisation: string,
  now: Temporal.Instant,
  limit: number,
): Promise<InvitationRow[]> {
  return tx
    .selectFrom("organisation_invitation")
    .select(["id", "address", "role", "expires_at as expiresAt"])
    .where("organisation", "=", organisation)
    .where("expires_at", ">", sql<Date>`${now.toString()}`)
    .orderBy("created_at", "desc")
    .limit(limit)
    .$narrowType<{ role: OrganisationRole }>()
    .execute();
}

/** True when there was one. */
export async function deleteInvitation(tx: Tx, organisation: string, id: string): Promise<boolean> {
  const { numDeletedRows } = await tx
    .deleteFrom("organisation_invitation")
    .where("organisation", "=", organisation)
    .where("id", "=", id)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

/** Takes away what has run out, and invitations of the same address: the newest holds. */
export async function deleteOldInvitations(
  tx: Tx,
  organisation: string,
  address: string,
  now: Temporal.Instant,
): Promise<void> {
  await tx
    .deleteFrom("organisation_invitation")
    .where("organisation", "=", organisation)
    .where((eb) => eb.or([eb("address", "=", address), eb("expires_at", "<", sql<Date>`${now.toString()}`)]))
    .execute();
}

export interface OpenInvitation {
  id: string;
  organisation: string;
  name: string;
  role: OrganisationRole;
  /** Who invites. */
  given: string;
  family: string;
}

/** The invitation of a link; undefined when it was taken, has run out, or who invited may invite no more. */
export async function selectOptionalInvitation(
  tx: Tx,
  token: string,
  now: Temporal.Instant,
): Promise<OpenInvitation | undefined> {
  const { rows } = await sql<OpenInvitation>`
    select id, organisation, name, role, given, family
    from find_invitation(${hashSecret(token)}, ${now.toString()})`.execute(tx);
  return rows[0];
}

/** Makes the transaction's person a member. False when somebody has taken the link, or it holds no more. */
export async function takeInvitation(tx: Tx, token: string, id: string, now: Temporal.Instant): Promise<boolean> {
  const { rows } = await sql<{ taken: boolean }>`
    select take_invitation(${hashSecret(token)}, ${now.toString()}, ${id}) as taken`.execute(tx);
  return rows[0]?.taken === true;
}
