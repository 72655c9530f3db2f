/** Keeps the tests' database server running from the first test file to the last. */
import { joinTestServer } from "./database.ts";

let leave = async (): Promise<void> => undefined;

export async function globalSetup(): Promise<void> {
  const server = await joinTestServer();
  leave = () => server.stop();
}

export async function globalTeardown(): Promise<void> {
  await leave();
}
