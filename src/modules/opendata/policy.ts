/** Who may use the open data: everybody, without a key. */
import { everybody, type Permission } from "#core/actor.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

export const mayReadChanges: Permission = everybody("read public changes");
export const mayReadDescription: Permission = everybody("read the interface's description");

export const OPEN_DATA_RIGHTS: ModuleRights = {
  of: () => [mayReadChanges, mayReadDescription],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
