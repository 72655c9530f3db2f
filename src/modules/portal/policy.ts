/** Who may use the front pages and what stands around them: everybody. */
import { everybody, type Permission } from "#core/actor.ts";
import { SERVER_PERMISSIONS } from "#core/http/policy.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

export const mayFindFrontPage: Permission = everybody("find the front page");

/** With those of the server itself, which has no words for people. */
export const PORTAL_RIGHTS: ModuleRights = {
  of: () => [mayFindFrontPage, ...SERVER_PERMISSIONS],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
