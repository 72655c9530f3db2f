/** The other side of an offer: taking it, for oneself or for an organisation that one binds, or declining it. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { type Db, withPerson } from "#core/db.ts";
import { invalid } from "#core/errors.ts";
import { actOn } from "./give.ts";
import { tellBoth } from "./notices.ts";
import * as offers from "./offer.queries.ts";
import { mayTakeMandate } from "./policy.ts";
import { selectSides } from "./queries.ts";
import { t } from "./texts.ts";
import type { MandateTools } from "./tools.ts";

export interface OpenOffer {
  /** Undefined when the link is used, too old, or none. */
  offer: offers.Offer | undefined;
  /** The person has offered it themself. */
  isOwn: boolean;
  organisations: readonly offers.BoundOrganisation[];
}

const MOST_ORGANISATIONS = 100;

/** What the link offers, and for whom the person could take it. Looking takes nothing. Errors: Forbidden. */
export async function openOffer(db: Db, actor: Actor, token: string, now: Temporal.Instant): Promise<OpenOffer> {
  authorise(actor, mayTakeMandate);
  const person = requirePerson(actor);
  return withPerson(db, person, async (tx) => {
    const offer = await offers.selectOptionalOffer(tx, token, now, dayInFinland(now));
    if (!offer) return { offer, isOwn: false, organisations: [] };
    await recordAudit(tx, actor, { ...actOn("open", offer.id), about: offer.giver }, now);
    const organisations = await offers.selectBoundOrganisations(tx, person, MOST_ORGANISATIONS);
    return { offer, isOwn: offer.giver === person, organisations };
  });
}

/** The choice of the form for the person themself. */
export const SELF = "self";

/**
 * Takes it for whom the form says: SELF, an organisation's id, or "" by who binds none. False when the link is used, too old, or
 * their own. Errors: Forbidden, Invalid (for nobody they may take it for).
 */
export async function takeMandate(
  { db }: Pick<MandateTools, "db">,
  actor: Actor,
  { token, wanted, language }: { token: string; wanted: string; language: Language },
  now: Temporal.Instant,
): Promise<boolean> {
  authorise(actor, mayTakeMandate);
  const person = requirePerson(actor);
  return withPerson(db, person, async (tx) => {
    const bound = chosen(await offers.selectBoundOrganisations(tx, person, MOST_ORGANISATIONS), wanted, language);
    const id = await offers.takeOffer(tx, token, bound?.id ?? null, now, dayInFinland(now));
    if (id === null) return false;
    const sides = await selectSides(tx, id);
    await tellBoth(tx, "joint", "taken", sides, now);
    await recordAudit(tx, takerOf(person, bound), { ...actOn("take", id), about: sides.giver.id }, now);
    return true;
  });
}

/** Undefined for the person themself. */
function chosen(
  organisations: readonly offers.BoundOrganisation[],
  wanted: string,
  language: Language,
): offers.BoundOrganisation | undefined {
  const bound = organisations.find(({ id }) => id === wanted);
  if (bound || wanted === SELF || (wanted === "" && organisations.length === 0)) return bound;
  throw invalid("taken for nobody", [{ field: "for", message: t(language, "forWrong") }]);
}

/** Declines it: false when there was nothing to decline. Errors: Forbidden. */
export async function declineMandate(
  { db }: Pick<MandateTools, "db">,
  actor: Actor,
  token: string,
  now: Temporal.Instant,
): Promise<boolean> {
  authorise(actor, mayTakeMandate);
  const person = requirePerson(actor);
  return withPerson(db, person, async (tx) => {
    const id = await offers.declineOffer(tx, token, now, dayInFinland(now));
    if (id === null) return false;
    const sides = await selectSides(tx, id);
    await tellBoth(tx, "joint", "declined", sides, now);
    await recordAudit(tx, takerOf(person), { ...actOn("decline", id), about: sides.giver.id }, now);
    return true;
  });
}

/** In whose name it is taken, whoever they acted for when they opened the link. */
const takerOf = (person: string, bound?: offers.BoundOrganisation): Actor =>
  bound
    ? { kind: "member", person, assurance: "strong", organisation: bound.id, role: bound.role }
    : { kind: "resident", person, assurance: "strong" };
