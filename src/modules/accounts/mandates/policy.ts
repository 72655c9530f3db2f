/** Who may give, take, end and use mandates, and who helps at the desk. Whose mandate it is, its action asks besides. */
import { type Actor, isAtLeast, type Permission, residents, signedIn, staffOf } from "#core/actor.ts";
import type { CityCode } from "#core/cities.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

export const maySeeMandates: Permission = signedIn("see the mandates that they have given and received");
export const mayGiveMandate: Permission = residents("give a mandate", "strong");
/** Also with a weaker sign-in than it was given with: who wants to stop another must not be kept from it. */
export const mayEndMandate: Permission = signedIn("end a mandate of theirs");
export const mayTakeMandate: Permission = surely("take or decline a mandate");
export const mayActByMandate: Permission = surely("act for another by a mandate");
export const mayStopActing: Permission = signedIn("stop acting for another");
export const mayAskAuthorizations: Permission = surely("act for another by Suomi.fi e-Authorizations");

export const mayHelp = (city: CityCode): Permission =>
  staffOf("help a resident at the desk or on the phone", city, ["advisor"]);
export const mayRecordGuardian = (city: CityCode): Permission =>
  staffOf("record who is a child's guardian", city, ["advisor"]);

/** Residents who have identified themselves strongly, in whoever's name they act at the moment. */
function surely(name: string): Permission {
  const allows = (actor: Actor) =>
    (actor.kind === "resident" || actor.kind === "member") && isAtLeast(actor.assurance, "strong");
  return { name, needs: "strong", allows };
}

export const MANDATE_RIGHTS: ModuleRights = {
  of: (city) => [
    maySeeMandates,
    mayGiveMandate,
    mayEndMandate,
    mayTakeMandate,
    mayActByMandate,
    mayStopActing,
    mayAskAuthorizations,
    mayHelp(city),
    mayRecordGuardian(city),
  ],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
