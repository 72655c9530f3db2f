/** Who is in an organisation: invited, raised, lowered, put out, leaving, handing over. One owner is always left. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { testApp } from "#test/app.ts";
import {
  audited,
  citizen,
  foundOrganisation,
  join,
  locationOf,
  membershipOf,
  open,
  read,
  rolesSeenBy,
  send,
  statusesOf,
} from "#test/organisation-stories.ts";
import { type Somebody, somebody } from "#test/people.ts";
import { linkIn, mailsTo } from "#test/mail.ts";

const app = await testApp({ after });
const at = (id: string, rest = "") => `/fi/me/toimijat/${id}${rest}`;

async function reachable(who: Somebody) {
  const mail = `${crypto.randomUUID()}@example.fi`;
  return { ...(await citizen(app, { ...who, mail })), mail };
}

async function withMember(role = "member") {
  const owner = await reachable({ given: "Olli" });
  const id = await foundOrganisation(app, owner);
  const member = await reachable({ given: "Mikko", language: "sv" });
  await join(app, owner, id, member, role);
  return { owner, member, id, membership: await membershipOf(app, member, id) };
}

describe("an invitation", () => {
  it("tells who invites and to what; looking takes nothing, taking makes a member once", async () => {
    const owner = await citizen(app, { given: "Olli", mail: "olli@example.fi" });
    const id = await foundOrganisation(app, owner);
    await send(app, owner, at(id, "/kutsu"), { address: "uusi@example.fi", role: "signatory" });
    const link = await linkIn(app, "uusi@example.fi");
    for (let n = 0; n < 2; n++) {
      const page = read((await open(app, null, link)).body);
      assert.match(
        page,
        /Olli Esimerkki kutsuu sinut mukaan toimijaan Kallion pihatalkoot\. Roolisi on nimenkirjoittaja/,
      );
    }
    const [first, second] = [await citizen(app, { given: "Eka" }), await citizen(app, { given: "Toka" })];
    const both = await Promise.all([first, second].map((who) => send(app, who, link)));
    assert.deepEqual(both.map(locationOf).toSorted(), [at(id, "?done=joined"), link].toSorted());
    assert.deepEqual(await rolesSeenBy(app, owner, id), ["owner", "signatory"]);
    assert.match(read((await open(app, null, link)).body), /Kutsu ei enää toimi/);
    const [told] = await mailsTo(app, "olli@example.fi");
    assert.match(told?.body ?? "", /(Eka|Toka) Esimerkki on liittynyt/);
  });

  it("of an owner or a signatory asks for strong identification, that of a member is content with mail", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner);
    const byMail = await somebody(app, { kind: "mail", given: "", family: "", mail: "m@example.fi" });
    await send(app, owner, at(id, "/kutsu"), { address: "a@example.fi", role: "owner" });
    const strong = await send(app, byMail, await linkIn(app, "a@example.fi"));
    assert.match(locationOf(strong), /needs=strong/);
    await send(app, owner, at(id, "/kutsu"), { address: "b@example.fi", role: "member" });
    assert.match(locationOf(await send(app, null, await linkIn(app, "b@example.fi"))), /^\/fi\/kirjaudu\?return=/);
    assert.equal(locationOf(await send(app, byMail, await linkIn(app, "b@example.fi"))), at(id, "?done=joined"));
    assert.match(read((await open(app, owner, at(id))).body), /Jäsen, jonka nimeä emme tiedä/);
  });

  it("holds for a week, until it is cancelled, and as long as who invited is an owner", async () => {
    const { owner, member, id } = await withMember("owner");
    const gone = async (address: string) =>
      /Kutsu ei enää toimi/.test(read((await open(app, null, await linkIn(app, address))).body));
    const inviting = (address: string) => send(app, member, at(id, "/kutsu"), { address, role: "owner" });
    await inviting("cancelled@example.fi");
    const page = (await open(app, owner, at(id))).body;
    const cancel = /action="(\/fi\/me\/toimijat\/[^"]+\/peru)"/.exec(page)?.[1] ?? "";
    assert.equal(locationOf(await send(app, owner, cancel)), at(id, "?done=cancelled"));
    assert.equal((await send(app, owner, cancel)).statusCode, 404);
    assert.ok(await gone("cancelled@example.fi"));

    await inviting("friend@example.fi");
    assert.ok(!(await gone("friend@example.fi")));
    await send(app, owner, at(id, `/jasenet/${await membershipOf(app, member, id)}/poista`));
    assert.ok(await gone("friend@example.fi"));
    assert.equal(
      locationOf(await send(app, await citizen(app), await linkIn(app, "friend@example.fi"))).includes("done"),
      false,
    );

    await send(app, owner, at(id, "/kutsu"), { address: "late@example.fi", role: "member" });
    app.clock.forward({ hours: 24 * 7 - 1 });
    assert.ok(!(await gone("late@example.fi")));
    app.clock.forward({ hours: 1, seconds: 1 });
    assert.ok(await gone("late@example.fi"));
  });

  it("to the same address again makes the earlier link useless", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner);
    const inviting = () => send(app, owner, at(id, "/kutsu"), { address: "same@example.fi", role: "member" });
    await inviting();
    const earlier = await linkIn(app, "same@example.fi");
    await inviting();
    assert.match(read((await open(app, null, earlier)).body), /Kutsu ei enää toimi/);
  });

  it("never takes a role away, and gives a member the greater one", async () => {
    const { owner, member, id } = await withMember();
    await join(app, owner, id, owner, "member");
    assert.deepEqual(await rolesSeenBy(app, owner, id), ["member", "owner"]);
    await join(app, owner, id, member, "signatory");
    assert.deepEqual(await rolesSeenBy(app, owner, id), ["owner", "signatory"]);
  });

  it("is sent to addresses only, in the three roles that there are", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner);
    for (const fields of [
      { address: "a@b@c", role: "member" },
      { address: "x@example.fi\r\nBcc: y@example.fi", role: "member" },
      { address: "x@example.fi", role: "king" },
      { address: "x@example.fi" },
    ])
      assert.equal((await send(app, owner, at(id, "/kutsu"), fields)).statusCode, 422);
    assert.equal((await mailsTo(app, "x@example.fi")).length, 0);
  });
});

describe("a role", () => {
  it("is changed by an owner, and the member hears of it in their language", async () => {
    const { owner, member, id, membership } = await withMember();
    const answer = await send(app, owner, at(id, `/jasenet/${membership}`), { role: "signatory" });
    assert.equal(locationOf(answer), at(id, "?done=roleChanged"));
    const acts = (await audited(app)).filter((one) => one.about === member.id);
    assert.deepEqual([acts.at(-1)?.action, acts.at(-1)?.person], ["change to signatory", owner.id]);
    const mails = await mailsTo(app, member.mail);
    assert.match(mails[0]?.body ?? "", /är din roll nu namntecknare/);
  });

  it("of an owner or signatory goes only to who has been identified strongly", async () => {
    const owner = await citizen(app);
    const id = await foundOrganisation(app, owner);
    const byMail = await somebody(app, { kind: "mail" });
    await join(app, owner, id, byMail);
    const member = await membershipOf(app, byMail, id);
    const raised = await send(app, owner, at(id, `/jasenet/${member}`), { role: "owner" });
    assert.equal(raised.statusCode, 422);
    assert.match(read(raised.body), /vaatii vahvan tunnistautumisen/);
    assert.equal((await send(app, owner, at(id, "/luovuta"), { to: member })).statusCode, 422);
  });

  it("is no business of members, of strangers, of staff, or of an owner who came by a mail link", async () => {
    const { owner, member, id, membership } = await withMember("signatory");
    const own = await membershipOf(app, owner, id);
    const stranger = await citizen(app);
    const elsewhere = await foundOrganisation(app, stranger);
    const staff = await somebody(app, { roles: [{ role: "administrator" }] });
    for (const path of [`/jasenet/${own}`, `/jasenet/${own}/poista`, "/kutsu", "/luovuta", "/lopeta", "/muokkaa"]) {
      assert.equal((await open(app, member, at(id, path))).statusCode, 403, path);
      assert.equal(
        (await send(app, member, at(id, path), { role: "owner", address: "x@example.fi", sure: "1", name: "x" }))
          .statusCode,
        403,
        path,
      );
      assert.equal(
        (await send(app, stranger, at(id, path), { role: "owner", address: "x@example.fi", sure: "1", name: "x" }))
          .statusCode,
        404,
        path,
      );
      assert.equal((await send(app, staff, at(id, path), { role: "owner" })).statusCode, 403, path);
      assert.match(locationOf(await send(app, null, at(id, path))), /^\/fi\/kirjaudu/, path);
    }
    assert.equal((await open(app, stranger, at(id))).statusCode, 404);
    // A membership of one organisation is none of another.
    assert.equal(
      (await send(app, stranger, at(elsewhere, `/jasenet/${membership}`), { role: "member" })).statusCode,
      404,
    );
    assert.equal((await send(app, stranger, at(elsewhere, `/jasenet/${membership}/poista`))).statusCode, 404);
    assert.deepEqual(await rolesSeenBy(app, owner, id), ["owner", "signatory"]);
  });
});

describe("leaving", () => {
  it("is everybody's right, the owners hear of it, and the history stays", async () => {
    const { owner, member, id } = await withMember();
    const stays = await open(app, member, at(id, "/eroa"));
    assert.match(read(stays.body), /Eroatko toimijasta Kallion pihatalkoot/);
    assert.equal(locationOf(await send(app, member, at(id, "/eroa"))), "/fi/me/toimijat?done=left");
    assert.equal((await send(app, member, at(id, "/eroa"))).statusCode, 404);
    assert.equal((await open(app, member, at(id))).statusCode, 404);
    assert.match(read((await open(app, member, "/fi/me/toimijat")).body), /Aiemmat toimijat.*Kallion pihatalkoot/);
    assert.match((await mailsTo(app, owner.mail))[0]?.body ?? "", /Mikko Esimerkki on eronnut/);
  });

  it("waits until the last owner has handed over", async () => {
    const { owner, member, id, membership } = await withMember();
    const refused = await send(app, owner, at(id, "/eroa"));
    assert.equal(refused.statusCode, 422);
    assert.match(read(refused.body), /Toimijalla on oltava ainakin yksi omistaja.*Luovuta omistajuus.*Lopeta toimija/);
    assert.doesNotMatch(refused.body, /<button[^>]*>\s*Eroa toimijasta/);
    const own = await membershipOf(app, owner, id);
    assert.equal((await send(app, owner, at(id, `/jasenet/${own}`), { role: "member" })).statusCode, 422);
    assert.equal((await send(app, owner, at(id, `/jasenet/${own}/poista`))).statusCode, 422);
    assert.equal((await send(app, owner, at(id, "/luovuta"), { to: own })).statusCode, 422);
    assert.equal((await send(app, owner, at(id, "/luovuta"), {})).statusCode, 422);
    const handed = await send(app, owner, at(id, "/luovuta"), { to: membership, leave: "1" });
    assert.equal(locationOf(handed), "/fi/me/toimijat?done=handedOver");
    assert.deepEqual(await rolesSeenBy(app, member, id), ["owner"]);
  });

  it("in the same moment, of the last two owners one stays", async () => {
    for (let n = 0; n < 3; n++) {
      const { owner, member, id } = await withMember("owner");
      const both = await Promise.all([owner, member].map((who) => send(app, who, at(id, "/eroa"))));
      assert.deepEqual(statusesOf(both), [303, 422]);
      const stayed = both[0]?.statusCode === 422 ? owner : member;
      assert.deepEqual(await rolesSeenBy(app, stayed, id), ["owner"]);
    }
  });

  it("in the same moment, of two owners who lower or put out each other one stays", async () => {
    const { owner, member, id } = await withMember("owner");
    const [a, b] = [await membershipOf(app, owner, id), await membershipOf(app, member, id)];
    const answers = await Promise.all([
      send(app, owner, at(id, `/jasenet/${b}`), { role: "member" }),
      send(app, member, at(id, `/jasenet/${a}/poista`)),
    ]);
    assert.equal(answers.filter(({ statusCode }) => statusCode === 303).length, 1);
    const winner = answers[0]?.statusCode === 303 ? owner : member;
    assert.ok((await rolesSeenBy(app, winner, id)).includes("owner"));
  });
});

it("a member who is put out hears of it and is out at once", async () => {
  const { owner, member, id, membership } = await withMember();
  assert.equal(locationOf(await send(app, owner, at(id, `/jasenet/${membership}/poista`))), at(id, "?done=removed"));
  assert.equal((await open(app, member, at(id))).statusCode, 404);
  assert.match((await mailsTo(app, member.mail))[0]?.body ?? "", /tagit bort dig/);
});
