import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join, resolve } from "node:path";
import type { Temporal } from "temporal-polyfill";
import { inDebian, type Debian } from "./debian.ts";
import { describeFailure, forgetFailure, recallFailure, rememberFailure } from "./failed-fetch.ts";
import { openFirst, openVoikko, unpackedFiles, unpackedRoot } from "./locate.ts";

export type Fetched = { ok: true; from: string } | { ok: false; reason: string };

/** One line for people; each step that may take over a second says so before it begins. */
export type Log = (line: string) => void;

export interface FetchOptions {
  /** Fetch though an installed library would do. */
  ignoreInstalled?: boolean;
  /** Further options of apt-get, such as a mirror. */
  aptOptions?: readonly string[];
  timeLimitMs?: number;
}

const TIME_LIMIT_MS = 60_000;
/** A working folder this old belongs to a run that was killed: no run lives longer than the time limit. */
const STALE_MS = 10 * 60_000;
const WORK_PREFIX = "voikko-work-";
const PACKAGES = ["libvoikko1", "voikko-fi"];

/**
 * Gets Voikko from Debian's (or Ubuntu's) own package archive into `${dataDir}/voikko`, without root and without
 * touching the system: the packages and those of their libraries that the machine lacks are downloaded by apt-get, which
 * checks their signatures, and unpacked, not installed. Does nothing when Voikko already works, nor within a day after
 * it failed.
 *
 * Safe to kill and to run twice at once: all work happens in a folder of its own, and one rename makes the result visible.
 * Never throws for a missing or unreachable archive; the reason is in the result.
 */
export async function fetchVoikko(
  dataDir: string,
  now: Temporal.Instant,
  log: Log,
  options: FetchOptions = {},
): Promise<Fetched> {
  const present = openVoikko(dataDir, options);
  if (present.found) {
    present.voikko.close();
    return { ok: true, from: present.from };
  }
  if (process.platform !== "linux") return { ok: false, reason: "only Debian's and Ubuntu's packages can be fetched" };
  const before = await recallFailure(dataDir, now);
  if (before) return { ok: false, reason: describeFailure(dataDir, before) };
  const fetched = await fetchNow(dataDir, log, options);
  if (fetched.ok) {
    await forgetFailure(dataDir);
    return fetched;
  }
  const failed = { reason: fetched.reason, at: now };
  await rememberFailure(dataDir, failed);
  return { ok: false, reason: describeFailure(dataDir, failed) };
}

function fetchNow(dataDir: string, log: Log, options: FetchOptions): Promise<Fetched> {
  return inWorkFolder(resolve(dataDir), async (work) => {
    const signal = AbortSignal.timeout(options.timeLimitMs ?? TIME_LIMIT_MS);
    try {
      const debian = await inDebian(work, options.aptOptions ?? [], signal);
      const root = await unpackPackages(debian, work, log);
      return await keep(root, dataDir, log);
    } catch (error) {
      return { ok: false, reason: signal.aborted ? "it took too long" : reasonOf(error) };
    }
  });
}

const reasonOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

async function inWorkFolder<T>(dataDir: string, use: (work: string) => Promise<T>): Promise<T> {
  await mkdir(dataDir, { recursive: true });
  await removeStale(dataDir);
  const work = await mkdtemp(join(dataDir, WORK_PREFIX));
  try {
    return await use(work);
  } finally {
    // A tool that was just stopped may still write its last file.
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
  }
}

async function removeStale(dataDir: string) {
  const names = await readdir(dataDir);
  for (const name of names.filter((name) => name.startsWith(WORK_PREFIX))) {
    const folder = join(dataDir, name);
    const info = await stat(folder).catch(unless("ENOENT"));
    if (info && Date.now() - info.mtimeMs > STALE_MS) await rm(folder, { recursive: true, force: true });
  }
}

/** Downloads and unpacks; returns the folder that stands for the root of the file system. */
async function unpackPackages(debian: Debian, work: string, log: Log): Promise<string> {
  const files = await download(debian, log);
  const root = join(work, "root");
  await mkdir(root);
  for (const file of files) {
    log(`Voikko: unpacking ${basename(file)}`);
    await debian.unpack(file, root);
  }
  return root;
}

/** With the machine's own package lists where they will do; fresh machines have none, and old ones name files that are gone. */
async function download(debian: Debian, log: Log): Promise<string[]> {
  log("Voikko: asking Debian's package lists");
  try {
    return await downloadLacking(debian, log);
  } catch (error) {
    debian.signal.throwIfAborted();
    log(`Voikko: the machine's package lists do not do (${reasonOf(error)})`);
  }
  log("Voikko: fetching package lists of our own (about 10 MB)");
  const listError = await debian.updateLists().then(() => undefined, reasonOf);
  try {
    return await downloadLacking(debian, log);
  } catch (error) {
    // A source that fails (a third party's, say) need not be the one with our packages, so it matters only now.
    throw new Error(listError ?? reasonOf(error), { cause: error });
  }
}

async function downloadLacking(debian: Debian, log: Log): Promise<string[]> {
  const lacking = await debian.lackingPackages(PACKAGES);
  if (lacking.length === 0) throw new Error(`${PACKAGES.join(" and ")} are installed, and yet cannot be loaded`);
  log(`Voikko: downloading ${lacking.join(", ")}`);
  return debian.download(lacking);
}

/** Tries the unpacked library before anybody else sees it, then moves it to its place. */
async function keep(root: string, dataDir: string, log: Log): Promise<Fetched> {
  const files = unpackedFiles(root);
  const opened = openFirst(files === undefined ? [] : [files]);
  if (!opened.found) throw new Error(`the packages do not work here (${opened.why})`);
  opened.voikko.close();
  await moveInto(root, unpackedRoot(dataDir), join(root, "..", "replaced"));
  log(`Voikko: ready in ${unpackedRoot(dataDir)}`);
  return { ok: true, from: unpackedRoot(dataDir) };
}

/** A copy that no longer works (the system was upgraded) is replaced; one that another run has just moved in is as good as ours. */
async function moveInto(root: string, target: string, replaced: string) {
  const wasThere = existsSync(target);
  const present = unpackedFiles(target);
  const opened = openFirst(present === undefined ? [] : [present]);
  if (opened.found) return opened.voikko.close();
  if (wasThere) await rename(target, replaced).catch(unless("ENOENT"));
  await rename(root, target).catch(unless("ENOTEMPTY", "EEXIST"));
}

/** Lets an expected error of the file system pass. */
const unless =
  (...codes: string[]) =>
  (error: NodeJS.ErrnoException): undefined => {
    if (!codes.includes(error.code ?? "")) throw error;
  };
