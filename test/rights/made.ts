/** Rows of the module accounts for the table of rights: of the world's person, of its organisation, or of its city. */
import { openDb, type Tx, withPerson, withTx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { hashSecret, newSecret } from "#core/secrets.ts";
import { insertVisit } from "#modules/accounts/mandates/visit.queries.ts";
import { SAFETY } from "#modules/accounts/notifications/kinds.ts";
import { notify } from "#modules/accounts/notifications/notify.ts";
import { selectNotifications } from "#modules/accounts/notifications/queries.ts";
import { actAs, someOrganisation } from "../organisations.ts";
import { somebody } from "../people.ts";
import { granted } from "../staff.ts";
import { CITY, type World } from "./askers.ts";

/** Past every policy, as the owner of the tables: with a new id and the moment. */
async function made({ app }: World, insert: (tx: Tx, id: string, now: string) => Promise<unknown>): Promise<string> {
  const now = app.clock.now();
  const id = newId(now);
  const owner = openDb(app.ownerUrl, () => undefined, { max: 1 });
  try {
    await withTx(owner, CITY, (tx) => insert(tx, id, now.toString()));
  } finally {
    await owner.destroy();
  }
  return id;
}

/** Of the world's person, unread. */
export async function someNotification({ app, person }: World): Promise<string> {
  const words = { fi: "x", sv: "x", en: "x" };
  const told = { person: person.id, kind: SAFETY, title: words, text: words, path: null, names: [] };
  await withTx(app.db, "joint", (tx) => notify(tx, [told], app.clock.now()));
  const [newest] = await withPerson(app.db, person.id, (tx) => selectNotifications(tx, person.id, null, 1));
  return newest?.id ?? "";
}

/** Another person's mandate for the world's person, who can act by it; or, of a child, as its guardian on an advisor's word. */
export async function someMandate(world: World, kind: "given" | "guardian" = "given"): Promise<string> {
  const giver = await somebody(world.app);
  const { person } = world;
  return made(world, (tx, id, now) =>
    tx
      .insertInto("mandate")
      .values({
        id,
        kind,
        vouched_by: kind === "given" ? "giver" : "desk",
        giver: giver.id,
        taker: person.id,
        offered_to: "x",
        offered_language: "fi",
        matters: ["feedback"],
        valid_from: "2020-01-01",
        valid_until: "2090-01-01",
        created_at: now,
        taken_at: now,
      })
      .execute(),
  );
}

/** A question to the register of mandates that the world's person has brought back and not answered yet. */
export const someVisit = (world: World): Promise<string> =>
  made(world, (tx, id) =>
    insertVisit(tx, {
      id,
      state: newSecret(),
      person: world.person.id,
      sealed: "x",
      expiresAt: world.app.clock.now().add({ hours: 1 }),
    }),
  );

/** One more member of the world's organisation. */
export async function someMember({ app, organisation }: World): Promise<string> {
  const member = await somebody(app);
  await actAs(app, member, organisation, "member");
  const row = await withPerson(app.db, member.id, (tx) =>
    tx.selectFrom("organisation_member").select("id").where("person", "=", member.id).executeTakeFirstOrThrow(),
  );
  return row.id;
}

export const someInvitation = (world: World): Promise<string> =>
  made(world, (tx, id, now) =>
    tx
      .insertInto("organisation_invitation")
      .values({
        id,
        token_hash: hashSecret(newSecret()),
        organisation: world.organisation,
        address: "invited@example.fi",
        role: "member",
        invited_by: world.person.id,
        language: "fi",
        created_at: now,
        expires_at: "2090-01-01T00:00:00Z",
      })
      .execute(),
  );

export async function someClaim(world: World): Promise<string> {
  const organisation = await someOrganisation(world.app);
  return made(world, (tx, id, now) =>
    tx
      .insertInto("organisation_claim")
      .values({
        city: CITY,
        id,
        organisation,
        person: world.person.id,
        grounds: "Olen sen toimitusjohtaja.",
        created_at: now,
        state: "open",
      })
      .execute(),
  );
}

/** Somebody who works for the city, by a role that was given here. */
export const someEmployee = async ({ app }: World): Promise<string> =>
  (await granted(app, CITY, [{ role: "planner" }])).id;

export const someStaffInvitation = (world: World): Promise<string> =>
  made(world, (tx, id, now) =>
    tx
      .insertInto("staff_invitation")
      .values({
        city: CITY,
        id,
        address: `${id}@example.fi`,
        role: "planner",
        language: "fi",
        invited_by: world.person.id,
        created_at: now,
        expires_at: "2090-01-01T00:00:00Z",
      })
      .execute(),
  );

/** Two entries that a city may make one. */
export const twoOrganisations = async ({ app }: World): Promise<{ from: string; into: string }> => ({
  from: await someOrganisation(app),
  into: await someOrganisation(app),
});
