/** Signing in on a second server beside the app's own: what it logs can be read, and a test can add pages to it. */
import type { FastifyInstance } from "fastify";
import { readConfig } from "#core/config.ts";
import { openPageCache } from "#core/http/page-cache.ts";
import type { PrivateServices } from "#core/http/private-pages.ts";
import { createServer } from "#core/http/server.ts";
import { openLog } from "#core/log.ts";
import { accountServices, addAccounts } from "#modules/accounts/index.ts";
import { errorPages, renderWithin } from "#modules/portal/index.ts";
import { ORIGIN, type Scope, type TestApp } from "./app.ts";
import { DESK_PARTS } from "../src/desk.ts";

export interface TestAccounts extends Pick<TestApp, "db" | "server" | "clock"> {
  /** Lines of the log, as they were written. */
  lines: readonly string[];
}

/** With the app's database, clock and identity providers. */
export async function openAccounts(
  scope: Scope,
  { db, clock, signIn }: TestApp,
  addPages: (server: FastifyInstance, services: PrivateServices) => void = () => undefined,
): Promise<TestAccounts> {
  const lines: string[] = [];
  const log = openLog({ LOG_LEVEL: "debug", LOG_FORMAT: "json" }, (line) => lines.push(line));
  const config = readConfig({ RATE_LIMIT: "0" });
  const server = await createServer(config, log, errorPages(ORIGIN));
  const pages = {
    db,
    cache: openPageCache(0),
    version: () => "1",
    build: "test",
    origin: ORIGIN,
    shy: (text: string) => text,
    render: renderWithin(ORIGIN),
  };
  const services = accountServices(pages, signIn, config, clock.now);
  addAccounts(server, services, DESK_PARTS);
  addPages(server, services);
  await server.ready();
  scope.after(() => server.close());
  return { db, server, clock, lines };
}
