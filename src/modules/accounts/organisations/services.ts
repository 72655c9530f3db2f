/** What the routes of organisations lean on. */
import Type from "typebox";
import type { Limit } from "../sign-in/limits.ts";
import type { SignInServices } from "../sign-in/web.ts";
import type { ActingSource } from "./acting.ts";
import { type CompanyRegister, openCompanyRegister } from "./company-register.ts";

export interface OrganisationServices extends SignInServices {
  /** Null where none is set: business IDs are not looked up then. */
  register: CompanyRegister | null;
  /** Whom else one may act as, besides oneself. */
  actingSources: readonly ActingSource[];
}

/** Somebody waits for the page. */
const LOOK_UP_MS = 5000;

export const registerAt = (address: string | undefined): CompanyRegister | null =>
  address === undefined ? null : openCompanyRegister(address, { timeLimitMs: LOOK_UP_MS });

const DAY = 24 * 60;
/** Of one person. Each sends mail to others or asks the register: nobody does that all day. */
export const ORGANISATIONS_OF_PERSON: Limit = { name: "organisations of a person", most: 20, minutes: DAY };
export const LOOK_UPS_OF_PERSON: Limit = { name: "look-ups of a person", most: 100, minutes: DAY };
export const INVITATIONS_OF_PERSON: Limit = { name: "invitations of a person", most: 100, minutes: DAY };
export const CLAIMS_OF_PERSON: Limit = { name: "claims of a person", most: 10, minutes: DAY };

export const Uuid = Type.String({ format: "uuid" });
export const Nothing = Type.Object({});
export const IdParams = Type.Object({ id: Uuid });
export const MemberParams = Type.Object({ id: Uuid, member: Uuid });
export const InvitationParams = Type.Object({ id: Uuid, invitation: Uuid });
