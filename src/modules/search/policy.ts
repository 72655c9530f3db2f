/** Who may search: everybody, in what is public. */
import { everybody, type Permission } from "#core/actor.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t } from "./texts.ts";

export const maySearch: Permission = everybody("search");

export const SEARCH_RIGHTS: ModuleRights = { of: () => [maySearch], say: (language) => t(language, "right_search") };
