/** Looking at one's mandates, and ending one: by the one side or the other, at once. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { dayInFinland } from "#core/clock.ts";
import { type Db, withPerson } from "#core/db.ts";
import { forbidden, missing } from "#core/errors.ts";
import { actOn } from "./give.ts";
import { endsAs, isLive, stateOf } from "./mandate.ts";
import { tellBoth } from "./notices.ts";
import { mayEndMandate, maySeeMandates } from "./policy.ts";
import * as queries from "./queries.ts";
import type { MandateTools } from "./tools.ts";

/** All of the person's, both ways. */
export async function listMandates(db: Db, actor: Actor): Promise<queries.Mandate[]> {
  authorise(actor, maySeeMandates);
  return withPerson(db, requirePerson(actor), queries.selectMandates);
}

/** One of the person's. Errors: Missing, also for one of others. */
export async function openMandate(db: Db, actor: Actor, id: string): Promise<queries.Mandate> {
  authorise(actor, maySeeMandates);
  const mandate = await withPerson(db, requirePerson(actor), (tx) => queries.selectOptionalMandate(tx, id));
  if (!mandate) throw missing(`mandate ${id}`);
  return mandate;
}

/**
 * Ends it: from the next request on the other acts by it no more. One that is over already stays as it is.
 * Errors: Missing; Forbidden (a child's guardian, or no part of theirs in the organisation that has it).
 */
export async function endMandate(
  { db }: Pick<MandateTools, "db">,
  actor: Actor,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayEndMandate);
  const person = requirePerson(actor);
  await withPerson(db, person, async (tx) => {
    const mandate = await queries.selectOptionalMandate(tx, id);
    if (!mandate) throw missing(`mandate ${id}`);
    const side = endsAs(mandate, person);
    if (side === null) throw forbidden(`mandate ${id} is not theirs to end`);
    if (!isLive(stateOf(mandate, dayInFinland(now))) || !(await queries.updateEnded(tx, id, person, now))) return;
    const sides = await queries.selectSides(tx, id);
    const isGiver = side === "giver";
    await tellBoth(tx, "joint", isGiver ? "revoked" : "laidDown", sides, now);
    const about = isGiver ? sides.taker.id : sides.giver.id;
    await recordAudit(tx, actor, { ...actOn(isGiver ? "revoke" : "layDown", id), about }, now);
  });
}
