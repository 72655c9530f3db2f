/** How often something may be tried, whichever process it comes to: by address and by network, neither of which is kept readable. */
import { isIPv6 } from "node:net";
import type { Temporal } from "temporal-polyfill";
import type { Db } from "#core/db.ts";
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

/** Errors: TooMany. What was refused counts no further, so that the limit ends by itself. */
export async function requireWithin(
  { db, sealer }: { db: Db; sealer: Sealer },
  limit: Limit,
  what: string,
  now: Temporal.Instant,
): Promise<void> {
  const [key = ""] = sealer.fingerprints(`${limit.name}\n${what}`, "limit");
  const since = now.subtract({ minutes: limit.minutes });
  if (!(await countAttempt(db, key, { most: limit.most, since }, now))) throw tooMany(limit.name);
}

/** What counts as one network: an IPv4 address, or the 64 bits of IPv6 that one household gets. */
export function networkOf(ip: string): string {
  if (!isIPv6(ip)) return ip;
  const [address = ""] = ip.split("%");
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  return mapped ?? groupsOf(address).slice(0, 4).join(":");
}

/** The eight groups of an IPv6 address, in one form however they are written. */
function groupsOf(address: string): string[] {
  const [head = [], tail = []] = address.split("::").map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array<string>(Math.max(0, 8 - head.length - tail.length)).fill("0");
  return [...head, ...zeros, ...tail].map((group) => group.toLowerCase().replace(/^0+(?=.)/, ""));
}
