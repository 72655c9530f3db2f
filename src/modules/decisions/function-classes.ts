/** The scheme of function classes of a city, loaded as a whole. */
import type { Actor } from "#core/actor.ts";
import { authorise } from "#core/actor.ts";
import type { CityCode } from "#core/cities.ts";
import { type Db, withTx } from "#core/db.ts";
import { mayLoadDocuments } from "./policy.ts";
import { upsertFunctionClasses } from "./store.queries.ts";

export interface FunctionClass {
  /** "02 05 02" */
  code: string;
  title: string;
}

/** Adds classes and mends their titles. Errors: Forbidden. */
export async function loadFunctionClasses(
  db: Db,
  actor: Actor,
  city: CityCode,
  classes: readonly FunctionClass[],
): Promise<void> {
  authorise(actor, mayLoadDocuments);
  const rows = classes.map(({ code, title }) => ({ city, code, title }));
  await withTx(db, null, (tx) => upsertFunctionClasses(tx, rows));
}
