/** What everybody and every program sees of organisations. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { sql } from "kysely";
import { LANGUAGES } from "#core/cities.ts";
import { testApp } from "#test/app.ts";
import { citizen, foundOrganisation, open, read } from "#test/organisation-stories.ts";
import { ORGANISATIONS } from "./paths.ts";

const app = await testApp({ after });
/** 120 that were there before, and one with a story. */
await sql`
  insert into organisation (id, name, kind, checked_by, presentation_language, state, created_at)
  select gen_random_uuid(), 'Yhdistys ' || lpad(n::text, 3, '0'), 'group', 'nobody', 'fi', 'active', now()
  from generate_series(1, 120) as n`.execute(app.db);
const aino = await citizen(app, { given: "Salainen" });
const id = await foundOrganisation(app, aino, { name: "Äänekosken Kuoro", "presentation-fi": "Laulamme." });
await app.changes.refresh();

interface List {
  items: { id: string; name: string }[];
  next: string | null;
}
const list = async (query: string) => (await app.server.inject(`/api/v1/organisations?${query}`)).json<List>();

describe("the list of organisations", () => {
  it("is walked from page to page, each organisation once, in the order of their names", async () => {
    const names: string[] = [];
    let url: string | undefined = "/fi/toimijat";
    while (url !== undefined) {
      const { body } = await open(app, null, url);
      names.push(
        ...[...body.matchAll(/<a class="t"[^>]*>([^<]+)</g)].map(([, name = ""]) => name.replaceAll("\u00AD", "")),
      );
      url = /<a href="([^"]+)" rel="next"/.exec(body)?.[1]?.replaceAll("&amp;", "&");
    }
    assert.equal(names.length, 121);
    assert.deepEqual(
      names,
      names.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    );
  });

  it("is narrowed by the beginning of the name, whatever the capitals", async () => {
    for (const q of ["ääne", "ÄÄNEKOSKEN k", "  Äänekosken Kuoro"])
      assert.deepEqual(
        (await list(`q=${encodeURIComponent(q)}`)).items.map((one) => one.id),
        [id],
      );
    assert.equal((await list("q=kuoro")).items.length, 0);
    assert.equal((await list("q=yhdistys+01")).items.length, 10);
  });

  it("takes signs of patterns, controls and halves of signs for what they are", async () => {
    for (const q of ["%25", "_", "%5C", "%00", "%ED%A0%80", "%F4%8F%BF%BF", "'"])
      for (const url of [`/api/v1/organisations?q=${q}`, `/fi/toimijat?q=${q}`])
        assert.ok([200, 400, 404].includes((await app.server.inject(url)).statusCode), url);
    assert.equal((await list("q=%25")).items.length, 0);
    assert.equal((await app.server.inject(`/fi/toimijat?q=${"x".repeat(201)}`)).statusCode, 400);
    assert.equal((await app.server.inject("/fi/toimijat?after=x")).statusCode, 400);
    assert.equal((await list(`after=${crypto.randomUUID()}`)).items.length, 0);
  });

  it("is read by index, at its beginning and further on", async () => {
    const plan = await sql<{ "QUERY PLAN": string }>`
      explain select id from organisation
      where state = 'active' and (lower(name)) collate "C" >= 'y' and (lower(name)) collate "C" < 'y' || ${"\u{10FFFF}"}
      order by (lower(name)) collate "C", id limit 51`.execute(app.db);
    assert.doesNotMatch(plan.rows.map((row) => row["QUERY PLAN"]).join("\n"), /Sort/);
  });
});

describe("for programs", () => {
  it("the list goes on at next, at most as many as asked", async () => {
    const first = await list("limit=100");
    assert.equal(first.items.length, 100);
    const second = (await app.server.inject((first.next ?? "").replace("https://avoin.example.fi", ""))).json<List>();
    assert.equal(second.items.length, 21);
    assert.equal(second.next, null);
    assert.equal((await app.server.inject("/api/v1/organisations?limit=101")).statusCode, 400);
  });

  it("an organisation has a permanent address, which leads to the page or to the data", async () => {
    const page = await app.server.inject({ url: `/id/organisation/${id}`, headers: { "accept-language": "sv" } });
    assert.deepEqual([page.statusCode, page.headers.location], [303, `/sv/aktorer/${id}`]);
    const data = await app.server.inject({ url: `/id/organisation/${id}`, headers: { accept: "application/json" } });
    assert.equal(data.headers.location, `/api/v1/organisations/${id}`);
    assert.equal((await app.server.inject(`/id/organisation/${crypto.randomUUID()}`)).statusCode, 404);
    assert.equal((await app.server.inject("/id/organisation/x")).statusCode, 404);
  });

  it("it is described, and says nothing of who is in it", async () => {
    const answer = await app.server.inject(`/api/v1/organisations/${id}`);
    assert.doesNotMatch(answer.body, /Salainen|Esimerkki|member/);
    assert.doesNotMatch(answer.body, new RegExp(aino.id));
    const { paths } = (await app.server.inject("/api/v1/openapi.json")).json<{ paths: Record<string, unknown> }>();
    assert.ok("/api/v1/organisations" in paths || "/organisations" in paths);
  });
});

describe("the page of an organisation", () => {
  it("is the same for everybody, and is not sent again to who has it", async () => {
    const [anybody, owner] = [await open(app, null, `/fi/toimijat/${id}`), await open(app, aino, `/fi/toimijat/${id}`)];
    assert.equal(anybody.body, owner.body);
    assert.doesNotMatch(anybody.body, /Salainen/);
    const etag = String(anybody.headers["etag"]);
    const again = await app.server.inject({ url: `/fi/toimijat/${id}`, headers: { "if-none-match": etag } });
    assert.equal(again.statusCode, 304);
  });

  it("of none is not there", async () => {
    assert.equal((await open(app, null, `/fi/toimijat/${crypto.randomUUID()}`)).statusCode, 404);
    assert.equal((await open(app, null, "/fi/toimijat/x")).statusCode, 404);
  });

  it("is listed in three languages", async () => {
    for (const language of LANGUAGES)
      assert.match(read((await open(app, null, `${ORGANISATIONS.href(language)}?q=ää`)).body), /Äänekosken Kuoro/);
  });
});
