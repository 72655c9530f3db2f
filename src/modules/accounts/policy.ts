/** Who may sign in and out, and see what is theirs. Each row is asked for by its person besides: nobody sees another's. */
import { everybody, type Permission, signedIn } from "#core/actor.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

export const maySignIn: Permission = everybody("sign in");
export const maySignOut: Permission = everybody("sign out");
export const maySeeSignedOut: Permission = everybody("see that they are signed out");
/** Identity providers prove themselves: by a signed token, or by their own name for the session. */
export const mayTellSignOut: Permission = everybody("tell that somebody signed out at the identity provider");
export const maySeeOwnPages: Permission = signedIn("see their own pages");
export const maySeeOwnSessions: Permission = signedIn("see where they are signed in");
export const mayEndOwnSession: Permission = signedIn("end a session of theirs");

export const SIGN_IN_RIGHTS: ModuleRights = {
  of: () => [
    maySignIn,
    maySignOut,
    maySeeSignedOut,
    mayTellSignOut,
    maySeeOwnPages,
    maySeeOwnSessions,
    mayEndOwnSession,
  ],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
