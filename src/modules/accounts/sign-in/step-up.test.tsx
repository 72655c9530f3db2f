import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { FastifyInstance } from "fastify";
import Type from "typebox";
import { residents } from "#core/actor.ts";
import { invalid } from "#core/errors.ts";
import { textOf } from "#core/http/forms.ts";
import { definePath } from "#core/http/paths.ts";
import { addPrivateForm, type PrivateServices } from "#core/http/private-pages.ts";
import { openAccounts } from "#test/accounts.ts";
import { testApp } from "#test/app.ts";
import { openIdentityProvider } from "#test/identity-provider.ts";
import { type Answer, BROWSER_COOKIE, enterByMail, identify, locationOf, openVisit, type Visit } from "#test/visit.ts";
import { SIGN_IN } from "../paths.ts";

/** What residents of a city may ask of it once they are strongly known. */
const WISH = definePath({ fi: "/:area/toive", sv: "/:area/onskan", en: "/:area/wish" });
const wishes: string[] = [];

function addWish(server: FastifyInstance, services: PrivateServices): void {
  addPrivateForm(server, services, {
    path: WISH,
    params: Type.Object({ area: Type.String() }),
    query: Type.Object({ about: Type.Optional(Type.String()) }),
    permission: () => residents("make a wish", "strong"),
    fields: ["wish", "places"],
    load: async () => ({}),
    view: (_data, { values, isResumed, mistakes }) => ({
      title: "Toive",
      description: "Toive",
      body: (
        <form method="post">
          <p>{isResumed ? "Tallella" : "Uusi"}</p>
          <textarea name="wish">{values["wish"]}</textarea>
          <output>{JSON.stringify({ values, mistakes })}</output>
        </form>
      ),
    }),
    async act(_db, values, { params, language }) {
      const wish = textOf(values, "wish");
      if (wish === "") throw invalid("no wish", [{ field: "wish", message: "Kirjoita toive" }]);
      wishes.push(wish);
      return `/${language}/${params.area}/toive?done=wished`;
    },
  });
}

const suomifi = await openIdentityProvider({ after });
const app = await testApp(
  { after },
  { signIn: { isInsecure: true, providers: [suomifi.strong("suomifi"), suomifi.strong("bank")] } },
);
const accounts = await openAccounts({ after }, app, addWish);
const AINO = { sub: "aino", given_name: "Aino", family_name: "Esimerkki", national_id: "010190-900P" };
const FORM = "/fi/kirjasto/toive";

/** Identifies after being led to the page for that: the answer to coming back. */
async function stepUp(visit: Visit, led: Answer): Promise<Answer> {
  const page = new URL(locationOf(led), "http://x");
  assert.equal(page.pathname, SIGN_IN.href("fi"));
  assert.equal(page.searchParams.get("needs"), "strong");
  const returnTo = page.searchParams.get("return") ?? "";
  return identify(visit, { at: suomifi, as: "suomifi", returnTo }, AINO);
}

describe("a form that needs more than one has signed in with", () => {
  it("is sent after identifying, with everything that was typed, where one was", async () => {
    const visit = openVisit(accounts);
    await enterByMail(app, visit, "aino@example.fi");
    const led = await visit.post(`${FORM}?about=kirjat`, {
      wish: " Lisää </textarea> kirjoja: ä, €, 👩\r\n",
      more: "x",
    });
    assert.equal(led.statusCode, 303);
    assert.deepEqual(wishes, []);
    const back = await stepUp(visit, led);
    assert.match(locationOf(back), /^\/fi\/kirjasto\/toive\?about=kirjat&parked=[0-9a-f-]{36}$/);

    const { statusCode, body } = await visit.get(locationOf(back));
    assert.equal(statusCode, 200);
    assert.match(body, /Tallella/);
    assert.match(body, /Lisää &lt;\/textarea> kirjoja: ä, €, 👩/);
    assert.doesNotMatch(body, /"more"/);
    // Nothing is sent in the person's name until they press the button.
    assert.deepEqual(wishes, []);
    const sent = await visit.post(FORM, { wish: "Lisää kirjoja" });
    assert.equal(locationOf(sent), `${FORM}?done=wished`);
    assert.deepEqual(wishes.splice(0), ["Lisää kirjoja"]);
  });

  it("leads who is nobody yet the same way, also when they turn back and try again", async () => {
    const visit = openVisit(accounts);
    const led = await visit.post(FORM, { wish: "Penkkejä" });
    const wanted = new URL(locationOf(led), "http://x").searchParams.get("return") ?? "";
    // Back in the browser's history, to the form's own address, and from there to signing in once more.
    const again = await visit.get(wanted);
    assert.equal(again.statusCode, 303);
    const back = await stepUp(visit, again);
    assert.match((await visit.get(wanted)).body, /Penkkejä/);
    assert.match((await visit.get(locationOf(back))).body, /Penkkejä/, locationOf(back));
  });

  it("offers no way that would not be enough", async () => {
    const { body } = await openVisit(accounts).get(SIGN_IN.href("fi", {}, { return: FORM, needs: "strong" }));
    assert.match(body, /tunnistus\/suomifi/);
    assert.doesNotMatch(body, /name="mail"/);
  });

  it("shows what was typed to no other browser, at no other page, and not after an hour", async () => {
    const [visit, other] = [openVisit(accounts), openVisit(accounts)];
    await identify(visit, { at: suomifi, as: "suomifi" }, AINO);
    const mine = openVisit(accounts);
    const led = await mine.post(FORM, { wish: "Salaisuus" });
    const back = locationOf(await stepUp(mine, led));
    await stepUp(other, await other.get(FORM));
    assert.doesNotMatch((await other.get(back)).body, /Salaisuus/);
    assert.doesNotMatch((await visit.get(back)).body, /Salaisuus/);
    assert.doesNotMatch((await mine.get(back.replace("kirjasto", "puisto"))).body, /Salaisuus/);
    assert.match((await mine.get(back)).body, /Salaisuus/);
    accounts.clock.forward({ minutes: 50 });
    assert.match((await mine.get(back)).body, /Salaisuus/);
    accounts.clock.forward({ minutes: 11 });
    const late = await mine.get(back);
    assert.equal(late.statusCode, 200);
    assert.doesNotMatch(late.body, /Salaisuus/);
  });

  it("shows it to nobody who sits down after who has signed out", async () => {
    const visit = openVisit(accounts);
    const led = await visit.post(FORM, { wish: "Salaisuus" });
    const back = locationOf(await stepUp(visit, led));
    await visit.post("/fi/kirjaudu/ulos");
    assert.equal(visit.cookie(BROWSER_COOKIE), undefined);
    await identify(visit, { at: suomifi, as: "suomifi" }, { ...AINO, national_id: "010190-901R" });
    assert.doesNotMatch((await visit.get(back)).body, /Salaisuus/);
  });

  it("keeps it for who typed it however long they had been here before", async () => {
    const visit = openVisit(accounts);
    await visit.get("/fi/kirjaudu/tunnistus/suomifi");
    accounts.clock.forward({ minutes: 58 });
    const led = await visit.post(FORM, { wish: "Uimaranta" });
    accounts.clock.forward({ minutes: 5 });
    const back = await stepUp(visit, led);
    assert.match((await visit.get(locationOf(back))).body, /Uimaranta/);
  });

  it("keeps nothing that another site sends, and tells programs what is lacking", async () => {
    const visit = openVisit(accounts);
    const foreign = { origin: "https://evil.example", "sec-fetch-site": "cross-site" };
    assert.equal((await visit.post(FORM, { wish: "x" }, foreign)).statusCode, 403);
    assert.equal(visit.cookie(BROWSER_COOKIE), undefined);
    const program = await visit.post(FORM, { wish: "x" }, { accept: "application/json" });
    assert.equal(program.statusCode, 401);
  });
});
