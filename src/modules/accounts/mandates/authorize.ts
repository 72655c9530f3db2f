/**
 * Acting for another on the word of Suomi.fi e-Authorizations: there and back, a choice, and a mandate until the end of the day.
 * The person's own code is opened for the one call that begins a visit; codes of others go no further than the sealed visit.
 */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, requirePerson } from "#core/actor.ts";
import type { Language } from "#core/cities.ts";
import { withPerson } from "#core/db.ts";
import { AppError, unavailable } from "#core/errors.ts";
import { newId } from "#core/ids.ts";
import { newSecret } from "#core/secrets.ts";
import { cleanName } from "../people/name.ts";
import { parseNationalId } from "../people/national-id.ts";
import { sealContext } from "../sign-in/sign-in.ts";
import type { AuthorizationsClient } from "./authorizations-client.ts";
import { AuthorizeRefused } from "./authorize-refused.ts";
import { AUTHORIZED } from "./paths.ts";
import { mayAskAuthorizations } from "./policy.ts";
import { keepRegisteredMandate } from "./registered-mandate.ts";
import type { MandateTools } from "./tools.ts";
import { openVisit, sealVisit, type Visit } from "./visit.ts";
import * as visits from "./visit.queries.ts";

export interface AuthorizeTools extends MandateTools {
  authorizations: AuthorizationsClient;
}

const MINUTES = 15;
const MOST_PRINCIPALS = 50;

/** Begins a visit and answers with where the browser goes. Errors: Forbidden, Unavailable, AuthorizeRefused (unidentified). */
export async function beginVisit(
  { db, sealer, origin, authorizations }: AuthorizeTools,
  actor: Actor,
  language: Language,
  now: Temporal.Instant,
): Promise<string> {
  authorise(actor, mayAskAuthorizations);
  const person = requirePerson(actor);
  const sealedCode = await withPerson(db, person, (tx) => visits.selectOptionalSealedCode(tx, person));
  if (sealedCode === undefined) throw new AuthorizeRefused("unidentified", language);
  const [id, requestId, state] = [newId(now), newId(now), newSecret()];
  const code = sealer.open(sealedCode, sealContext(person));
  const { sessionId, userId } = await authorizations.registerUser("person", code, requestId, now);
  const sealed = sealVisit(sealer, id, { language, sessionId, requestId, accessToken: "", principals: [] });
  const expiresAt = now.add({ minutes: MINUTES });
  await withPerson(db, person, (tx) => visits.insertVisit(tx, { id, state, person, sealed, expiresAt }));
  return authorizations.authorizeAddress({ userId, redirectUri: origin + AUTHORIZED, state, language });
}

/** Back from there: the visit in which one chooses. Errors: Forbidden, Unavailable, AuthorizeRefused. */
export async function returnFromVisit(
  { db, sealer, origin, authorizations }: AuthorizeTools,
  actor: Actor,
  { state, code }: { state: string; code: string | undefined },
  now: Temporal.Instant,
): Promise<{ id: string; language: Language }> {
  authorise(actor, mayAskAuthorizations);
  const person = requirePerson(actor);
  const row = await withPerson(db, person, (tx) => visits.takeVisitOfState(tx, state, now));
  if (!row) throw new AuthorizeRefused("late");
  const visit = openVisit(sealer, row);
  if (code === undefined) throw new AuthorizeRefused("cancelled", visit.language);
  const chosen = await duringVisit(visit, async () => {
    const { accessToken } = await authorizations.exchangeCode(code, origin + AUTHORIZED, now);
    const principals = await authorizations.principals({ ...visit, accessToken }, now);
    return { accessToken, principals: principals.slice(0, MOST_PRINCIPALS) };
  });
  if (chosen.principals.length === 0) throw new AuthorizeRefused("nobody", visit.language);
  const sealed = sealVisit(sealer, row.id, { ...visit, ...chosen });
  await withPerson(db, person, (tx) => visits.updateVisit(tx, { id: row.id, sealed }));
  return { id: row.id, language: visit.language };
}

/** Names of those whom the person has chosen there, in order. Errors: Forbidden, AuthorizeRefused (late). */
export async function listPrincipals(
  { db, sealer }: AuthorizeTools,
  actor: Actor,
  id: string,
  now: Temporal.Instant,
): Promise<string[]> {
  authorise(actor, mayAskAuthorizations);
  const row = await withPerson(db, requirePerson(actor), (tx) => visits.selectOptionalVisit(tx, id, now));
  if (!row) throw new AuthorizeRefused("late");
  return openVisit(sealer, row).principals.map(({ name }) => cleanName(name) ?? "");
}

/**
 * Asks the register whether the person may act for the one they chose, and keeps the mandate that says so until the end of the day.
 * Asked twice it is the same mandate. Answers with its id. Errors: Forbidden, Unavailable, AuthorizeRefused.
 */
export async function authorizeMandate(
  tools: AuthorizeTools,
  actor: Actor,
  { id, choice }: { id: string; choice: number },
  now: Temporal.Instant,
): Promise<string> {
  authorise(actor, mayAskAuthorizations);
  const taker = requirePerson(actor);
  const { db, sealer, authorizations } = tools;
  const row = await withPerson(db, taker, (tx) => visits.selectOptionalVisit(tx, id, now));
  if (!row) throw new AuthorizeRefused("late");
  const visit = openVisit(sealer, row);
  const principal = visit.principals[choice];
  if (!principal) throw new AuthorizeRefused("nobody", visit.language);
  const parsed = parseNationalId(principal.personId);
  const isAllowed = await duringVisit(visit, () => authorizations.mayActFor(visit, principal.personId, [], now));
  if (!isAllowed || !parsed) throw new AuthorizeRefused("refused", visit.language);
  return withPerson(db, taker, async (tx) => {
    await visits.deleteVisit(tx, id);
    const allowed = { taker, name: principal.name, parsed, language: visit.language };
    return keepRegisteredMandate(tx, tools, actor, allowed, now);
  });
}

/** A visit that the register holds to be over is told as such; whatever else goes wrong is thrown on. */
async function duringVisit<T>({ language }: Visit, ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    if (error.kind === "forbidden") throw new AuthorizeRefused("late", language);
    // An identifier of the register's own that can't stand in an address is no mistake of the person's.
    throw error.kind === "invalid" ? unavailable(error.message) : error;
  }
}
