/** The demo's side of signing in: made-up people, the provider that vouches for them, and the mail that they would get. */
import { inEachLanguage } from "#core/i18n.ts";
import type { FastifyBaseLogger, FastifyInstance } from "fastify";
import type { Temporal } from "temporal-polyfill";
import Type from "typebox";
import { CITIES, CITY_CODES, isCityCode } from "#core/cities.ts";
import { type Db, withTx } from "#core/db.ts";
import type { Sealer } from "#core/seal.ts";
import { selectWaitingMail } from "#core/mail.ts";
import type { PageServices } from "#core/http/pages.ts";
import { addPrivatePage, type PrivateServices } from "#core/http/private-pages.ts";
import type { Provider } from "../sign-in/provider.ts";
import { t as accountText } from "../texts.ts";
import type { RenderPage } from "./choose-page.tsx";
import { demoProviders, makeDemoClients } from "./clients.ts";
import { loadDemoAccounts } from "./content.ts";
import { DEMO_MAIL, demoMailPage } from "./mail-page.tsx";
import { DEMO_PEOPLE } from "./people.ts";
import { mayReadDemoMail } from "./policy.ts";
import { openDemoProvider } from "./provider.ts";
import { addDemoProvider } from "./web.ts";

export interface DemoIdentity {
  /** How Avoin signs the demo's people in. */
  providers: readonly Provider[];
  /** Makes what the people bring with them, as far as it is not there. */
  load(db: Db, sealer: Sealer, now: Temporal.Instant): Promise<void>;
  /** Adds the provider and the page of mails. */
  addTo(app: FastifyInstance, services: PrivateServices, log: FastifyBaseLogger): Promise<void>;
}

/** `origin`: ours, which is the provider's too: "http://127.0.0.1:3000". */
export function openDemoIdentity(origin: string): DemoIdentity {
  const clients = makeDemoClients();
  return {
    providers: demoProviders(origin, clients),
    load: loadDemoAccounts,
    async addTo(app, services, log) {
      const renderPage = renderWith(services);
      await addDemoProvider(app, { provider: openDemoProvider({ origin, clients, renderPage, log }), renderPage });
      addDemoMail(app, services);
    },
  };
}

/** The provider's pages have one address for all languages: their language links lead to themselves. */
const renderWith =
  (services: PageServices): RenderPage =>
  (content, language, url) => {
    const alternates = inEachLanguage(() => url);
    const request = { language, city: undefined, params: {}, query: {}, url, alternates, shy: services.shy };
    return services.render(content, request);
  };

const MAILS = 50;

function addDemoMail(app: FastifyInstance, services: PrivateServices): void {
  addPrivatePage(app, services, {
    path: DEMO_MAIL,
    params: Type.Object({}),
    query: Type.Object({ city: Type.Optional(Type.Enum([...CITY_CODES])) }),
    permission: () => mayReadDemoMail,
    async load(db, { query: { city } }) {
      const sender = typeof city === "string" && isCityCode(city) ? city : "joint";
      return { mails: await withTx(db, sender, (tx) => selectWaitingMail(tx, sender, MAILS)) };
    },
    view: demoMailPage,
  });
}

/** The demo's people for who reads the terminal: residents one a line, staff by city. */
export function describeDemoPeople(): string {
  const residents = DEMO_PEOPLE.filter(({ kind }) => kind === "resident");
  const lines = residents.map(({ given, family, about }) => `    ${`${given} ${family}`.padEnd(22)} ${about.en}`);
  const cities = CITY_CODES.map((city) => {
    const staff = DEMO_PEOPLE.filter((person) => person.kind === "staff" && person.city === city);
    const names = staff.map(({ given, family, role }) => `${given} ${family} (${role ? roleName(role) : ""})`);
    return `    ${CITIES[city].names.en.name.padEnd(10)} ${names.join(", ")}`;
  });
  return ["  Residents of the demo:", ...lines, "  Staff:", ...cities].join("\n");
}

const roleName = (role: NonNullable<(typeof DEMO_PEOPLE)[number]["role"]>): string => accountText("en", `role_${role}`);
