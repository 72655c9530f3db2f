/** Starts the service, says where it is, and stops it on a signal. */
import { ConfigError, configOrExit } from "#core/config.ts";
import { explain } from "#core/errors.ts";
import { openLog } from "#core/log.ts";
import { describeDemoPeople } from "#modules/accounts/index.ts";
import { startService } from "./service.ts";

const config = configOrExit();
const log = openLog(config, (line) => void process.stdout.write(line));
const started = Date.now();
let stopping = false;
/** Steps of the start, for the person at the terminal; the log has its own format and level. */
const say = (line: string) => console.log(`  ${((Date.now() - started) / 1000).toFixed(1).padStart(5)} s  ${line}`);

try {
  const starting = startService(config, log, say);
  // Also while it starts: a start that fails has closed everything itself, and says why below.
  stopOnSignal(async () => (await starting.catch(() => undefined))?.stop());
  const service = await starting;
  if (stopping) say("Was stopped while starting.");
  else if (config.DEMO) console.log(whatToTry(service.address));
  else say(`Avoin answers at ${service.address}`);
} catch (error) {
  log.debug({ err: error }, "start failed");
  console.error(`\nAvoin did not start: ${explain(error)}`);
  process.exit(error instanceof ConfigError ? 2 : 1);
}

/** The first signal drains and closes; a second one, from somebody who can't wait, ends at once. */
function stopOnSignal(stop: () => Promise<void>): void {
  const onSignal = () => {
    if (stopping) process.exit(1);
    stopping = true;
    say("Stopping…");
    void stop().then(() => process.exit(0));
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
}

function whatToTry(address: string): string {
  return `
  Avoin is up: ${address}/fi

  Try:
    ${address}/fi/helsinki/paatokset/HEL-2015-004216-29   a decision that started this service
    ${address}/fi/haku?q=osallisuus                        one search box over six cities
    ${address}/sv/helsinki/beslut                          the same in Swedish
    ${address}/api/v1/decisions                            the same for machines
    ${address}/fi/kirjaudu                                 sign in as anybody below
    ${address}/fi/demo/posti                               mail that would have been sent
    ${address}/fi/tampere/desk/lukematta                   documents that could not be read, for a registrar
    ${address}/health/ready                                how the service is doing

${describeDemoPeople()}
  Ctrl-C stops it.
`;
}
