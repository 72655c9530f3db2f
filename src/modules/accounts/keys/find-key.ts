/** Whose key a request at the open interface brings. */
import type { Clock } from "#core/clock.ts";
import type { Db } from "#core/db.ts";
import type { FindKey } from "#core/http/api-keys.ts";
import { isKey } from "./key.ts";
import { selectOptionalFoundKey } from "./queries.ts";

/** One statement for each request that brings what may be a key; none for what has not its form. */
export const findApiKey =
  (db: Db, clock: Clock): FindKey =>
  async (key) => {
    const found = isKey(key) ? await selectOptionalFoundKey(db, key, clock()) : null;
    if (!found) return null;
    const { rate, ...who } = found;
    return { actor: { kind: "key", ...who }, rate };
  };
