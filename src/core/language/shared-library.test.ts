import assert from "node:assert/strict";
import { copyFile, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { unpackedFiles } from "./locate.ts";
import { loadLibrary } from "./shared-library.ts";
import { loadVoikko } from "./voikko.ts";

const linux = { skip: process.platform === "linux" ? false : "about the Linux linker" };

test("a library that is not there is refused with the linker's words", () => {
  assert.throws(() => loadLibrary("libnowhere.so.1", ["/nowhere"]), /cannot open shared object file|no such file/i);
});

test("a library that the system lacks is found beside the one that needs it", linux, async () => {
  const installed = unpackedFiles("/");
  assert.ok(installed, "libvoikko1 and voikko-fi are installed");
  const folder = await mkdtemp(join(tmpdir(), "voikko-needs-"));
  try {
    const library = join(folder, "libvoikko.so.1");
    const needed = await neededBy(installed.library);
    const unheard = needed.replace(/l\.so/, "X.so");
    await copyFile(join(installed.library, "..", needed), join(folder, unheard));
    for (const [from, to] of [
      [installed.library, library],
      [join(folder, unheard), join(folder, unheard)],
    ] as const)
      await renameIn(from, to, needed, unheard);

    assert.throws(() => loadLibrary(library, []), new RegExp(`${unheard}: cannot open`));
    const voikko = loadVoikko({ ...installed, library, needed: [folder] });
    assert.deepEqual(voikko.lemmas("määrärahasta"), ["määräraha"]);
    voikko.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});

/** libvoikko needs one library that nothing else does: libhfstospell, whose version differs by release. */
async function neededBy(library: string): Promise<string> {
  const name = /libhfstospell\.so\.\d+/.exec(await readFile(library, "latin1"));
  assert.ok(name);
  return name[0];
}

/** Writes a copy of a library in which another library has a name of equal length that no system knows. */
async function renameIn(from: string, to: string, name: string, other: string) {
  const bytes = await readFile(from, "latin1");
  await writeFile(to, bytes.replaceAll(name, other), "latin1");
}
