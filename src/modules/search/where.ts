/** A filter as the index's SQL. `sieveOf` in facts.ts says the same. */
import type { SearchFilter } from "#core/search-source.ts";

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
