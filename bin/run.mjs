/** `node bin/run.mjs script.ts [arguments]`: a script of the project, on its own Node, with everything installed first. */
import { ensurePackages } from "./setup/packages.mjs";
import { runMain } from "./setup/progress.mjs";
import { runNode } from "./setup/run.mjs";

await runMain(async () => {
  await ensurePackages();
  return await runNode(process.argv.slice(2));
});
