/** Who may do what with notifications: everybody with their own, in whatever role they act at the moment. */
import { signedIn } from "#core/actor.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

export const mayReadNotifications = signedIn("read their own notifications");
export const mayChooseMail = signedIn("choose which notifications come by mail");

export const NOTIFICATION_RIGHTS: ModuleRights = {
  of: () => [mayReadNotifications, mayChooseMail],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
