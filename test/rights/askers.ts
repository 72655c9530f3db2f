/** Who asks in the table of rights: one of each kind, in groups, and the person whose rows are asked for. */
import { type OrganisationRole, STAFF_ROLES } from "#core/actor.ts";
import { withPerson } from "#core/db.ts";
import { KEY_SCOPES } from "#core/http/api-keys.ts";
import { newId } from "#core/ids.ts";
import { beginningOf, KEY_RATE, newKey } from "#modules/accounts/keys/key.ts";
import { insertKey } from "#modules/accounts/keys/queries.ts";
import type { TestApp } from "../app.ts";
import { actAs, someOrganisation } from "../organisations.ts";
import { anotherSession, somebody, type Somebody, type TestPerson } from "../people.ts";

/** Where the rows are. */
export const CITY = "helsinki";
const OTHER_CITY = "espoo";
const UNIT = "kirjastot";

/** Whose the rows are. */
export interface World {
  app: TestApp;
  /** Strongly identified; every row that belongs to somebody is theirs. */
  person: TestPerson;
  organisation: string;
  otherOrganisation: string;
}

export async function makeWorld(app: TestApp): Promise<World> {
  const organisation = await someOrganisation(app);
  return { app, person: await somebody(app), organisation, otherOrganisation: await someOrganisation(app) };
}

/** A key of the person's, for everything that keys may be for. */
export async function someKey({ app, person }: World): Promise<{ id: string; key: string }> {
  const now = app.clock.now();
  const made = { id: newId(now), key: newKey() };
  const row = { ...made, beginning: beginningOf(made.key), name: "x", person: person.id, organisation: null };
  await withPerson(app.db, person.id, (tx) =>
    insertKey(tx, { ...row, scopes: KEY_SCOPES, rate: KEY_RATE, expiresAt: null }, now),
  );
  return made;
}

export interface Asker {
  name: string;
  /** What they do may change the world: they are the person whose rows it has, or of the organisation. */
  isInvolved: boolean;
  /** The headers of a browser in which they have signed in, or of their program. */
  signIn(world: World): Promise<Record<string, string>>;
}

const stranger = (name: string, who: Somebody): Asker => ({
  name,
  isInvolved: false,
  signIn: async ({ app }) => ({ ...(await somebody(app, who)).headers }),
});

const acting = (name: string, role: OrganisationRole, whose: "organisation" | "otherOrganisation"): Asker => ({
  name,
  isInvolved: true,
  async signIn(world) {
    const person = await somebody(world.app);
    await actAs(world.app, person, world[whose], role);
    return { ...person.headers };
  },
});

const staff = (where: string, city: typeof CITY | typeof OTHER_CITY, scope?: string): Asker[] =>
  STAFF_ROLES.map((role) => stranger(`${role} ${where}`, { city, roles: [{ role, ...(scope && { scope }) }] }));

/** The columns of the table. */
export const GROUPS: readonly (readonly Asker[])[] = [
  [
    { name: "anonymous", isInvolved: false, signIn: async () => ({}) },
    stranger("somebody known by mail", { kind: "mail", mail: "resident@example.fi" }),
    stranger("somebody strongly identified", {}),
    {
      name: "the person whose row it is",
      isInvolved: true,
      signIn: async ({ app, person }) => ({ ...(await anotherSession(app, person.id)).headers }),
    },
  ],
  [
    acting("a member of the organisation", "member", "organisation"),
    acting("a signatory of the organisation", "signatory", "organisation"),
    acting("an owner of the organisation", "owner", "organisation"),
    acting("an owner of another organisation", "owner", "otherOrganisation"),
  ],
  [
    {
      name: "a program with the person's key",
      isInvolved: true,
      signIn: async (world) => ({ authorization: `Bearer ${(await someKey(world)).key}` }),
    },
  ],
  staff("of the city", CITY),
  staff("of another city", OTHER_CITY),
  staff("of a unit of the city", CITY, UNIT),
];
