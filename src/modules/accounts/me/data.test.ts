import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { sql } from "kysely";
import type { Actor } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { CityCode } from "#core/cities.ts";
import { openDb, withPerson, withTx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { postMail } from "#core/mail.ts";
import { GROUNDS } from "#core/retention.ts";
import { testApp } from "#test/app.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { withBrowser } from "../parked.queries.ts";
import { insertMailLink, replaceIdentity } from "../sign-in/queries.ts";
import { sealContext } from "../sign-in/sign-in.ts";
import { DATA, DATA_FILE, SEEN } from "./paths.ts";
import { accountData } from "./sources.ts";

const app = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
const { db, clock, server, signIn } = app;
const CODE = "131052-308T";

const get = (url: string, { headers }: Pick<TestPerson, "headers">) => server.inject({ url, headers });

interface FileSource {
  id: string;
  ground: string;
  purpose: Record<string, string>;
  keptFor: Record<string, string>;
  hasMore: boolean;
  rows: Record<string, unknown>[];
}
async function fileOf(person: TestPerson): Promise<Map<string, FileSource>> {
  const answer = await get(DATA_FILE.href("fi"), person);
  assert.equal(answer.statusCode, 200);
  const { sources } = JSON.parse(answer.body) as { sources: FileSource[] };
  return new Map(sources.map((source) => [source.id, source]));
}

/** Somebody known by a national identity code. */
async function identified(given = "Aino"): Promise<TestPerson> {
  const person = await somebody(app, { given, mail: `${given.toLowerCase()}@example.fi` });
  const { sealer } = signIn;
  const sealed = sealer.seal(CODE, sealContext(person.id));
  const identity = { kind: "strong", person: person.id, fingerprints: [`test ${person.id}`], sealed } as const;
  await withPerson(db, person.id, (tx) => replaceIdentity(tx, identity, clock.now()));
  return person;
}

const look = (about: TestPerson, actor: Actor, city: CityCode, reason?: string) =>
  withTx(db, city, (tx) => {
    const act = { city, action: "open", subjectKind: "person", subjectId: about.id, about: about.id } as const;
    return recordAudit(tx, actor, reason === undefined ? act : { ...act, reason }, clock.now());
  });

/** Which source of the register tells of it. An erasure is of who is known no more: its receipt tells of it. */
const SOURCE_OF: Readonly<Record<string, string>> = {
  person_identity: "accounts.identities",
  session: "accounts.sessions",
  staff_role: "accounts.roles",
  organisation_member: "accounts.memberships",
  mandate: "accounts.mandates",
  api_key: "accounts.keys",
  organisation_invitation: "accounts.invitations",
  staff_invitation: "accounts.invitations",
  organisation_claim: "accounts.claims",
  notification: "accounts.notifications",
  mail_link: "accounts.waiting",
  authorization_visit: "accounts.waiting",
  erasure: "accounts.person",
};

describe("what is known about me", () => {
  it("is there with its purpose, its ground and how long it is kept, as a page and as a file", async () => {
    const person = await identified();
    const { statusCode, body, headers } = await get(DATA.href("fi"), person);
    assert.equal(statusCode, 200);
    assert.equal(headers["cache-control"], "no-store");
    const file = await fileOf(person);
    assert.deepEqual(
      [...file.keys()],
      accountData.sources.map(({ id }) => id),
    );
    for (const source of accountData.sources) {
      const kept = file.get(source.id);
      assert.equal(kept?.ground, `GDPR 6(1)(${GROUNDS[source.ground]})`);
      assert.ok(body.includes(source.title.fi) && body.includes(source.keptFor.fi), source.id);
      assert.deepEqual(kept?.purpose, source.purpose);
    }
    assert.equal(file.get("accounts.person")?.rows[0]?.["given_name"], "Aino");
    assert.equal(file.get("accounts.sessions")?.rows.length, 1);
  });

  it("never shows the national identity code, sealed or open", async () => {
    const person = await identified();
    const sealed = await withPerson(db, person.id, (tx) =>
      tx.selectFrom("person_identity").select(["sealed", "fingerprint"]).where("person", "=", person.id).execute(),
    );
    const texts = [(await get(DATA.href("fi"), person)).body, (await get(DATA_FILE.href("fi"), person)).body];
    for (const text of texts)
      for (const secret of [CODE, sealed[0]?.sealed ?? "", sealed[0]?.fingerprint ?? ""])
        assert.ok(secret !== "" && !text.includes(secret));
    assert.match(texts[0] ?? "", /henkilötunnus, salattuna/);
  });

  it("is a file to keep, and that it was taken is recorded", async () => {
    const person = await identified();
    const { headers } = await get(DATA_FILE.href("en"), person);
    assert.match(String(headers["content-disposition"]), /^attachment/);
    assert.equal(headers["cache-control"], "no-store");
    const rows = (await fileOf(person)).get("accounts.audit")?.rows ?? [];
    assert.deepEqual(
      rows.map(({ action }) => action),
      ["download", "download"],
    );
  });

  it("holds links that wait for me, and none of anybody else", async () => {
    const [person, other] = [await identified("Linkki"), await identified("Muu")];
    const expiresAt = clock.now().add({ minutes: 15 });
    const link = { browser: "x", language: "fi", returnTo: "/fi/me", expiresAt } as const;
    await withBrowser(db, "x", async (tx) => {
      await insertMailLink(tx, { ...link, token: "a", person: person.id, address: "uusi@example.fi" });
      await insertMailLink(tx, { ...link, token: "b", person: null, address: "Linkki@example.fi" });
      await insertMailLink(tx, { ...link, token: "c", person: other.id, address: "vieras@example.fi" });
    });
    const rows = (await fileOf(person)).get("accounts.waiting")?.rows ?? [];
    assert.deepEqual(
      rows.map(({ kind, address }) => [kind, address]),
      [
        ["linkConfirm", "uusi@example.fi"],
        ["linkSignIn", "Linkki@example.fi"],
      ],
    );
  });

  it("is asked of every table that names a person", async () => {
    const owner = openDb(app.ownerUrl, () => undefined, { max: 1 });
    const { rows } = await sql<{ table: string }>`
      select distinct conrelid::regclass::text as "table" from pg_constraint
      where contype = 'f' and confrelid = 'person'::regclass order by 1`.execute(owner);
    await owner.destroy();
    const tables = rows.map(({ table }) => table);
    assert.deepEqual(
      tables.filter((table) => !Object.hasOwn(SOURCE_OF, table)),
      [],
      "a table that names people needs a source in the register",
    );
    const sources = accountData.sources.map(({ id }) => id);
    for (const [table, source] of Object.entries(SOURCE_OF))
      assert.ok(tables.includes(table) && sources.includes(source));
  });

  it("holds nothing of anybody else", async () => {
    const [aino, other] = [await identified("Aino"), await identified("Bertta")];
    const { body } = await get(DATA_FILE.href("fi"), aino);
    assert.ok(!body.includes("Bertta") && !body.includes(other.id));
    assert.doesNotMatch((await get(DATA.href("fi"), aino)).body, /Bertta/);
  });

  it("holds the mail that waits for me in any city's name, without what it says", async () => {
    const person = await identified("Posti");
    const usefulUntil = clock.now().add({ hours: 1 });
    const mail = {
      recipient: "Posti@example.fi",
      subject: "Aihe",
      body: "salaisuus",
      language: "fi",
      usefulUntil,
    } as const;
    await withTx(db, "turku", (tx) => postMail(tx, { ...mail, city: "turku" }, clock.now()));
    const { body } = await get(DATA_FILE.href("fi"), person);
    assert.match(body, /"subject":"Aihe"/);
    assert.doesNotMatch(body, /salaisuus/);
  });

  it("goes on page after page where there is much, and stays within its limits", async () => {
    const person = await identified("Paljon");
    await withTx(db, "espoo", (tx) =>
      sql`insert into audit (city, id, at, actor, action, subject_kind, subject_id, about)
          select 'espoo', gen_random_uuid(), ${clock.now().toString()}::timestamptz - n * interval '1 minute', 'staff', 'open',
            'person', '', ${person.id} from generate_series(1, 10050) as n`.execute(tx),
    );
    assert.match((await get(DATA.href("fi"), person)).body, /source=accounts\.audit/);
    const last = await get(`${DATA.href("fi")}?source=accounts.audit&page=101`, person);
    assert.equal(last.statusCode, 200);
    assert.equal((last.body.match(/<time/g) ?? []).length, 50);
    const file = (await fileOf(person)).get("accounts.audit");
    assert.deepEqual([file?.rows.length, file?.hasMore], [10_000, true]);
  });

  it("asks who is known by identification to identify themself again", async () => {
    const visitor = await somebody(app, { kind: "mail" });
    const identity = {
      kind: "strong",
      person: visitor.id,
      fingerprints: [`test ${visitor.id}`],
      sealed: null,
    } as const;
    await withPerson(db, visitor.id, (tx) => replaceIdentity(tx, identity, clock.now()));
    for (const path of [DATA.href("fi"), SEEN.href("fi")]) {
      const answer = await get(path, visitor);
      assert.equal(answer.statusCode, 303, path);
      assert.match(String(answer.headers.location), /needs=strong/);
    }
    assert.equal((await get(DATA_FILE.href("fi"), visitor)).statusCode, 401);
  });

  it("is nobody's who has not signed in; odd questions are refused", async () => {
    assert.equal((await server.inject(DATA.href("fi"))).statusCode, 303);
    assert.equal((await server.inject(DATA_FILE.href("fi"))).statusCode, 401);
    const person = await identified("Kysyy");
    for (const [query, status] of [
      ["source=accounts.nothing", 404],
      ["source=%27%20or%201", 400],
      ["source=accounts.audit&page=0", 400],
      ["source=accounts.audit&page=99999999", 400],
      ["source=accounts.audit&source=accounts.mail", 400],
    ] as const)
      assert.equal((await get(`${DATA.href("fi")}?${query}`, person)).statusCode, status, query);
  });
});

describe("who has looked at my data", () => {
  it("is told in words: when, in which role of which city, and why", async () => {
    const [person, advisor] = [await identified("Katsottu"), await somebody(app, { given: "Virkailija" })];
    const roles = [
      { city: "oulu", role: "advisor", scope: null },
      { city: "oulu", role: "registrar", scope: "länsi" },
    ] as const;
    await look(person, { kind: "staff", person: advisor.id, roles }, "oulu", "Puhelu 12.3.");
    const { body } = await get(SEEN.href("fi"), person);
    assert.match(body, /palveluneuvoja, kirjaaja \(länsi\), Oulu/);
    assert.match(body, /Tietosi: katselu/);
    assert.match(body, /Puhelu 12\.3\./);
    assert.doesNotMatch(body, /Virkailija/);
  });

  it("never shows a code, also of what an older version has recorded", async () => {
    const person = await identified("Outo");
    await withTx(db, "joint", (tx) =>
      sql`insert into audit (city, id, at, actor, action, subject_kind, subject_id, about)
        values ('joint', ${newId(clock.now())}, ${clock.now().toString()}, 'system:secret-job', 'frobnicate', 'thing_kind', 'x', ${person.id})`.execute(
        tx,
      ),
    );
    for (const language of ["fi", "sv", "en"] as const) {
      const { body } = await get(SEEN.href(language), person);
      assert.doesNotMatch(body, /frobnicate|thing_kind|secret-job/);
    }
    assert.match((await get(SEEN.href("fi"), person)).body, /Palvelu itse/);
  });

  it("names who acted by a mandate, and nobody else", async () => {
    const [person, taker, stranger] = [
      await identified("Antaja"),
      await identified("Saaja"),
      await identified("Vieras"),
    ];
    const behalf = { mandate: newId(clock.now()), person: person.id, matters: ["x"] };
    await look(person, { kind: "resident", person: taker.id, assurance: "strong", behalf }, "espoo");
    await look(person, { kind: "resident", person: stranger.id, assurance: "strong" }, "espoo");
    const { body } = await get(SEEN.href("fi"), person);
    assert.match(body, /Saaja Esimerkki, antamallasi valtuutuksella/);
    assert.doesNotMatch(body, /Vieras/);
    assert.match(body, /Toinen henkilö/);
  });

  it("is mine only, from all cities, newest first, and page after page with none left out or twice", async () => {
    const [person, other] = [await identified("Monta"), await identified("Muu")];
    const staff = { kind: "staff", person: other.id, roles: [] } as const;
    for (let n = 0; n < 120; n++) {
      clock.forward({ milliseconds: 1 });
      await look(person, staff, n % 2 === 0 ? "turku" : "vantaa", `syy ${n}.`);
    }
    await look(other, staff, "turku", "toisen syy");
    const seen: string[] = [];
    let next: string | undefined = SEEN.href("fi");
    for (let pages = 0; next !== undefined && pages < 5; pages++) {
      const { body }: { body: string } = await get(next, person);
      seen.push(...Array.from(body.matchAll(/syy (\d+)\./g), ([, n = ""]) => n));
      assert.doesNotMatch(body, /toisen syy/);
      next = /href="([^"]*after=[^"]*)" rel="next"/.exec(body)?.[1];
    }
    assert.deepEqual(
      seen.map(Number),
      Array.from({ length: 120 }, (_, n) => 119 - n),
    );
  });

  it("does not go on from a row that is another's", async () => {
    const [person, other] = [await identified("Oma"), await identified("Toinen")];
    await look(other, { kind: "system", name: "x" }, "turku");
    const rows = await withPerson(db, other.id, (tx) => tx.selectFrom("audit").select("id").execute());
    const { statusCode, body } = await get(`${SEEN.href("fi")}?after=${rows[0]?.id}`, person);
    assert.equal(statusCode, 200);
    assert.doesNotMatch(body, /Palvelu itse/);
  });
});
