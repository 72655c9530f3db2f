/** The end of an organisation and the merging of two: nobody acts in its name any more, and its history stays. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout } from "node:timers/promises";
import { sql } from "kysely";
import { withPerson } from "#core/db.ts";
import { newSecret } from "#core/secrets.ts";
import { testApp } from "#test/app.ts";
import {
  audited,
  citizen,
  foundOrganisation,
  join,
  locationOf,
  open,
  read,
  rolesSeenBy,
  send,
  statusesOf,
} from "#test/organisation-stories.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { endOrganisation } from "./end.ts";
import { lockOrganisation } from "./queries.ts";
import { linkIn, mailsTo } from "#test/mail.ts";

const app = await testApp({ after });
const at = (id: string, rest = "") => `/fi/me/toimijat/${id}${rest}`;
const ending = (who: TestPerson, id: string) => send(app, who, at(id, "/lopeta"), { sure: "1" });

describe("ending an organisation", () => {
  it("is asked about first, and cannot be undone", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner);
    assert.equal((await send(app, owner, at(id, "/lopeta"))).statusCode, 422);
    assert.equal(locationOf(await ending(owner, id)), "/fi/me/toimijat?done=ended");
    assert.equal((await ending(owner, id)).statusCode, 404);
    await app.changes.refresh();
    const page = read((await open(app, null, `/fi/toimijat/${id}`)).body);
    assert.match(page, /Toimija lopetettiin palvelussa \d+\.\d+\.\d{4}/);
    assert.doesNotMatch(page, /Ilmoita, että edustat/);
    const { items } = (await app.server.inject("/api/v1/organisations")).json<{ items: { id: string }[] }>();
    assert.ok(!items.some((one) => one.id === id));
    assert.equal((await app.server.inject(`/api/v1/organisations/${id}`)).json<{ state: string }>().state, "ended");
  });

  it("ends memberships, invitations, and acting in its name, at the next request; the members hear of it", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner, { name: "Lakkaava" });
    const member = await citizen(app, { mail: "jasen@example.fi" });
    await join(app, owner, id, member);
    await send(app, owner, at(id, "/kutsu"), { address: "kutsuttu@example.fi", role: "member" });
    await send(app, member, "/fi/me/toimin", { as: `organisation:${id}` });
    assert.match(read((await open(app, member, "/fi/me")).body), /Toimit toisen nimissä: Lakkaava/);
    await ending(owner, id);
    assert.doesNotMatch(read((await open(app, member, "/fi/me")).body), /Toimit toisen nimissä/);
    assert.match(read((await open(app, null, await linkIn(app, "kutsuttu@example.fi"))).body), /Kutsu ei enää toimi/);
    assert.match((await mailsTo(app, "jasen@example.fi"))[0]?.body ?? "", /lopettanut toimijan Lakkaava/);
    assert.match(
      read((await open(app, member, "/fi/me/toimijat")).body),
      /Aiemmat toimijat.*Lakkaava.*Toimija lopetettiin/,
    );
    assert.equal(
      (await send(app, await citizen(app), at(id, "/ilmoittaudu"), { city: "espoo", grounds: "x" })).statusCode,
      409,
    );
  });

  it("stops its API keys, and mandates that it has", async () => {
    const owner = await citizen(app);
    const giver = await citizen(app, { given: "Maija" });
    const id = await foundOrganisation(app, owner);
    const { key, mandate } = await keyAndMandate(owner, giver, id);
    const holds = async () => {
      const { rows } = await sql<{ key: unknown }>`select find_api_key(${key}, now()) as key`.execute(app.db);
      return rows[0]?.key !== null;
    };
    const actsFor = async () => /Toimit toisen nimissä: .*Maija/.test(read((await open(app, owner, "/fi/me")).body));
    await withPerson(app.db, owner.id, (tx) =>
      tx
        .updateTable("session")
        .set({ acting_organisation: id, acting_mandate: mandate })
        .where("id", "=", owner.session)
        .execute(),
    );
    assert.deepEqual([await holds(), await actsFor()], [true, true]);
    await withPerson(app.db, owner.id, (tx) =>
      tx
        .updateTable("organisation")
        .set({ state: "ended", ended_at: app.clock.now().toString() })
        .where("id", "=", id)
        .execute(),
    );
    // By the state alone, while the membership is still there.
    assert.deepEqual([await holds(), await actsFor()], [false, false]);
  });

  it("while somebody joins makes neither fail, and leaves no member behind", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner);
    await send(app, owner, at(id, "/kutsu"), { address: "joiner@example.fi", role: "member" });
    const joiner = await citizen(app);
    const link = await linkIn(app, "joiner@example.fi");
    const joining = await withPerson(app.db, owner.id, async (tx) => {
      await lockOrganisation(tx, id);
      const sent = send(app, joiner, link);
      await somebodyWaits();
      const actor = { kind: "resident", person: owner.id, assurance: "strong" } as const;
      await endOrganisation(tx, actor, id, app.clock.now());
      return { sent };
    });
    assert.equal(locationOf(await joining.sent), link);
    assert.deepEqual(await rolesSeenBy(app, joiner, id), []);
  });
});

/** Until a transaction waits for another's lock. */
async function somebodyWaits(): Promise<void> {
  for (let n = 0; n < 200; n++) {
    const { rows } = await sql`
      select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`.execute(app.db);
    if (rows.length > 0) return;
    await setTimeout(25);
  }
  assert.fail("nobody waits");
}

/** A key and a taken mandate of an organisation, as other parts of the module would make them. */
async function keyAndMandate(owner: TestPerson, giver: TestPerson, organisation: string) {
  const [key, now] = [Buffer.from(newSecret()), app.clock.now().toString()];
  const mandate = crypto.randomUUID();
  await withPerson(app.db, owner.id, (tx) =>
    tx
      .insertInto("api_key")
      .values({
        id: crypto.randomUUID(),
        token_hash: key,
        beginning: "x",
        name: "x",
        person: owner.id,
        organisation,
        scopes: ["read"],
        rate: 1,
        created_at: now,
      })
      .execute(),
  );
  await withPerson(app.db, giver.id, (tx) =>
    tx
      .insertInto("mandate")
      .values({
        id: mandate,
        kind: "given",
        vouched_by: "giver",
        offered_language: "fi",
        giver: giver.id,
        taker_organisation: organisation,
        offered_to: "x",
        matters: ["feedback"],
        valid_from: "2020-01-01",
        valid_until: "2090-01-01",
        created_at: now,
        taken_at: now,
      })
      .execute(),
  );
  return { key, mandate };
}

describe("merging two entries of one organisation", () => {
  const MERGE = "/fi/helsinki/desk/toimijat/yhdista";
  async function two() {
    const staff = await somebody(app, { roles: [{ role: "coordinator" }] });
    const mails = { from: `${crypto.randomUUID()}@example.fi`, into: `${crypto.randomUUID()}@example.fi` };
    const [a, b] = [await citizen(app, { mail: mails.from }), await citizen(app, { mail: mails.into, language: "sv" })];
    const from = await foundOrganisation(app, a, { name: "Koti ry (vanha)" });
    const into = await foundOrganisation(app, b, { name: "Koti ry" });
    return { staff, a, b, from, into, mails };
  }

  it("shows both before it happens, sends the page of the one to the other for good, and keeps the members apart", async () => {
    const { staff, a, b, from, into, mails } = await two();
    const found = await send(app, staff, MERGE, { from: `https://avoin.example.fi/fi/toimijat/${from}`, into });
    const confirm = `${MERGE}/${from}/${into}`;
    assert.equal(locationOf(found), confirm);
    assert.match(read((await open(app, staff, confirm)).body), /Yhdistetäänkö Koti ry \(vanha\) toimijaan Koti ry/);
    await app.changes.refresh();
    assert.equal((await open(app, null, `/sv/aktorer/${from}`)).statusCode, 200);
    assert.equal(locationOf(await send(app, staff, confirm)), "/fi/helsinki/desk/toimijat?done=merged");
    await app.changes.refresh();
    const moved = await open(app, null, `/sv/aktorer/${from}`);
    assert.deepEqual([moved.statusCode, moved.headers.location], [301, `/sv/aktorer/${into}`]);
    assert.deepEqual(await rolesSeenBy(app, b, into), ["owner"]);
    assert.equal((await open(app, a, at(from))).statusCode, 404);
    assert.match(
      (await mailsTo(app, mails.from, "helsinki"))[0]?.body ?? "",
      /yhdistänyt toimijan Koti ry \(vanha\) toimijaan Koti ry/,
    );
    assert.match((await mailsTo(app, mails.into, "helsinki"))[0]?.body ?? "", /Medlemmarna i .* flyttades inte/);
    const acts = (await audited(app, "helsinki")).filter(({ person }) => person === staff.id);
    const said = Object.fromEntries(acts.map(({ action, subject }) => [action, subject]));
    assert.deepEqual(said, { merge: from, "merge into": into });
    assert.equal((await send(app, staff, confirm)).statusCode, 409);
  });

  it("leads on in one step, however often was merged", async () => {
    const { staff, from, into } = await two();
    const last = await foundOrganisation(app, await citizen(app), { name: "Viimeinen" });
    await send(app, staff, `${MERGE}/${from}/${into}`);
    await send(app, staff, `${MERGE}/${into}/${last}`);
    await app.changes.refresh();
    assert.equal((await open(app, null, `/fi/toimijat/${from}`)).headers.location, `/fi/toimijat/${last}`);
  });

  it("of one into the other and back in the same moment happens once", async () => {
    const { staff, from, into } = await two();
    const both = await Promise.all([
      send(app, staff, `${MERGE}/${from}/${into}`),
      send(app, staff, `${MERGE}/${into}/${from}`),
    ]);
    assert.deepEqual(statusesOf(both), [303, 409]);
  });

  it("is for a city's coordinators and administrators, and for two that are there", async () => {
    const { staff, a, from, into } = await two();
    const advisor = await somebody(app, { roles: [{ role: "advisor" }] });
    const elsewhere = await somebody(app, { city: "oulu", roles: [{ role: "coordinator" }] });
    for (const who of [a, advisor, elsewhere]) {
      assert.equal((await send(app, who, MERGE, { from, into })).statusCode, 403);
      assert.equal((await send(app, who, `${MERGE}/${from}/${into}`)).statusCode, 403);
    }
    for (const fields of [{ from, into: from }, { from, into: "Koti ry" }, { from: crypto.randomUUID(), into }, {}])
      assert.equal((await send(app, staff, MERGE, fields)).statusCode, 422);
    assert.equal((await send(app, staff, `${MERGE}/${from}/${from}`)).statusCode, 409);
    assert.equal((await send(app, staff, `${MERGE}/${from}/${crypto.randomUUID()}`)).statusCode, 404);
  });
});
