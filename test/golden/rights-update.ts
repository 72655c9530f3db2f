/** Writes the table of rights anew: `node bin/run.mjs test/golden/rights-update.ts`. Then read the difference, each line. */
import { writeFile } from "node:fs/promises";
import { openRightsApp } from "../rights/app.ts";
import { askEverything } from "../rights/table.ts";

const closing: (() => Promise<void>)[] = [];
const scope = { after: (done: () => Promise<void>) => void closing.push(done) };
const app = await openRightsApp(scope);
const table = await askEverything(app);
await writeFile(new URL("rights.json", import.meta.url), `${JSON.stringify(table, null, 2)}\n`);
for (const close of closing) await close();
process.stdout.write(`${table.routes.length} routes written\n`);
