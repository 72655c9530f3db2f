/** As whom somebody acts: chosen on one page, shown on all private ones, recorded, and over when it does not hold any more. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { withPerson } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { newSecret } from "#core/secrets.ts";
import { testApp } from "#test/app.ts";
import {
  audited,
  citizen,
  foundOrganisation,
  join,
  membershipOf,
  open,
  read,
  send,
} from "#test/organisation-stories.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { insertSession } from "../sessions/queries.ts";
import { LIFETIMES } from "../sessions/session.ts";
import { ONESELF } from "./acting.ts";

const app = await testApp({ after });
const ACTING = "/fi/me/toimin";
const choose = (who: TestPerson, as: string) => send(app, who, ACTING, { as });
const strip = async (who: TestPerson) =>
  /Kirjautunut: .*?Kirjaudu ulos/.exec(read((await open(app, who, "/fi/me")).body))?.[0];

describe("acting in the name of an organisation", () => {
  it("is chosen, shown at the top of private pages, and given up again", async () => {
    const aino = await citizen(app);
    const id = await foundOrganisation(app, aino, { name: "Koti ry" });
    assert.match(
      (await strip(aino)) ?? "",
      /^Kirjautunut: Aino Esimerkki Toimit omissa nimissäsi Vaihda Kirjaudu ulos$/,
    );
    assert.match(read((await open(app, aino, ACTING)).body), /omissa nimissäni.*toimijan Koti ry nimissä \(omistaja\)/);
    assert.equal((await choose(aino, `organisation:${id}`)).headers.location, `${ACTING}?done=acting`);
    assert.match((await strip(aino)) ?? "", /Toimit toisen nimissä: Koti ry Vaihda/);
    assert.match(
      (await open(app, aino, ACTING)).body,
      new RegExp(`value="organisation:${id}"[^>]*checked|checked[^>]*value="organisation:${id}"`),
    );
    await choose(aino, ONESELF);
    assert.doesNotMatch((await strip(aino)) ?? "", /Toimit toisen nimissä/);
  });

  it("is recorded: what follows names both the person and the organisation", async () => {
    const aino = await citizen(app);
    const id = await foundOrganisation(app, aino);
    await choose(aino, `organisation:${id}`);
    await send(app, aino, `/fi/me/toimijat/${id}/muokkaa`, { name: "Uusi nimi" });
    const acts = (await audited(app)).filter(({ subject }) => subject === id);
    assert.deepEqual(
      acts.map(({ action, person, organisation }) => [action, person, organisation]),
      [
        ["create", aino.id, null],
        ["act", aino.id, null],
        ["change", aino.id, id],
      ],
    );
  });

  it("is over at the next request when one has left or was put out", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner);
    const [leaving, removed] = [await citizen(app), await citizen(app)];
    for (const who of [leaving, removed]) {
      await join(app, owner, id, who);
      await choose(who, `organisation:${id}`);
      assert.match((await strip(who)) ?? "", /Toimit toisen nimissä/);
    }
    await send(app, leaving, `/fi/me/toimijat/${id}/eroa`);
    await send(app, owner, `/fi/me/toimijat/${id}/jasenet/${await membershipOf(app, removed, id)}/poista`);
    for (const who of [leaving, removed]) assert.doesNotMatch((await strip(who)) ?? "", /Toimit toisen nimissä/);
  });

  it("is no choice of others", async () => {
    const id = await foundOrganisation(app, await citizen(app));
    const stranger = await citizen(app);
    for (const as of [`organisation:${id}`, "organisation:", `mandate:${id}`, "", "selfish", "x".repeat(9000)])
      assert.equal((await choose(stranger, as)).statusCode, 422, as);
    assert.doesNotMatch((await strip(stranger)) ?? "", /Toimit toisen nimissä/);
    assert.match((await send(app, null, ACTING, { as: ONESELF })).headers.location ?? "", /^\/fi\/kirjaudu/);
  });

  it("belongs to one session: where the same person is signed in as well they act as before", async () => {
    const aino = await citizen(app);
    const elsewhere = await signInAgain(aino);
    const id = await foundOrganisation(app, aino);
    await choose(aino, `organisation:${id}`);
    assert.match((await strip(aino)) ?? "", /Toimit toisen nimissä/);
    assert.match((await strip(elsewhere)) ?? "", /Kirjautunut: Aino/);
    assert.doesNotMatch((await strip(elsewhere)) ?? "", /Toimit toisen nimissä/);
  });

  it("has nobody to choose for who is in no organisation, as staff at work", async () => {
    const staff = await somebody(app, { roles: [{ role: "advisor" }] });
    const page = await open(app, staff, ACTING);
    assert.match(read(page.body), /Toimit omissa nimissäsi/);
    assert.doesNotMatch(page.body, /type="radio"/);
  });

  it("of somebody who came by mail gives no right of an owner", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner);
    const byMail = await somebody(app, { kind: "mail" });
    await join(app, owner, id, byMail);
    await choose(byMail, `organisation:${id}`);
    const answer = await send(app, byMail, `/fi/me/toimijat/${id}/lopeta`, { sure: "1" });
    assert.match(answer.headers.location ?? "", /needs=strong/);
  });
});

/** Another session of the same person, as in another browser. */
async function signInAgain(who: TestPerson): Promise<TestPerson> {
  const now = app.clock.now();
  const [session, secret] = [newId(now), newSecret()];
  const { idle, whole } = LIFETIMES.strong;
  const row = { id: session, secret, person: who.id, provider: "test", kind: "strong" as const, staffCity: null };
  const rest = { providerSession: null, providerSubject: null, device: "Safari/iOS", idle, endsAt: now.add(whole) };
  await withPerson(app.db, who.id, (tx) => insertSession(tx, { ...row, ...rest }, now));
  return { ...who, session, headers: { cookie: `__Host-avoin-session=${secret}` } };
}
