/** The first lines of everything that an owner does. */
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import type { Tx } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { selectMembers } from "./members.queries.ts";
import { type Member, type Organisation, requireActive } from "./organisation.ts";
import { mayRun } from "./policy.ts";
import { lockOrganisation } from "./queries.ts";

export interface Run {
  organisation: Organisation;
  members: readonly Member[];
  /** The owner who acts. */
  self: Member;
}

/**
 * The organisation, locked, with its members, for an owner of it. Errors: Missing (for who is not in it), Forbidden and
 * Unauthenticated (for members who are no owners, or not known surely enough), Conflict (it has ended).
 */
export async function runAsOwner(tx: Tx, actor: Actor, id: string): Promise<Run> {
  const found = await lockAsMember(tx, actor, id);
  authorise(actor, mayRun(found.self));
  requireActive(found.organisation);
  return found;
}

/** The same for any member. Errors: Missing, Unauthenticated. */
export async function lockAsMember(tx: Tx, actor: Actor, id: string): Promise<Run> {
  const person = requirePerson(actor);
  const organisation = await lockOrganisation(tx, id);
  const members = await selectMembers(tx, id);
  const self = members.find((one) => one.person === person);
  if (!organisation || !self) throw missing(`organisation ${id} of theirs`);
  return { organisation, members, self };
}
