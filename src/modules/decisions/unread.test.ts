/** The registrars' desk: documents that could not be read, of their city and of none that is known. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import type { CityCode, Tenant } from "#core/cities.ts";
import { withTx } from "#core/db.ts";
import { testApp } from "#test/app.ts";
import { somebody, type TestPerson } from "#test/people.ts";
import { keepUnread } from "#test/unread.ts";
import { UNREAD, UNREAD_DOCUMENT, UNREAD_OF_NO_CITY } from "./paths.ts";

const app = await testApp({ after }, { settings: { RATE_LIMIT: "0" } });
const { db, server } = app;

const staff = (city: CityCode, role: "registrar" | "advisor" = "registrar"): Promise<TestPerson> =>
  somebody(app, { city, roles: [{ role }] });
const get = (url: string, { headers }: Pick<TestPerson, "headers">) => server.inject({ url, headers });

const OULU = await keepUnread(app, "oulu", { digit: "a", sourceName: "oulun.pdf" });
const ESPOO = await keepUnread(app, "espoo", { digit: "b", sourceName: "espoon.pdf" });
const NOBODYS = await keepUnread(app, "joint", { digit: "c", sourceName: "kenen.pdf" });

const auditOf = (city: Tenant, { id }: TestPerson) =>
  withTx(db, city, (tx) =>
    tx.selectFrom("audit").select(["action", "subject_id"]).where("city", "=", city).where("person", "=", id).execute(),
  );

describe("documents of no known city", () => {
  it("are on the desk of each city's registrars, beside the city's own", async () => {
    for (const [city, own, other] of [
      ["oulu", "oulun.pdf", "espoon.pdf"],
      ["espoo", "espoon.pdf", "oulun.pdf"],
    ] as const) {
      const { statusCode, body } = await get(UNREAD.href("fi", { city }), await staff(city));
      assert.equal(statusCode, 200);
      assert.ok(body.includes(own) && body.includes("kenen.pdf") && !body.includes(other), city);
      assert.match(body, new RegExp(UNREAD_OF_NO_CITY.href("fi", { city, sha256: NOBODYS })));
    }
  });

  it("are opened as they came, and that is recorded", async () => {
    const registrar = await staff("espoo");
    const answer = await get(UNREAD_OF_NO_CITY.href("sv", { city: "espoo", sha256: NOBODYS }), registrar);
    assert.equal(answer.statusCode, 200);
    assert.equal(answer.body, "kenen.pdf");
    assert.match(String(answer.headers["content-disposition"]), /^attachment/);
    assert.deepEqual(await auditOf("joint", registrar), [{ action: "open", subject_id: NOBODYS }]);
    assert.deepEqual(await auditOf("espoo", registrar), []);
  });

  it("are for registrars alone, on their own city's desk", async () => {
    const url = UNREAD_OF_NO_CITY.href("fi", { city: "oulu", sha256: NOBODYS });
    for (const person of [await staff("oulu", "advisor"), await staff("espoo"), await somebody(app)])
      assert.equal((await get(url, person)).statusCode, 403);
  });

  it("lead to no city's own documents, nor those to them", async () => {
    const registrar = await staff("oulu");
    for (const url of [
      UNREAD_OF_NO_CITY.href("fi", { city: "oulu", sha256: OULU }),
      UNREAD_OF_NO_CITY.href("fi", { city: "oulu", sha256: ESPOO }),
      UNREAD_DOCUMENT.href("fi", { city: "oulu", sha256: NOBODYS }),
      UNREAD_DOCUMENT.href("fi", { city: "oulu", sha256: ESPOO }),
    ])
      assert.equal((await get(url, registrar)).statusCode, 404, url);
    assert.equal((await get(UNREAD_DOCUMENT.href("fi", { city: "oulu", sha256: OULU }), registrar)).body, "oulun.pdf");
  });
});
