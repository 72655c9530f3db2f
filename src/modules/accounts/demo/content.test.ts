/** The demo's people come with what they are there for, however often the demo is started. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { withPerson } from "#core/db.ts";
import { testApp } from "#test/app.ts";
import { mandateChoices } from "../mandates/act.ts";
import { updateEnded } from "../mandates/queries.ts";
import { organisationChoices } from "../organisations/acting.ts";
import { selectOptionalPersonId } from "../sign-in/queries.ts";
import { loadDemoAccounts } from "./content.ts";
import { DEMO_PEOPLE } from "./people.ts";

const { db, clock, signIn } = await testApp({ after });
const load = () => loadDemoAccounts(db, signIn.sealer, clock.now());

async function idOf(name: string): Promise<string> {
  const code = DEMO_PEOPLE.find(({ id }) => id === name)?.nationalId ?? "";
  const fingerprints = signIn.sealer.fingerprints(code, "strong");
  const id = await db.transaction().execute((tx) => selectOptionalPersonId(tx, "strong", fingerprints));
  return id ?? assert.fail(`${name} is not there`);
}

/** For whom, and in whose name, somebody can act. */
async function choicesOf(name: string): Promise<string[]> {
  const id = await idOf(name);
  return withPerson(db, id, async (tx) => {
    const organisations = await organisationChoices(tx, id, "fi", clock.now());
    const mandates = await mandateChoices(tx, id, clock.now());
    return [
      ...organisations.map(({ label }) => label),
      ...mandates.map(({ kind, name: whose }) => `${kind}: ${whose}`),
    ];
  });
}

test("they can act for each other and for their organisations, also after a second start", async () => {
  await load();
  await load();
  assert.deepEqual(await choicesOf("aino"), ["given: Elma Rautiainen"]);
  assert.deepEqual(await choicesOf("hanne"), ["guardian: Eeli Kinnunen"]);
  assert.match((await choicesOf("daria")).join(), /^toimijan Melnyk Palvelumuotoilu Oy nimissä/);
  assert.match((await choicesOf("borje")).join(), /^toimijan Åbo svenska byalag rf nimissä/);
  assert.deepEqual(await choicesOf("salla"), []);
});

test("what one of them has ended stays ended", async () => {
  const elma = await idOf("elma");
  await withPerson(db, elma, async (tx) => {
    const [mandate] = await mandateChoices(tx, await idOf("aino"), clock.now());
    await updateEnded(tx, mandate?.id ?? "", elma, clock.now());
  });
  await load();
  assert.deepEqual(await choicesOf("aino"), []);
});
