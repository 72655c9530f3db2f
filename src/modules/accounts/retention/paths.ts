/** Addresses of erasing oneself, and of the interface by which the city's profile service asks the same. */
import { definePath } from "#core/http/paths.ts";

export const ERASE = definePath({ fi: "/me/poista", sv: "/me/radera", en: "/me/erase" });
/** Seen by who has the link: nobody is signed in any more. */
export const ERASED = definePath({
  fi: "/me/poistettu/:receipt",
  sv: "/me/raderat/:receipt",
  en: "/me/erased/:receipt",
});
/** As Helsinki's open-city-profile calls it. */
export const GDPR_PROFILE = "/gdpr-api/v1/profiles/:id";
