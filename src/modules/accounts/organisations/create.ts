/** Creating an organisation, and changing what it tells of itself. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit, type Verb } from "#core/audit.ts";
import { type ChangeVerb, recordChange } from "#core/change.ts";
import type { Tx } from "#core/db.ts";
import { conflict } from "#core/errors.ts";
import { newId } from "#core/ids.ts";
import type { KindInput } from "./input.ts";
import { firstName, type LookUp, nameAfter } from "./look-up.ts";
import { insertMember } from "./members.queries.ts";
import type { Profile } from "./organisation.ts";
import { runAsOwner } from "./owner.ts";
import { mayCreateOrganisation } from "./policy.ts";
import { insertOrganisation, updateProfile } from "./queries.ts";

/**
 * A new organisation whose owner is who makes it: its id, or null when that business ID is here already. `found`: what the register
 * says. A company that is found gets the register's name and counts as real; whether its owner here may act for it, nobody has
 * looked at. Errors: Conflict, for a company that has ended.
 */
export async function createOrganisation(
  tx: Tx,
  actor: Actor,
  { kind, businessId, profile, found }: KindInput & { profile: Profile; found: LookUp },
  now: Temporal.Instant,
): Promise<string | null> {
  authorise(actor, mayCreateOrganisation);
  if (found.kind === "ended") throw conflict("the company has ended");
  const person = requirePerson(actor);
  const id = newId(now);
  const organisation = { ...profile, ...firstName(profile.name, found), id, kind, businessId };
  if (!(await insertOrganisation(tx, organisation, now))) return null;
  await insertMember(tx, { id: newId(now), organisation: id, person, role: "owner" }, now);
  await record(tx, actor, { id, action: "create", verb: "published", about: person }, now);
  return id;
}

/** Its owners change what it tells of itself. `found`: what the register says of it now. Errors: as `runAsOwner`. */
export async function changeProfile(
  tx: Tx,
  actor: Actor,
  { id, profile, found }: { id: string; profile: Profile; found: LookUp },
  now: Temporal.Instant,
): Promise<void> {
  const { organisation } = await runAsOwner(tx, actor, id);
  await updateProfile(tx, id, { ...profile, ...nameAfter(organisation, profile.name, found) });
  await record(tx, actor, { id, action: "change", verb: "changed", about: null }, now);
}

/** That an organisation changes is public; who changed it is not. */
async function record(
  tx: Tx,
  actor: Actor,
  { id, action, verb, about }: { id: string; action: Verb; verb: ChangeVerb; about: string | null },
  now: Temporal.Instant,
): Promise<void> {
  await recordAudit(tx, actor, { city: "joint", action, subjectKind: "organisation", subjectId: id, about }, now);
  await recordChange(tx, actor, { city: "joint", kind: "organisation", id, verb }, now);
}
