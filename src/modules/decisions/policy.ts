/** Who may do what with decisions. What is decided in public is public; loading is for the system; unread documents for registrars. */
import { everybody, type Permission, staffOf, systemOnly } from "#core/actor.ts";
import type { CityCode, Tenant } from "#core/cities.ts";

/** The constitution's section 12: documents and decisions of authorities are public. */
export const mayReadDecisions: Permission = everybody("read decisions");
export const mayLoadDocuments: Permission = systemOnly("load documents");
export const mayReadUnread = (tenant: Tenant): Permission =>
  tenant === "joint"
    ? systemOnly("read documents of no known city")
    : staffOf("read unread documents", tenant satisfies CityCode, ["registrar"]);
