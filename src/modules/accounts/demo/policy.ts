/** Who may use what only the demo has, where nobody and nothing is real: everybody. */
import { everybody, type Permission } from "#core/actor.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

export const mayUseDemoProvider: Permission = everybody("use the demo identity provider");
export const mayReadDemoMail: Permission = everybody("read the demo's mail");

export const DEMO_RIGHTS: ModuleRights = {
  of: () => [mayUseDemoProvider, mayReadDemoMail],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
