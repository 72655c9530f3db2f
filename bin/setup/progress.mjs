/** What a person sees while a step runs that may take more than a second. */

/**
 * Runs `work` under a title: on a terminal one line that counts the seconds, elsewhere a line now and then.
 * @template Result
 * @param {string} title
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function step(title, work) {
  const started = Date.now();
  const seconds = () => `${((Date.now() - started) / 1000).toFixed(0)} s`;
  const onTerminal = process.stdout.isTTY === true;
  process.stdout.write(`${title} …${onTerminal ? "" : "\n"}`);
  const tick = () => process.stdout.write(onTerminal ? `\r${title} … ${seconds()}` : `  … ${seconds()}\n`);
  const timer = setInterval(tick, onTerminal ? 1000 : 10_000);
  try {
    const result = await work();
    process.stdout.write(`${onTerminal ? "\r" : ""}${title}: done in ${seconds()}\n`);
    return result;
  } catch (error) {
    if (onTerminal) process.stdout.write("\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** An error that says what to do; shown without a stack. */
export class SetupError extends Error {}

/**
 * Runs a script's main function; a set-up error becomes one message and exit code 1.
 * @param {() => Promise<number>} main resolves to the exit code
 */
export async function runMain(main) {
  try {
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof SetupError ? `\n${error.message}` : error);
    process.exitCode = 1;
  }
}
