/** `npm start`: installs what is missing, then starts the whole service with its demo content. `--watch`: again at each change. */
import { ensurePackages } from "./setup/packages.mjs";
import { runMain } from "./setup/progress.mjs";
import { FLAGS, runNode } from "./setup/run.mjs";

const watch = process.argv.includes("--watch") ? ["--watch-path=src", "--watch-preserve-output"] : [];

await runMain(async () => {
  await ensurePackages();
  return await runNode([...FLAGS.service, ...watch, "src/main.ts"], {
    DEMO: "on",
    LOG_FORMAT: "text",
    ...FLAGS.serviceEnvironment,
    ...process.env,
  });
});
