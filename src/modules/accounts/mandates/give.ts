/** Giving a mandate: an offer goes by mail to whom it is for. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import { recordAudit, type Verb } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { type Tx, withPerson } from "#core/db.ts";
import { invalid, missing } from "#core/errors.ts";
import { newId } from "#core/ids.ts";
import { newSecret } from "#core/secrets.ts";
import { mailKey, parseMailAddress } from "../people/mail-address.ts";
import { selectPerson } from "../people/queries.ts";
import { type Limit, requireWithin } from "../sign-in/limits.ts";
import { LINK_DAYS, sendOffer, tellGiver } from "./notices.ts";
import type { WantedMandate } from "./offer.ts";
import { mayGiveMandate } from "./policy.ts";
import * as queries from "./queries.ts";
import { t } from "./texts.ts";
import type { MandateTools } from "./tools.ts";

const OFFERS_OF_PERSON: Limit = { name: "mandates of a person", most: 20, minutes: 12 * 60 };
/** Apart from the limit of sign-in links: nobody is kept out by somebody's offers. */
const OFFERS_TO_ADDRESS: Limit = { name: "mandates to an address", most: 5, minutes: 60 };
const LINKS_OF_OFFER: Limit = { name: "links of an offer", most: 3, minutes: 12 * 60 };

/** What is recorded of a mandate, whoever acts. */
export const actOn = (action: Verb, id: string) =>
  ({ city: "joint", action, subjectKind: "mandate", subjectId: id }) as const;

/** Offers it. Errors: Forbidden, Invalid (to oneself, or to an address that has an open offer), TooMany. */
export async function offerMandate(
  tools: MandateTools,
  actor: Actor,
  wanted: WantedMandate,
  language: Language,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayGiveMandate);
  const giver = requirePerson(actor);
  await requireWithin(tools, OFFERS_OF_PERSON, giver, now);
  await requireWithin(tools, OFFERS_TO_ADDRESS, mailKey(wanted.mail), now);
  await withPerson(tools.db, giver, async (tx) => {
    await requireOther(tx, giver, wanted, language);
    await queries.endOffersRunOut(tx, giver, dayInFinland(now), now);
    const [id, link] = [newId(now), newLink(now)];
    const { offeredTo, mail: offeredMail, matters, validFrom, validUntil } = wanted;
    const offer = { kind: "given", vouchedBy: "giver", taker: null, offeredTo, offeredMail, language, link } as const;
    if (!(await queries.insertMandate(tx, { id, giver, ...offer, matters, validFrom, validUntil }, now)))
      throw invalid("an offer to that address is open", [{ field: "mail", message: t(language, "mailTaken") }]);
    const sides = await queries.selectSides(tx, id);
    await sendOffer(tx, tools.origin, sides, link, now);
    await tellGiver(tx, "offered", sides, now);
    await recordAudit(tx, actor, { ...actOn("offer", id), about: giver }, now);
  });
}

/** Sends a new link in place of the old one. Errors: Forbidden, Missing (no open offer of theirs), TooMany. */
export async function resendOffer(tools: MandateTools, actor: Actor, id: string, now: Temporal.Instant): Promise<void> {
  authorise(actor, mayGiveMandate);
  const giver = requirePerson(actor);
  await requireWithin(tools, LINKS_OF_OFFER, `${giver} ${id}`, now);
  await withPerson(tools.db, giver, async (tx) => {
    const link = newLink(now);
    if (!(await queries.updateLink(tx, giver, id, link, dayInFinland(now)))) throw missing(`open offer ${id}`);
    await sendOffer(tx, tools.origin, await queries.selectSides(tx, id), link, now);
    await recordAudit(tx, actor, { ...actOn("resend", id), about: giver }, now);
  });
}

const newLink = (now: Temporal.Instant): queries.Link => ({
  token: newSecret(),
  expiresAt: now.add({ hours: LINK_DAYS * 24 }),
});

async function requireOther(tx: Tx, giver: string, { mail }: WantedMandate, language: Language): Promise<void> {
  const own = parseMailAddress((await selectPerson(tx, giver)).mail ?? "");
  if (own && mailKey(own) === mailKey(mail))
    throw invalid("a mandate to oneself", [{ field: "mail", message: t(language, "mailOwn") }]);
}
