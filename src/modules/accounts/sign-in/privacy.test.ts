/** What must never be read anywhere: national identity codes, and secrets of browsers, sessions and links. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { Client } from "pg";
import { openSealer } from "#core/seal.ts";
import { openAccounts } from "#test/accounts.ts";
import { testApp } from "#test/app.ts";
import { type Mischief, openIdentityProvider } from "#test/identity-provider.ts";
import {
  type Answer,
  beginAt,
  BROWSER_COOKIE,
  identify,
  linksTo,
  locationOf,
  openVisit,
  SESSION_COOKIE,
  type Visit,
  whoIs,
} from "#test/visit.ts";
import { BACK_CHANNEL, ME, SESSIONS, SIGN_IN, SIGN_OUT } from "../paths.ts";

const suomifi = await openIdentityProvider({ after });
const app = await testApp({ after }, { signIn: { isInsecure: true, providers: [suomifi.strong("suomifi")] } });
const accounts = await openAccounts({ after }, app);
const SUOMIFI = { at: suomifi, as: "suomifi" };
const CODE = "010190-900P";
const AINO = { sub: "aino-at-suomifi", given_name: "Aino", family_name: "Esimerkki", national_id: CODE };

/** The code as it could be written, with and without its sign, also in an address or in base64. */
const TRACES = [
  CODE,
  CODE.toLowerCase(),
  "010190900P",
  "010190%2D900P",
  Buffer.from(CODE).toString("base64").slice(0, 14),
];

function assertNowhere(what: string, texts: readonly string[], secrets: readonly string[]): void {
  for (const text of texts)
    for (const secret of secrets) assert.ok(!text.includes(secret), `${what} holds ${secret}: ${text.slice(0, 2000)}`);
}

/** Every row of every table, as the owner reads it. */
async function everythingKept(): Promise<string[]> {
  const owner = new Client({ connectionString: app.ownerUrl });
  await owner.connect();
  try {
    const { rows: tables } = await owner.query<{ name: string }>(
      "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname !~ '^(pg_|information_schema)'",
    );
    const kept: string[] = [];
    for (const { name } of tables) {
      const { rows } = await owner.query<{ row: string }>(`select '${name} ' || t::text as row from ${name} t`);
      kept.push(...rows.map(({ row }) => row));
    }
    return kept;
  } finally {
    await owner.end();
  }
}

/** All that the service answers on the way in, around and out. */
async function wholeVisit(visit: Visit): Promise<Answer[]> {
  const begun = await visit.get("/fi/kirjaudu/tunnistus/suomifi");
  const back = await visit.get(suomifi.answer(locationOf(begun), AINO));
  assert.equal(locationOf(back), "/fi/me");
  const pages = [await visit.get(ME.href("fi")), await visit.get(SESSIONS.href("sv")), await visit.get("/fi/nowhere")];
  assert.match(pages[0]?.body ?? "", /Aino Esimerkki/);
  const left = await visit.post(SIGN_OUT.href("fi"));
  return [begun, back, ...pages, left, await visit.get(locationOf(left))];
}

/** Answers that are refused or fail, each of which could be told of in a log with all that was in it. */
const TROUBLE: Mischief[] = [
  { claims: { aud: "other" } },
  { claims: { iss: "https://evil.example" } },
  { claims: { nonce: "other" } },
  { claims: { exp: 1 } },
  { claims: { auth_time: 1 } },
  { claims: { sub: null } },
  { claims: { given_name: "", family_name: "" } },
  { claims: { national_id: `${CODE}x` } },
  { claims: { sid: `${CODE}\0` } },
  { signing: "stranger" },
  { signing: "none" },
  { trouble: "fails" },
  { trouble: "refuses" },
  { trouble: "breaks" },
];

/** Lines that are written meanwhile. */
async function linesOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const before = accounts.lines.length;
  await work();
  const lines = accounts.lines.slice(before);
  assert.ok(lines.length > 0);
  return lines;
}

describe("a national identity code", () => {
  it("is in no page, address, header or cookie, and in no line of the log", async () => {
    const lines = await linesOf(async () => {
      const said = (await wholeVisit(openVisit(accounts))).map(({ headers, body }) => JSON.stringify(headers) + body);
      assertNowhere("an answer", said, TRACES);
    });
    assertNowhere("the log", lines, TRACES);
  });

  for (const mischief of TROUBLE)
    it(`is nowhere either after ${JSON.stringify(mischief)}`, async () => {
      const lines = await linesOf(async () => {
        const { headers, body } = await identify(openVisit(accounts), SUOMIFI, AINO, mischief);
        assertNowhere("an answer", [JSON.stringify(headers) + body], TRACES);
      });
      assertNowhere("the log", lines, TRACES);
    });

  it("is in no line of the log either when a provider gives it as its reason", async () => {
    const visit = openVisit(accounts);
    const [way, query] = suomifi.answer(await beginAt(visit, "suomifi"), AINO).split("?");
    const params = new URLSearchParams(query);
    params.delete("code");
    params.set("error", "access_denied");
    params.set("error_description", `${CODE} may not`);
    assertNowhere("the log", await linesOf(() => visit.get(`${way}?${params.toString()}`)), TRACES);
  });

  it("is kept sealed, and readable in no row of any table", async () => {
    const visit = openVisit(accounts);
    await identify(visit, SUOMIFI, AINO);
    const kept = await everythingKept();
    assert.ok(kept.some((row) => /^public\.person_identity \(strong,[\w-]{43},[^,]{36},test\.[\w-]{50,},/.test(row)));
    assertNowhere("the database", kept, TRACES);
    const { person } = (await whoIs(app, visit)) ?? assert.fail("nobody is signed in");
    const sealed = kept.map((row) => /(test\.[\w-]{50,})/.exec(row)?.[1]).find((text) => text !== undefined) ?? "";
    assert.equal(app.signIn.sealer.open(sealed, `person_identity ${person}`), CODE);
  });

  it("is not kept either where a provider calls the person and the session by it", async () => {
    const visit = openVisit(accounts);
    const other = "010190-901R";
    await identify(visit, SUOMIFI, { ...AINO, national_id: other, sub: other, sid: `s-${other}` });
    assert.notEqual(await whoIs(app, visit), null);
    assertNowhere("the database", await everythingKept(), [other]);
  });
});

describe("the keys that seal", () => {
  it("may be changed: who was known under the old one is known, and sealed anew under the new one", async () => {
    const before = openVisit(accounts);
    await identify(before, SUOMIFI, AINO);
    const { person } = (await whoIs(app, before)) ?? assert.fail("nobody is signed in");
    const keys = [8, 7].map((byte) => ({ id: byte === 7 ? "test" : "new", secret: Buffer.alloc(32, byte) }));
    const changed = await openAccounts({ after }, { ...app, signIn: { ...app.signIn, sealer: openSealer(keys) } });
    for (let n = 0; n < 2; n++) {
      const visit = openVisit(changed);
      await identify(visit, SUOMIFI, AINO);
      assert.equal((await whoIs(app, visit))?.person, person);
    }
    const identities = (await everythingKept()).filter((row) => row.startsWith("public.person_identity (strong,"));
    const [own = "", ...more] = identities.filter((row) => row.includes(person));
    assert.match(own, /,new\.[\w-]{50,},/);
    assert.deepEqual(more, []);
  });
});

describe("secrets", () => {
  it("of sessions, browsers, links and sign-ins are in no line of the log, and in no row of the database", async () => {
    const [visit, mail] = [openVisit(accounts), "aino@example.fi"];
    const secrets = [mail];
    const lines = await linesOf(async () => {
      await visit.post(SIGN_IN.href("fi"), { mail });
      const [link = ""] = await linksTo(app, mail);
      await visit.get(link);
      const { pathname, search, searchParams } = new URL(
        suomifi.answer(await beginAt(visit, "suomifi"), AINO),
        "http://x",
      );
      await visit.get(pathname + search);
      secrets.push(link.split("/").at(-1) ?? "", searchParams.get("code") ?? "", searchParams.get("state") ?? "");
      await beginAt(visit, "suomifi");
    });
    secrets.push(visit.cookie(SESSION_COOKIE) ?? "", visit.cookie(BROWSER_COOKIE) ?? "");
    for (const secret of secrets) assert.ok(secret.length >= mail.length);
    assertNowhere("the log", lines, secrets);
    const kept = (await everythingKept()).filter((row) => !row.startsWith("public.mail ("));
    assertNowhere("the database", kept, secrets.slice(1));
  });

  it("of a token that was refused are in no line of the log", async () => {
    const token = await suomifi.logoutToken({ sub: `${CODE} of Aino`, nonce: "x" });
    const lines = await linesOf(async () => {
      const { statusCode } = await openVisit(accounts).post(BACK_CHANNEL, { logout_token: token });
      assert.equal(statusCode, 400);
    });
    assertNowhere("the log", lines, [token, ...TRACES, "of Aino"]);
  });
});
