import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { loadVoikko, type Voikko, type VoikkoFiles } from "./voikko.ts";

/** Where a copy of our own is kept, below the data directory (see `fetch-debian.ts`). */
export const unpackedRoot = (dataDir: string) => join(dataDir, "voikko");

const INSTALLED_LIBRARIES: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  linux: ["libvoikko.so.1"],
  darwin: ["libvoikko.1.dylib", "/opt/homebrew/lib/libvoikko.1.dylib", "/usr/local/lib/libvoikko.1.dylib"],
};

const INSTALLED_DICTIONARIES = [
  "/usr/lib/voikko",
  "/usr/share/voikko",
  "/usr/local/lib/voikko",
  "/usr/local/share/voikko",
  "/opt/homebrew/lib/voikko",
  "/opt/homebrew/share/voikko",
];

export type OpenedVoikko =
  /** `from` is the library's path or plain name, for the log. */
  { found: true; voikko: Voikko; from: string } | { found: false; why: string };

export interface OpenVoikkoOptions {
  /** Leave out what the system has installed: to see that our own copy works by itself. */
  ignoreInstalled?: boolean;
}

/** Opens the first libvoikko that works: an installed one, else the copy below the data directory. */
export function openVoikko(dataDir: string, options: OpenVoikkoOptions = {}): OpenedVoikko {
  const installed = options.ignoreInstalled === true ? [] : installedFiles();
  const unpacked = unpackedFiles(unpackedRoot(dataDir));
  return openFirst(unpacked === undefined ? installed : [...installed, unpacked]);
}

/** Opens the first candidate that loads; says of each of the others why it does not. */
export function openFirst(candidates: readonly VoikkoFiles[]): OpenedVoikko {
  const reasons: string[] = [];
  for (const files of candidates) {
    try {
      return { found: true, voikko: loadVoikko(files), from: files.library };
    } catch (error) {
      reasons.push(`${files.library}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return { found: false, why: reasons.join("; ") || "libvoikko is neither installed nor in the data directory" };
}

function installedFiles(): VoikkoFiles[] {
  const dictionary = INSTALLED_DICTIONARIES.find(holdsDictionary);
  const libraries = INSTALLED_LIBRARIES[process.platform] ?? [];
  return libraries.map((library) => (dictionary === undefined ? { library } : { library, dictionary }));
}

/** The files of packages unpacked below `root`; undefined when the library or the dictionary is not there. */
export function unpackedFiles(root: string): VoikkoFiles | undefined {
  const needed = ["usr/lib", "lib"].flatMap((folder) => withSubfolders(join(root, folder)));
  const library = needed.map((folder) => join(folder, "libvoikko.so.1")).find((path) => existsSync(path));
  const dictionary = ["usr/lib/voikko", "usr/share/voikko"].map((folder) => join(root, folder)).find(holdsDictionary);
  return library === undefined || dictionary === undefined ? undefined : { library, dictionary, needed };
}

/** Version 5 is the format of libvoikko 4. */
const holdsDictionary = (folder: string) => existsSync(join(folder, "5"));

/** Debian keeps libraries in a folder named for the architecture: lib/x86_64-linux-gnu. */
function withSubfolders(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const entries = readdirSync(folder, { withFileTypes: true });
  return [folder, ...entries.filter((entry) => entry.isDirectory()).map((entry) => join(folder, entry.name))];
}
