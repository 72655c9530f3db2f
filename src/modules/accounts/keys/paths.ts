/** Addresses of API keys. */
import { definePath } from "#core/http/paths.ts";

export const KEYS = definePath({ fi: "/me/avaimet", sv: "/me/nycklar", en: "/me/keys" });
export const NEW_KEY = definePath({ fi: "/me/avaimet/uusi", sv: "/me/nycklar/ny", en: "/me/keys/new" });
export const END_KEY = definePath({
  fi: "/me/avaimet/:id/lopeta",
  sv: "/me/nycklar/:id/avsluta",
  en: "/me/keys/:id/end",
});
