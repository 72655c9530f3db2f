/** Time is a parameter: rules and actions take `now`; this is the one place it comes from. */
import { Temporal } from "temporal-polyfill";

export type Clock = () => Temporal.Instant;
export const systemClock: Clock = () => Temporal.Now.instant();

/** What a calendar in the cities says at that moment. */
export const dayInFinland = (now: Temporal.Instant): Temporal.PlainDate =>
  now.toZonedDateTimeISO("Europe/Helsinki").toPlainDate();
