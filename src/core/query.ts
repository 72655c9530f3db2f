/** Runs one plain statement on the pool, for parts of core that know nothing of the tables' types. */
import { CompiledQuery } from "kysely";
import type { Db } from "./db.ts";

export const queryWith =
  (db: Db) =>
  async (text: string, parameters: readonly unknown[]): Promise<readonly Record<string, unknown>[]> => {
    const { rows } = await db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(text, [...parameters]));
    return rows;
  };
