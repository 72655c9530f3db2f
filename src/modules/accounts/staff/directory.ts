/** Roles that a city's directory tells at a sign-in: what has come and what has gone is recorded, and told to the person. */
import type { Temporal } from "temporal-polyfill";
import { type HeldRole, system } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { CityCode } from "#core/cities.ts";
import type { Tx } from "#core/db.ts";
import { tellMember } from "./mails.ts";
import * as queries from "./queries.ts";
import { codesOf, isSame, type Role, ROLE_VERBS } from "./staff.ts";

const DIRECTORY = system("directory");

/** Puts what it tells now in place of what it told before; what stays keeps its day. The transaction must be the city's. */
export async function keepDirectoryRoles(
  tx: Tx,
  city: CityCode,
  person: string,
  told: readonly HeldRole[],
  now: Temporal.Instant,
): Promise<void> {
  const before = await queries.selectDirectoryRoles(tx, city, person);
  const given = told.filter((role) => !before.some((one) => isSame(one, role)));
  const ended = before.filter((role) => !told.some((one) => isSame(one, role)));
  await queries.deleteDirectoryRoles(tx, city, person, ended);
  await queries.insertDirectoryRoles(tx, city, person, given, now);
  await note(tx, { city, person }, "given", given, now);
  await note(tx, { city, person }, "ended", ended, now);
}

async function note(
  tx: Tx,
  { city, person }: { city: CityCode; person: string },
  kind: "given" | "ended",
  roles: readonly Role[],
  now: Temporal.Instant,
): Promise<void> {
  if (roles.length === 0) return;
  const act = { city, action: ROLE_VERBS[kind], subjectKind: "staff_role", subjectId: codesOf(roles) } as const;
  await recordAudit(tx, DIRECTORY, { ...act, about: person }, now);
  await tellMember(tx, city, person, { kind, roles }, "directory", now);
}
