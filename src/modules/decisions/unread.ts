/** What registrars do with documents that could not be read. Reading them is audited: they may hold anything. */
import type { Temporal } from "temporal-polyfill";
import { type Actor, authorise, type Permission } from "#core/actor.ts";
import { recordAudit } from "#core/audit.ts";
import type { CityCode, Tenant } from "#core/cities.ts";
import { type Db, withTx } from "#core/db.ts";
import { missing } from "#core/errors.ts";
import { mayReadOfNoCity, mayReadUnread } from "./policy.ts";
import { selectOptionalUnreadBytes, selectUnread, type UnreadRow } from "./unread.queries.ts";

export const UNREAD_SHOWN = 200;

/** A city's own, or those whose city is not known: they wait on the desk of every city. */
export type Pile = "own" | "ofNoCity";

const tenantOf = (city: CityCode, pile: Pile): Tenant => (pile === "own" ? city : "joint");
export const permissionFor = (city: CityCode, pile: Pile): Permission =>
  pile === "own" ? mayReadUnread(city) : mayReadOfNoCity(city);

/** A pile on the city's desk, newest first, at most 200. Errors: Forbidden. */
export async function listUnread(
  db: Db,
  actor: Actor,
  city: CityCode,
  pile: Pile,
  now: Temporal.Instant,
): Promise<UnreadRow[]> {
  authorise(actor, permissionFor(city, pile));
  const tenant = tenantOf(city, pile);
  return withTx(db, tenant, async (tx) => {
    const act = { city: tenant, action: "list", subjectKind: "unread_document", subjectId: "all" } as const;
    await recordAudit(tx, actor, act, now);
    return selectUnread(tx, tenant, UNREAD_SHOWN);
  });
}

/** One document of the pile, as it came. Errors: Forbidden, Missing. */
export async function openUnread(
  db: Db,
  actor: Actor,
  { city, pile, sha256 }: { city: CityCode; pile: Pile; sha256: string },
  now: Temporal.Instant,
): Promise<{ bytes: Buffer; sourceName: string }> {
  authorise(actor, permissionFor(city, pile));
  const tenant = tenantOf(city, pile);
  return withTx(db, tenant, async (tx) => {
    const document = await selectOptionalUnreadBytes(tx, tenant, sha256);
    if (!document) throw missing(`unread document ${sha256}`);
    const act = { city: tenant, action: "open", subjectKind: "unread_document", subjectId: sha256 } as const;
    await recordAudit(tx, actor, act, now);
    return document;
  });
}
