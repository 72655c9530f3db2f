/** `npm start`: installs what is missing, then starts the whole service with its demo content. `--watch`: again at each change. */
import { readFileSync } from "node:fs";
import { ensurePackages } from "./setup/packages.mjs";
import { runMain } from "./setup/progress.mjs";
import { runNode } from "./setup/run.mjs";

const watch = process.argv.includes("--watch") ? ["--watch-path=src", "--watch-preserve-output"] : [];
/** How the service's heap grows, without a limit: docs/running.md. */
const heap = JSON.parse(readFileSync(new URL("./setup/service-flags.json", import.meta.url), "utf8"));

await runMain(async () => {
  await ensurePackages();
  return await runNode([...heap, ...watch, "src/main.ts"], { DEMO: "on", LOG_FORMAT: "text", ...process.env });
});
