/** How every change of a city's staff begins: alone, and by somebody who is an administrator at that very moment. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, personOf } from "#core/actor.ts";
import type { CityCode } from "#core/cities.ts";
import { type Db, type Tx, withTx } from "#core/db.ts";
import { forbidden } from "#core/errors.ts";
import { mayManageStaff } from "./policy.ts";
import { lockStaff, selectAdministrators, selectOptionalMember } from "./queries.ts";
import type { StaffMember } from "./staff.ts";

/** Who asks, where and when. */
export interface Asker {
  actor: Actor;
  city: CityCode;
  now: Temporal.Instant;
}

export interface Change extends Asker {
  tx: Tx;
  /** Persons who are administrators of the city now. */
  administrators: readonly string[];
  /** Who makes the change; undefined for a program of the house. */
  changer: StaffMember | undefined;
}

/**
 * Runs `work` while nobody else changes the city's staff. The rights that came with the request are asked again behind the lock: of two
 * administrators who end each other at once, the second is none any more. Errors: Forbidden.
 */
export async function changeStaff<T>(db: Db, asker: Asker, work: (change: Change) => Promise<T>): Promise<T> {
  const { actor, city } = asker;
  authorise(actor, mayManageStaff(city));
  return withTx(db, city, async (tx) => {
    await lockStaff(tx, city);
    const administrators = await selectAdministrators(tx, city);
    const person = personOf(actor);
    if (person !== null && !administrators.includes(person)) throw forbidden("is no administrator any more");
    const changer = person === null ? undefined : await selectOptionalMember(tx, person);
    return work({ ...asker, tx, administrators, changer });
  });
}
