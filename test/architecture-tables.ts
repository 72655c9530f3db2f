/** The rule of who may touch which table: a module its own, and core's, which are everybody's (city, change, audit, mail). */
import type { Rule, Sources } from "./architecture.ts";

/** Modules by name; what stands outside of them is core's. */
const ownerOf = (path: string): string => /^src\/modules\/([^/]+)\//.exec(path)?.[1] ?? "core";

/**
 * SQL of a module, also that of the functions its migrations make, names tables and functions of the database that the module has
 * made itself. A foreign key to another's table is left to the order of modules: it reads and writes nothing.
 */
export const onlyOwnTables: Rule = (sources) => {
  const owners = ownersOf(sources);
  return [...sources].flatMap(([path, source]) =>
    namedIn(path, withoutComments(path, source)).flatMap(({ name, line }) => {
      const owner = owners.get(name) ?? "core";
      return owner === "core" || owner === ownerOf(path) ? [] : [`${path}:${line} touches ${name} of ${owner}`];
    }),
  );
};

/** Name of a table, or of a function with its "(" -> who made it. */
function ownersOf(sources: Sources): Map<string, string> {
  const migrations = [...sources].filter(([path]) => path.endsWith(".sql"));
  return new Map(
    migrations.flatMap(([path, source]) =>
      [...source.matchAll(/^create (?:or replace )?(?:(?:table|view) (\w+)|function (\w+\())/gim)].map(
        ([, table, call = ""]) => [table ?? call, ownerOf(path)] as const,
      ),
    ),
  );
}

const ONE = String.raw`(?:(?:only|lateral)\s+)?\w+(?:\s+(?:as\s+)?\w+)?`;
/** "from a as b, c" names two. */
const IN_SQL = new RegExp(String.raw`\b(?:from|using|join|into|update|alter table)\s+(${ONE}(?:\s*,\s*${ONE})*)`, "g");
/** "create index … on a", "grant … on a, b to …"; only in migrations, since elsewhere "on" begins a condition. */
const IN_MIGRATIONS = /^(?:create|drop|grant|revoke)\b[^;]*?\son\s+(\w+(?:\s*,\s*\w+)*)/gm;
/** One table or a list of them. */
const IN_KYSELY =
  /\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto|from|using|table|\w*[jJ]oin\w*)\(\s*\[?\s*((?:"[^"]+"[\s,]*)+)/g;
const CALLS = /\b(\w+\()/g;

interface Named {
  name: string;
  line: number;
}

function namedIn(path: string, text: string): Named[] {
  const patterns = path.endsWith(".sql") ? [IN_SQL, IN_MIGRATIONS, CALLS] : [IN_SQL, IN_KYSELY, CALLS];
  return patterns.flatMap((pattern) =>
    [...text.matchAll(pattern)].flatMap(({ index, 1: list = "" }) => {
      const line = text.slice(0, index).split("\n").length;
      return list.split(",").map((one) => ({ name: /(?!only\b|lateral\b)\b\w+\(?/.exec(one)?.[0] ?? "", line }));
    }),
  );
}

/** With the lines where they were. */
const withoutComments = (path: string, source: string): string =>
  path.endsWith(".sql")
    ? source.replace(/--.*/g, "")
    : source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*/gm, (comment) => comment.replace(/[^\n]/g, ""));
