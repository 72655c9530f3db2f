/** `node bin/run.mjs script.ts [arguments]`: a script of the project, on its own Node, with everything installed first. */
import { ensurePackages } from "./setup/packages.mjs";
import { runMain } from "./setup/progress.mjs";
import { FLAGS, runNode } from "./setup/run.mjs";

await runMain(async () => {
  await ensurePackages();
  // With the service's memory: what loads documents or builds the index does what its worker does.
  return await runNode([...FLAGS.service, ...process.argv.slice(2)], { ...FLAGS.serviceEnvironment, ...process.env });
});
