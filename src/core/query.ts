/** Two ways to ask the database beside the query builder. */
import { CompiledQuery } from "kysely";
import type { Db } from "./db.ts";

/** Runs one plain statement on the pool, for parts of core that know nothing of the tables' types. */
export const queryWith =
  (db: Db) =>
  async (text: string, parameters: readonly unknown[]): Promise<readonly Record<string, unknown>[]> => {
    const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...parameters]));
    return rows;
  };

/**
 * A query by one value that is asked so often that building it anew would be felt: Kysely compiles it at the first time. `build` writes the
 * value into it once, and looks at it no further. Answers with the rows. Errors: throws when the value is not its only parameter.
 */
export function compileOnce<Value, Row>(
  build: (db: Db, value: Value) => { compile(): CompiledQuery<Row> },
): (db: Db, value: Value) => Promise<Row[]> {
  let compiled: CompiledQuery<Row> | undefined;
  return async (db, value) => {
    compiled ??= build(db, value).compile();
    if (compiled.parameters.length !== 1) throw new Error(`a query by one value has others too: ${compiled.sql}`);
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters: [value] });
    return rows;
  };
}
