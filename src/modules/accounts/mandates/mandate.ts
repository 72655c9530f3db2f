/** Rules of mandates: the kinds of matters, the states, how long one holds, and whose matters somebody is in. */
import { Temporal } from "temporal-polyfill";
import { type Actor, personOf } from "#core/actor.ts";
import { forbidden } from "#core/errors.ts";

/** What a mandate can be for. A new kind is added here and gets its text (`matter_…`); older mandates do not cover it. */
export const MATTERS = ["feedback", "services", "participation", "decisions", "vouchers", "data"] as const;
export type Matter = (typeof MATTERS)[number];

export const isMatter = (text: string): text is Matter => MATTERS.some((matter) => matter === text);

/** A guardian acts for a child in everything but what takes a vote of one's own. */
export const GUARDIAN_MATTERS: readonly Matter[] = MATTERS.filter((matter) => matter !== "participation");
/** Nor does who acts on the word of a register, which knows nothing of our votes. */
export const REGISTER_MATTERS = GUARDIAN_MATTERS;

/** From today, for one that is given: longer than this nobody remembers that it holds. */
export const MOST_YEARS = 5;
const FULL_AGE = 18;

/** `given` by the person themself; `guardian` of a child. */
export type MandateKind = "given" | "guardian";
/** On whose word: the giver's own, a register's, or that of a city's advisor who has seen the papers. */
export type Voucher = "giver" | "register" | "desk";

export const STATES = ["inForce", "notYet", "offered", "declined", "runOut", "ended"] as const;
export type MandateState = (typeof STATES)[number];

export interface MandateTimes {
  giver: string;
  validFrom: Temporal.PlainDate;
  /** The last day on which it holds. */
  validUntil: Temporal.PlainDate;
  isTaken: boolean;
  /** By whom it was ended; null while it is not. */
  end: { by: string | null } | null;
}

export function stateOf(mandate: MandateTimes, today: Temporal.PlainDate): MandateState {
  const { giver, validFrom, validUntil, isTaken, end } = mandate;
  if (end) return isTaken || end.by === giver ? "ended" : "declined";
  if (Temporal.PlainDate.compare(validUntil, today) < 0) return "runOut";
  if (!isTaken) return "offered";
  return Temporal.PlainDate.compare(validFrom, today) > 0 ? "notYet" : "inForce";
}

export const isLive = (state: MandateState): boolean => ["inForce", "notYet", "offered"].includes(state);

/** The side on which the person may end a mandate; null for neither. `role`: theirs in the organisation that has taken it. */
export function endsAs(
  mandate: { kind: MandateKind; giver: string; taker: string | null; role: string | null },
  person: string,
): "giver" | "taker" | null {
  // A child does not dismiss a guardian.
  if (mandate.giver === person) return mandate.kind === "given" ? "giver" : null;
  const isTaker = mandate.taker === person || mandate.role === "owner" || mandate.role === "signatory";
  return isTaker ? "taker" : null;
}

/** Whether the person may act by it: it is theirs, or taken by an organisation of theirs. Nobody acts for themself. */
export const actsBy = (
  mandate: { giver: string; taker: string | null; role: string | null },
  person: string,
): boolean => mandate.giver !== person && (mandate.taker === person || mandate.role !== null);

/**
 * The last day on which who was born then is a child (Guardianship Services Act 442/1999, section 2: under 18). Of who was born on
 * 29 February the day before 1 March, as `ageOn` counts.
 */
export function lastDayAsChild(born: Temporal.PlainDate): Temporal.PlainDate {
  const birthday = born.add({ years: FULL_AGE });
  return birthday.day === born.day ? birthday.subtract({ days: 1 }) : birthday;
}

/**
 * Whose matters somebody is in when they act in that kind of matter: the person's own; the giver's, when they act by a mandate
 * that covers it; the resident's whom staff helps. Null for who is no person.
 * Errors: Forbidden when they act by a mandate that does not cover it.
 */
export function actsFor(actor: Actor, matter: Matter): string | null {
  if (actor.kind === "staff") return actor.helps?.person ?? actor.person;
  const behalf = "behalf" in actor ? actor.behalf : undefined;
  if (!behalf) return personOf(actor);
  if (!behalf.matters.includes(matter)) throw forbidden(`the mandate ${behalf.mandate} does not cover ${matter}`);
  return behalf.person;
}
