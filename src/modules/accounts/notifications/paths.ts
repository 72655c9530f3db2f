/** Addresses of notifications. */
import { definePath } from "#core/http/paths.ts";

export const NOTIFICATIONS = definePath({ fi: "/me/ilmoitukset", sv: "/me/aviseringar", en: "/me/notifications" });
/** All up to that one are read. */
export const MARK_READ = definePath({
  fi: "/me/ilmoitukset/:id/luettu",
  sv: "/me/aviseringar/:id/last",
  en: "/me/notifications/:id/read",
});
export const BY_MAIL = definePath({
  fi: "/me/ilmoitukset/sahkopostiin",
  sv: "/me/aviseringar/per-e-post",
  en: "/me/notifications/by-mail",
});
