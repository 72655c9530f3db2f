/** The table of rights as the running app answers it: every route × every kind of asker -> what became of the request. */
import type { InjectOptions, Response } from "light-my-request";
import { LANGUAGES } from "#core/cities.ts";
import { type KnownRoute, routesOf } from "#core/http/server.ts";
import { SIGN_IN } from "#modules/accounts/paths.ts";
import type { TestApp } from "../app.ts";
import { type Asker, GROUPS, makeWorld } from "./askers.ts";
import { addressOf } from "./rows.ts";

/** What became of a request. */
export const CODES = {
  o: "past the door: answered, or told what is wrong with the input",
  i: "led to sign in",
  s: "led to identify strongly",
  x: "refused (403)",
  "-": "no such thing (404)",
  "=": "not asked: the same rule as the Finnish address, which is asked by everybody",
} as const;
export type Code = keyof typeof CODES;

export interface RightsTable {
  codes: Readonly<Record<string, string>>;
  /** The columns, group by group. */
  askers: readonly (readonly string[])[];
  /** "iooo oooo i oooooo oooooo oooooo /fi/me GET": a code for each asker, then the route. */
  routes: readonly string[];
}

/** Asks every route as everybody. The app has the sample decisions and no limit of requests. */
export async function askEverything(app: TestApp): Promise<RightsTable> {
  const routes = routesOf(app.server).toSorted((a, b) => order(nameOf(a), nameOf(b)));
  const ask = await openQuestions(app);
  const lines: string[] = [];
  for (const route of routes) {
    const groups: string[] = [];
    for (const group of GROUPS) groups.push((await ask(route, group)).join(""));
    lines.push(`${groups.join(" ")} ${nameOf(route)}`);
  }
  return { codes: CODES, askers: GROUPS.map((group) => group.map(({ name }) => name)), routes: lines };
}

const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Address first, so that what stands at one address stands together. Files are named by their content, which is no matter here. */
const nameOf = ({ method, url }: KnownRoute): string => `${url.replace(/-[0-9a-f]{10}\./, "-HASH.")} ${method}`;

/**
 * Asks one route as each of a group. Rows, sessions and the world are used until somebody gets through with a POST: what that
 * changed, others must not find changed.
 */
async function openQuestions(app: TestApp): Promise<(route: KnownRoute, group: readonly Asker[]) => Promise<Code[]>> {
  let world = await makeWorld(app);
  let asked = 0;
  const sessions = new Map<Asker, Record<string, string>>();
  const addresses = new Map<string, string>();

  return async ({ method, url }, group) => {
    const codes: Code[] = [];
    for (const [n, asker] of group.entries()) {
      if (!isAsked(url, n)) {
        codes.push("=");
        continue;
      }
      const headers = sessions.get(asker) ?? (await asker.signIn(world));
      sessions.set(asker, headers);
      const address = addresses.get(url) ?? (await addressOf(world, url));
      addresses.set(url, address);
      const code = codeOf(url, await app.server.inject(requestOf(method, address, headers, asked++)));
      codes.push(code);
      if (method !== "GET" && code === "o") await forget(asker);
    }
    return codes;
  };

  async function forget(asker: Asker): Promise<void> {
    sessions.delete(asker);
    addresses.clear();
    if (!asker.isInvolved) return;
    world = await makeWorld(app);
    for (const one of sessions.keys()) if (one.isInvolved) sessions.delete(one);
  }
}

/** Addresses in Swedish and English come from the same line of code as the Finnish one: the first of each group asks them too. */
const isAsked = (url: string, n: number): boolean => n === 0 || !/^\/(?:sv|en)(?:\/|$)/.test(url);

/** The `n`th request, from a network of its own: how often one network may try is not asked here. */
const requestOf = (method: string, url: string, headers: Record<string, string>, n: number): InjectOptions => ({
  method,
  url,
  remoteAddress: `10.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`,
  headers: {
    accept: "text/html",
    ...headers,
    ...(method !== "GET" && { "content-type": "application/x-www-form-urlencoded" }),
  },
  ...(method !== "GET" && { payload: "" }),
});

const SIGN_IN_ADDRESSES = LANGUAGES.map((language) => SIGN_IN.href(language));

/** Errors: throws on what no asker should ever get. */
function codeOf(url: string, { statusCode, headers }: Response): Code {
  const [path = "", query = ""] = (headers.location ?? "").split("?");
  if (statusCode >= 300 && statusCode < 400 && SIGN_IN_ADDRESSES.includes(path))
    return new URLSearchParams(query).get("needs") === "strong" ? "s" : "i";
  if (statusCode === 401) return "i";
  if (statusCode === 403) return "x";
  if (statusCode === 404) return "-";
  if (statusCode === 429 || statusCode >= 500) throw new Error(`${url} answers ${statusCode}`);
  return "o";
}

/** One line for each answer that is other than expected, and for each route that one of the two does not have. */
export function differences(expected: RightsTable, found: RightsTable): string[] {
  if (JSON.stringify(expected.askers) !== JSON.stringify(found.askers))
    return ["the askers are others: write the table anew"];
  const [before, now] = [byRoute(expected), byRoute(found)];
  const askers = found.askers.flat();
  const changed = [...now].flatMap(([route, codes]) => {
    const were = before.get(route);
    if (were === undefined) return [`${route}: is not in the table`];
    return askers.flatMap((name, n) =>
      codes[n] === were[n]
        ? []
        : [`${route}: ${name}: expected ${were[n] ?? "nothing"}, answered ${codes[n] ?? "nothing"}`],
    );
  });
  const gone = [...before.keys()].filter((route) => !now.has(route));
  return [...changed, ...gone.map((route) => `${route}: is in the table and not in the app`)];
}

/** "/fi/me GET" -> its codes, one for each asker. */
export const byRoute = ({ routes }: RightsTable): Map<string, readonly string[]> =>
  new Map(
    routes.map((line) => {
      const [, codes = "", route = ""] = /^((?:\S+ )*?)(\/.*)$/.exec(line) ?? [];
      return [route, Array.from(codes.replaceAll(" ", ""))];
    }),
  );
