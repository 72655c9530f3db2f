import assert from "node:assert/strict";
import { describe, it, type TestContext } from "node:test";
import { AppError } from "#core/errors.ts";
import answers from "#test/fixtures/accounts/companies.json" with { type: "json" };
import { replay, type Replayed } from "#test/fixtures/accounts/replay.ts";
import { openCompanyRegister } from "./company-register.ts";

const [limited] = answers.limited.companies;
/** The answer about the limited company with other parts. */
const withParts = (parts: Record<string, unknown>): Replayed => ({
  body: { totalResults: 1, companies: [{ ...limited, ...parts }] },
});

/** Asks a register that answers so for the limited company, unless another is named. */
async function ask(test: TestContext, replayed: Replayed, businessId = "7654321-2") {
  const { address } = await replay(test, () => replayed);
  return openCompanyRegister(`${address}/opendata-ytj-api/v3`).findCompany(businessId);
}

/** Out of service, for this reason, with no word of the question or the answer in it. */
const unavailableFor = (reason: RegExp) => (error: unknown) => {
  assert.ok(error instanceof AppError);
  assert.equal(error.kind, "unavailable");
  assert.match(error.message, reason);
  assert.doesNotMatch(`${error.message} ${String(error.cause)}`, /7654321|127\.0\.0\.1|Malliston/);
  return true;
};

describe("the company register", () => {
  it("finds a company by its business ID, with the name and form in force", async (test) => {
    const { address, asked } = await replay(test, () => ({ body: answers.limited }));
    const company = await openCompanyRegister(`${address}/opendata-ytj-api/v3/`).findCompany("FI 76543212");
    assert.equal(asked[0]?.method, "GET");
    assert.equal(asked[0].path, "/opendata-ytj-api/v3/companies?businessId=7654321-2");
    assert.deepEqual(
      { ...company, registeredOn: company?.registeredOn?.toString() },
      {
        businessId: "7654321-2",
        name: "Malliston Paja Oyj",
        form: {
          code: "17",
          names: { fi: "Julkinen osakeyhtiö", sv: "Publikt aktiebolag", en: "Public limited company" },
        },
        homeTown: "Yli-Ii",
        website: "https://www.malliston-paja.example/",
        registeredOn: "2009-03-11",
        endedOn: null,
      },
    );
  });

  it("shows a company that has ended by its last name, and what the register does not know as unknown", async (test) => {
    const company = await ask(test, { body: answers.ended }, "7200100-2");
    assert.equal(company?.name, "Lopettanut Osuuskunta");
    assert.deepEqual(company.form, { code: "5", names: { fi: "Osuuskunta" } });
    assert.equal(company.endedOn?.toString(), "2021-12-31");
    assert.equal(company.registeredOn?.toString(), "1978-03-15");
    assert.equal(company.homeTown, null);
    assert.equal(company.website, null);
  });

  it("takes the name without an end, though a newer one has ended, and no name of another kind", async (test) => {
    const names = [
      { name: "Kokeilu Oy", type: "1", registrationDate: "2022-01-01", endDate: "2022-02-01" },
      { name: "Pysyvä Oy", type: "1", registrationDate: "2010-01-01" },
      { name: "Puoti", type: "3", registrationDate: "2024-01-01" },
    ];
    assert.equal((await ask(test, withParts({ names })))?.name, "Pysyvä Oy");
    await assert.rejects(ask(test, withParts({ names: names.slice(2) })), unavailableFor(/another form/));
  });

  it("finds nothing where the register has nothing", async (test) => {
    assert.equal(await ask(test, { body: answers.none }), undefined);
  });

  it("does not ask about what is no business ID", async (test) => {
    const { address, asked } = await replay(test, () => ({ body: answers.limited }));
    const register = openCompanyRegister(address);
    for (const text of ["", "7654321-3", "7654321-2&name=x", "\ud800"]) {
      assert.equal(await register.findCompany(text), undefined);
    }
    assert.equal(asked.length, 0);
  });

  it("does not take an answer about another company", async (test) => {
    assert.equal(await ask(test, { body: answers.limited }, "7019376-8"), undefined);
    const both = { totalResults: 2, companies: [...answers.ended.companies, ...answers.limited.companies] };
    assert.equal((await ask(test, { body: both }))?.name, "Malliston Paja Oyj");
  });

  it("reads missing, null and empty parts alike", async (test) => {
    for (const nothing of [undefined, null]) {
      const bare = { website: nothing, companyForms: nothing, addresses: nothing, registrationDate: nothing };
      const company = await ask(test, withParts({ ...bare, businessId: { value: "7654321-2" } }));
      assert.deepEqual(company, {
        businessId: "7654321-2",
        name: "Malliston Paja Oyj",
        form: null,
        homeTown: null,
        website: null,
        registeredOn: null,
        endedOn: null,
      });
    }
    const names = [{ name: "Uusi Oy", type: "1", endDate: "", registrationDate: "2000-01-01" }];
    const company = await ask(test, withParts({ names, endDate: "", website: { url: "" }, addresses: [{ type: 1 }] }));
    assert.equal(company?.name, "Uusi Oy");
    assert.equal(company.endedOn, null);
    assert.equal(company.website, null);
    assert.equal(company.homeTown, null);
  });

  it("knows no language of the form but ours, whatever its code is called", async (test) => {
    const descriptions = [
      { languageCode: "constructor", description: "x" },
      { languageCode: "4", description: "y" },
      { languageCode: "2", description: "Aktiebolag" },
    ];
    const company = await ask(test, withParts({ companyForms: [{ type: "16", descriptions }] }));
    assert.deepEqual(company?.form, { code: "16", names: { sv: "Aktiebolag" } });
  });

  it("writes towns as names", async (test) => {
    for (const [written, town] of [
      ["JÄRVENPÄÄ", "Järvenpää"],
      ["KOSKI TL", "Koski Tl"],
      ["Espoo", "Espoo"],
    ]) {
      const addresses = [{ type: 2, postOffices: [{ city: written, languageCode: "1" }] }];
      assert.equal((await ask(test, withParts({ addresses })))?.homeTown, town);
    }
  });

  it("gives a website's address only where it opens a site", async (test) => {
    for (const [written, website] of [
      ["http://malli.example/fi", "http://malli.example/fi"],
      [" HTTPS://Malli.example ", "https://malli.example/"],
      ["pää.example", "https://xn--p-0faa.example/"],
      ["javascript:alert(1)", null],
      ["data:text/html,x", null],
      ["ei ole", null],
      ["ei", null],
      ["info@malli.example", null],
      ["https://malli.example@evil.example/", null],
    ] as const) {
      assert.equal((await ask(test, withParts({ website: { url: written } })))?.website, website, written);
    }
  });

  it("is out of service, and says why, when no proper answer comes", async (test) => {
    const body = answers.limited;
    const cases: [Replayed, RegExp][] = [
      [{ body, half: { bytes: 200, breaks: true } }, /no whole answer/],
      [{ body: JSON.stringify(body).slice(0, 200) }, /another form/],
      [{ body: "<h1>Malliston</h1>" }, /another form/],
      [{ body: "" }, /another form/],
      [{ body: [] }, /another form/],
      [{ body: { totalResults: 1 } }, /another form/],
      [withParts({ names: [] }), /another form/],
      [withParts({ names: "Malliston" }), /another form/],
      [withParts({ endDate: "2021-13-01" }), /another form/],
      [{ status: 429, body: "Too many requests for 7654321-2" }, /answers 429/],
      [{ status: 503, body: { errorcode: 1, message: "7654321-2" } }, /answers 503/],
      [{ status: 302, headers: { location: "/elsewhere" }, body }, /answers 302/],
      [{ body: `"${"ä".repeat(600_000)}"` }, /longer than 1000000 bytes/],
    ];
    for (const [replayed, reason] of cases) await assert.rejects(ask(test, replayed), unavailableFor(reason));
  });

  it(
    "waits no longer than its time limit, neither for an answer nor for the rest of one",
    { timeout: 10_000 },
    async (test) => {
      const body = answers.limited;
      for (const slow of [
        { body, delayMs: 60_000 },
        { body, half: { bytes: 200, breaks: false } },
      ]) {
        const { address } = await replay(test, () => slow);
        const register = openCompanyRegister(address, { timeLimitMs: 50 });
        await assert.rejects(register.findCompany("7654321-2"), unavailableFor(/took too long/));
      }
    },
  );

  it("stops reading an answer that is too long", async () => {
    let taken = 0;
    const long = new ReadableStream<Uint8Array>({
      pull(stream) {
        taken += 1;
        stream.enqueue(new Uint8Array(100_000));
        if (taken === 100) stream.close();
      },
    });
    const register = openCompanyRegister("http://127.0.0.1", { fetch: async () => new Response(long) });
    await assert.rejects(register.findCompany("7654321-2"), unavailableFor(/longer than/));
    assert.ok(taken < 20, `${taken} pieces`);
  });

  it("is out of service when nobody listens, or fetch itself complains", async (test) => {
    const { address, close } = await replay(test, () => ({ body: "" }));
    close();
    await assert.rejects(openCompanyRegister(address).findCompany("7654321-2"), unavailableFor(/ECONNREFUSED/));
    const failing = { fetch: async (asked: unknown) => Promise.reject(new TypeError(`bad port: ${String(asked)}`)) };
    const register = openCompanyRegister(address, failing);
    await assert.rejects(register.findCompany("7654321-2"), unavailableFor(/the connection failed/));
  });
});
