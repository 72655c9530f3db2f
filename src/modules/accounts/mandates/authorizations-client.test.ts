import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { describe, it, type TestContext } from "node:test";
import { Temporal } from "temporal-polyfill";
import { AppError, type ErrorKind } from "#core/errors.ts";
import answers from "#test/fixtures/accounts/authorizations.json" with { type: "json" };
import { type Asked, replay, type Replayed } from "#test/fixtures/accounts/replay.ts";
import { type AuthorizationsClient, checksumHeader, openAuthorizations } from "./authorizations-client.ts";

const NOW = Temporal.Instant.from("2026-03-01T10:00:00.250Z");
const CLIENT = { clientId: "4a11b2c3", apiKey: "key-for-tests", oauthSecret: "secret-for-tests" };
const USER = "010180-9026";
const CHILD = "010114A9014";
const SESSION = {
  sessionId: answers.registration.sessionId,
  accessToken: answers.token.access_token,
  requestId: "0195-request",
};
const REDIRECT = "https://avoin.example.fi/fi/valtuudet/paluu?kaupunki=oulu";

/** Nothing of these may be in an error. */
const SECRETS = [USER, CHILD, SESSION.sessionId, SESSION.accessToken, CLIENT.apiKey, CLIENT.oauthSecret, "127.0.0.1"];

/** The service with its own clock, which refuses what the real one does: a wrong checksum, and a time 5 minutes off. */
async function service(test: TestContext, replayed: Replayed, theirNow = NOW) {
  const date = new Date(theirNow.epochMilliseconds).toUTCString();
  const { address, asked } = await replay(test, (question) => {
    const isKnown = question.path.startsWith("/oauth/") || isSigned(question, theirNow);
    const answer = isKnown ? replayed : { status: 401, body: answers.refused };
    return { ...answer, headers: { date, ...answer.headers } };
  });
  return { client: openAuthorizations({ address: `${address}/`, ...CLIENT }), asked };
}

/** Reads the header as the interface description tells to write it, apart from the code under test. */
function isSigned({ path, headers }: Asked, theirNow: Temporal.Instant): boolean {
  const [clientId, time = "", checksum] = String(headers["x-asiointivaltuudetauthorization"]).split(" ");
  const wanted = createHmac("sha256", CLIENT.apiKey).update(`${path} ${time}`).digest("base64");
  const isFresh = Math.abs(Date.parse(time) - theirNow.epochMilliseconds) <= 5 * 60_000;
  return clientId === CLIENT.clientId && checksum === wanted && isFresh;
}

const failsAs = (kind: ErrorKind, reason: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AppError);
  assert.equal(error.kind, kind, error.message);
  assert.match(error.message, reason);
  const told = `${error.message} ${String(error.cause)} ${JSON.stringify(error)}`;
  for (const secret of SECRETS) assert.ok(!told.includes(secret), told);
  return true;
};

/** Every question that the client can ask. */
const QUESTIONS: Record<string, (client: AuthorizationsClient) => Promise<unknown>> = {
  register: (client) => client.registerUser("person", USER, "0195-request", NOW),
  code: (client) => client.exchangeCode("k3y5Qx", REDIRECT, NOW),
  principals: (client) => client.principals(SESSION, NOW),
  mayActFor: (client) => client.mayActFor(SESSION, CHILD, [], NOW),
  organisations: (client) => client.organisations(SESSION, NOW),
};

describe("Suomi.fi e-Authorizations: the checksum", () => {
  it("is what openssl makes of path and time", () => {
    // printf '%s' "$path $time" | openssl dgst -sha256 -hmac "$key" -binary | base64
    assert.equal(
      checksumHeader(
        CLIENT.clientId,
        CLIENT.apiKey,
        `/service/hpa/user/register/4a11b2c3/${USER}?requestId=0197-a`,
        NOW,
      ),
      "4a11b2c3 2026-03-01T10:00:00Z d7BrYcaHZE5PNXSS3jm6Rkk7XewystqDn9HTl1wQe7A=",
    );
  });

  it("is another for another path, key or time", () => {
    const checksums = [
      checksumHeader("a", "key", "/x?y=1", NOW),
      checksumHeader("a", "key", "/x?y=2", NOW),
      checksumHeader("a", "other", "/x?y=1", NOW),
      checksumHeader("a", "key", "/x?y=1", NOW.add({ seconds: 1 })),
    ].map((header) => header.split(" ")[2]);
    assert.equal(new Set(checksums).size, checksums.length);
  });
});

describe("Suomi.fi e-Authorizations: acting for a person", () => {
  it("begins a visit for the person who has signed in", async (test) => {
    const { client, asked } = await service(test, { body: answers.registration });
    assert.deepEqual(await client.registerUser("person", USER, "0195-request", NOW), answers.registration);
    assert.equal(asked[0]?.path, `/service/hpa/user/register/4a11b2c3/${USER}?requestId=0195-request`);
    assert.equal(asked[0].headers.authorization, undefined);
  });

  it("sends the browser to the choice and asks for it back", async (test) => {
    const { client } = await service(test, { body: "" });
    const visit = { userId: "f0a4&c1", redirectUri: REDIRECT, state: "s t+ä" };
    const address = new URL(client.authorizeAddress({ ...visit, language: "sv" }));
    assert.equal(address.pathname, "/oauth/authorize");
    assert.deepEqual(Object.fromEntries(address.searchParams), {
      client_id: "4a11b2c3",
      response_type: "code",
      redirect_uri: REDIRECT,
      user: "f0a4&c1",
      state: "s t+ä",
      lang: "sv",
    });
    assert.equal(new URL(client.authorizeAddress(visit)).searchParams.has("lang"), false);
  });

  it("exchanges the code for a token that ends", async (test) => {
    const { client, asked } = await service(test, { body: answers.token });
    const { accessToken, expiresAt } = await client.exchangeCode("k3y5Qx&x=1", REDIRECT, NOW);
    assert.equal(accessToken, answers.token.access_token);
    assert.equal(expiresAt?.toString(), "2026-03-01T10:09:59.25Z");
    const query = new URLSearchParams({ grant_type: "authorization_code", code: "k3y5Qx&x=1", redirect_uri: REDIRECT });
    assert.equal(asked[0]?.method, "POST");
    assert.equal(asked[0].path, `/oauth/token?${query}`);
    const basic = Buffer.from("4a11b2c3:secret-for-tests").toString("base64");
    assert.equal(asked[0].headers.authorization, `Basic ${basic}`);
  });

  it("takes a token without an end", async (test) => {
    const { client } = await service(test, { body: { access_token: "abc" } });
    assert.deepEqual(await client.exchangeCode("k", REDIRECT, NOW), { accessToken: "abc", expiresAt: null });
  });

  it("tells whom the user has chosen", async (test) => {
    const { client, asked } = await service(test, { body: answers.principals });
    assert.deepEqual(await client.principals(SESSION, NOW), [{ personId: CHILD, name: "Lapsi Virtanen" }]);
    assert.equal(asked[0]?.path, `/service/hpa/api/delegate/${SESSION.sessionId}?requestId=0195-request`);
    assert.equal(asked[0].headers.authorization, `Bearer ${SESSION.accessToken}`);
  });

  it("asks whether the user may, in issues, and takes ALLOWED for a yes", async (test) => {
    const { client, asked } = await service(test, { body: answers.allowed });
    const issues = ["http://valtuusrekisteri.suomi.fi/asia_1", "urn:x?a=b&c='d'"];
    assert.equal(await client.mayActFor(SESSION, CHILD, issues, NOW), true);
    const [path, query] = asked[0]?.path.split("?") ?? [];
    assert.equal(path, `/service/hpa/api/authorization/${SESSION.sessionId}/${CHILD}`);
    assert.deepEqual(
      [...new URLSearchParams(query)],
      [
        ["requestId", "0195-request"],
        ["issues", issues[0]],
        ["issues", issues[1]],
      ],
    );
  });

  it("takes nothing but ALLOWED for a yes", async (test) => {
    const others = ["PARTLY_ALLOWED", "allowed", "ALLOWED ", "", "UNKNOWN"].map((result) => ({ result }));
    for (const body of [answers.disallowed, ...others]) {
      const { client } = await service(test, { body });
      assert.equal(await client.mayActFor(SESSION, CHILD, [], NOW), false, body.result);
    }
    for (const body of [{}, { result: null }, { result: true }, { result: ["ALLOWED"] }, "ALLOWED", '"ALLOWED"', []]) {
      const { client } = await service(test, { body });
      await assert.rejects(client.mayActFor(SESSION, CHILD, [], NOW), failsAs("unavailable", /another form/));
    }
  });
});

describe("Suomi.fi e-Authorizations: acting for an organisation", () => {
  it("begins a visit, and tells the organisation chosen with the user's roles", async (test) => {
    const visit = await service(test, { body: answers.registration });
    await visit.client.registerUser("organisation", USER, "0195-request", NOW);
    assert.equal(visit.asked[0]?.path, `/service/ypa/user/register/4a11b2c3/${USER}?requestId=0195-request`);

    const { client, asked } = await service(test, { body: answers.organisations });
    assert.deepEqual(await client.organisations(SESSION, NOW), [
      { businessId: "7019376-8", name: "Rova Oy", roles: ["TJ", "NIMKO"], isComplete: true },
    ]);
    assert.equal(asked[0]?.path, `/service/ypa/api/organizationRoles/${SESSION.sessionId}?requestId=0195-request`);
  });

  it("says when roles may be missing, and takes none for none", async (test) => {
    const [rova] = answers.organisations;
    const partial = await service(test, { body: [{ ...rova, complete: false, roles: [] }] });
    const [organisation] = await partial.client.organisations(SESSION, NOW);
    assert.equal(organisation?.isComplete, false);
    assert.deepEqual(organisation.roles, []);
    const { client } = await service(test, { body: [] });
    assert.deepEqual(await client.organisations(SESSION, NOW), []);
  });

  it("does not take what is no business ID for one", async (test) => {
    const { client } = await service(test, { body: [{ ...answers.organisations[0], identifier: "7019376-9" }] });
    await assert.rejects(client.organisations(SESSION, NOW), failsAs("unavailable", /another form/));
  });
});

describe("Suomi.fi e-Authorizations: when it does not work", () => {
  it("says to check the clock when ours is 6 minutes off", async (test) => {
    for (const [minutes, ours] of [
      [6, "6 min behind theirs"],
      [-6, "6 min ahead of theirs"],
    ] as const) {
      const { client } = await service(test, { body: answers.allowed }, NOW.add({ minutes }));
      for (const [name, ask] of Object.entries(QUESTIONS)) {
        if (name === "code") continue; // Not signed with a time.
        await assert.rejects(ask(client), failsAs("unavailable", new RegExp(`check the clock .* ${ours}$`)));
      }
    }
  });

  it("says to check clock and keys when a visit does not even begin", async (test) => {
    for (const status of [401, 403]) {
      const { client } = await service(test, { status, body: answers.refused });
      await assert.rejects(
        client.registerUser("person", USER, "0195-request", NOW),
        failsAs("unavailable", /check the clock of this server, the client ID and the API key/),
      );
    }
  });

  it("is not confused by a clock that is a little off, or a service that does not tell the time", async (test) => {
    const late = await service(test, { status: 401, body: answers.refused }, NOW.add({ minutes: 4 }));
    await assert.rejects(late.client.principals(SESSION, NOW), failsAs("forbidden", /the visit is over/));
    const timeless = await service(test, { status: 401, body: answers.refused, headers: { date: "" } });
    await assert.rejects(timeless.client.principals(SESSION, NOW), failsAs("forbidden", /the visit is over/));
  });

  it("forbids when the visit is over, or the code is used", async (test) => {
    const over = await service(test, { status: 401, body: answers.refused });
    for (const name of ["principals", "mayActFor", "organisations"]) {
      await assert.rejects(async () => QUESTIONS[name]?.(over.client), failsAs("forbidden", /the visit is over/));
    }
    const used = await service(test, { status: 400, body: answers.usedCode });
    await assert.rejects(used.client.exchangeCode("k3y5Qx", REDIRECT, NOW), failsAs("forbidden", /used or too old/));
  });

  it("says to check the secret when the code is refused for us", async (test) => {
    const { client } = await service(test, { status: 401, body: { error: "invalid_client" } });
    await assert.rejects(client.exchangeCode("k", REDIRECT, NOW), failsAs("unavailable", /check .* the OAuth secret/));
  });

  it("is out of service for every other refusal, and for half and other answers", async (test) => {
    const refusals = [400, 404, 429, 500, 503].map((status): [Replayed, RegExp] => [
      { status, body: answers.refused },
      new RegExp(`answers ${status}$`),
    ]);
    const cases: [Replayed, RegExp][] = [
      ...refusals,
      [{ status: 302, headers: { location: "/elsewhere" }, body: "" }, /answers 302/],
      [{ body: answers.registration, half: { bytes: 20, breaks: true } }, /no whole answer/],
      [{ body: JSON.stringify(answers.registration).slice(0, 40) }, /another form/],
      [{ body: `<h1>${USER}</h1>` }, /another form/],
      [{ body: "" }, /another form/],
      [{ body: { sessionId: 1, userId: null, access_token: "a b\r\n", result: 0 } }, /another form/],
      [{ body: [{ personId: "", name: USER, identifier: USER }] }, /another form/],
      [{ body: `["${"x".repeat(1_000_000)}"]` }, /longer than/],
    ];
    for (const [replayed, reason] of cases) {
      const { client } = await service(test, replayed);
      for (const ask of Object.values(QUESTIONS)) await assert.rejects(ask(client), failsAs("unavailable", reason));
    }
  });

  it("waits no longer than its time limit", { timeout: 10_000 }, async (test) => {
    const { address } = await replay(test, () => ({ body: answers.allowed, delayMs: 60_000 }));
    const client = openAuthorizations({ address, ...CLIENT }, { timeLimitMs: 30 });
    for (const ask of Object.values(QUESTIONS))
      await assert.rejects(ask(client), failsAs("unavailable", /took too long/));
  });

  it("tells nothing of the question when fetch itself complains", async () => {
    const fetch = async (asked: unknown) => Promise.reject(new TypeError(`Failed to parse URL from ${String(asked)}`));
    const client = openAuthorizations({ address: "http://127.0.0.1", ...CLIENT }, { fetch });
    for (const ask of Object.values(QUESTIONS)) {
      await assert.rejects(ask(client), failsAs("unavailable", /the connection failed/));
    }
  });

  it("lets no identifier make another path", async (test) => {
    const { client, asked } = await service(test, { body: answers.allowed });
    for (const id of ["", ".", "..", "\ud800"]) {
      await assert.rejects(client.mayActFor(SESSION, id, [], NOW), failsAs("invalid", /identifier/));
    }
    assert.equal(asked.length, 0);
    assert.equal(await client.mayActFor(SESSION, "../x?y#z", [], NOW), true);
    assert.match(asked[0]?.path ?? "", /\/\.\.%2Fx%3Fy%23z\?requestId=/);
  });
});
