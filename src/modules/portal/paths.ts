/** Addresses of the pages that belong to no other module. */
import { definePath } from "#core/http/paths.ts";

export const FRONT = definePath({ fi: "", sv: "", en: "" });
export const CITY_FRONT = definePath({ fi: "/:city", sv: "/:city", en: "/:city" });
export const ABOUT = definePath({ fi: "/tietoa", sv: "/om", en: "/about" });
export const ACCESSIBILITY = definePath({ fi: "/saavutettavuus", sv: "/tillganglighet", en: "/accessibility" });
