/** The table of rights can't lie by omission: every rule of the code, and of every route, is in the lists that it is made of. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { after, describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import type { Permission } from "#core/actor.ts";
import { CITY_CODES, type CityCode, LANGUAGES } from "#core/cities.ts";
import { routesOf } from "#core/http/server.ts";
import { answersOf } from "#modules/accounts/staff/rights.ts";
import { DESK_PARTS } from "../src/desk.ts";
import { openRightsApp } from "./rights/app.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));
const SOURCES = globSync("src/**/*.{ts,tsx}", { cwd: ROOT })
  .filter((path) => !/\.test\.tsx?$/.test(path) && path !== "src/core/actor.ts")
  .map((path) => ({ path, source: readFileSync(`${ROOT}/${path}`, "utf8") }));
const POLICIES = SOURCES.filter(({ path }) => /(?:^|\/)policy\.ts$/.test(path));

const CITY: CityCode = "tampere";
const listed = (city: CityCode): Permission[] => DESK_PARTS.rights.flatMap(({ of }) => [...of(city)]);
const byName = new Map(listed(CITY).map((permission) => [permission.name, permission]));

/** What makes a rule, in core/actor.ts or beside the rules of one module. */
const MAKERS =
  /\b(?:everybody|signedIn|residents|staffOf|systemOnly|\w+StaffOf)\(\s*(["`][^"`]*["`]|[^\s:),]+(?=[,)]))/g;
const rulesIn = (source: string): string[] => [...source.matchAll(MAKERS)].map(([, name = ""]) => name);

describe("the lists of rights", () => {
  it("name each rule once", () => {
    for (const city of CITY_CODES) {
      const names = listed(city).map(({ name }) => name);
      assert.deepEqual(names.sort(), [...new Set(names)].sort());
    }
  });

  it("hold every rule that a policy.ts makes", () => {
    assert.ok(POLICIES.length >= 6);
    for (const { path, source } of POLICIES) {
      const names = [
        ...rulesIn(source).map((text) => text.slice(1, -1)),
        ...[...source.matchAll(/^\s*name: "([^"]+)"/gm)].map(([, name = ""]) => name),
      ];
      for (const name of names) assert.ok(byName.has(name), `${path}: "${name}" is in no list of rights`);
    }
  });

  it("hold every rule that a policy.ts gives away", async () => {
    for (const { path } of POLICIES) {
      const all = (await import(`${ROOT}/${path}`)) as Record<string, unknown>;
      for (const [exported, rule] of Object.entries(all)) {
        if (typeof rule !== "object" || rule === null || !("allows" in rule)) continue;
        const { name } = rule as Permission;
        assert.equal(byName.get(name), rule, `${path}: ${exported}`);
      }
    }
  });

  it("are all there is: no rule is made outside a policy.ts", () => {
    assert.deepEqual(rulesIn('permission: () => signedIn("x"), y: staffOf(name, city)'), ['"x"', "name"]);
    const elsewhere = SOURCES.filter(({ path }) => !/(?:^|\/)policy\.ts$/.test(path)).flatMap(({ path, source }) =>
      rulesIn(source).map((rule) => `${path}: ${rule}`),
    );
    assert.deepEqual(elsewhere, []);
  });

  it("say in three languages what each rule lets one do", () => {
    for (const language of LANGUAGES) {
      const said: (readonly [name: string, words: string])[] = DESK_PARTS.rights.flatMap(({ of, say }) =>
        of(CITY).map(({ name }) => [name, say(language, name)] as const),
      );
      for (const [name, words] of said) assert.match(words, /^\p{Lu}.*\p{L}{2}/u, `${language} ${name}`);
      const different = new Set(said.map(([, words]) => words));
      assert.equal(different.size, said.length, `two rules read the same (${language})`);
    }
  });
});

describe("every route", async () => {
  const { server } = await openRightsApp({ after });
  const routes = routesOf(server);

  it("is known", () => assert.ok(routes.length > 50));

  it("asks a rule of the lists, which answers there as it does here", () => {
    for (const { method, url, permission } of routes) {
      const names = [...url.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
      const params: Record<string, string> = Object.fromEntries(
        names.map((name) => [name, name === "city" ? CITY : "x"]),
      );
      const asked: Permission = typeof permission === "function" ? permission(params) : permission;
      const rule = byName.get(asked.name);
      assert.ok(rule, `${method} ${url}: "${asked.name}" is in no list of rights`);
      assert.deepEqual(answersOf(asked, CITY), answersOf(rule, CITY), `${method} ${url}`);
    }
  });
});
