/** What routes and actions of mandates lean on. */
import type { Db } from "#core/db.ts";
import type { Sealer } from "#core/seal.ts";
import type { SignInServices } from "../sign-in/web.ts";
import type { AuthorizationsClient } from "./authorizations-client.ts";

export interface MandateServices extends SignInServices {
  /** Suomi.fi e-Authorizations; null where it is not set up. */
  authorizations: AuthorizationsClient | null;
}

export interface MandateTools {
  db: Db;
  sealer: Sealer;
  /** "https://avoin.example.fi" */
  origin: string;
}

export const toolsOf = ({ db, origin, signIn }: MandateServices): MandateTools => ({
  db,
  origin,
  sealer: signIn.sealer,
});
