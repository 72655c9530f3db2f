import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { withTx } from "#core/db.ts";
import { testApp } from "#test/app.ts";
import { openIdentityProvider } from "#test/identity-provider.ts";
import { mailsTo } from "#test/mail.ts";
import { actAs, someOrganisation } from "#test/organisations.ts";
import {
  beginAt,
  enterByMail,
  identify,
  locationOf,
  openVisit,
  SESSION_COOKIE,
  type Visit,
  whoIs,
} from "#test/visit.ts";
import { DATA, SEEN } from "../me/paths.ts";
import { ME, SIGN_IN, SIGN_IN_FAILED, SIGN_IN_WITH } from "../paths.ts";

const suomifi = await openIdentityProvider({ after });
const bank = await openIdentityProvider({ after });
const sealing = await openIdentityProvider({ after });
const directory = await openIdentityProvider({ after });
const LOA = "http://ftn.ficora.fi/2017/loa2";
const ROLES = {
  chiefs: { role: "administrator" },
  library: { role: "advisor", scope: "kirjastot" },
  desk: { role: "registrar" },
} as const;

const app = await testApp(
  { after },
  {
    settings: { RATE_LIMIT: "0" },
    signIn: {
      isInsecure: true,
      providers: [
        suomifi.strong("suomifi"),
        bank.strong("bank", { acr: LOA, claims: { givenName: "first", familyName: "last", nationalId: "hetu" } }),
        sealing.sealed("sealing"),
        directory.staff("espoo", "espoo", ROLES),
      ],
    },
  },
);

const SUOMIFI = { at: suomifi, as: "suomifi" };
const BANK = { at: bank, as: "bank" };
const ESPOO = { at: directory, as: "espoo" };
const AINO = { sub: "a", given_name: "Aino", family_name: "Esimerkki", national_id: "010190-900P" };
const EERO = { sub: "e", given_name: "Eero", family_name: "Malli", national_id: "010190-901R" };
const VIRPI = { sub: "v", given_name: "Virpi", family_name: "Virkailija", email: "virpi@espoo.example.fi" };

/** As whom the browser is signed in. */
const personOf = async (visit: Visit): Promise<string> =>
  (await whoIs(app, visit))?.person ?? assert.fail("nobody is signed in");

const meOf = async (visit: Visit): Promise<string> => {
  const { statusCode, body } = await visit.get(ME.href("fi"));
  assert.equal(statusCode, 200);
  return body;
};

describe("a resident", () => {
  it("signs in and sees own pages, with name", async () => {
    const visit = openVisit(app);
    assert.equal((await visit.get(ME.href("fi"))).statusCode, 303);
    const answer = await identify(visit, SUOMIFI, AINO);
    assert.equal(answer.statusCode, 303);
    assert.equal(locationOf(answer), "/fi/me");
    const me = await meOf(visit);
    assert.match(me, /Aino Esimerkki/);
    assert.match(me, /Vahva tunnistautuminen/);
  });

  it("comes back to where they were, with what they had asked for", async () => {
    const visit = openVisit(app);
    const wanted = "/sv/me/sessioner?done=sessionEnded";
    const led = await visit.get(wanted);
    assert.equal(locationOf(led), SIGN_IN.href("sv", {}, { return: "/sv/me/sessioner" }));
    const answer = await identify(visit, { ...SUOMIFI, returnTo: wanted }, AINO);
    assert.equal(locationOf(answer), wanted);
  });

  it("is asked for anew at the provider, in their language", async () => {
    const { searchParams } = new URL(
      locationOf(await openVisit(app).get(SIGN_IN_WITH.href("sv", { provider: "bank" }))),
    );
    assert.equal(searchParams.get("ui_locales"), "sv");
    assert.equal(searchParams.get("max_age"), "300");
    assert.equal(searchParams.get("acr_values"), LOA);
    assert.equal(searchParams.get("code_challenge_method"), "S256");
  });

  it("is the same person through another strong provider, and the other is not", async () => {
    const [here, there, other] = [openVisit(app), openVisit(app), openVisit(app)];
    await identify(here, SUOMIFI, AINO);
    // Another name for the person, other names of the claims, the code in small letters.
    await identify(there, BANK, { sub: "77", first: "Aino", last: "Esimerkki", hetu: "010190-900p", acr: LOA });
    await identify(other, SUOMIFI, EERO);
    assert.equal(await personOf(there), await personOf(here));
    assert.notEqual(await personOf(other), await personOf(here));
  });

  it("bears the name that the population register has now", async () => {
    const visit = openVisit(app);
    await identify(visit, SUOMIFI, EERO);
    const before = await personOf(visit);
    await identify(visit, SUOMIFI, { ...EERO, family_name: "Uusinimi" });
    assert.match(await meOf(visit), /Eero Uusinimi/);
    assert.equal(await personOf(visit), before);
  });

  it("bears a name that neither turns nor buries the page, however odd it came", async () => {
    const visit = openVisit(app);
    const odd = { given_name: "\u202eOt\u200bto\0", family_name: `Z${"\u0335".repeat(60)}algo <b>` };
    await identify(visit, SUOMIFI, { ...EERO, ...odd });
    const me = await meOf(visit);
    assert.match(me, new RegExp(`Otto Z${"\u0335".repeat(3)}algo &lt;b>`));
    assert.doesNotMatch(me, /[\u202e\u200b\0]|\u0335{4}/);
    await identify(visit, SUOMIFI, { ...EERO, given_name: "x".repeat(10_000) });
    assert.match(await meOf(visit), />Malli</);
  });

  it("who comes twice at once for the first time is one person", async () => {
    const visits = [openVisit(app), openVisit(app), openVisit(app)];
    const first = { ...AINO, national_id: "010190-902S" };
    const answers = await Promise.all(visits.map((visit) => identify(visit, SUOMIFI, first)));
    assert.deepEqual(answers.map(locationOf), ["/fi/me", "/fi/me", "/fi/me"]);
    const persons = await Promise.all(visits.map(personOf));
    assert.equal(new Set(persons).size, 1);
  });

  it("who turns back at the provider is told so, in their language, and is still nobody", async () => {
    const visit = openVisit(app);
    const address = locationOf(await visit.get(SIGN_IN_WITH.href("sv", { provider: "suomifi" })));
    const [way, query] = suomifi.answer(address, AINO).split("?");
    const params = new URLSearchParams(query);
    params.delete("code");
    params.set("error", "access_denied");
    const answer = await visit.get(`${way}?${params.toString()}`);
    assert.equal(locationOf(answer), SIGN_IN_FAILED.href("sv", {}, { why: "cancelled" }));
    assert.equal(await whoIs(app, visit), null);
    assert.equal((await visit.get(locationOf(answer))).statusCode, 200);
  });

  it("takes half an hour to find the bank codes, and begins anew", async () => {
    const visit = openVisit(app);
    const callback = suomifi.answer(await beginAt(visit, "suomifi"), AINO);
    app.clock.forward({ minutes: 30 });
    assert.equal(locationOf(await visit.get(callback)), SIGN_IN_FAILED.href("fi", {}, { why: "unknown" }));
    assert.equal(locationOf(await identify(visit, SUOMIFI, AINO)), "/fi/me");
  });

  it("gets the full time at the provider, however long they had been here before", async () => {
    const visit = openVisit(app);
    await beginAt(visit, "suomifi");
    app.clock.forward({ minutes: 55 });
    const callback = suomifi.answer(await beginAt(visit, "suomifi"), AINO);
    app.clock.forward({ minutes: 10 });
    assert.equal(locationOf(await visit.get(callback)), "/fi/me");
  });
});

describe("staff", () => {
  const chief = { ...VIRPI, groups: ["chiefs", "library", "everybody"] };

  it("has the roles of its groups, in its own city", async () => {
    const visit = openVisit(app);
    await identify(visit, ESPOO, chief);
    const found = await whoIs(app, visit);
    assert.equal(found?.kind, "staff");
    assert.deepEqual(
      found?.roles.toSorted((a, b) => a.role.localeCompare(b.role)),
      [
        { city: "espoo", role: "administrator", scope: null },
        { city: "espoo", role: "advisor", scope: "kirjastot" },
      ],
    );
    assert.match(await meOf(visit), /pääkäyttäjä, Espoo; palveluneuvoja, Espoo: kirjastot/);
  });

  it("loses a role with the group, at the next sign-in, in every browser", async () => {
    const [desk, home] = [openVisit(app), openVisit(app)];
    await identify(desk, ESPOO, { ...VIRPI, groups: ["desk"] });
    assert.equal((await desk.get("/fi/espoo/desk/lukematta")).statusCode, 200);
    await identify(home, ESPOO, { ...VIRPI, groups: [] });
    assert.equal(await personOf(home), await personOf(desk));
    assert.deepEqual((await whoIs(app, desk))?.roles, []);
    assert.equal((await desk.get("/fi/espoo/desk/lukematta")).statusCode, 403);
    assert.match(await meOf(home), /hakemisto ei kerro sinulle tehtävää/);
  });

  it("hears of roles that the directory gives and takes, each once, and keeps the day of those that stay", async () => {
    const visit = openVisit(app);
    const eila = { ...VIRPI, sub: "eila", email: "eila@espoo.fi" };
    const rolesNow = async () => {
      const id = await personOf(visit);
      return withTx(app.db, "espoo", (tx) =>
        tx
          .selectFrom("staff_role")
          .select(["role", "since"])
          .where("city", "=", "espoo")
          .where("person", "=", id)
          .execute(),
      );
    };
    await identify(visit, ESPOO, { ...eila, groups: ["desk"] });
    const first = await rolesNow();
    app.clock.forward({ hours: 1 });
    await identify(visit, ESPOO, { ...eila, groups: ["desk"] });
    assert.deepEqual(await rolesNow(), first);
    await identify(visit, ESPOO, { ...eila, groups: [] });
    assert.deepEqual(await rolesNow(), []);
    const told = (await mailsTo(app, "eila@espoo.fi", "espoo")).map(({ body }) => body);
    assert.equal(told.length, 2);
    assert.match(told[1] ?? "", /Sinulle on annettu tehtävä Espoossa: .*Muutoksen teki kaupungin hakemisto\./s);
    assert.match(told[0] ?? "", /Tehtäväsi Espoossa on päättynyt: /);
    const id = await personOf(visit);
    const acts = await withTx(app.db, "espoo", (tx) =>
      tx
        .selectFrom("audit")
        .select(["actor", "action"])
        .where("about", "=", id)
        .where("action", "<>", "signIn")
        .orderBy("at")
        .execute(),
    );
    assert.deepEqual(
      acts.map(({ actor, action }) => `${actor} ${action}`),
      ["system:directory giveRole", "system:directory endRole"],
    );
    // Both lists of one's own say so in words: who has looked, and what is known.
    for (const path of [SEEN, DATA]) {
      const { body } = await visit.get(path.href("fi"));
      assert.match(body, /Kaupungin hakemisto/);
      assert.doesNotMatch(body, /system:/);
    }
  });

  it("is a resident when signing in as one, without any role", async () => {
    const [desk, home] = [openVisit(app), openVisit(app)];
    await identify(desk, ESPOO, chief);
    // The same human: two ways in are two persons here.
    await identify(home, SUOMIFI, { ...EERO, ...VIRPI, groups: ["chiefs"] });
    assert.notEqual(await personOf(home), await personOf(desk));
    assert.deepEqual((await whoIs(app, home))?.roles, []);
  });

  it("of the same name in the directory's and in a bank's eyes is not one person", async () => {
    const [desk, other] = [openVisit(app), openVisit(app)];
    await identify(desk, ESPOO, { ...chief, sub: "010190-900P" });
    await identify(other, SUOMIFI, AINO);
    assert.notEqual(await personOf(desk), await personOf(other));
  });
});

describe("who signed in by mail", () => {
  it("stays the same person on identifying strongly, with a new session in place of the old", async () => {
    const visit = openVisit(app);
    assert.equal(locationOf(await enterByMail(app, visit, "kaisa@example.fi")), "/fi/me");
    assert.match(await meOf(visit), /kaisa@example\.fi.*Sähköpostilinkki/s);
    const [person, old] = [await personOf(visit), visit.cookie(SESSION_COOKIE) ?? ""];

    await identify(visit, SUOMIFI, { ...AINO, given_name: "Kaisa", national_id: "010190-903T" });
    assert.equal(await personOf(visit), person);
    assert.match(await meOf(visit), /Kaisa Esimerkki.*kaisa@example\.fi.*Vahva tunnistautuminen/s);
    assert.notEqual(visit.cookie(SESSION_COOKIE), old);

    const thief = openVisit(app);
    thief.setCookie(SESSION_COOKIE, old);
    assert.equal(await whoIs(app, thief), null);
    assert.equal((await thief.get(ME.href("fi"))).statusCode, 303);
  });

  it("goes on in the name they acted in, and hears of it in their mailbox", async () => {
    const visit = openVisit(app);
    await enterByMail(app, visit, "jasen@example.fi");
    const before = (await whoIs(app, visit)) ?? assert.fail("nobody has signed in");
    const koti = await someOrganisation(app, { name: "Koti ry" });
    await actAs(app, { id: before.person, session: before.session, headers: { cookie: "" } }, koti, "member");
    await identify(visit, SUOMIFI, { ...AINO, given_name: "Jaana", national_id: "010190-907X" });
    const found = await whoIs(app, visit);
    assert.deepEqual([found?.person, found?.kind, found?.organisation?.name], [before.person, "strong", "Koti ry"]);
    const [mail] = await mailsTo(app, "jasen@example.fi");
    assert.equal(mail?.subject, "Tunnistauduit vahvasti");
    assert.doesNotMatch(mail?.body ?? "", /Jaana/);
  });

  it("who identifies themself as somebody who is known already goes on as that one, in their own name", async () => {
    const [known, visit] = [openVisit(app), openVisit(app)];
    const oili = { ...AINO, given_name: "Oili", national_id: "010190-908Y" };
    await identify(known, SUOMIFI, oili);
    await enterByMail(app, visit, "toinen@example.fi");
    const before = (await whoIs(app, visit)) ?? assert.fail("nobody has signed in");
    const koti = await someOrganisation(app, { name: "Muu ry" });
    await actAs(app, { id: before.person, session: before.session, headers: { cookie: "" } }, koti, "member");
    await identify(visit, SUOMIFI, oili);
    const found = await whoIs(app, visit);
    assert.deepEqual([found?.person, found?.organisation], [await personOf(known), null]);
  });

  it("is that person again by either way", async () => {
    const [visit, byMail, byCode] = [openVisit(app), openVisit(app), openVisit(app)];
    const liisa = { ...AINO, given_name: "Liisa", national_id: "010190-904U" };
    await enterByMail(app, visit, "liisa@example.fi");
    await identify(visit, SUOMIFI, liisa);
    await enterByMail(app, byMail, "LIISA@example.fi");
    await identify(byCode, SUOMIFI, liisa);
    assert.equal(await personOf(byMail), await personOf(visit));
    assert.equal(await personOf(byCode), await personOf(visit));
    assert.equal((await whoIs(app, byMail))?.kind, "mail");
  });

  it("is not mixed up with who identifies next in the same browser, when they are known strongly already", async () => {
    const visit = openVisit(app);
    await enterByMail(app, visit, "matti@example.fi");
    await identify(visit, SUOMIFI, { ...EERO, national_id: "010190-905V" });
    const matti = await personOf(visit);
    await enterByMail(app, visit, "matti@example.fi");
    await identify(visit, SUOMIFI, { ...EERO, given_name: "Teppo", national_id: "010190-906W" });
    assert.notEqual(await personOf(visit), matti);
    assert.doesNotMatch(await meOf(visit), /matti@example\.fi/);
  });

  it("never becomes staff", async () => {
    const visit = openVisit(app);
    await enterByMail(app, visit, VIRPI.email);
    const resident = await personOf(visit);
    await identify(visit, ESPOO, { ...VIRPI, groups: ["desk"] });
    assert.notEqual(await personOf(visit), resident);
  });
});

describe("an identity provider", () => {
  it("may know the service by a signature and seal its tokens", async () => {
    const visit = openVisit(app);
    const way = { at: sealing, as: "sealing" };
    assert.equal(locationOf(await identify(visit, way, AINO)), "/fi/me");
    assert.match(await meOf(visit), /Aino Esimerkki/);
    const stranger = openVisit(app);
    const refused = await identify(stranger, way, AINO, { signing: "stranger" });
    assert.equal(locationOf(refused), SIGN_IN_FAILED.href("fi", {}, { why: "refused" }));
  });

  it("may change its keys while we know the old ones", async (t) => {
    const visit = openVisit(app);
    await identify(visit, SUOMIFI, AINO);
    await suomifi.rotateKeys();
    // Keys are read anew once a minute at most, so that a made-up key can't make us ask the provider without end.
    t.mock.timers.enable({ apis: ["Date"], now: Date.now() + 61_000 });
    assert.equal(locationOf(await identify(visit, SUOMIFI, AINO)), "/fi/me");
  });

  it("that fails, breaks off or keeps silent is out of service for the moment, and nobody is signed in", async (t) => {
    const visit = openVisit(app);
    for (const trouble of ["fails", "breaks"] as const) {
      assert.equal((await identify(visit, SUOMIFI, AINO, { trouble })).statusCode, 503, trouble);
    }
    t.mock.method(AbortSignal, "timeout", () => AbortSignal.abort(new DOMException("too late", "TimeoutError")));
    const never = new Promise<void>(() => undefined);
    assert.equal((await identify(visit, SUOMIFI, AINO, { until: never })).statusCode, 503);
    assert.equal(await whoIs(app, visit), null);
  });

  it("that answers late signs in whoever has waited, and not twice", async () => {
    const visit = openVisit(app);
    const { promise: until, resolve: answers } = Promise.withResolvers<void>();
    const callback = suomifi.answer(await beginAt(visit, "suomifi"), AINO, { until });
    const waiting = visit.get(callback);
    const impatient = visit.get(callback);
    answers();
    const ends = (await Promise.all([waiting, impatient])).map(locationOf).toSorted();
    assert.deepEqual(ends, ["/fi/me", SIGN_IN_FAILED.href("fi", {}, { why: "unknown" })].toSorted());
  });
});
