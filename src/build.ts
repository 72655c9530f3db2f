/** Which code this is: changes when any source file or asset does, and is the same in every process that runs the same code. */
import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Ten characters over all files below src/ that make pages, and the names of the assets (which hold their own hashes). */
export async function buildOf(assets: readonly string[]): Promise<string> {
  const folder = import.meta.dirname;
  const files = (await readdir(folder, { recursive: true })).filter((file) => /\.(tsx?|json|css)$/.test(file)).sort();
  const hash = createHash("sha256").update(assets.join("\n"));
  for (const file of files) hash.update(file).update(await readFile(path.join(folder, file)));
  return hash.digest("base64url").slice(0, 10);
}
