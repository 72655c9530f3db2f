/**
 * Who gets through which door: every route of the app × every kind of asker, as it really answers, against the reviewed table in
 * test/golden/rights.json. A new route needs its line there (test/golden/rights-update.ts writes it), and one in
 * test/rights/rows.ts when its address names a row.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import { openRightsApp } from "./rights/app.ts";
import { GROUPS } from "./rights/askers.ts";
import { askEverything, byRoute, differences, type RightsTable } from "./rights/table.ts";

const golden = JSON.parse(readFileSync(new URL("golden/rights.json", import.meta.url), "utf8")) as RightsTable;
const routes = byRoute(golden);
const askers = GROUPS.flat().map(({ name }) => name);
const answeredTo = (codes: readonly string[], asker: string): string => codes[askers.indexOf(asker)] ?? "";

describe("the table of rights", () => {
  it("is how every route answers everybody", async () => {
    const app = await openRightsApp({ after });
    assert.deepEqual(differences(golden, await askEverything(app)), []);
  });

  it("opens nobody's own pages to who has not signed in, nor to a program", () => {
    // But for those that a link from a mail opens: its secret says who may.
    const own = [...routes].filter(([route]) => /^\/\w\w\/me[/ ]/.test(route) && !/:token|:receipt/.test(route));
    assert.ok(own.length > 5);
    for (const [route, codes] of own)
      for (const asker of ["anonymous", "a program with the person's key"])
        assert.notEqual(answeredTo(codes, asker), "o", `${route}: ${asker}`);
  });

  it("opens a city's desk to its own staff only", () => {
    const desks = [...routes].filter(([route]) => /^\/\w\w\/:city\/desk\//.test(route));
    assert.ok(desks.length > 5);
    const others = askers.filter((name) => !/ of (?:a unit of )?the city$/.test(name));
    for (const [route, codes] of desks)
      for (const asker of others) assert.notEqual(answeredTo(codes, asker), "o", `${route}: ${asker}`);
  });

  it("that has changed says where", () => {
    const table = (...lines: string[]): RightsTable => ({ codes: {}, askers: [["a", "b"], ["c"]], routes: lines });
    const before = table("oi x /fi/me GET", "oo o / GET");
    assert.deepEqual(differences(before, before), []);
    assert.deepEqual(differences(before, table("oo x /fi/me GET", "oo o /new POST")), [
      "/fi/me GET: b: expected i, answered o",
      "/new POST: is not in the table",
      "/ GET: is in the table and not in the app",
    ]);
    assert.equal(differences(before, { ...before, askers: [["a"], ["b", "c"]] }).length, 1);
  });
});
