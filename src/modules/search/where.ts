/** A filter as the index's SQL, and as a test of one entry: both say the same. */
import type { EntryFacts, SearchFilter } from "#core/search-source.ts";

/** Null = everything. Newer than or as new as `since` (20170529), if given. */
export function whereOf(filter: SearchFilter, since = 0): string | null {
  const conditions = [
    oneOf("city", filter.cities),
    oneOf("maker", filter.makers),
    filter.years.length > 0 ? `year IN (${filter.years.map(Math.trunc).join(", ")})` : "",
    filter.classes.map(below).join(" OR "),
    since > 0 ? `day >= ${Math.trunc(since)}` : "",
  ].filter((condition) => condition !== "");
  return conditions.length === 0 ? null : conditions.map((condition) => `(${condition})`).join(" AND ");
}

const quoted = (value: string) => `'${value.replaceAll("'", "''")}'`;

const oneOf = (column: string, values: readonly string[]): string =>
  values.length > 0 ? `${column} IN (${values.map(quoted).join(", ")})` : "";

/** Codes hold digits and spaces only, and "~" sorts after both: a range, which an index answers. */
const below = (code: string) => `(class >= ${quoted(code)} AND class < ${quoted(`${code}~`)})`;

export const isEmptyFilter = (filter: SearchFilter): boolean =>
  filter.cities.length + filter.makers.length + filter.classes.length + filter.years.length === 0;

export function passes(filter: SearchFilter, entry: EntryFacts): boolean {
  return (
    isAmong(filter.cities, entry.city) &&
    isAmong(filter.makers, entry.maker) &&
    isAmong(filter.years, entry.year) &&
    (filter.classes.length === 0 || filter.classes.some((code) => entry.classCode?.startsWith(code)))
  );
}

const isAmong = <T>(values: readonly T[], value: T | null): boolean =>
  values.length === 0 || (value !== null && values.includes(value));
