/** Rules of API keys: their form, what they are asked for with, and when they hold. No I/O. */
import { Temporal } from "temporal-polyfill";
import { KEY_SCOPES, type KeyScope } from "#core/http/api-keys.ts";
import { isSecret, newSecret } from "#core/secrets.ts";
import { cleanName } from "../people/name.ts";

/** So that programs which look for secrets in published code know one of ours. */
const PREFIX = "avoin_";
const SHOWN = PREFIX.length + 4;

/** Requests a minute: five times what an address without a key has when nothing else is set (RATE_LIMIT). */
export const KEY_RATE = 3000;
/** Keys that hold, of one person, their organisations' among them. */
export const MOST_KEYS = 20;
const NAME_CHARACTERS = 80;
const MOST_YEARS = 10;

/** "avoin_" and 43 characters with 256 random bits. */
export const newKey = (): string => PREFIX + newSecret();
export const isKey = (text: string): boolean => text.startsWith(PREFIX) && isSecret(text.slice(PREFIX.length));
/** "avoin_k3f9": enough to tell one's keys apart, too little to guess the rest. */
export const beginningOf = (key: string): string => key.slice(0, SHOWN);

/** `orphaned`: of an organisation of which who made it is no owner any more. */
export type KeyState = "active" | "expired" | "ended" | "orphaned";

/** Whether it still opens anything, and else why not. The same is asked of each request, in `find_api_key`. */
export function stateOf(
  key: { expiresAt: Date | null; endedAt: Date | null; isOwnersStill: boolean },
  now: Temporal.Instant,
): KeyState {
  if (key.endedAt !== null) return "ended";
  if (key.expiresAt !== null && key.expiresAt.getTime() <= now.epochMilliseconds) return "expired";
  return key.isOwnersStill ? "active" : "orphaned";
}

/** What somebody typed to get a key. */
export interface TypedKey {
  name: string;
  scopes: readonly string[];
  /** "31.12.2027" or "2027-12-31"; "" for no end. */
  lastDay: string;
}

export interface WantedKey {
  name: string;
  scopes: readonly KeyScope[];
  expiresAt: Temporal.Instant | null;
}

export type KeyMistake = "nameWrong" | "scopesNone" | "lastDayWrong" | "lastDayPast" | "lastDayFar";
/** Each field that is wrong, and how. */
export type KeyMistakes = Partial<Record<keyof TypedKey, KeyMistake>>;

/** The wanted key, or what is wrong with it. `today`: in Finland. */
export function readWantedKey(typed: TypedKey, today: Temporal.PlainDate): WantedKey | { mistakes: KeyMistakes } {
  const name = cleanName(typed.name);
  const isNameGood = name !== undefined && Array.from(name).length <= NAME_CHARACTERS;
  const scopes = KEY_SCOPES.filter((scope) => typed.scopes.includes(scope));
  const lastDay = readLastDay(typed.lastDay, today);
  const mistakes: KeyMistakes = {
    ...(!isNameGood && { name: "nameWrong" }),
    ...(scopes.length === 0 && { scopes: "scopesNone" }),
    ...(typeof lastDay === "string" && { lastDay }),
  };
  if (!isNameGood || typeof lastDay === "string" || Object.keys(mistakes).length > 0) return { mistakes };
  return { name, scopes, expiresAt: lastDay && endOf(lastDay) };
}

/** The last day on which the key holds; null for none. */
function readLastDay(text: string, today: Temporal.PlainDate): Temporal.PlainDate | null | KeyMistake {
  if (text === "") return null;
  const day = parseDay(text);
  if (!day) return "lastDayWrong";
  if (Temporal.PlainDate.compare(day, today) < 0) return "lastDayPast";
  return Temporal.PlainDate.compare(day, today.add({ years: MOST_YEARS })) > 0 ? "lastDayFar" : day;
}

const WRITTEN_DAYS = [
  /^(?<day>\d{1,2})\. ?(?<month>\d{1,2})\. ?(?<year>\d{4})$/,
  /^(?<year>\d{4})-(?<month>\d\d)-(?<day>\d\d)$/,
];

/** As people write a day here, or as ISO 8601 does. Undefined for days that no calendar has. */
function parseDay(text: string): Temporal.PlainDate | undefined {
  const { year, month, day } = WRITTEN_DAYS.map((form) => form.exec(text)?.groups).find((groups) => groups) ?? {};
  const parts = { year: Number(year), month: Number(month), day: Number(day) };
  if (!(parts.month >= 1 && parts.month <= 12 && parts.day >= 1)) return undefined;
  const found = Temporal.PlainDate.from(parts, { overflow: "constrain" });
  return found.day === parts.day ? found : undefined;
}

/** The midnight after it, in Finland: on days when the clocks change, too. */
const endOf = (day: Temporal.PlainDate): Temporal.Instant =>
  day.add({ days: 1 }).toZonedDateTime("Europe/Helsinki").toInstant();

/** The last day of a key that ends at that moment. */
export const lastDayOf = (expiresAt: Date): Temporal.PlainDate =>
  Temporal.Instant.fromEpochMilliseconds(expiresAt.getTime() - 1)
    .toZonedDateTimeISO("Europe/Helsinki")
    .toPlainDate();
