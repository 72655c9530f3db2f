/** Guardians of children, recorded by a city's advisor on the papers they have seen. The guardian is whom they help. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise } from "#core/actor.ts";
import { recordAudit, type Verb } from "#core/audit.ts";
import type { CityCode, Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import { actForPerson, type Db, type Tx, withPerson } from "#core/db.ts";
import { conflict, invalid, missing } from "#core/errors.ts";
import { newId } from "#core/ids.ts";
import { selectPerson } from "../people/queries.ts";
import { hasStrongIdentity } from "../sign-in/queries.ts";
import type { WantedGuardian } from "./guardian-form.ts";
import { requireStaff } from "./help.ts";
import { GUARDIAN_MATTERS, isLive, stateOf } from "./mandate.ts";
import { tellBoth } from "./notices.ts";
import { becomePersonOfCode } from "./people-by-code.ts";
import { mayRecordGuardian } from "./policy.ts";
import * as queries from "./queries.ts";
import { t } from "./texts.ts";
import type { MandateTools } from "./tools.ts";

export interface GuardianDesk {
  city: CityCode;
  language: Language;
  now: Temporal.Instant;
}

/** Children whose guardian the helped resident is recorded as; null when nobody is helped. Errors: Forbidden. */
export async function listGuardianships(
  db: Db,
  actor: Actor,
  { city, now }: GuardianDesk,
): Promise<queries.Mandate[] | null> {
  authorise(actor, mayRecordGuardian(city));
  const { person: advisor, helps } = requireStaff(actor);
  if (!helps) return null;
  const about = helps.person;
  const work = async (tx: Tx) => {
    await recordAudit(tx, actor, { city, action: "list", subjectKind: "mandate", subjectId: about, about }, now);
    await actForPerson(tx, about);
    return (await queries.selectMandates(tx)).filter((mandate) => isRecorded(mandate, about, now));
  };
  return withPerson(db, advisor, work, city);
}

const isRecorded = (mandate: queries.Mandate, guardian: string, now: Temporal.Instant): boolean =>
  mandate.vouchedBy === "desk" && mandate.taker === guardian && isLive(stateOf(mandate, dayInFinland(now)));

/**
 * Records the helped resident as the child's guardian, until the child is of age.
 * Errors: Forbidden, Conflict (nobody is helped), Invalid (is recorded already; the guardian is not known surely enough).
 */
export async function recordGuardian(
  { db, sealer }: Pick<MandateTools, "db" | "sealer">,
  actor: Actor,
  { child, validUntil, reason }: WantedGuardian,
  { city, language, now }: GuardianDesk,
): Promise<void> {
  authorise(actor, mayRecordGuardian(city));
  const { person: advisor, helps } = requireStaff(actor);
  if (!helps) throw conflict("no guardian stands at the desk");
  const guardian = helps.person;
  const work = async (tx: Tx) => {
    const known = await requireKnownGuardian(tx, guardian, language);
    // Letters about the child are in the guardian's language until the child says otherwise.
    const giver = await becomePersonOfCode(tx, sealer, { ...child, language: known.language }, now);
    if (giver === guardian) throw refused(language, "childOwn");
    if ((await queries.selectMandates(tx)).some((mandate) => isRecorded(mandate, guardian, now)))
      throw refused(language, "childKnown");
    const id = newId(now);
    const sides = { giver, taker: guardian, offeredTo: known.name, offeredMail: null, language: known.language };
    const validity = { matters: GUARDIAN_MATTERS, validFrom: dayInFinland(now), validUntil };
    await queries.insertMandate(
      tx,
      { id, kind: "guardian", vouchedBy: "desk", link: null, ...sides, ...validity },
      now,
    );
    await tellBoth(tx, city, "guardian", await queries.selectSides(tx, id), now);
    await recordForBoth(tx, actor, { city, action: "recordGuardian", id, reason }, [giver, guardian], now);
  };
  await withPerson(db, advisor, work, city);
}

/** Ends it, as when the papers say otherwise now. Errors: Forbidden, Missing (none that is recorded for the helped resident). */
export async function endGuardianship(
  { db }: Pick<MandateTools, "db">,
  actor: Actor,
  { id, reason }: { id: string; reason: string },
  { city, now }: GuardianDesk,
): Promise<void> {
  authorise(actor, mayRecordGuardian(city));
  const { person: advisor, helps } = requireStaff(actor);
  if (!helps) throw missing(`guardianship ${id}`);
  const guardian = helps.person;
  const work = async (tx: Tx) => {
    const mandate = await queries.selectOptionalMandate(tx, id);
    if (!mandate || !isRecorded(mandate, guardian, now)) throw missing(`guardianship ${id}`);
    if (!(await queries.updateEnded(tx, id, advisor, now))) return;
    await tellBoth(tx, city, "guardianEnded", await queries.selectSides(tx, id), now);
    await recordForBoth(tx, actor, { city, action: "endGuardian", id, reason }, [mandate.giver, guardian], now);
  };
  await withPerson(db, guardian, work, city);
}

/** A row for each, so that both see it among what was done with their data. */
async function recordForBoth(
  tx: Tx,
  actor: Actor,
  { id, ...act }: { city: CityCode; action: Verb; id: string; reason: string },
  [giver, guardian]: readonly [string, string],
  now: Temporal.Instant,
): Promise<void> {
  await recordAudit(tx, actor, { ...act, subjectKind: "mandate", subjectId: id, about: giver }, now);
  await recordAudit(tx, actor, { ...act, subjectKind: "mandate", subjectId: id, about: guardian }, now);
}

/** An address by mail could be anybody's: who acts for a child must have identified themself here. */
async function requireKnownGuardian(tx: Tx, guardian: string, language: Language) {
  await actForPerson(tx, guardian);
  if (!(await hasStrongIdentity(tx, guardian))) throw refused(language, "guardianUnknown");
  const { given, family, language: own } = await selectPerson(tx, guardian);
  return { name: `${given} ${family}`.trim(), language: own };
}

const refused = (language: Language, key: "childOwn" | "childKnown" | "guardianUnknown") =>
  invalid(`no guardian is recorded: ${key}`, [{ field: "code", message: t(language, key) }]);
