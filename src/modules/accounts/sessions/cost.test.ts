/** What it costs to know who asks: one statement on a private page, none on a public one. */
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { testApp } from "#test/app.ts";
import { actAs, someOrganisation } from "#test/organisations.ts";
import { somebody } from "#test/people.ts";
import { statementsOf } from "#test/statements.ts";

const app = await testApp({ after });

/** Texts of the statements that answering the address took, in their order. */
async function statementsFor(url: string, headers: Record<string, string>): Promise<string[]> {
  const { statements, result } = await statementsOf(app.url, async () => app.server.inject({ url, headers }));
  assert.equal(result.statusCode, 200);
  return statements;
}

const isAboutWho = (text: string): boolean =>
  /find_session|staff_role|\bsession\b|organisation_member|my_organisations|mandate|person_identity/.test(text);

test("session, person and rights of a signed-in person are one statement", async () => {
  const member = await somebody(app);
  await actAs(app, member, await someOrganisation(app), "owner");
  const visitors = [
    await somebody(app),
    member,
    await somebody(app, { roles: [{ role: "registrar" }, { role: "advisor", scope: "kirjastot" }] }),
  ];
  for (const { headers } of visitors) {
    const statements = await statementsFor("/fi/me", headers);
    assert.equal(statements.filter(isAboutWho).length, 1, statements.join("\n"));
    assert.match(statements[0] ?? "", /find_session/);
    assert.ok(statements.length <= 6, statements.join("\n"));
  }
});

test("a public page asks for nobody, whoever reads it", async () => {
  const { headers } = await somebody(app);
  assert.deepEqual((await statementsFor("/fi/tietoa", headers)).filter(isAboutWho), []);
});
