/** What an identity provider says of somebody, in our terms. */
import type { HeldRole } from "#core/actor.ts";
import { parseNationalId, type NationalId } from "../people/national-id.ts";
import { type MailAddress, parseMailAddress } from "../people/mail-address.ts";
import { cleanName } from "../people/name.ts";
import { type Claims, SignInRefused } from "./oidc.ts";
import type { Provider, StaffProvider } from "./provider.ts";

/** Somebody whom a provider vouches for. */
export interface Vouched {
  given: string;
  family: string;
  mail: MailAddress | null;
  /** Strong providers only. */
  nationalId: NationalId | null;
  /** Staff only; empty when none of their groups gives a role. */
  roles: readonly HeldRole[];
  subject: string;
  /** The provider's name for the session, when it tells of logouts by it. */
  providerSession: string | null;
}

/** Errors: SignInRefused when what makes the person known is missing. */
export function readClaims(claims: Claims, provider: Provider): Vouched {
  const { givenName, familyName, mail } = provider.claims;
  const given = nameOf(claims[givenName]);
  const family = nameOf(claims[familyName]);
  if (given === "" && family === "") throw new SignInRefused(`${provider.id} told no name`);
  const address = mail === undefined ? undefined : claims[mail];
  return {
    given,
    family,
    mail:
      typeof address === "string" && isVerified(claims["email_verified"]) ? (parseMailAddress(address) ?? null) : null,
    nationalId: provider.kind === "strong" ? requireNationalId(claims[provider.claims.nationalId], provider.id) : null,
    roles: provider.kind === "staff" ? rolesOf(claims[provider.claims.groups], provider) : [],
    subject: claims.sub,
    providerSession: typeof claims["sid"] === "string" ? claims["sid"] : null,
  };
}

/** Directories that say nothing vouch for their own addresses; some say it as a text. */
const isVerified = (claim: unknown): boolean => claim === undefined || claim === true || claim === "true";

const nameOf = (claim: unknown): string => (typeof claim === "string" ? (cleanName(claim) ?? "") : "");

/** The message says nothing of the value. */
function requireNationalId(claim: unknown, provider: string): NationalId {
  const parsed = typeof claim === "string" ? parseNationalId(claim) : undefined;
  if (!parsed) throw new SignInRefused(`${provider} told no national identity code`);
  return parsed.code;
}

/** Groups that the settings do not name give nothing; one group alone may come as a text instead of a list. */
function rolesOf(claim: unknown, { city, roles }: StaffProvider): HeldRole[] {
  const groups = [claim].flat().filter((group) => typeof group === "string");
  return groups
    .filter((group) => Object.hasOwn(roles, group))
    .flatMap((group) => {
      const given = roles[group];
      return given ? [{ city, role: given.role, scope: given.scope ?? null }] : [];
    });
}
