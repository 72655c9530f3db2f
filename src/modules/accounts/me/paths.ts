/** Addresses of one's own data. */
import { definePath } from "#core/http/paths.ts";

export const PROFILE = definePath({ fi: "/me/tiedot", sv: "/me/uppgifter", en: "/me/profile" });
export const CONTACT_MAIL = definePath({
  fi: "/me/tiedot/sahkoposti",
  sv: "/me/uppgifter/e-post",
  en: "/me/profile/mail",
});
export const CONFIRM_MAIL = definePath({
  fi: "/me/tiedot/sahkoposti/:token",
  sv: "/me/uppgifter/e-post/:token",
  en: "/me/profile/mail/:token",
});
export const DATA = definePath({ fi: "/me/tietoni", sv: "/me/mina-uppgifter", en: "/me/data" });
/** For people and their programs: the same file in every language. */
export const DATA_FILE = definePath({ fi: "/me/data.json", sv: "/me/data.json", en: "/me/data.json" });
export const SEEN = definePath({ fi: "/me/katsotut", sv: "/me/tittat", en: "/me/seen" });
