/** SQL of as whom somebody acts. */
import type { Tx } from "#core/db.ts";

/** What a session says of it: nothing for oneself, an organisation, a mandate, or a mandate that an organisation has. */
export interface Acting {
  organisation: string | null;
  mandate: string | null;
}

/** Of a session of the transaction's person. */
export async function updateActing(tx: Tx, session: string, { organisation, mandate }: Acting): Promise<void> {
  await tx
    .updateTable("session")
    .set({ acting_organisation: organisation, acting_mandate: mandate })
    .where("id", "=", session)
    .execute();
}
