/** The log of changes, as a program reads it that keeps a copy. */
import assert from "node:assert/strict";
import { after, describe, it } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { system } from "#core/actor.ts";
import { hasUnsettledChanges } from "#core/change.ts";
import { testApp } from "#test/app.ts";
import { citizen, foundOrganisation } from "#test/organisation-stories.ts";
import { ingestFiles } from "../../ingest.ts";

interface Change {
  city: string;
  kind: string;
  id: string;
}

const app = await testApp({ after });
const DECISION = "data/demo/decisions/helsinki/HEL-2015-004216.txt";
for await (const _ of ingestFiles(app.db, system("test"), [DECISION], app.language)) continue;
const organisation = await foundOrganisation(app, await citizen(app), { name: "Kuoro ry" });
// Transactions of other tests on the server may hold what was written back for a while.
while (await hasUnsettledChanges(app.db)) await wait(20);

async function readAll(query: string): Promise<Change[]> {
  const all: Change[] = [];
  for (let after = ""; ;) {
    const answer = await app.server.inject(`/api/v1/changes?limit=1000${query}${after}`);
    assert.equal(answer.statusCode, 200, answer.body);
    const { changes, cursor } = answer.json<{ changes: Change[]; cursor: string }>();
    if (changes.length === 0) return all;
    all.push(...changes);
    after = `&after=${cursor}`;
  }
}

describe("the log of changes", () => {
  it("holds an organisation among the joint changes, and of a city what is the city's", async () => {
    const joint = await readAll("&city=joint");
    assert.ok(joint.some(({ kind, id }) => kind === "organisation" && id === organisation));
    assert.ok(joint.every(({ city }) => city === "joint"));
    const helsinki = await readAll("&city=helsinki");
    assert.deepEqual(helsinki.map(({ city, kind }) => `${city} ${kind}`).toSorted(), [
      "helsinki decision",
      "helsinki matter",
    ]);
    assert.equal((await app.server.inject("/api/v1/changes?city=atlantis")).statusCode, 400);
  });

  it("is described with every kind that it holds", async () => {
    const kinds = new Set((await readAll("")).map(({ kind }) => kind));
    const description = (await app.server.inject("/api/v1/openapi.json")).body;
    const [, described = ""] = /"kind":\{"type":"string","description":"(decision[^"]*)"/.exec(description) ?? [];
    assert.deepEqual([...kinds].toSorted(), ["decision", "matter", "organisation"]);
    for (const kind of kinds) assert.match(described, new RegExp(`\\b${kind}\\b`));
  });
});
