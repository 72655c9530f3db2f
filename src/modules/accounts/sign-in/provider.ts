/** Who vouches for people: providers of OpenID Connect, strong ones for residents and each city's directory for its staff. */
import type { StaffRole } from "#core/actor.ts";
import type { CityCode, Language } from "#core/cities.ts";

/** A role that a directory's group gives, whole or limited to a unit or a category of the city. */
export interface GroupRole {
  role: StaffRole;
  /** The city's own word for the part that the role is limited to; none = the whole city. */
  scope?: string;
}

interface ProviderBase {
  /** Stands in addresses: "suomifi". */
  id: string;
  name: Record<Language, string>;
  /** "https://tunnistautuminen.example.fi": where `/.well-known/openid-configuration` is found. */
  issuer: string;
  clientId: string;
  /** Secret of the client; without it `clientKeys` signs (private_key_jwt). */
  clientSecret?: string;
  /** Private keys as JSON Web Keys: the one for signatures proves who we are, the one for encryption opens sealed tokens. */
  clientKeys?: readonly JsonWebKey[];
  /** Asked for besides "openid". */
  scope: string;
  /** Wanted level of the provider's own scale (acr_values), and the only one that is then taken. */
  acr?: string;
  /** Names of the claims that hold a person's names. */
  claims: { givenName: string; familyName: string; mail?: string };
}

/** Knows residents by their national identity code: Suomi.fi e-identification and the like. */
export interface StrongProvider extends ProviderBase {
  kind: "strong";
  claims: ProviderBase["claims"] & { nationalId: string };
}

/** One city's directory: knows its staff, and their roles by their groups. */
export interface StaffProvider extends ProviderBase {
  kind: "staff";
  city: CityCode;
  claims: ProviderBase["claims"] & { groups: string };
  /** Group of the directory -> the role that it gives. */
  roles: Readonly<Record<string, GroupRole>>;
}

export type Provider = StrongProvider | StaffProvider;
