/** Organisations for tests, and people who act in their name. */
import type { OrganisationRole } from "#core/actor.ts";
import { withPerson } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import type { TestApp } from "./app.ts";
import type { TestPerson } from "./people.ts";

type Store = Pick<TestApp, "db" | "clock">;

export async function someOrganisation(
  { db, clock }: Store,
  { name = "Esimerkki Oy", mail = null }: { name?: string; mail?: string | null } = {},
): Promise<string> {
  const now = clock.now();
  const id = newId(now);
  await db
    .insertInto("organisation")
    .values({
      id,
      name,
      kind: "company",
      checked_by: "nobody",
      contact_mail: mail,
      presentation_language: "fi",
      state: "active",
      created_at: now.toString(),
    })
    .execute();
  return id;
}

/** Makes the person a member, and has their session act in the organisation's name. */
export async function actAs(
  { db, clock }: Store,
  person: TestPerson,
  organisation: string,
  role: OrganisationRole,
): Promise<void> {
  const now = clock.now();
  const since = now.toString();
  await withPerson(db, person.id, async (tx) => {
    await tx
      .insertInto("organisation_member")
      .values({ id: newId(now), organisation, person: person.id, role, since })
      .execute();
    await tx
      .updateTable("session")
      .set({ acting_organisation: organisation })
      .where("id", "=", person.session)
      .execute();
  });
}

/** From now on they are no member any more. */
export async function leave({ db, clock }: Store, person: TestPerson, organisation: string): Promise<void> {
  await withPerson(db, person.id, (tx) =>
    tx
      .updateTable("organisation_member")
      .set({ until: clock.now().toString() })
      .where("organisation", "=", organisation)
      .where("person", "=", person.id)
      .execute(),
  );
}
