/** Addresses in three languages: one definition gives the routes, the links and the links between languages. */
import type { Language } from "../cities.ts";
import { inEachLanguage } from "../i18n.ts";

export type Params = Record<string, string>;
export type Query = Record<string, string | readonly string[] | undefined>;

export interface Path {
  /** Route patterns with the language in front: "/fi/:city/paatokset/:ref". */
  patterns: Record<Language, string>;
  /** A link. Parameters are encoded; empty query values are left out; keys keep the order they are given in. */
  href(language: Language, params?: Params, query?: Query): string;
}

/** `words`: the path after the language in each language, "" for the root, ":name" for parameters. */
export function definePath(words: Record<Language, string>): Path {
  const patterns = inEachLanguage((language) => `/${language}${words[language]}`);
  return {
    patterns,
    href(language, params = {}, query = {}) {
      const path = patterns[language].replaceAll(/:(\w+)/g, (_, name: string) =>
        encodeURIComponent(params[name] ?? ""),
      );
      return path + queryString(query);
    },
  };
}

/** "?q=a&year=2017&year=2018", or "" when nothing is set. */
export function queryString(query: Query): string {
  const pairs = Object.entries(query).flatMap(([key, value]) =>
    (value === undefined ? [] : typeof value === "string" ? [value] : value)
      .filter((one) => one !== "")
      .map((one) => [key, one]),
  );
  return pairs.length === 0 ? "" : `?${new URLSearchParams(pairs).toString()}`;
}
