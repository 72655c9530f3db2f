/** What stories about organisations begin with: people who are known, an organisation of theirs, forms that are sent, mails that wait. */
import assert from "node:assert/strict";
import type { Tenant } from "#core/cities.ts";
import { withPerson, withTx } from "#core/db.ts";
import { replaceIdentity } from "#modules/accounts/sign-in/queries.ts";
import type { TestApp } from "./app.ts";
import { linkIn } from "./mail.ts";
import { type Somebody, somebody, type TestPerson } from "./people.ts";

/** Somebody who has identified themself strongly: by somebody else's records too. */
export async function citizen(app: TestApp, who: Somebody = {}): Promise<TestPerson> {
  const person = await somebody(app, who);
  const identity = { kind: "strong" as const, person: person.id, fingerprints: [`test ${person.id}`], sealed: null };
  await withPerson(app.db, person.id, (tx) => replaceIdentity(tx, identity, app.clock.now()));
  return person;
}

export type Fields = Record<string, string | readonly string[]>;

/** As a browser sends the form of one of our pages. */
export function send(app: TestApp, who: Pick<TestPerson, "headers"> | null, url: string, fields: Fields = {}) {
  const pairs = Object.entries(fields).flatMap(([name, value]) =>
    (typeof value === "string" ? [value] : value).map((one): [string, string] => [name, one]),
  );
  return app.server.inject({
    method: "POST",
    url,
    headers: { ...who?.headers, "content-type": "application/x-www-form-urlencoded" },
    payload: new URLSearchParams(pairs).toString(),
  });
}

export const open = (app: TestApp, who: Pick<TestPerson, "headers"> | null, url: string) =>
  app.server.inject({ url, headers: { ...who?.headers } });

/** Where an answer leads; "" when it leads nowhere. */
export const locationOf = ({ headers }: { headers: { location?: string | undefined } }): string =>
  headers.location ?? "";

/** Statuses of answers to what was sent in the same moment, in order. */
export const statusesOf = (answers: readonly { statusCode: number }[]): number[] =>
  answers.map(({ statusCode }) => statusCode).toSorted((a, b) => a - b);

/** The text that people read, without mark-up. */
export const read = (html: string): string =>
  html
    .replaceAll(/<(head|style)[\s\S]*?<\/\1>/g, "")
    .replaceAll(/<[^>]+>/g, " ")
    .replaceAll("\u00AD", "")
    .replaceAll(/[\s\u00A0]+/g, " ");

const GROUP = { kind: "group", name: "Kallion pihatalkoot" };

/** A new organisation of that person; its id. */
export async function foundOrganisation(app: TestApp, who: TestPerson, fields: Fields = {}): Promise<string> {
  const { kind, businessId, ...profile } = { ...GROUP, ...fields } as Fields & { kind: string; businessId?: string };
  const query = new URLSearchParams({ kind, ...(businessId !== undefined && { businessId }) });
  const answer = await send(app, who, `/fi/me/toimijat/uusi/tiedot?${query}`, profile);
  const id = /^\/fi\/me\/toimijat\/([0-9a-f-]{36})\?done=created$/.exec(answer.headers.location ?? "")?.[1];
  assert.ok(id, `${answer.statusCode} ${answer.headers.location ?? read(answer.body).slice(0, 600)}`);
  return id;
}

/** Invited by an owner and joined. */
export async function join(
  app: TestApp,
  owner: TestPerson,
  organisation: string,
  who: TestPerson,
  role = "member",
): Promise<void> {
  const address = `${who.id}@example.fi`;
  const invited = await send(app, owner, `/fi/me/toimijat/${organisation}/kutsu`, { address, role });
  assert.equal(invited.headers.location, `/fi/me/toimijat/${organisation}?done=invited`);
  const joined = await send(app, who, await linkIn(app, address));
  assert.equal(joined.headers.location, `/fi/me/toimijat/${organisation}?done=joined`);
}

/** Id of somebody's present membership. */
export async function membershipOf(app: TestApp, who: TestPerson, organisation: string): Promise<string> {
  const row = await withPerson(app.db, who.id, (tx) =>
    tx
      .selectFrom("organisation_member")
      .select("id")
      .where("organisation", "=", organisation)
      .where("person", "=", who.id)
      .where("until", "is", null)
      .executeTakeFirstOrThrow(),
  );
  return row.id;
}

/** Names of the roles of all present members, of a member who looks. */
export async function rolesSeenBy(app: TestApp, who: TestPerson, organisation: string): Promise<string[]> {
  const rows = await withPerson(app.db, who.id, (tx) =>
    tx
      .selectFrom("organisation_member")
      .select("role")
      .where("organisation", "=", organisation)
      .where("until", "is", null)
      .orderBy("role")
      .execute(),
  );
  return rows.map(({ role }) => role);
}

/** "kind action" of what the audit trail of the joint matters says, oldest first. */
export async function audited(app: TestApp, city: Tenant = "joint") {
  return withTx(app.db, city, (tx) =>
    tx
      .selectFrom("audit")
      .select(["action", "subject_kind as kind", "subject_id as subject", "person", "organisation", "about"])
      .where("city", "=", city)
      .orderBy("id")
      .execute(),
  );
}
