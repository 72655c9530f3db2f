/** Roles in the words of a language. */
import type { StaffRole } from "#core/actor.ts";
import type { Language } from "#core/cities.ts";
import { t as accounts, type TextKey as AccountTextKey } from "../texts.ts";
import type { Role } from "./staff.ts";
import { t } from "./texts.ts";

export const roleWord = (lang: Language, role: StaffRole): string =>
  accounts(lang, `role_${role}` satisfies AccountTextKey);

/** "kirjaaja", "palveluneuvoja (kirjastot)" */
export const roleText = (lang: Language, { role, scope }: Role): string =>
  scope === null ? roleWord(lang, role) : t(lang, "roleOfUnit", { role: roleWord(lang, role), scope });

export const rolesText = (lang: Language, roles: readonly Role[]): string =>
  roles.map((role) => roleText(lang, role)).join(", ");
