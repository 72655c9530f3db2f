/** Who sends a request, as private pages know them. Public pages never ask: they are the same for everybody. */
import type { FastifyRequest } from "fastify";
import { type Actor, ANONYMOUS } from "../actor.ts";
import type { Language } from "../cities.ts";

export interface Visitor {
  /** Whom they act as. */
  actor: Actor;
  /** The signed-in person; null when nobody is known. */
  person: { id: string; name: string; language: Language } | null;
  /** In whose name they act, when it is not their own: an organisation's or a person's name. */
  actingAs: string | null;
  /** Id of the session. */
  session: string | null;
}

export const NOBODY: Visitor = { actor: ANONYMOUS, person: null, actingAs: null, session: null };

export interface Visitors {
  /** The sender of the request: asked of the database once, however often this is called. */
  of(request: FastifyRequest): Promise<Visitor>;
}
