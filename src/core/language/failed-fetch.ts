/**
 * A fetch of Voikko that failed is remembered in the data directory for a day. Where no package can be reached (a firewall that
 * drops what goes out), each start would otherwise wait a minute for nothing before it answers.
 */
import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { Temporal } from "temporal-polyfill";

export interface FailedFetch {
  reason: string;
  at: Temporal.Instant;
}

const REMEMBERED_HOURS = 24;
const fileOf = (dataDir: string) => join(dataDir, "voikko-not-fetched.json");

/** The last failure, when it is not yet a day old; what cannot be read, or was in the future, is none. */
export async function recallFailure(dataDir: string, now: Temporal.Instant): Promise<FailedFetch | undefined> {
  try {
    const kept = JSON.parse(await readFile(fileOf(dataDir), "utf8")) as { reason: unknown; at: string };
    const failed = { reason: String(kept.reason), at: Temporal.Instant.from(kept.at) };
    const hours = now.since(failed.at).total("hours");
    return hours >= 0 && hours < REMEMBERED_HOURS ? failed : undefined;
  } catch {
    return undefined;
  }
}

export const rememberFailure = (dataDir: string, { reason, at }: FailedFetch): Promise<void> =>
  writeFile(fileOf(dataDir), JSON.stringify({ reason, at: at.toString() }));

export const forgetFailure = (dataDir: string): Promise<void> => rm(fileOf(dataDir), { force: true });

/** Why it failed, and when it is tried again. */
export const describeFailure = (dataDir: string, { reason, at }: FailedFetch): string =>
  `${reason} (tried at ${at.round("second").toString()}, next a day later, or at the next start once ${fileOf(dataDir)} is removed)`;
