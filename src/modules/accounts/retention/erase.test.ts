import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { ANONYMOUS, system } from "#core/actor.ts";
import { withPerson, withTx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { startWorker } from "#core/jobs.ts";
import { postMail, selectWaitingMail } from "#core/mail.ts";
import type { PersonalData, PersonalDataSource } from "#core/retention.ts";
import { log, testApp } from "#test/app.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { locationOf, openVisit, SESSION_COOKIE, type Visit, whoIs } from "#test/visit.ts";
import { accountData } from "../me/sources.ts";
import { SIGN_IN } from "../paths.ts";
import { replaceIdentity, selectOptionalPersonId, updateNames } from "../sign-in/queries.ts";
import { erasePerson, type EraseTools } from "./erase.ts";
import { erasureJobs } from "./jobs.ts";
import { ERASE } from "./paths.ts";
import { selectParts } from "./queries.ts";

const app = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
const { db, clock, ownerUrl } = app;
const tools: EraseTools = { db, register: accountData, sealer: app.signIn.sealer };

let count = 0;
interface Known extends TestPerson {
  mail: string;
  visit: Visit;
}

/** Somebody who signs in by mail, in a browser of their own. */
async function known(given = "Aino"): Promise<Known> {
  const mail = `person${count++}@example.fi`;
  const person = await somebody(app, { kind: "mail", given, family: "Poistuva", mail });
  const identity = { kind: "mail", person: person.id, fingerprints: fingerprintsOf(mail), sealed: null } as const;
  await withPerson(db, person.id, (tx) => replaceIdentity(tx, identity, clock.now()));
  const visit = openVisit(app, `198.51.100.${count}`);
  visit.setCookie(SESSION_COOKIE, person.headers.cookie.split("=")[1] ?? "");
  return { ...person, mail, visit };
}
const fingerprintsOf = (mail: string): string[] => app.signIn.sealer.fingerprints(mail, "mail");

const press = ({ visit }: Known, confirm = "poista") => visit.post(ERASE.href("fi"), { confirm });
const actorOf = ({ id }: TestPerson) => ({ kind: "resident", person: id, assurance: "mail" }) as const;

/** As the owner of the tables sees it, past every policy. */
async function asOwner<Row>(text: string, values: unknown[]): Promise<Row[]> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
const personRow = async (id: string) =>
  (await asOwner<Record<string, unknown>>("select * from person where id = $1", [id]))[0] ?? assert.fail("no person");

const mailTo = async (address: string) => {
  const mails = await withTx(db, "joint", (tx) => selectWaitingMail(tx, "joint", 1000));
  return mails.filter(({ recipient }) => recipient === address);
};

/** An organisation whose owners these are. */
async function organisationOf(name: string, ...owners: TestPerson[]): Promise<string> {
  const id = newId(clock.now());
  await asOwner(
    `insert into organisation (id, name, kind, checked_by, presentation_language, state, created_at)
     values ($1, $2, 'group', 'nobody', 'fi', 'active', now())`,
    [id, name],
  );
  for (const owner of owners)
    await asOwner(
      "insert into organisation_member (id, organisation, person, role, since) values ($1, $2, $3, 'owner', now())",
      [newId(clock.now()), id, owner.id],
    );
  return id;
}

async function mandateBetween(giver: TestPerson, taker: TestPerson): Promise<string> {
  const id = newId(clock.now());
  await asOwner(
    `insert into mandate (id, kind, vouched_by, offered_language, giver, taker, offered_to, matters, valid_from, valid_until, created_at, taken_at)
     values ($1, 'given', 'giver', 'fi', $2, $3, 'Ystävä', array['x'], current_date - 1, current_date + 30, now(), now())`,
    [id, giver.id, taker.id],
  );
  return id;
}

describe("erasing myself", () => {
  it("shows first what goes and what stays and why, and changes nothing by showing it", async () => {
    const person = await known();
    await mandateBetween(person, await known("Saaja"));
    const before = await personRow(person.id);
    const { body, statusCode } = await person.visit.get(ERASE.href("fi"));
    assert.equal(statusCode, 200);
    assert.match(body, /Jää: 1 päättynyt valtuutus ilman nimeäsi/);
    assert.match(body, /Kirjoita sana poista/);
    assert.deepEqual(await personRow(person.id), before);
    assert.deepEqual(await asOwner("select * from erasure where person = $1", [person.id]), []);
    assert.deepEqual(await mailTo("person1@example.fi"), []);
  });

  it("does it, tells by page and mail what is gone and what stays, and signs out everywhere", async () => {
    const [person, friend] = [await known("Lähtijä"), await known("Ystävä")];
    const mandate = await mandateBetween(person, friend);
    const answer = await press(person);
    assert.match(locationOf(answer), /^\/fi\/me\/poistettu\/[\w-]{43}$/);
    assert.equal(person.visit.cookie(SESSION_COOKIE), undefined);
    const { body } = await person.visit.get(locationOf(answer));
    assert.match(body, /Kuitti poistosta/);
    assert.doesNotMatch(body, /Lähtijä|Kesken/);

    const row = await personRow(person.id);
    assert.deepEqual([row["given_name"], row["family_name"], row["mail"], row["phone"]], ["", "", null, null]);
    assert.notEqual(row["erased_at"], null);
    for (const table of ["person_identity", "session"])
      assert.deepEqual(await asOwner(`select * from ${table} where person = $1`, [person.id]), [], table);
    const [ended] = await asOwner<Record<string, unknown>>("select * from mandate where id = $1", [mandate]);
    assert.equal(ended?.["offered_to"], "");
    assert.notEqual(ended?.["ended_at"], null);
    assert.match((await mailTo(friend.mail))[0]?.subject ?? "", /Valtuutus on päättynyt/);

    const receipts = await mailTo(person.mail);
    assert.equal(receipts.length, 1);
    assert.match(receipts[0]?.body ?? "", /Kaikki on nyt tehty/);
    assert.match(receipts[0]?.body ?? "", /merkintä.* ilman nimeäsi\. Laki velvoittaa/);
    const [erasure] = await asOwner<Record<string, unknown>>("select * from erasure where person = $1", [person.id]);
    assert.equal(erasure?.["mail"], null);
    assert.equal((await asOwner("select * from audit where about = $1 and action = 'erase'", [person.id])).length, 1);
  });

  it("lets nobody in as that person any more: who comes by that address is somebody new", async () => {
    const person = await known();
    await press(person);
    assert.equal(await whoIs(app, person.visit), null);
    const found = await db
      .transaction()
      .execute((tx) => selectOptionalPersonId(tx, "mail", fingerprintsOf(person.mail)));
    assert.equal(found, null);
    await assert.rejects(withPerson(db, person.id, (tx) => updateNames(tx, person.id, { given: "X", family: "Y" })));
    const identity = { kind: "mail", person: person.id, fingerprints: ["again"], sealed: null } as const;
    await assert.rejects(withPerson(db, person.id, (tx) => replaceIdentity(tx, identity, clock.now())));
  });

  it("asks for the word, and does nothing without it", async () => {
    const person = await known();
    for (const confirm of ["", "poistaa", "erase", "x".repeat(20_000)]) {
      const answer = await press(person, confirm);
      assert.equal(answer.statusCode, 422);
      assert.match(answer.body, /Kirjoita sana poista, jos/);
    }
    assert.equal((await personRow(person.id))["erased_at"], null);
    assert.equal((await press(person, "  POISTA ")).statusCode, 303);
  });

  it("is done once, also when it is asked for twice at once: both are led to the same receipt", async () => {
    const person = await known();
    const answers = await Promise.all([press(person), press(person), press(person)]);
    const led = new Set(answers.map(locationOf).filter((address) => !address.startsWith(SIGN_IN.href("fi"))));
    assert.equal(led.size, 1);
    assert.equal((await mailTo(person.mail)).length, 1);
    assert.equal((await asOwner("select * from audit where about = $1 and action = 'erase'", [person.id])).length, 1);
  });

  it("is mine alone: nobody else can ask for it, nor see the receipt without its link", async () => {
    const [person, other] = [await known(), await known()];
    for (const actor of [ANONYMOUS, actorOf(other), system("sweep")])
      await assert.rejects(erasePerson(tools, actor, person.id, clock.now()), /may not erase/);
    await press(person);
    assert.equal((await other.visit.get(`/fi/me/poistettu/${"x".repeat(43)}`)).statusCode, 404);
    const seen = await withPerson(db, other.id, (tx) => tx.selectFrom("erasure").selectAll().execute());
    assert.deepEqual(seen, []);
  });

  it("shows the receipt for thirty days", async () => {
    const person = await known();
    const address = locationOf(await press(person));
    clock.forward({ hours: 29 * 24 });
    assert.equal((await person.visit.get(address)).statusCode, 200);
    clock.forward({ hours: 25 });
    assert.equal((await person.visit.get(address)).statusCode, 404);
  });

  it("removes the mails that wait for me, in every city's name, but not the receipt", async () => {
    const person = await known();
    const usefulUntil = clock.now().add({ hours: 24 });
    const mail = { recipient: person.mail, subject: "Vanha", body: "x", language: "fi", usefulUntil } as const;
    for (const city of ["turku", "joint"] as const)
      await withTx(db, city, (tx) => postMail(tx, { ...mail, city }, clock.now()));
    clock.forward({ milliseconds: 5 });
    await press(person);
    const left = await asOwner<{ subject: string }>("select subject from mail where recipient = $1", [person.mail]);
    assert.deepEqual(left, [{ subject: "Tietosi on poistettu Avoimesta" }]);
  });
});

describe("the only owner of an organisation", () => {
  it("is told which one to hand over first, and nothing is erased", async () => {
    const person = await known();
    await organisationOf("Kylän <väki>", person);
    const page = await person.visit.get(ERASE.href("fi"));
    assert.match(page.body, /ainoa omistaja toimijassa Kylän &lt;väki>/);
    assert.doesNotMatch(page.body, /name="confirm"/);
    assert.equal((await press(person)).statusCode, 422);
    assert.equal((await personRow(person.id))["erased_at"], null);
  });

  it("may go once there is another, and the membership ends", async () => {
    const [person, other] = [await known(), await known()];
    const organisation = await organisationOf("Yhdistys", person, other);
    assert.equal((await press(person)).statusCode, 303);
    const rows = await asOwner<{ person: string; until: Date | null }>(
      "select person, until from organisation_member where organisation = $1",
      [organisation],
    );
    assert.deepEqual(
      rows.filter(({ until }) => until === null).map((row) => row.person),
      [other.id],
    );
  });

  it("is one of two who go at once: one of them stays", async () => {
    const [a, b] = [await known(), await known()];
    await organisationOf("Kahden kesken", a, b);
    const statuses = (await Promise.all([press(a), press(b)])).map(({ statusCode }) => statusCode);
    assert.deepEqual(new Set(statuses), new Set([303, 422]));
  });
});

it("who works for a city asks its administrator first", async () => {
  const staff = await somebody(app, { city: "turku", roles: [{ role: "administrator" }] });
  const answer = await app.server.inject({ url: ERASE.href("fi"), headers: staff.headers });
  assert.match(answer.body, /Sinulla on tehtävä \(Turku\)/);
  const actor = { kind: "staff", person: staff.id, roles: [] } as const;
  await assert.rejects(erasePerson(tools, actor, staff.id, clock.now()), { name: "Conflict" });
});

/** The module's register with one more source, which fails as long as it is told to. */
function withFailing(): {
  register: PersonalData;
  source: PersonalDataSource;
  mend: () => void;
  runs: (person: string) => number;
} {
  let isBroken = true;
  const runs: string[] = [];
  const words = { fi: "Rikkinäinen", sv: "Trasig", en: "Broken" };
  const source: PersonalDataSource = {
    id: "test.broken",
    title: words,
    purpose: words,
    ground: "consent",
    keptFor: words,
    fields: {},
    select: async () => [],
    async erase(_tx, person) {
      runs.push(person);
      if (isBroken) throw new Error("not yet");
      return { erased: 1, kept: [] };
    },
  };
  const register = {
    ...accountData,
    sources: [...accountData.sources.slice(0, 4), source, ...accountData.sources.slice(4)],
  };
  return {
    register,
    source,
    mend: () => void (isBroken = false),
    runs: (person) => runs.filter((one) => one === person).length,
  };
}

const statesOf = async (id: string): Promise<Map<string, string>> =>
  new Map((await withPerson(db, id, (tx) => selectParts(tx, id))).map(({ source, state }) => [source, state]));

/** Lets a real worker do the jobs until it is so, or ten seconds are over. */
async function workUntil(register: PersonalData, isSo: () => Promise<boolean>): Promise<void> {
  const worker = await startWorker(ownerUrl, erasureJobs(db, register, clock.now), log);
  try {
    for (let n = 0; n < 200 && !(await isSo()); n++) await wait(50);
  } finally {
    await worker.stop();
  }
}

describe("a source that can't erase yet", () => {
  it("keeps no other from it; the receipt says so, it is tried again, and a second receipt tells the end", async () => {
    const person = await known();
    const { register, mend } = withFailing();
    await erasePerson({ ...tools, register }, actorOf(person), person.id, clock.now());
    const states = await statesOf(person.id);
    assert.deepEqual(
      [...states].filter(([, state]) => state !== "erased"),
      [["test.broken", "failed"]],
    );
    assert.match((await mailTo(person.mail))[0]?.body ?? "", /Rikkinäinen: Kesken[\s\S]*Osa on vielä kesken/);

    mend();
    await workUntil(register, async () => (await statesOf(person.id)).get("test.broken") === "erased");
    assert.equal((await statesOf(person.id)).get("test.broken"), "erased");
    const mails = await mailTo(person.mail);
    assert.equal(mails.length, 2);
    assert.match(mails[0]?.body ?? "", /Kaikki on nyt tehty/);
  });

  it("is asked for again after half a day when its job has given up", async () => {
    const person = await known();
    const { register } = withFailing();
    await erasePerson({ ...tools, register }, actorOf(person), person.id, clock.now());
    const key = `erase-person ${person.id} test.broken`;
    const jobs = () =>
      asOwner<{ n: number }>("select count(*)::int as n from graphile_worker.jobs where key = $1", [key]);
    await asOwner("delete from graphile_worker._private_jobs where key = $1", [key]);
    const retry = erasureJobs(db, register, clock.now)["retry-erasures"] ?? assert.fail("no job");
    await retry({});
    assert.deepEqual(await jobs(), [{ n: 0 }]);
    clock.forward({ hours: 13 });
    await retry({});
    assert.deepEqual(await jobs(), [{ n: 1 }]);
  });

  it("shows that it is under way on the receipt's page", async () => {
    const person = await known();
    const { register } = withFailing();
    const receipt = await erasePerson({ ...tools, register }, actorOf(person), person.id, clock.now());
    assert.match((await person.visit.get(`/fi/me/poistettu/${receipt}`)).body, /Osa on vielä kesken/);
  });
});

describe("an erasure that is cut off half-way", () => {
  it("has closed the door and written down what is left, and the worker does that, once", async () => {
    const person = await known();
    const { register, runs, mend } = withFailing();
    // The first transaction is done; in the next, the connection is lost in the middle of the work.
    const { promise: cutOff, reject } = Promise.withResolvers<never>();
    const hanging = {
      ...register,
      sources: register.sources.map((one) => (one.isDoor ? one : { ...one, erase: () => cutOff })),
    };
    const running = erasePerson({ ...tools, register: hanging }, actorOf(person), person.id, clock.now());
    for (let n = 0; n < 100 && (await statesOf(person.id)).size === 0; n++) await wait(20);
    assert.notEqual((await personRow(person.id))["erased_at"], null);
    assert.equal(await whoIs(app, person.visit), null);
    await asOwner(
      "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'",
      [],
    );
    reject(new Error("cut off"));
    await running;
    assert.deepEqual([...new Set((await statesOf(person.id)).values())].toSorted(), ["erased", "failed"]);

    mend();
    await workUntil(register, async () =>
      [...(await statesOf(person.id)).values()].every((state) => state === "erased"),
    );
    assert.deepEqual([...new Set((await statesOf(person.id)).values())], ["erased"]);
    assert.equal(runs(person.id), 1);
    assert.match((await mailTo(person.mail))[0]?.body ?? "", /Kaikki on nyt tehty/);
  });
});

it("what is recorded is removed after five years, and not before", async () => {
  const person = await known();
  await press(person);
  const sweep = erasureJobs(db, accountData, clock.now)["sweep-records"] ?? assert.fail("no job");
  const left = () => asOwner("select 1 from audit where about = $1", [person.id]);
  clock.forward({ hours: 24 * 365 * 4 });
  await sweep({});
  assert.notDeepEqual(await left(), []);
  clock.forward({ hours: 24 * 370 });
  await sweep({});
  assert.deepEqual(await left(), []);
  assert.deepEqual(await asOwner("select 1 from erasure where person = $1", [person.id]), []);
});
