/** SQL of as whom somebody acts in a session. */
import type { Tx } from "#core/db.ts";

/** What a session says of it: nothing for oneself, an organisation, a mandate, or a mandate that an organisation has. */
export interface Acting {
  organisation: string | null;
  mandate: string | null;
}

/** In one's own name. */
export const NOBODY_ELSE: Acting = { organisation: null, mandate: null };

/** From the next request on. The session must be the person's. */
export async function updateActing(
  tx: Tx,
  person: string,
  session: string,
  { organisation, mandate }: Acting,
): Promise<void> {
  await tx
    .updateTable("session")
    .set({ acting_organisation: organisation, acting_mandate: mandate })
    .where("id", "=", session)
    .where("person", "=", person)
    .execute();
}
