/** Writes the golden files anew: `node bin/run.mjs test/golden/update.ts`. Then read the difference, each line, against the sources. */
import { mkdir, writeFile } from "node:fs/promises";
import { finnishLexicon } from "./documents.ts";
import { asGolden, goldenReadings } from "./readings.ts";

const FOLDER = new URL("decisions/", import.meta.url);

const finnish = finnishLexicon();
if ("missing" in finnish) throw new Error(`Golden files ${finnish.missing}.`);
await mkdir(FOLDER, { recursive: true });
const golden = await goldenReadings(finnish.lexicon);
for (const [name, value] of golden) await writeFile(new URL(`${name}.json`, FOLDER), asGolden(value));
process.stdout.write(`${golden.size} golden files written\n`);
