/** The end of an organisation: its owner ends it, or a city merges it into another. What was done in its name stays. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise } from "#core/actor.ts";
import { type Act, recordAudit } from "#core/audit.ts";
import { recordChange } from "#core/change.ts";
import type { CityCode, Tenant } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { conflict, missing } from "#core/errors.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { selectMembersToTell } from "./members.queries.ts";
import { pathTo } from "./members.ts";
import { tell } from "./notify.ts";
import { type Organisation, requireActive } from "./organisation.ts";
import { runAsOwner } from "./owner.ts";
import { ORGANISATION } from "./paths.ts";
import { mayMergeOrganisations } from "./policy.ts";
import { endMemberships, lockOrganisations, moveMerged, updateState } from "./queries.ts";

const EVERYBODY = ["owner", "signatory", "member"] as const;

/** Nobody acts in its name from now on. All members are told. Errors: as `runAsOwner`. */
export async function endOrganisation(tx: Tx, actor: Actor, id: string, now: Temporal.Instant): Promise<void> {
  const { organisation } = await runAsOwner(tx, actor, id);
  // Before the end: who is no member any more is told nothing.
  const to = await selectMembersToTell(tx, id, EVERYBODY);
  await tell(tx, "ended", { to, values: () => ({ organisation: organisation.name }) }, now);
  await record(tx, actor, "joint", "end", organisation, now);
  await updateState(tx, id, null, now);
  await endMemberships(tx, id, now);
}

/**
 * Merges the one into the other. Its members are not members of the other by that: its owners invite whom they know.
 * Errors: Forbidden, Missing, Conflict (the same twice, or one of them has ended).
 */
export async function mergeOrganisations(
  tx: Tx,
  actor: Actor,
  { city, from, into }: { city: CityCode; from: string; into: string },
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayMergeOrganisations(city));
  if (from === into) throw conflict("an organisation can't be merged into itself");
  const both = await lockOrganisations(tx, [from, into]);
  const [ending, staying] = [pick(both, from), pick(both, into)];
  requireActive(ending);
  requireActive(staying);
  await tellOfMerger(tx, { ending, staying }, now);
  await record(tx, actor, city, "merge", ending, now);
  await record(tx, actor, city, "merge into", staying, now);
  await updateState(tx, from, into, now);
  await moveMerged(tx, from, into);
  await endMemberships(tx, from, now);
}

function pick(organisations: readonly Organisation[], id: string): Organisation {
  const found = organisations.find((one) => one.id === id);
  if (!found) throw missing(`organisation ${id}`);
  return found;
}

async function tellOfMerger(
  tx: Tx,
  { ending, staying }: { ending: Organisation; staying: Organisation },
  now: Temporal.Instant,
): Promise<void> {
  const leaving = await selectMembersToTell(tx, ending.id, EVERYBODY);
  const owners = await selectMembersToTell(tx, staying.id, ["owner"]);
  const values = () => ({ organisation: ending.name, other: staying.name });
  const path = inEachLanguage((lang) => ORGANISATION.href(lang, { id: staying.id }));
  await tell(tx, "merged", { to: leaving, values, path }, now);
  await tell(tx, "mergedInto", { to: owners, values, path: pathTo(staying.id) }, now);
}

async function record(
  tx: Tx,
  actor: Actor,
  city: Tenant,
  action: Act["action"],
  { id }: Organisation,
  now: Temporal.Instant,
): Promise<void> {
  await recordAudit(tx, actor, { city, action, subjectKind: "organisation", subjectId: id }, now);
  await recordChange(tx, actor, { city: "joint", kind: "organisation", id, verb: "changed" }, now);
}
