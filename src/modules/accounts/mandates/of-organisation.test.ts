/** Mandates of organisations: taken by who binds them, used by their members. */
import assert from "node:assert/strict";
import { after, before, describe, it } from "node:test";
import { withPerson } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import { testApp, type TestApp } from "#test/app.ts";
import { auditAbout, get, isActing, newAddress, offer, personWithMail, send } from "#test/mandates.ts";
import type { TestPerson } from "#test/people.ts";
import { selectMandates } from "./queries.ts";
import { mailsTo } from "#test/mail.ts";

let app: TestApp;
const closing: (() => Promise<void>)[] = [];
before(async () => {
  app = await testApp({ after: (done) => closing.push(done) }, { settings: { RATE_LIMIT: "0" } });
});
after(async () => {
  for (const close of closing) await close();
});

const LIST = "/fi/me/valtuutukset";
const person = (given: string) => personWithMail(app, given);
const mandatesOf = (who: TestPerson) => withPerson(app.db, who.id, selectMandates);

async function organisation(
  member: TestPerson,
  role: "owner" | "signatory" | "member",
  name = "Rova Oy",
): Promise<string> {
  const now = app.clock.now();
  const id = newId(now);
  await withPerson(app.db, member.id, async (tx) => {
    const kinds = { kind: "company", checked_by: "city", presentation_language: "fi", state: "active" };
    await tx
      .insertInto("organisation")
      .values({ id, name, contact_mail: "posti@rova.example.fi", created_at: now.toString(), ...kinds })
      .execute();
    await tx
      .insertInto("organisation_member")
      .values({ id: newId(now), organisation: id, person: member.id, role, since: now.toString() })
      .execute();
  });
  return id;
}

describe("an organisation", () => {
  it("takes a mandate by who binds it; its members act by it as long as they are members", async () => {
    const [maija, owner] = [await person("Maija"), await person("Omistaja")];
    const company = await organisation(owner, "owner");
    const link = await offer(app, maija, newAddress());
    assert.match((await get(app, owner, link)).body, /Rova Oy/);
    assert.match((await send(app, owner, link)).body, /Valitse, kenelle otat valtuutuksen vastaan/);
    assert.equal((await send(app, owner, link, { for: company })).headers.location, `${LIST}?done=taken`);
    assert.equal((await mailsTo(app, "posti@rova.example.fi"))[0]?.subject, "Valtuutus on otettu vastaan");
    assert.equal((await auditAbout(app, maija.id)).at(-1)?.organisation, company);

    const [taken] = await mandatesOf(owner);
    await send(app, owner, `${LIST}/${taken?.id}/asioi`);
    assert.ok(await isActing(app, owner, "Rova Oy, Maija Virtanen"));
    const now = app.clock.now().toString();
    const leave = (column: { until: string } | { role: string }) =>
      withPerson(app.db, owner.id, (tx) =>
        tx.updateTable("organisation_member").set(column).where("organisation", "=", company).execute(),
      );
    await leave({ role: "member" });
    assert.ok(await isActing(app, owner, "Rova Oy, Maija Virtanen"));
    assert.equal(
      (await send(app, owner, `${LIST}/${taken?.id}/lopeta`)).statusCode,
      403,
      "a member does not lay it down",
    );
    await leave({ until: now });
    assert.ok(!(await get(app, owner, "/fi/me")).body.includes("Toimit toisen nimissä"));
  });

  it("that has ended acts for nobody", async () => {
    const [maija, owner] = [await person("Maija"), await person("Omistaja")];
    const company = await organisation(owner, "owner");
    await send(app, owner, await offer(app, maija, newAddress()), { for: company });
    const [taken] = await mandatesOf(owner);
    await send(app, owner, `${LIST}/${taken?.id}/asioi`);
    await withPerson(app.db, owner.id, (tx) =>
      tx
        .updateTable("organisation")
        .set({ state: "ended", ended_at: app.clock.now().toString() })
        .where("id", "=", company)
        .execute(),
    );
    assert.ok(!(await get(app, owner, "/fi/me")).body.includes("Toimit toisen nimissä"));
  });

  it("is bound by no mere member and no stranger", async () => {
    const [maija, member, stranger] = [await person("Maija"), await person("Jäsen"), await person("Muu")];
    const company = await organisation(member, "member");
    const link = await offer(app, maija, newAddress());
    for (const who of [member, stranger]) {
      assert.ok(!(await get(app, who, link)).body.includes("Rova Oy"));
      assert.equal((await send(app, who, link, { for: company })).statusCode, 422);
    }
    assert.equal((await mandatesOf(maija))[0]?.isTaken, false);
  });
});
