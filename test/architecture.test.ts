/** The source keeps the rules of test/architecture.ts, and each rule finds the breach it is for. */
import assert from "node:assert/strict";
import { globSync, readFileSync } from "node:fs";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { MODULE_NAMES } from "../src/modules.ts";
import * as rules from "./architecture.ts";
import { onlyOwnTables } from "./architecture-tables.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const SOURCES: rules.Sources = new Map(
  globSync("src/**/*.{ts,tsx,sql}", { cwd: ROOT })
    .filter((path) => !/\.test\.tsx?$/.test(path) && path !== "src/core/db-types.ts")
    .map((path) => [path, readFileSync(`${ROOT}/${path}`, "utf8")]),
);

const NOT_OF_A_CITY = {
  city: "the list of tenants itself",
  search_index: "one row for the whole installation: which index is live, over all cities",
  person: "somebody who deals with several cities; each sees only their own row",
  person_identity: "by what a person is known again, whichever city they deal with",
  session: "of a person and a browser, not of a city",
  sign_in: "of a browser on its way to an identity provider and back",
  mail_link: "of a browser that asked for a link by mail",
  notification: "of a person, whichever city it is from",
  parked_form: "of a browser whose person has to sign in first",
  attempt: "tries from one network or to one address, whatever they are about",
  organisation: "acts in several cities, and is public",
  organisation_member: "of an organisation",
  organisation_invitation: "of an organisation",
  mandate: "between two persons, or a person and an organisation",
  authorization_visit: "of a person on their way to Suomi.fi e-Authorizations and back",
  api_key: "of a person or an organisation; what it opens is of all cities",
  erasure: "of a person",
  erasure_part: "of a person's erasure",
  change_offset: "one row for the whole installation: where its transaction numbers begin",
};

type File = [path: string, source: string];

interface Case {
  rule: rules.Rule;
  /** A file that breaks the rule, and one that comes close and does not. */
  breach: File;
  close: File;
  /** What stands beside either. */
  beside?: File[];
}

/** Two modules and core with a table each, and a function in one. */
const TABLES: File[] = [
  ["src/core/migrations/1.sql", "create table audit (\n  city text\n);"],
  [
    "src/modules/accounts/migrations/1.sql",
    "create table person (\n  id uuid\n);\ncreate function find_person(id uuid)",
  ],
  ["src/modules/decisions/migrations/1.sql", "create table decision (\n  city text\n);"],
];
const QUERIES = "src/modules/decisions/x.queries.ts";
const OF_OTHERS = {
  "a table in Kysely": [QUERIES, 'db\n  .selectFrom("decision")\n  .innerJoin("person as p", "p.id", "decision.by");'],
  "one of a list in Kysely": [QUERIES, 'db.selectFrom(["decision as d", "person"]);'],
  "a table in SQL": [QUERIES, "sql`select 1 from decision as d, person where ${sql`true`}`;"],
  "a table that is written": [QUERIES, "sql`update person set name = ${name}`;"],
  "a function": [QUERIES, "sql`select find_person(${id})`;"],
  "a table in a function of the database": [
    "src/modules/decisions/migrations/2.sql",
    "create function mine() returns uuid\nlanguage sql as 'select id from person';",
  ],
  "a table whose rights are given": [
    "src/modules/decisions/migrations/2.sql",
    "grant select on decision, person to x;",
  ],
  "a table of a module, from core": ["src/core/change.ts", "sql`delete from person`;"],
} satisfies Record<string, File>;

const CASES: Record<string, Case> = {
  "a module is entered through its index.ts": {
    rule: rules.onlyThroughTheDoor,
    breach: ["src/modules/portal/x.ts", 'import { a } from "#modules/decisions/queries.ts";'],
    close: ["src/modules/decisions/x.ts", 'import { a } from "./queries.ts"; import { b } from "../search/index.ts";'],
  },
  "a module leans only on modules before it": {
    rule: rules.onlyOnEarlierModules(MODULE_NAMES),
    breach: ["src/modules/decisions/x.ts", 'import type { A } from "../portal/index.ts";'],
    close: ["src/modules/portal/x.ts", 'import { a } from "#modules/decisions/index.ts";'],
  },
  "core knows neither modules nor pages": {
    rule: rules.coreStandsAlone,
    breach: ["src/core/http/x.ts", 'const { a } = await import("#ui/x.tsx");'],
    close: ["src/core/http/x.ts", 'import { a } from "../db.ts";'],
  },
  "ui knows no module": {
    rule: rules.uiKnowsNoModule,
    breach: ["src/ui/x.tsx", 'export { a } from "../modules/portal/index.ts";'],
    close: ["src/ui/x.tsx", 'import { a } from "#core/cities.ts";'],
  },
  "no file leans on itself by way of others": {
    rule: rules.noCircles,
    breach: ["src/core/x.ts", 'import type { A } from "./y.ts";'],
    close: ["src/core/x.ts", 'import type { A } from "./z.ts";'],
    beside: [
      ["src/core/y.ts", 'import { b } from "./z.ts"; export * from "#core/w.ts";'],
      ["src/core/w.ts", 'import { type C, c } from "./x.ts";'],
    ],
  },
  "SQL of modules stands in queries.ts or *.queries.ts": {
    rule: rules.sqlInQueries,
    breach: ["src/modules/decisions/web.ts", "await sql<{ n: number }>`select 1 as n`.execute(db);"],
    close: ["src/modules/decisions/x.queries.ts", 'db.selectFrom("decision");'],
  },
  "settings are read from the environment in core/config.ts only": {
    rule: rules.environmentInConfig,
    breach: ["src/modules/decisions/web.ts", 'const port = process.env["PORT"];'],
    close: ["src/core/config.ts", "env = process.env"],
  },
  "a module touches only its own tables and core's": {
    rule: onlyOwnTables,
    breach: ["src/modules/search/queries.ts", 'db.deleteFrom("decision");'],
    close: ["src/modules/decisions/queries.ts", '/* from person */ db.deleteFrom("decision").using("audit");'],
    beside: TABLES,
  },
  "a file has at most 400 lines": {
    rule: rules.filesStaySmall,
    breach: ["src/core/long.ts", "x;\n".repeat(401)],
    close: ["src/core/long.ts", "x;\n".repeat(400)],
  },
  "a table's primary key begins with the city": {
    rule: rules.cityLeadsEachKey(NOT_OF_A_CITY),
    breach: ["src/core/migrations/9.sql", "create table leak (\n  id uuid primary key,\n  city text\n);"],
    close: ["src/core/migrations/9.sql", "create table good (\n  city text,\n  id uuid,\n  primary key (city, id)\n);"],
  },
};

describe("the source", () => {
  it("is found", () => assert.ok(SOURCES.size > 100));

  for (const [name, { rule, breach, close, beside = [] }] of Object.entries(CASES)) {
    it(name, () => assert.deepEqual(rule(SOURCES), []));
    it(`…and a breach of that is found: ${name}`, () => {
      assert.equal(rule(new Map([breach, ...beside])).length, 1);
      assert.deepEqual(rule(new Map([close, ...beside])), []);
    });
  }

  it("has an owner for each of its tables", () =>
    assert.equal(onlyOwnTables(new Map([...SOURCES, [QUERIES, 'db.selectFrom("search_index");']])).length, 1));

  for (const [what, file] of Object.entries(OF_OTHERS))
    it(`…and what is another module's is found: ${what}`, () =>
      assert.equal(onlyOwnTables(new Map([...TABLES, file])).length, 1));

  it("has a reason for each table without a city, and no reason without its table", () => {
    const sql = [...SOURCES].filter(([path]) => path.endsWith(".sql")).map(([, source]) => source);
    for (const table of Object.keys(NOT_OF_A_CITY))
      assert.match(sql.join("\n"), new RegExp(`create table ${table} \\(`));
  });
});
