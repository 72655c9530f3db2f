/** How surely somebody must be known to see all that is kept about them. */
import type { Actor } from "#core/actor.ts";
import type { Tx } from "#core/db.ts";
import { unauthenticated } from "#core/errors.ts";
import { hasStrongIdentity } from "../sign-in/queries.ts";

/**
 * Who has once identified themself does so for their data too: whoever reads their mail does not get at all the rest by it.
 * Errors: Unauthenticated, which leads there and back.
 */
export async function requireSurelyKnown(tx: Tx, actor: Actor, person: string): Promise<void> {
  if (!("assurance" in actor) || actor.assurance === "strong") return;
  if (await hasStrongIdentity(tx, person))
    throw unauthenticated("a mail link does not show the data of who has identified themself", "strong");
}
