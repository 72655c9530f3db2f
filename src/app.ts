/** The readable list of what the server is made of. */
import type { FastifyInstance } from "fastify";
import { sql } from "kysely";
import type { Logger } from "pino";
import type { Clock } from "#core/clock.ts";
import { type Config, gdprApiOf } from "#core/config.ts";
import type { Db } from "#core/db.ts";
import { addApi } from "#core/http/api.ts";
import type { FindKey } from "#core/http/api-keys.ts";
import { addAssets } from "#core/http/assets.ts";
import type { ChangeWatcher } from "#core/http/change-watcher.ts";
import { addHealth, addMetrics, type Check, type Health } from "#core/http/health.ts";
import { openPageCache } from "#core/http/page-cache.ts";
import type { PageServices } from "#core/http/pages.ts";
import { createServer } from "#core/http/server.ts";
import { inTime } from "#core/http/time-limit.ts";
import type { JobHandlers, Timed } from "#core/jobs.ts";
import type { LanguageService } from "#core/language/language.ts";
import { mailJobs } from "#core/mail.ts";
import { collectPersonalData, type PersonalData } from "#core/retention.ts";
import {
  ACCOUNT_TIMETABLE,
  accountData,
  accountJobs,
  accountServices,
  addAccounts,
  addErasing,
  addGdprApi,
  addOrganisationApi,
  addOrganisations,
  addOwnData,
  ERASURE_TIMETABLE,
  erasureJobs,
  findApiKey,
  mandateActing,
  type SignInSettings,
} from "#modules/accounts/index.ts";
import { addDecisionApi, addDecisionPages, addDesk, decisionJobs } from "#modules/decisions/index.ts";
import { addChangesApi, addOpenDataPage } from "#modules/opendata/index.ts";
import { addPortalPages, errorPages, renderWithin } from "#modules/portal/index.ts";
import { addSearchApi, addSearchPages, type Search } from "#modules/search/index.ts";
import { ASSETS } from "#ui/assets.ts";
import { buildOf } from "./build.ts";
import { DESK_PARTS } from "./desk.ts";

/** What the modules keep about people. A module that keeps any has its register here. */
const PERSONAL_DATA: PersonalData = collectPersonalData([accountData]);

/** What the app leans on; made and closed by main.ts (or by a test). */
export interface AppServices {
  config: Config;
  log: Logger;
  /** For requests. */
  db: Db;
  /** For jobs: their transactions may take longer. */
  background: Db;
  changes: ChangeWatcher;
  language: LanguageService;
  search: Search;
  /** "https://avoin.example.fi" */
  origin: string;
  /** Who may sign in, and how they are known again. */
  signIn: SignInSettings;
  clock: Clock;
}

export interface App {
  server: FastifyInstance;
  health: Health;
  /** Background work, for the worker. */
  jobs: JobHandlers;
  timetable: readonly Timed[];
}

/** Puts the server together; it does not listen yet. */
export async function createApp(services: AppServices): Promise<App> {
  const { config, log, db, background, changes, language, origin, clock } = services;
  const server = await createServer(config, log, errorPages(origin));
  const registry = addMetrics(server);
  const health = addHealth(server, checksOf(services), registry);
  addAssets(server, ASSETS);

  const build = await buildOf(ASSETS.map((asset) => asset.path));
  const pages: PageServices = {
    db,
    cache: openPageCache(config.PAGE_CACHE_MB * 1024 * 1024),
    version: () => changes.version(),
    build,
    origin,
    shy: (text, of) => language.softHyphens(text, of),
    render: renderWithin(origin),
  };
  const accounts = accountServices(pages, services.signIn, config, clock);
  addAccounts(server, accounts, DESK_PARTS);
  addOrganisations(server, accounts, {
    companyRegister: config.COMPANY_REGISTER_URL,
    actingSources: [mandateActing],
  });
  addOwnData(server, accounts, { register: PERSONAL_DATA, contactMail: config.CONTACT_MAIL });
  addErasing(server, accounts, PERSONAL_DATA);
  const gdprApi = gdprApiOf(config);
  if (gdprApi) addGdprApi(server, { db, register: PERSONAL_DATA, sealer: services.signIn.sealer }, gdprApi, clock);
  await services.signIn.demo?.addTo(server, accounts, server.log);
  addDecisionPages(server, pages);
  addDesk(server, accounts);
  addSearchPages(server, pages, services.search);
  addOpenDataPage(server, pages, config.RATE_LIMIT);
  addPortalPages(server, pages, config.CONTACT_MAIL);

  const api = { version: () => changes.version(), build, origin };
  const findKey = findApiKey(db, clock);
  const findKeyInTime: FindKey = (key) => inTime(findKey(key), config.REQUEST_SECONDS * 1000);
  await addApi(server, api, findKeyInTime, (scope) => {
    addOrganisationApi(scope, db, api);
    addDecisionApi(scope, db, api);
    addSearchApi(scope, services.search, api);
    addChangesApi(scope, db, api);
  });
  const jobs = {
    ...mailJobs(background, config, clock),
    ...accountJobs(background, clock),
    ...erasureJobs(background, PERSONAL_DATA, clock),
    ...decisionJobs(background, language),
    ...services.search.jobs,
  };
  return { server, health, jobs, timetable: [...ACCOUNT_TIMETABLE, ...ERASURE_TIMETABLE] };
}

function checksOf({ db, language, search }: AppServices): Check[] {
  return [
    search.check,
    {
      name: "database",
      async run() {
        await sql`select 1`.execute(db);
        return { ok: true };
      },
    },
    {
      name: "finnish",
      run: async () =>
        language.state === "voikko"
          ? { ok: true }
          : { ok: true, note: `PostgreSQL's stemmer: ${language.why ?? "no Voikko"}` },
    },
  ];
}
