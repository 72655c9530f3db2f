/** Stops the tests' database server after a run that was cut short: joins it, and as the last user leaves it. */
import { joinTestServer } from "./database.ts";

const server = await joinTestServer();
await server.stop();
