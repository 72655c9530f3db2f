/** What a visit to Suomi.fi e-Authorizations needs on its way back, sealed: nobody reads in the database who chose whom. */
import Type, { type Static } from "typebox";
import { Parse } from "typebox/value";
import type { Sealer } from "#core/seal.ts";

const Visit = Type.Object({
  language: Type.Union([Type.Literal("fi"), Type.Literal("sv"), Type.Literal("en")]),
  sessionId: Type.String(),
  requestId: Type.String(),
  /** "" until the browser has come back. */
  accessToken: Type.String(),
  /** Whom the register says that they have chosen; not yet whether they may act for them. */
  principals: Type.Array(Type.Object({ personId: Type.String(), name: Type.String() })),
});
export type Visit = Static<typeof Visit>;

const contextOf = (id: string): string => `authorization_visit ${id}`;

export const sealVisit = (sealer: Sealer, id: string, visit: Visit): string =>
  sealer.seal(JSON.stringify(visit), contextOf(id));

/** Errors: throws for what was not sealed here, or for another visit. */
export const openVisit = (sealer: Sealer, { id, sealed }: { id: string; sealed: string }): Visit =>
  Parse(Visit, JSON.parse(sealer.open(sealed, contextOf(id))));
