/** How often something may be tried, whichever process it comes to: by address and by network, neither of which is kept readable. */
import { isIPv6 } from "node:net";
import type { Temporal } from "temporal-polyfill";
import type { Db, Tx } from "#core/db.ts";
import { tooMany } from "#core/errors.ts";
import type { Sealer } from "#core/seal.ts";
import { countAttempt } from "./queries.ts";

export interface Limit {
  /** Of what is counted: "mail to an address". */
  name: string;
  most: number;
  minutes: number;
}

/** Links that one address gets: somebody who mistypes or waits asks again, and nobody's mailbox is flooded. */
export const MAILS_TO_ADDRESS: Limit = { name: "mail to an address", most: 5, minutes: 60 };
/** Links that one network asks for: a library has many visitors behind one address. */
export const MAILS_FROM_NETWORK: Limit = { name: "mail from a network", most: 30, minutes: 60 };
/** Wrong links from one network. A link has 256 random bits: this stops the load of guessing, not its success. */
export const LINKS_FROM_NETWORK: Limit = { name: "links from a network", most: 30, minutes: 60 };

/** Errors: TooMany, when it was not within the limit. */
export async function requireWithin(
  tools: { db: Db; sealer: Sealer },
  limit: Limit,
  what: string,
  now: Temporal.Instant,
): Promise<void> {
  if (!(await isWithin(tools, limit, what, now))) throw tooMany(limit.name);
}

/** Counts one more, unless there have been as many as may be. What was refused counts no further, so that the limit ends by itself. */
export const isWithin = (
  { db, sealer }: { db: Db; sealer: Sealer },
  limit: Limit,
  what: string,
  now: Temporal.Instant,
): Promise<boolean> => db.transaction().execute((tx) => isWithinHere(tx, sealer, limit, what, now));

/** The same in the transaction of what is limited: when that fails, it has not counted. */
export async function isWithinHere(
  tx: Tx,
  sealer: Sealer,
  limit: Limit,
  what: string,
  now: Temporal.Instant,
): Promise<boolean> {
  const [key = ""] = sealer.fingerprints(`${limit.name}\n${what}`, "limit");
  const since = now.subtract({ minutes: limit.minutes });
  return countAttempt(tx, key, { most: limit.most, since }, now);
}

/** What counts as one network: an IPv4 address, or the 64 bits of IPv6 that one household gets. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const [address = ""] = ip.split("%");
  const groups = groupsOf(withoutDots(address));
  const isMapped = groups.slice(0, 5).every((group) => group === "0") && groups[5] === "ffff";
  if (!isMapped) return groups.slice(0, 4).join(":");
  const bytes = groups.slice(6).flatMap((group) => [Number.parseInt(group, 16) >> 8, Number.parseInt(group, 16) & 255]);
  return bytes.join(".");
}

/** The last two groups as such, where they are written like an IPv4 address: "::ffff:192.0.2.7" is "::ffff:c000:207". */
const withoutDots = (address: string): string =>
  address.replace(/(\d+)\.(\d+)\.(\d+)\.(\d+)$/, (_whole, ...parts: string[]) => {
    const [a = 0, b = 0, c = 0, d = 0] = parts.slice(0, 4).map(Number);
    return `${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
  });

/** The eight groups of an IPv6 address, in one form however they are written. */
function groupsOf(address: string): string[] {
  const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  return [...head, ...zeros, ...tail].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
}
