/** What the tests in a browser look at, spread over the cities, whose colours differ. */
import type { Language } from "#core/cities.ts";
import { MAIL_LINK, MAIL_SENT, ME, SESSIONS, SIGN_IN, SIGN_IN_FAILED, SIGNED_OUT } from "#modules/accounts/paths.ts";
import { CITY_DECISIONS, DECISION, JOINT_DECISIONS, MATTER } from "#modules/decisions/index.ts";
import { UNREAD } from "#modules/decisions/paths.ts";
import { OPEN_DATA } from "#modules/opendata/index.ts";
import { ABOUT, ACCESSIBILITY, CITY_FRONT, FRONT } from "#modules/portal/paths.ts";
import { CITY_SEARCH, JOINT_SEARCH } from "#modules/search/index.ts";

/** The decision that everything is tried on first: undated, with sums, misprints and hyphens. */
export const REF = "HEL-2015-004216-29";
/** One whose attachments can be opened, and whose text is long. */
export const WITH_ATTACHMENTS = { city: "turku", ref: "turku-5024-2017-010-190" };

/** One page of each kind, also of those for which something is missing. The last are those of who has signed in. */
export const pathsOf = (language: Language): string[] => [
  FRONT.href(language),
  CITY_FRONT.href(language, { city: "oulu" }),
  JOINT_DECISIONS.href(language),
  CITY_DECISIONS.href(language, { city: "helsinki" }, { year: "2021", maker: "kaupunginhallitus", class: "02" }),
  CITY_DECISIONS.href(language, { city: "turku" }, { year: "1999" }),
  DECISION.href(language, { city: "helsinki", ref: REF }),
  MATTER.href(language, { city: "helsinki", slug: "HEL-2015-004216" }),
  JOINT_SEARCH.href(language),
  JOINT_SEARCH.href(language, {}, { q: "osallisuus" }),
  CITY_SEARCH.href(language, { city: "vantaa" }, { q: "HEL 2015-004216" }),
  CITY_SEARCH.href(language, { city: "espoo" }, { q: "xyzzy" }),
  ABOUT.href(language),
  ACCESSIBILITY.href(language),
  OPEN_DATA.href(language),
  `${CITY_FRONT.href(language, { city: "tampere" })}/nothing-here`,
  SIGN_IN.href(language),
  SIGN_IN.href(language, {}, { return: ME.href(language), needs: "strong" }),
  MAIL_SENT.href(language),
  MAIL_LINK.href(language, { token: "x".repeat(43) }),
  SIGN_IN_FAILED.href(language, {}, { why: "cancelled" }),
  SIGNED_OUT.href(language),
  ME.href(language),
  SESSIONS.href(language),
  UNREAD.href(language, { city: "tampere" }),
];

/** Pages that show official text, which is in Finnish whatever the page's language: of a decision, from each kind of source. */
export const officialPathsOf = (language: Language): string[] => [
  FRONT.href(language),
  CITY_FRONT.href(language, { city: "helsinki" }),
  CITY_DECISIONS.href(language, { city: "helsinki" }, { year: "2021", maker: "kaupunginhallitus", class: "02" }),
  MATTER.href(language, { city: "helsinki", slug: "HEL-2015-004216" }),
  DECISION.href(language, { city: "helsinki", ref: REF }),
  DECISION.href(language, WITH_ATTACHMENTS),
  DECISION.href(language, { city: "helsinki", ref: "HEL-2021-013311-312" }),
  DECISION.href(language, { city: "oulu", ref: "OUKA-1499-12.00.02-2016" }),
  DECISION.href(language, { city: "tampere", ref: "TRE-6985-10.03.02-2014-10" }),
];
