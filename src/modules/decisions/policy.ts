/** Who may do what with decisions. What is decided in public is public; loading is for the system; unread documents for registrars. */
import { everybody, type Permission, staffOf, systemOnly } from "#core/actor.ts";
import type { CityCode } from "#core/cities.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

/** The constitution's section 12: documents and decisions of authorities are public. */
export const mayReadDecisions: Permission = everybody("read decisions");
export const mayLoadDocuments: Permission = systemOnly("load documents");
export const mayReadUnread = (city: CityCode): Permission => staffOf("read unread documents", city, ["registrar"]);
/** Any of them may be any city's: the registrars of each look at them from their own desk. */
export const mayReadOfNoCity = (city: CityCode): Permission =>
  staffOf("read documents of no known city", city, ["registrar"]);

export const DECISION_RIGHTS: ModuleRights = {
  of: (city) => [mayReadDecisions, mayReadUnread(city), mayReadOfNoCity(city), mayLoadDocuments],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
