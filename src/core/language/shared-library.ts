import { existsSync } from "node:fs";
import { join } from "node:path";
import koffi, { type LibraryHandle } from "koffi";

/** The library that the linker's message names first: "libhfstospell.so.11: cannot open shared object file: …". */
const LIBRARY_NAME = /[\w.+-]+\.(?:so(?:\.\d+)*|dylib)/;

/**
 * Loads a shared library, fetching what it needs and the system lacks from `folders`. LD_LIBRARY_PATH is read only when
 * a process starts, so the missing library is loaded first by its path; the linker then finds it by its SONAME.
 *
 * Errors: the dynamic linker's message.
 */
export function loadLibrary(library: string, folders: readonly string[]): LibraryHandle {
  const tried = new Set<string>();
  for (;;) {
    try {
      return koffi.load(library);
    } catch (error) {
      const missing = missingLibrary(error, folders);
      if (missing === undefined || missing === library || tried.has(missing)) throw error;
      tried.add(missing);
      loadLibrary(missing, folders);
    }
  }
}

function missingLibrary(error: unknown, folders: readonly string[]): string | undefined {
  const message = error instanceof Error ? error.message : "";
  const [, reason = message] = message.split(/Failed to load shared library: /);
  const name = LIBRARY_NAME.exec(reason)?.[0];
  return name === undefined ? undefined : folders.map((folder) => join(folder, name)).find((path) => existsSync(path));
}
