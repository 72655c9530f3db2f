/** Addresses of decisions and matters. Path words follow the page's language; refs and slugs are the same in all. */
import { definePath } from "#core/http/paths.ts";

export const JOINT_DECISIONS = definePath({ fi: "/paatokset", sv: "/beslut", en: "/decisions" });
export const CITY_DECISIONS = definePath({ fi: "/:city/paatokset", sv: "/:city/beslut", en: "/:city/decisions" });
export const DECISION = definePath({
  fi: "/:city/paatokset/:ref",
  sv: "/:city/beslut/:ref",
  en: "/:city/decisions/:ref",
});
export const MATTER = definePath({ fi: "/:city/asiat/:slug", sv: "/:city/arenden/:slug", en: "/:city/matters/:slug" });
export const JOINT_FEED = definePath({ fi: "/paatokset.atom", sv: "/beslut.atom", en: "/decisions.atom" });
export const CITY_FEED = definePath({
  fi: "/:city/paatokset.atom",
  sv: "/:city/beslut.atom",
  en: "/:city/decisions.atom",
});
export const UNREAD = definePath({ fi: "/:city/desk/lukematta", sv: "/:city/desk/olasta", en: "/:city/desk/unread" });
export const UNREAD_DOCUMENT = definePath({
  fi: "/:city/desk/lukematta/:sha256",
  sv: "/:city/desk/olasta/:sha256",
  en: "/:city/desk/unread/:sha256",
});

/** Of no known city, on the desk of each. */
export const UNREAD_OF_NO_CITY = definePath({
  fi: "/:city/desk/lukematta/ilman-kaupunkia/:sha256",
  sv: "/:city/desk/olasta/utan-stad/:sha256",
  en: "/:city/desk/unread/of-no-city/:sha256",
});

/** Language-neutral, for citing: stays when pages move. */
export const permanentDecision = (ref: string): string => `/id/decision/${encodeURIComponent(ref)}`;
export const permanentMatter = (city: string, slug: string): string => `/id/matter/${city}/${encodeURIComponent(slug)}`;

export const apiDecision = (ref: string): string => `/api/v1/decisions/${encodeURIComponent(ref)}`;
export const apiMatter = (city: string, slug: string): string => `/api/v1/matters/${city}/${encodeURIComponent(slug)}`;
/** The document as it came, of one version. */
export const apiOriginal = (ref: string, version: number): string => `${apiDecision(ref)}/original?version=${version}`;
