/** How the tools run: what one opens is closed again, and what stops it is told in words, not as a stack. */
import { type Closers, closers } from "#core/closers.ts";
import { type Config, configOrExit } from "#core/config.ts";
import { explain } from "#core/errors.ts";

/** `work` answers with the exit code. When something stops it, that is 1, and `advice` says what to do; for a wrong setting it is 2. */
export async function runCommand(work: (config: Config, open: Closers) => Promise<number>, advice = ""): Promise<void> {
  const config = configOrExit();
  const open = closers();
  try {
    process.exitCode = await work(config, open);
  } catch (error) {
    console.error(`\nStopped: ${explain(error)}${advice && `\n${advice}`}`);
    process.exitCode = 1;
  } finally {
    await open.closeAll((name, error) => console.error(`${name} did not close cleanly:`, error));
  }
}
