/** A city's staff for tests: forms as a browser sends them, roles given by an administrator, sign-ins by a city's directory. */
import type { StaffRole } from "#core/actor.ts";
import type { CityCode } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { newSecret } from "#core/secrets.ts";
import type { StaffProvider } from "#modules/accounts/sign-in/provider.ts";
import { finishSignIn, startSignIn } from "#modules/accounts/sign-in/sign-in.ts";
import { insertGrants } from "#modules/accounts/staff/queries.ts";
import type { TestApp } from "./app.ts";
import { somebody, type Somebody, type TestPerson } from "./people.ts";

export type Sender = Pick<TestPerson, "headers"> | null;

/** Sends a form. */
export const post = ({ server }: TestApp, url: string, who: Sender, values: Record<string, string> = {}) =>
  server.inject({
    method: "POST",
    url,
    headers: { ...who?.headers, "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(values).toString(),
  });

export const get = ({ server }: TestApp, url: string, who: Sender) =>
  server.inject({ url, headers: who?.headers ?? {} });

interface Given {
  role: StaffRole;
  scope?: string;
}

/** A new person, signed in as staff, with roles that an administrator gave; of the directory only those in `who`. */
export async function granted(
  app: TestApp,
  city: CityCode,
  given: readonly Given[],
  who: Somebody = {},
): Promise<TestPerson> {
  const person = await somebody(app, { city, roles: [], ...who });
  const roles = given.map(({ role, scope = null }) => ({ role, scope }));
  await withTx(app.db, city, (tx) => insertGrants(tx, city, person.id, roles, app.clock.now()));
  return person;
}

/** "registrar", "advisor/kirjastot", "planner (directory)": what somebody holds in the city. */
export async function rolesOf({ db }: TestApp, city: CityCode, person: string): Promise<string[]> {
  const rows = await withTx(db, city, (tx) =>
    tx
      .selectFrom("staff_role")
      .select(["role", "scope", "source"])
      .where("city", "=", city)
      .where("person", "=", person)
      .execute(),
  );
  return rows
    .map(({ role, scope, source }) => role + (scope && `/${scope}`) + (source === "directory" ? " (directory)" : ""))
    .sort();
}

/** "giveRole registrar" for each change about the person in that city, oldest first. */
export async function changesAbout({ db }: TestApp, city: CityCode, person: string): Promise<string[]> {
  const rows = await withTx(db, city, (tx) =>
    tx
      .selectFrom("audit")
      .select(["action", "subject_id as subject"])
      .where("city", "=", city)
      .where("about", "=", person)
      .where("subject_kind", "=", "staff_role")
      .where("action", "<>", "open")
      .orderBy("id")
      .execute(),
  );
  return rows.map(({ action, subject }) => `${action} ${subject}`);
}

/** Somebody as a directory knows them. */
export interface Employee {
  subject: string;
  mail?: string;
  groups?: readonly string[];
}

/** A city's directory: its groups "admins" and "clerks" give the roles of administrator and registrar. */
export const directoryOf = (city: CityCode): StaffProvider => ({
  id: city,
  kind: "staff",
  city,
  name: { fi: city, sv: city, en: city },
  issuer: `https://directory.${city}.example`,
  clientId: "avoin",
  scope: "profile email",
  claims: { givenName: "given_name", familyName: "family_name", mail: "email", groups: "groups" },
  roles: { admins: { role: "administrator" }, clerks: { role: "registrar" } },
});

/** Signs in by the directory of a city, whose answer is `who`. Gives the headers that the browser sends from then on. */
export async function signInAsStaff(app: TestApp, city: CityCode, who: Employee): Promise<TestPerson["headers"]> {
  const provider = directoryOf(city);
  const { subject: sub, mail: email, groups = [] } = who;
  const checks = { state: newSecret(), nonce: newSecret(), verifier: newSecret() };
  const party = {
    begin: async () => ({ address: provider.issuer, checks }),
    finish: async () => ({ sub, given_name: "Eino", family_name: "Virkkunen", email, groups }),
    endAddress: async () => null,
    metadata: async () => ({ issuer: provider.issuer }),
  };
  const tools = { db: app.db, sealer: app.signIn.sealer, party, providers: [provider] };
  const asker = { browser: newSecret(), device: "Firefox/Linux", before: null };
  const wanted = { provider: city, language: "fi", returnTo: "/fi/me", browser: asker.browser } as const;
  await startSignIn(tools, wanted, app.clock.now());
  const { secret } = await finishSignIn(
    tools,
    { provider: city, query: `code=x&state=${checks.state}` },
    asker,
    app.clock.now(),
  );
  return { cookie: `__Host-avoin-session=${secret}` };
}
