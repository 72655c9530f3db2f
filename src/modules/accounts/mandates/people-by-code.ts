/** People whom a register or a paper names by their national identity code, who need not have signed in here ever. */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { actForPerson, type Tx } from "#core/db.ts";
import { newId } from "#core/ids.ts";
import type { Sealer } from "#core/seal.ts";
import type { NationalId } from "../people/national-id.ts";
import { insertPerson, lockIdentity, replaceIdentity, selectOptionalPersonId } from "../sign-in/queries.ts";
import { sealContext } from "../sign-in/sign-in.ts";

export interface Named {
  /** Null when it is not known: then nothing tells that two are one. */
  code: NationalId | null;
  given: string;
  family: string;
  language: Language;
}

/**
 * The person of the code, made when they are new, as signing in would; from here on the transaction is theirs. Who is known keeps
 * the names that they have. Two that ask for one person at once wait for each other.
 */
export async function becomePersonOfCode(
  tx: Tx,
  sealer: Sealer,
  { code, ...names }: Named,
  now: Temporal.Instant,
): Promise<string> {
  const fingerprints = code === null ? [] : sealer.fingerprints(code, "strong");
  const [fingerprint] = fingerprints;
  if (fingerprint !== undefined) await lockIdentity(tx, fingerprint);
  const known = fingerprint === undefined ? null : await selectOptionalPersonId(tx, "strong", fingerprints);
  const person = known ?? newId(now);
  await actForPerson(tx, person);
  if (known !== null) return person;
  await insertPerson(tx, { id: person, ...names, mail: null }, now);
  if (code !== null) {
    const sealed = sealer.seal(code, sealContext(person));
    await replaceIdentity(tx, { kind: "strong", person, fingerprints, sealed }, now);
  }
  return person;
}
