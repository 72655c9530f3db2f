/** People for tests, signed in without an identity provider: the session that one of them would have, and its cookie. */
import type { Temporal } from "temporal-polyfill";
import type { HeldRole } from "#core/actor.ts";
import type { CityCode } from "#core/cities.ts";
import { actFor, type Tx, withPerson } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { newSecret } from "#core/secrets.ts";
import { insertSession } from "#modules/accounts/sessions/queries.ts";
import { LIFETIMES, type SessionKind } from "#modules/accounts/sessions/session.ts";
import { insertPerson } from "#modules/accounts/sign-in/queries.ts";
import { insertDirectoryRoles } from "#modules/accounts/staff/queries.ts";
import type { TestApp } from "./app.ts";

export interface TestPerson {
  id: string;
  session: string;
  headers: { cookie: string };
}

export interface Somebody {
  kind?: SessionKind;
  given?: string;
  family?: string;
  mail?: string | null;
  language?: "fi" | "sv" | "en";
  /** Of staff. */
  city?: CityCode;
  roles?: readonly (Omit<HeldRole, "city" | "scope"> & { scope?: string })[];
}

type Store = Pick<TestApp, "db" | "clock">;

/** A new person, signed in: strongly unless said otherwise; as staff when there are roles. */
export async function somebody({ db, clock }: Store, who: Somebody = {}): Promise<TestPerson> {
  const { roles, city = "helsinki", given = "Aino", family = "Esimerkki", mail = null, language = "fi" } = who;
  const kind = who.kind ?? (roles ? "staff" : "strong");
  const now = clock.now();
  const id = newId(now);
  return withPerson(db, id, async (tx) => {
    await insertPerson(tx, { id, given, family, mail, language }, now);
    if (roles) {
      await actFor(tx, city);
      const held = roles.map(({ role, scope = null }) => ({ city, role, scope }));
      await insertDirectoryRoles(tx, city, id, held, now);
    }
    return openSession(tx, id, kind, kind === "staff" ? city : null, now);
  });
}

/** One more session of somebody: strongly identified, as in another browser. */
export async function anotherSession({ db, clock }: Store, person: string): Promise<TestPerson> {
  return withPerson(db, person, (tx) => openSession(tx, person, "strong", null, clock.now()));
}

async function openSession(
  tx: Tx,
  id: string,
  kind: SessionKind,
  staffCity: CityCode | null,
  now: Temporal.Instant,
): Promise<TestPerson> {
  const [session, secret] = [newId(now), newSecret()];
  const { idle, whole } = LIFETIMES[kind];
  await insertSession(
    tx,
    {
      id: session,
      secret,
      person: id,
      provider: kind === "mail" ? "mail" : "test",
      kind,
      providerSession: null,
      providerSubject: null,
      staffCity,
      device: "Firefox/Linux",
      idle,
      endsAt: now.add(whole),
    },
    now,
  );
  return { id, session, headers: { cookie: `__Host-avoin-session=${secret}` } };
}
