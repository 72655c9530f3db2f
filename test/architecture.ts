/** The rules of who may lean on whom, as functions over sources: each gives one line a breach, empty when all is well. */
import { dirname, join } from "node:path/posix";

/** Path from the repository's root -> content. Tests are not in it. */
export type Sources = ReadonlyMap<string, string>;
export type Rule = (sources: Sources) => string[];

interface Import {
  from: string;
  to: string;
}

/** All imports of own files, also of types and dynamic ones, with both ends as paths from the root. */
export function importsOf(sources: Sources): Import[] {
  return [...sources].flatMap(([from, source]) =>
    [...source.matchAll(/\b(?:from|import)\s*\(?\s*"([.#][^"]*)"/g)].map(([, written = ""]) => ({
      from,
      to: written.startsWith("#") ? `src/${written.slice(1)}` : join(dirname(from), written),
    })),
  );
}

const moduleOf = (path: string): string | undefined => /^src\/modules\/([^/]+)\//.exec(path)?.[1];
const line = ({ from, to }: Import): string => `${from} imports ${to}`;

/** A module is entered by its door. */
export const onlyThroughTheDoor: Rule = (sources) =>
  importsOf(sources)
    .filter(({ from, to }) => moduleOf(to) !== undefined && moduleOf(from) !== moduleOf(to))
    .filter(({ to }) => to !== `src/modules/${moduleOf(to)}/index.ts`)
    .map(line);

/** A module leans only on those before it in the list, so there is never a circle of them. */
export const onlyOnEarlierModules =
  (order: readonly string[]): Rule =>
  (sources) =>
    importsOf(sources)
      .filter(({ from, to }) => {
        const [here, there] = [moduleOf(from), moduleOf(to)];
        if (here === undefined || there === undefined || here === there) return false;
        return !order.includes(here) || !order.includes(there) || order.indexOf(there) > order.indexOf(here);
      })
      .map(line);

/** Files below `folder` know nothing of those below `others`. */
const apart =
  (folder: string, others: readonly string[]): Rule =>
  (sources) =>
    importsOf(sources)
      .filter(({ from, to }) => from.startsWith(folder) && others.some((other) => to.startsWith(other)))
      .map(line);

/**
 * No file leans on itself by way of others, also not by types: whoever reads a circle has nowhere to begin. (The linter's
 * import/no-cycle passes over types.) A circle is told once, from its first file.
 */
export const noCircles: Rule = (sources) => {
  const next = Map.groupBy(importsOf(sources), ({ from }) => from);
  return [...sources.keys()].flatMap((file) => {
    const way = wayBack(next, file);
    return way?.every((other) => other >= file) ? [way.join(" -> ")] : [];
  });
};

/** The shortest way by imports from a file to itself. */
function wayBack(next: ReadonlyMap<string, readonly Import[]>, file: string): string[] | undefined {
  const seen = new Set<string>();
  for (let ways = [[file]]; ways.length > 0;) {
    const longer = ways.flatMap((way) => (next.get(way.at(-1) ?? "") ?? []).map(({ to }) => [...way, to]));
    const back = longer.find((way) => way.at(-1) === file);
    if (back) return back;
    ways = longer.filter((way) => {
      const end = way.at(-1) ?? "";
      return !seen.has(end) && seen.add(end);
    });
  }
  return undefined;
}

export const coreStandsAlone = apart("src/core/", ["src/modules/", "src/ui/"]);
export const uiKnowsNoModule = apart("src/ui/", ["src/modules/"]);

/** SQL of modules stands in files that are named for it. */
export const sqlInQueries: Rule = (sources) =>
  matching(
    sources,
    (path) => moduleOf(path) !== undefined && !/(?:^|[./])queries\.ts$/.test(path),
    /\bsql(?:<[^`]*>)?`|\.(?:selectFrom|insertInto|updateTable|deleteFrom|mergeInto)\(/,
  );

/** Settings are read, checked and described in one place. */
export const environmentInConfig: Rule = (sources) =>
  matching(
    sources,
    (path) => path.startsWith("src/") && path !== "src/core/config.ts",
    /\bprocess\.env\b|\benv\s*\}\s*=\s*process\b/,
  );

const LINES = 400;

export const filesStaySmall: Rule = (sources) =>
  [...sources]
    .map(([path, source]) => ({ path, lines: source.replace(/\n$/, "").split("\n").length }))
    .filter(({ lines }) => lines > LINES)
    .map(({ path, lines }) => `${path} has ${lines} lines`);

/** Every table is one city's rows first; `others`: table -> why it is not. */
export const cityLeadsEachKey =
  (others: Readonly<Record<string, string>>): Rule =>
  (sources) =>
    [...sources]
      .filter(([path]) => path.endsWith(".sql"))
      .flatMap(([path, source]) =>
        [...source.matchAll(/create table (?:if not exists )?(\w+) \(([\s\S]*?)\n\);/gi)]
          .filter(([, table = "", columns = ""]) => !(table in others) && !/primary key \(city\b/i.test(columns))
          .map(([, table]) => `${path}: the primary key of ${table} does not begin with city`),
      );

/** Lines of those files that the pattern finds. Comments are no code. */
function matching(sources: Sources, among: (path: string) => boolean, pattern: RegExp): string[] {
  return [...sources]
    .filter(([path]) => among(path))
    .flatMap(([path, source]) =>
      source.split("\n").flatMap((text, index) => {
        const isComment = /^\s*(?:\/\/|\/?\*)/.test(text);
        return !isComment && pattern.test(text) ? [`${path}:${index + 1}: ${text.trim()}`] : [];
      }),
    );
}
