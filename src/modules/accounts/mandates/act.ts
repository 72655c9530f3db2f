/** Acting for another: for whom somebody can, and for whom their session does. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { dayInFinland } from "#core/clock.ts";
import { type Db, type Tx, withPerson } from "#core/db.ts";
import { conflict, forbidden, missing } from "#core/errors.ts";
import { actOn } from "./give.ts";
import { actsBy, type MandateKind, type Matter, stateOf } from "./mandate.ts";
import { mayActByMandate, mayStopActing } from "./policy.ts";
import { NOBODY_ELSE, updateActing } from "../sessions/acting.queries.ts";
import { selectMandates, selectOptionalMandate } from "./queries.ts";

/** Somebody for whom the person can act now. */
export interface MandateChoice {
  id: string;
  kind: MandateKind;
  /** Whom they would act for. */
  giver: string;
  name: string;
  /** Through which organisation, when the mandate is its. */
  organisation: { id: string; name: string } | null;
  matters: readonly Matter[];
  validUntil: Temporal.PlainDate;
}

/** For whom the transaction's person can act by a mandate today. */
export async function mandateChoices(tx: Tx, person: string, now: Temporal.Instant): Promise<MandateChoice[]> {
  const today = dayInFinland(now);
  const mandates = await selectMandates(tx);
  return mandates
    .filter((mandate) => actsBy(mandate, person) && stateOf(mandate, today) === "inForce")
    .map(({ id, kind, giver, giverName, organisation, takerName, matters, validUntil }) => ({
      id,
      kind,
      giver,
      name: giverName,
      organisation: organisation === null ? null : { id: organisation, name: takerName },
      matters,
      validUntil,
    }));
}

/** From the next request on the session acts by it. Errors: Missing, Forbidden (not given to them), Conflict (not in force). */
export async function beginActing(
  db: Db,
  actor: Actor,
  session: string,
  id: string,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayActByMandate);
  const person = requirePerson(actor);
  await withPerson(db, person, async (tx) => {
    const mandate = await selectOptionalMandate(tx, id);
    if (!mandate) throw missing(`mandate ${id}`);
    if (!actsBy(mandate, person)) throw forbidden(`mandate ${id} is not given to them`);
    if (stateOf(mandate, dayInFinland(now)) !== "inForce") throw conflict(`mandate ${id} is not in force`);
    const { giver, organisation, matters } = mandate;
    await updateActing(tx, person, session, { mandate: id, organisation });
    const behalf = { mandate: id, person: giver, matters };
    const acting: Actor = { kind: "resident", person, assurance: "strong", behalf };
    await recordAudit(tx, acting, { ...actOn("act", id), about: giver }, now);
  });
}

/** From the next request on the session acts in the person's own name. */
export async function stopActing(db: Db, actor: Actor, session: string, now: Temporal.Instant): Promise<void> {
  authorise(actor, mayStopActing);
  const person = requirePerson(actor);
  const behalf = "behalf" in actor ? actor.behalf : undefined;
  await withPerson(db, person, async (tx) => {
    await updateActing(tx, person, session, NOBODY_ELSE);
    if (behalf) await recordAudit(tx, actor, { ...actOn("stopActing", behalf.mandate), about: behalf.person }, now);
  });
}
