/** Attacks on the way to an identity provider and back. What is tried on mail links, sessions and signing out stands beside those. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { hashSecret } from "#core/secrets.ts";
import { ORIGIN, testApp } from "#test/app.ts";
import { type Mischief, openIdentityProvider, type Told } from "#test/identity-provider.ts";
import {
  type Answer,
  beginAt,
  BROWSER_COOKIE,
  identify,
  locationOf,
  openVisit,
  SESSION_COOKIE,
  type Visit,
  whoIs,
} from "#test/visit.ts";
import * as paths from "../paths.ts";

const suomifi = await openIdentityProvider({ after });
const bank = await openIdentityProvider({ after });
const directory = await openIdentityProvider({ after });
const LOA = "http://ftn.ficora.fi/2017/loa2";

const app = await testApp(
  { after },
  {
    settings: { RATE_LIMIT: "0" },
    signIn: {
      isInsecure: true,
      providers: [
        suomifi.strong("suomifi"),
        bank.strong("bank", { acr: LOA }),
        directory.staff("espoo", "espoo", { chiefs: { role: "administrator" } }),
      ],
    },
  },
);
const SUOMIFI = { at: suomifi, as: "suomifi" };
const BANK = { at: bank, as: "bank" };
const ESPOO = { at: directory, as: "espoo" };
const AINO = { sub: "a", given_name: "Aino", family_name: "Esimerkki", national_id: "010190-900P" };
const EERO = { sub: "e", given_name: "Eero", family_name: "Malli", national_id: "010190-901R" };
const CHIEF = { sub: "c", given_name: "Päivi", family_name: "Päällikkö", groups: ["chiefs"] };

/** The same address with other answers in its query; undefined takes one out. */
function changed(address: string, changes: Record<string, string | undefined>): string {
  const [path = "", query] = address.split("?");
  const params = new URLSearchParams(query);
  for (const [name, value] of Object.entries(changes))
    if (value === undefined) params.delete(name);
    else params.set(name, value);
  return `${path}?${params.toString()}`;
}
const stateOf = (address: string): string => new URL(address, ORIGIN).searchParams.get("state") ?? "";
const codeOf = (address: string): string => new URL(address, ORIGIN).searchParams.get("code") ?? "";
/** The answer says that nobody was let in, and nobody was. */
async function assertRefused(visit: Visit, answer: Answer, why: "refused" | "unknown"): Promise<void> {
  assert.equal(answer.statusCode, 303);
  assert.equal(locationOf(answer), paths.SIGN_IN_FAILED.href("fi", {}, { why }));
  assert.doesNotMatch(String(answer.headers["set-cookie"]), new RegExp(SESSION_COOKIE));
  assert.equal(await whoIs(app, visit), null);
}

const HOUR = 3600;
const seconds = Math.floor(Date.now() / 1000);

/** What the token is -> how it is other than it should be. */
const WRONG_TOKENS: Record<string, Mischief> = {
  "for another audience": { claims: { aud: "somebody-else" } },
  "for several, and meant for another of them": { claims: { aud: ["avoin", "somebody-else"], azp: "somebody-else" } },
  "for nobody": { claims: { aud: undefined } },
  "of another issuer": { claims: { iss: bank.issuer } },
  "of an issuer that nearly has its name": { claims: { iss: `${suomifi.issuer}/` } },
  "of no issuer": { claims: { iss: undefined } },
  "without a signature": { signing: "none" },
  "signed by a stranger under the provider's key name": { signing: "stranger" },
  "signed with the client's secret": { signing: "secret" },
  "of a day ago": { claims: { iat: seconds - 25 * HOUR, exp: seconds - 24 * HOUR } },
  "that never ends": { claims: { exp: undefined } },
  "that ends in words": { claims: { exp: "never" } },
  "that holds only from tomorrow": { claims: { nbf: seconds + 24 * HOUR } },
  "made in an hour's time": { claims: { iat: seconds + HOUR, exp: seconds + 2 * HOUR } },
  "made at no time": { claims: { iat: undefined } },
  "with the nonce of another sign-in": { claims: { nonce: "x".repeat(43) } },
  "without a nonce": { claims: { nonce: undefined } },
  "with an empty nonce": { claims: { nonce: "" } },
  "with a nonce in a list": { claims: { nonce: ["x"] } },
  "of nobody": { claims: { sub: undefined } },
  "of somebody who is no text": { claims: { sub: { toString: "a" } } },
  "of who was identified ten minutes ago": { claims: { auth_time: seconds - 600 } },
  "that does not say when somebody was identified": { claims: { auth_time: undefined } },
  "of who will be identified tomorrow": { claims: { auth_time: seconds + 24 * HOUR } },
  "without an identity code": { claims: { national_id: undefined } },
  "with an identity code whose check character is another": { claims: { national_id: "010190-900R" } },
  "without any name": { claims: { given_name: undefined, family_name: "\u200b" } },
};

describe("a token that does not hold lets nobody in", () => {
  for (const [what, mischief] of Object.entries(WRONG_TOKENS))
    it(what, async () => {
      const visit = openVisit(app);
      await assertRefused(visit, await identify(visit, SUOMIFI, AINO, mischief), "refused");
    });

  it("of a weaker identification than was asked for", async () => {
    for (const acr of [undefined, "", "http://ftn.ficora.fi/2017/loa1", [LOA], `${LOA} `]) {
      const visit = openVisit(app);
      await assertRefused(visit, await identify(visit, BANK, { ...AINO, acr }), "refused");
    }
  });

  it("with a name for the person or the session that no table takes", async () => {
    const odd = [{ sid: "a\0b" }, { sub: "a\0b" }, { sub: "\ud800" }, { sid: noise(20_000) }, { sub: noise(20_000) }];
    const statuses: number[] = [];
    for (const claims of odd) statuses.push((await identify(openVisit(app), SUOMIFI, AINO, { claims })).statusCode);
    assert.deepEqual(statuses, [303, 303, 303, 303, 303]);
  });
});

/** Text that can't be packed. */
function noise(length: number): string {
  let [text, n] = ["", 0];
  while (text.length < length) text += hashSecret(String(n++));
  return text.slice(0, length);
}

describe("an answer of a provider", () => {
  it("counts once: the same address again lets nobody in", async () => {
    const visit = openVisit(app);
    const address = suomifi.answer(await beginAt(visit, "suomifi"), AINO);
    assert.equal(locationOf(await visit.get(address)), "/fi/me");
    const session = visit.cookie(SESSION_COOKIE);
    const again = await visit.get(address);
    assert.equal(locationOf(again), paths.SIGN_IN_FAILED.href("fi", {}, { why: "unknown" }));
    assert.equal(visit.cookie(SESSION_COOKIE), session);

    const thief = openVisit(app);
    thief.setCookie(BROWSER_COOKIE, visit.cookie(BROWSER_COOKIE) ?? "");
    await assertRefused(thief, await thief.get(address), "unknown");
  });

  it("with a code that was used before lets nobody in", async () => {
    const visit = openVisit(app);
    const address = suomifi.answer(await beginAt(visit, "suomifi"), AINO);
    await visit.get(address);
    const other = openVisit(app);
    const stateOfOther = stateOf(await beginAt(other, "suomifi"));
    await assertRefused(other, await other.get(changed(address, { state: stateOfOther })), "refused");
  });

  it("counts in the browser that asked, and no other can spoil it", async () => {
    const [attacker, victim] = [openVisit(app), openVisit(app)];
    const address = suomifi.answer(await beginAt(attacker, "suomifi"), EERO);
    await assertRefused(victim, await victim.get(address), "unknown");
    // Nor in one that has begun something of its own.
    await beginAt(victim, "suomifi");
    await assertRefused(victim, await victim.get(address), "unknown");
    assert.equal(locationOf(await attacker.get(address)), "/fi/me");
  });

  it("does not fit another sign-in of the same browser", async () => {
    const visit = openVisit(app);
    const [one, other] = [await beginAt(visit, "suomifi"), await beginAt(visit, "suomifi")];
    const [answer, otherAnswer] = [suomifi.answer(one, AINO), suomifi.answer(other, EERO)];
    const mixed = changed(answer, { state: stateOf(otherAnswer) });
    await assertRefused(visit, await visit.get(mixed), "refused");
    // The code was spent on that.
    await assertRefused(visit, await visit.get(answer), "refused");
  });

  it("without its nonce does not fit, even where the code would", async () => {
    const visit = openVisit(app);
    const [one, other] = [await beginAt(visit, "suomifi"), await beginAt(visit, "suomifi")];
    const nonce = new URL(one).searchParams.get("nonce");
    await assertRefused(visit, await visit.get(suomifi.answer(other, AINO, { claims: { nonce } })), "refused");
  });

  it("of one provider does not fit a sign-in at another", async () => {
    const visit = openVisit(app);
    const atBank = await beginAt(visit, "bank");
    const answer = suomifi.answer(await beginAt(visit, "suomifi"), { ...AINO, acr: LOA });
    const mixed = changed(answer, { state: stateOf(atBank) });
    await assertRefused(visit, await visit.get(mixed), "unknown");
    assert.ok(!bank.codes.includes(codeOf(answer)), "the code was shown to the other provider");
  });

  it("is never shown to another provider, also where providers do not say who they are", async (t) => {
    // RFC 9700, 4.4: a crooked provider sends the browser on to an honest one and waits for the code, which it then uses itself.
    t.after(() => (suomifi.isSilentOnIssuer = false));
    suomifi.isSilentOnIssuer = true;
    const [victim, attacker] = [openVisit(app), openVisit(app)];
    const atCrooked = await beginAt(victim, "bank");
    const honest = new URL(await beginAt(attacker, "suomifi"));
    honest.searchParams.set("state", stateOf(atCrooked));
    const answer = suomifi.answer(honest.href, AINO);
    await victim.get(answer);
    assert.equal(await whoIs(app, victim), null);
    assert.ok(!bank.codes.includes(codeOf(answer)), "the code was shown to the other provider");
  });

  it("that is none is refused, whatever is in it", async () => {
    const visit = openVisit(app);
    const answer = async () => suomifi.answer(await beginAt(visit, "suomifi"), AINO);
    const token = await suomifi.logoutToken({ ...AINO, events: undefined, nonce: "x" });
    for (const state of [undefined, "", "x", "x".repeat(2000), "\0"])
      await assertRefused(visit, await visit.get(changed(await answer(), { state })), "unknown");
    for (const changes of [
      { code: undefined },
      { code: "x" },
      { code: undefined, id_token: token },
      { response: token },
    ])
      await assertRefused(visit, await visit.get(changed(await answer(), changes)), "refused");
    await assertRefused(visit, await visit.get(`${await answer()}&code=x`), "refused");
    await assertRefused(visit, await visit.get(`${await answer()}&state=x`), "refused");
    await assertRefused(visit, await visit.get((await answer()).split("?")[0] ?? ""), "unknown");
  });
});

describe("rights", () => {
  it("of staff come from the directory alone, whatever a strong provider or a mail says", async () => {
    const told: [string, Told][] = [
      ["suomifi", { ...AINO, ...CHIEF }],
      ["bank", { ...AINO, ...CHIEF, acr: LOA }],
    ];
    for (const [as, who] of told) {
      const visit = openVisit(app);
      await identify(visit, { at: as === "bank" ? bank : suomifi, as }, who);
      assert.deepEqual((await whoIs(app, visit))?.roles, []);
      assert.equal((await visit.get("/fi/espoo/desk/lukematta")).statusCode, 403);
    }
  });

  it("of one city's staff end at its border", async () => {
    const visit = openVisit(app);
    await identify(visit, ESPOO, { ...CHIEF, city: "helsinki", roles: ["administrator"] });
    assert.equal((await whoIs(app, visit))?.kind, "staff");
    assert.equal((await visit.get("/fi/helsinki/desk/lukematta")).statusCode, 403);
  });
});
