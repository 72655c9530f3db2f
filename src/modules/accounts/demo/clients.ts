/** Who may ask the demo's identity provider, and the settings by which Avoin is such a one: as residents' and each city's client. */
import { inEachLanguage } from "#core/i18n.ts";
import { randomBytes } from "node:crypto";
import { STAFF_ROLES, type StaffRole } from "#core/actor.ts";
import { CITIES, CITY_CODES, type CityCode } from "#core/cities.ts";
import type { Provider, StaffProvider, StrongProvider } from "../sign-in/provider.ts";
import { DEMO_PEOPLE, type DemoPerson } from "./people.ts";
import { t } from "./texts.ts";

/** Everything of the provider stands below this path. */
export const DEMO_PATH = "/demo/identity";

export interface DemoClient {
  id: string;
  secret: string;
  /** Whose staff signs in by it; null = residents. */
  city: CityCode | null;
}

/** One client for residents and one for each city's staff, with secrets that hold until the process ends. */
export const makeDemoClients = (): DemoClient[] =>
  [null, ...CITY_CODES].map((city) => ({
    id: city === null ? "avoin-residents" : `avoin-staff-${city}`,
    secret: randomBytes(32).toString("base64url"),
    city,
  }));

/** Whom the client is told of. */
export const peopleOf = ({ city }: DemoClient): DemoPerson[] =>
  DEMO_PEOPLE.filter((person) =>
    city === null ? person.kind === "resident" : person.kind === "staff" && person.city === city,
  );

/** How Avoin calls the provider that the client signs in by; it stands in addresses. */
export const providerOf = ({ city }: DemoClient): string => (city === null ? "demo" : `demo-${city}`);

/** Claims of the Finnish Trust Network's OpenID Connect profile (Traficom, recommendation 213/2023 S) where it has one. */
export const CLAIMS = {
  givenName: "given_name",
  familyName: "family_name",
  mail: "email",
  nationalId: "urn:oid:1.2.246.21",
  groups: "groups",
} as const;

/** The level of assurance that the same profile names for test systems. */
export const TEST_ASSURANCE = "http://ftn.ficora.fi/2017/loatest2";

/** Which claims a scope gives, besides the subject. */
export const SCOPES = {
  profile: [CLAIMS.givenName, CLAIMS.familyName],
  email: [CLAIMS.mail, "email_verified"],
  identity_code: [CLAIMS.nationalId],
  groups: [CLAIMS.groups],
};

export const scopeOf = ({ city }: DemoClient): string => `profile email ${city === null ? "identity_code" : "groups"}`;

/** The group in a city's directory that gives the role: "avoin-registrar". */
export const groupOf = (role: StaffRole): string => `avoin-${role}`;

/** How Avoin signs people in with the demo's provider. `origin`: "http://localhost:3000". */
export const demoProviders = (origin: string, clients: readonly DemoClient[]): Provider[] =>
  clients.map((client) => {
    const base = {
      id: providerOf(client),
      issuer: origin + DEMO_PATH,
      clientId: client.id,
      clientSecret: client.secret,
      scope: scopeOf(client),
    };
    return client.city === null ? strongProvider(base) : staffProvider(base, client.city);
  });

type Base = Pick<Provider, "id" | "issuer" | "clientId" | "scope"> & { clientSecret: string };
const { givenName, familyName, mail } = CLAIMS;

const strongProvider = (base: Base): StrongProvider => ({
  ...base,
  kind: "strong",
  name: inEachLanguage((language) => t(language, "provider")),
  acr: TEST_ASSURANCE,
  claims: { givenName, familyName, mail, nationalId: CLAIMS.nationalId },
});

const staffProvider = (base: Base, city: CityCode): StaffProvider => ({
  ...base,
  kind: "staff",
  city,
  name: inEachLanguage((language) => t(language, "providerOfCity", { city: CITIES[city].names[language].genitive })),
  claims: { givenName, familyName, mail, groups: CLAIMS.groups },
  roles: Object.fromEntries(STAFF_ROLES.map((role) => [groupOf(role), { role }])),
});
