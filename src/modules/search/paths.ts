/** Addresses of the search: over all cities, or over one. */
import { definePath } from "#core/http/paths.ts";

export const JOINT_SEARCH = definePath({ fi: "/haku", sv: "/sok", en: "/search" });
export const CITY_SEARCH = definePath({ fi: "/:city/haku", sv: "/:city/sok", en: "/:city/search" });
