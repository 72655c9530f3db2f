/** What the register has said, kept as a mandate until the end of the day. */
import { Temporal } from "temporal-polyfill";
import type { Actor } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { actForPerson, type Tx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { cleanName } from "../people/name.ts";
import type { ParsedNationalId } from "../people/national-id.ts";
import { selectPerson } from "../people/queries.ts";
import { AuthorizeRefused } from "./authorize-refused.ts";
import { actOn } from "./give.ts";
import { lastDayAsChild, REGISTER_MATTERS, stateOf } from "./mandate.ts";
import { tellGiver } from "./notices.ts";
import { becomePersonOfCode } from "./people-by-code.ts";
import * as queries from "./queries.ts";
import type { MandateTools } from "./tools.ts";

export interface Allowed {
  taker: string;
  /** Whole name of whom they may act for, as the register writes it. */
  name: string;
  parsed: ParsedNationalId;
  language: Language;
}

/** The transaction must be the taker's. Answers with the mandate of today, new or known. Errors: AuthorizeRefused (for oneself). */
export async function keepRegisteredMandate(
  tx: Tx,
  { sealer }: Pick<MandateTools, "sealer">,
  actor: Actor,
  { taker, name, parsed, language }: Allowed,
  now: Temporal.Instant,
): Promise<string> {
  const today = dayInFinland(now);
  const { given, family } = await selectPerson(tx, taker);
  // From here on the transaction is the giver's: it is their row, and their mandate.
  const giver = await becomePersonOfCode(tx, sealer, { ...splitName(name), code: parsed.code, language }, now);
  if (giver === taker) throw new AuthorizeRefused("refused", language);
  const known = (await queries.selectMandates(tx)).find(
    (one) => one.taker === taker && one.vouchedBy === "register" && stateOf(one, today) === "inForce",
  );
  if (known) return known.id;
  const id = newId(now);
  const kind = Temporal.PlainDate.compare(today, lastDayAsChild(parsed.born)) <= 0 ? "guardian" : "given";
  const sides = { giver, taker, offeredTo: `${given} ${family}`.trim(), offeredMail: null, language };
  const validity = { matters: REGISTER_MATTERS, validFrom: today, validUntil: today };
  await queries.insertMandate(tx, { id, kind, vouchedBy: "register", link: null, ...sides, ...validity }, now);
  await tellGiver(tx, "authorized", await queries.selectSides(tx, id), now);
  await actForPerson(tx, taker);
  await recordAudit(tx, actor, { ...actOn("authorize", id), about: giver }, now);
  return id;
}

/** The register has one text for the whole name, given names first. */
function splitName(name: string): { given: string; family: string } {
  const words = (cleanName(name) ?? "").split(" ");
  const family = words.length > 1 ? (words.pop() ?? "") : "";
  return { given: words.join(" "), family };
}
