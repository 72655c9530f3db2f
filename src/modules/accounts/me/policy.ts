/** Who may do what with their own data: everybody with theirs, in whatever role they act at the moment. */
import { signedIn } from "#core/actor.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

export const mayChangeProfile = signedIn("change their own profile");
export const mayConfirmMail = signedIn("confirm a mail address of theirs");
export const mayReadOwnData = signedIn("see all that is kept about them");
export const maySeeReaders = signedIn("see who has looked at their data");

export const PROFILE_RIGHTS: ModuleRights = {
  of: () => [mayChangeProfile, mayConfirmMail, mayReadOwnData, maySeeReaders],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
