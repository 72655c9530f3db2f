/** Claims: somebody says that an organisation which is here already is theirs to run, and a city looks at it. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, personOf, requirePerson } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import { recordChange } from "#core/change.ts";
import { CITIES, type CityCode, type Language, type Tenant } from "#core/cities.ts";
import { actForPerson, type Tx } from "#core/db.ts";
import { conflict, missing } from "#core/errors.ts";
import { inEachLanguage } from "#core/i18n.ts";
import { newId } from "#core/ids.ts";
import { selectPerson } from "../people/queries.ts";
import * as queries from "./claims.queries.ts";
import { selectMembersToTell, selectOptionalMembership } from "./members.queries.ts";
import { nameIn, pathTo } from "./members.ts";
import { tell } from "./notify.ts";
import { requireActive } from "./organisation.ts";
import { MY_ORGANISATIONS } from "./paths.ts";
import { mayCheckOrganisations, mayClaimOrganisation } from "./policy.ts";
import { lockOrganisation, selectOptionalOrganisation, updateCheckedBy } from "./queries.ts";

/** Its owners hear of it, not from whom. Errors: Missing, Conflict (it has ended; theirs already; claimed already). */
export async function claimOrganisation(
  tx: Tx,
  actor: Actor,
  { organisation: id, city, grounds }: { organisation: string; city: CityCode; grounds: string },
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayClaimOrganisation);
  const person = requirePerson(actor);
  const organisation = await selectOptionalOrganisation(tx, id);
  if (!organisation) throw missing(`organisation ${id}`);
  requireActive(organisation);
  if ((await selectOptionalMembership(tx, id, person))?.role === "owner") throw conflict("an owner of it already");
  const claim = newId(now);
  if (!(await queries.insertClaim(tx, { city, id: claim, organisation: id, person, grounds }, now)))
    throw conflict("claimed already");
  await recordAudit(tx, actor, { ...actOn("joint", claim), action: "claim", about: person }, now);
  const to = await selectMembersToTell(tx, id, ["owner"]);
  const values = (lang: Language) => ({ organisation: organisation.name, city: CITIES[city].names[lang].name });
  await tell(tx, "claimed", { to, values, path: pathTo(id) }, now);
}

export interface OpenedClaim extends queries.Claim {
  /** Who claims, by name. */
  claimant: string;
}

/** One claim with the claimant's name, for the city that shall look at it. Recorded. Errors: Missing, Forbidden. */
export async function openClaim(
  tx: Tx,
  actor: Actor,
  { city, id, language }: { city: CityCode; id: string; language: Language },
  now: Temporal.Instant,
): Promise<OpenedClaim> {
  authorise(actor, mayCheckOrganisations(city));
  const claim = await queries.selectOptionalClaim(tx, city, id);
  if (!claim) throw missing(`claim ${id}`);
  await recordAudit(tx, actor, { ...actOn(city, id), action: "open", about: claim.person }, now);
  await actForPerson(tx, claim.person);
  return { ...claim, claimant: nameIn(language, await selectPerson(tx, claim.person)) };
}

export interface ClaimDecision {
  city: CityCode;
  id: string;
  isApproved: boolean;
  /** In the city's own words; "" when it approves without any. */
  answer: string;
}

/** Errors: Forbidden, Missing, Conflict (decided before; the organisation has ended). */
export async function decideClaim(
  tx: Tx,
  actor: Actor,
  { city, id, isApproved, answer }: ClaimDecision,
  now: Temporal.Instant,
): Promise<void> {
  authorise(actor, mayCheckOrganisations(city));
  const claim = await queries.selectOptionalClaim(tx, city, id);
  const organisation = claim && (await lockOrganisation(tx, claim.organisation));
  if (!organisation) throw missing(`claim ${id}`);
  if (isApproved) requireActive(organisation);
  const state = isApproved ? "approved" : "refused";
  if (!(await queries.decideClaim(tx, city, id, { state, decidedBy: personOf(actor), answer }, now)))
    throw conflict(`claim ${id} is decided`);
  await recordAudit(
    tx,
    actor,
    { ...actOn(city, id), action: isApproved ? "approve" : "refuse", about: claim.person },
    now,
  );
  if (isApproved) await letIn(tx, actor, city, claim, now);
  await tellClaimant(tx, city, claim, { isApproved, answer }, now);
}

/** The city has looked at what the claimant showed: so from now on the entry is checked by a city. */
async function letIn(
  tx: Tx,
  actor: Actor,
  city: CityCode,
  { id, organisation, name }: queries.Claim,
  now: Temporal.Instant,
): Promise<void> {
  const to = await selectMembersToTell(tx, organisation, ["owner"]);
  await queries.makeOwnerByClaim(tx, city, id, newId(now), now);
  await updateCheckedBy(tx, organisation, "city");
  await recordChange(tx, actor, { city: "joint", kind: "organisation", id: organisation, verb: "changed" }, now);
  const values = (lang: Language) => ({ organisation: name, city: CITIES[city].names[lang].name });
  await tell(tx, "ownerAdded", { to, values, path: pathTo(organisation) }, now);
}

async function tellClaimant(
  tx: Tx,
  city: CityCode,
  { person, organisation, name }: queries.Claim,
  { isApproved, answer }: Pick<ClaimDecision, "isApproved" | "answer">,
  now: Temporal.Instant,
): Promise<void> {
  const values = (lang: Language) => ({ organisation: name, city: CITIES[city].names[lang].name, answer });
  const path = isApproved ? pathTo(organisation) : inEachLanguage((lang) => MY_ORGANISATIONS.href(lang));
  await tell(tx, isApproved ? "claimApproved" : "claimRefused", { to: [person], values, path }, now);
}

const actOn = (city: Tenant, id: string) => ({ city, subjectKind: "organisation_claim", subjectId: id }) as const;
