import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { everybody, staffOf, systemOnly } from "#core/actor.ts";
import { LANGUAGES } from "#core/cities.ts";
import { testApp } from "#test/app.ts";
import { somebody } from "#test/people.ts";
import { directoryOf, get } from "#test/staff.ts";
import { answersOf, type Kind, KINDS } from "./rights.ts";

const providers = [directoryOf("helsinki"), directoryOf("espoo")];
const app = await testApp({ after }, { signIn: { providers } });
const DESK = "/fi/helsinki/desk";

describe("the front page of a desk", () => {
  it("lists what the roles open, and nothing else", async () => {
    const registrar = await somebody(app, { roles: [{ role: "registrar" }] });
    const { body } = await get(app, DESK, registrar);
    assert.match(body, /href="\/fi\/helsinki\/desk\/lukematta"/);
    assert.match(body, /href="\/fi\/helsinki\/desk\/oikeudet"/);
    assert.doesNotMatch(body, /desk\/henkilosto/);
    const administrator = await somebody(app, { roles: [{ role: "administrator" }] });
    assert.match((await get(app, DESK, administrator)).body, /href="\/fi\/helsinki\/desk\/henkilosto"/);
  });

  it("says so when they open nothing yet, also to who has a role for a part of the city", async () => {
    const advisor = await somebody(app, { roles: [{ role: "advisor", scope: "kirjastot" }] });
    const { statusCode, body } = await get(app, DESK, advisor);
    assert.equal(statusCode, 200);
    assert.match(body, /eivät vielä avaa täältä yhtään sivua/);
  });

  it("is closed to staff of other cities and without a role, and to residents", async () => {
    const others = [
      await somebody(app, { city: "espoo", roles: [{ role: "administrator" }] }),
      await somebody(app, { roles: [] }),
      await somebody(app),
    ];
    for (const who of others)
      for (const page of [DESK, `${DESK}/oikeudet`]) assert.equal((await get(app, page, who)).statusCode, 403);
  });

  it("leads who is not signed in to that city's directory", async () => {
    const { headers } = await get(app, DESK, null);
    const { body } = await get(app, String(headers.location), null);
    assert.match(body, /href="\/fi\/kirjaudu\/tunnistus\/helsinki\?return=%2Ffi%2Fhelsinki%2Fdesk"/);
    assert.doesNotMatch(body, /tunnistus\/espoo/);
  });
});

describe("the table of rights", () => {
  const may = (kinds: readonly Kind[]) =>
    Object.fromEntries(KINDS.map((kind) => [kind, { may: kinds.includes(kind) ? "yes" : "no" }]));

  it("answers as the rules themselves do", () => {
    assert.deepEqual(answersOf(everybody("read"), "helsinki"), may(KINDS));
    assert.deepEqual(answersOf(systemOnly("load"), "helsinki"), may(["service"]));
    assert.deepEqual(answersOf(staffOf("open", "helsinki", ["registrar"]), "helsinki"), may(["registrar", "service"]));
  });

  it("says which roles of other cities a rule lets in, should one ever", () => {
    const { registrar, otherStaff } = answersOf(staffOf("open", "espoo", ["registrar"]), "helsinki");
    assert.deepEqual(registrar, { may: "no" });
    assert.deepEqual(otherStaff, { may: "some", roles: ["registrar"] });
  });

  it("is read by all staff of the city in their language", async () => {
    const planner = await somebody(app, { city: "oulu", roles: [{ role: "planner", scope: "puistot" }] });
    const pages = { fi: "oikeudet", sv: "rattigheter", en: "rights" };
    const words = {
      fi: "Hallita henkilöstöä ja sen tehtäviä",
      sv: "Hantera personalen och dess roller",
      en: "Manage staff and their roles",
    };
    for (const language of LANGUAGES) {
      const { statusCode, body } = await get(app, `/${language}/oulu/desk/${pages[language]}`, planner);
      assert.equal(statusCode, 200);
      const row =
        new RegExp(`<th scope="row">${words[language]}</th>((?:<td[^>]*>[^<]*</td>)+)`).exec(
          body.replaceAll("\u00ad", ""),
        )?.[1] ?? "";
      const answers = [...row.matchAll(/<td( class="dim")?>/g)].map(([, dim]) => dim === undefined);
      assert.deepEqual(
        KINDS.filter((_, n) => answers[n]),
        ["administrator", "service"],
      );
    }
  });
});
