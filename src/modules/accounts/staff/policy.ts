/** Who runs a city's staff, and who sees the desk. A role for a part of the city is enough to see the desk, not to run its staff. */
import { type Permission, staffOf } from "#core/actor.ts";
import type { CityCode } from "#core/cities.ts";
import type { ModuleRights } from "#core/rights.ts";
import { t, type TextKey } from "./texts.ts";

/** Staff with any role in the city, for the whole of it or for a part. */
const anyStaffOf = (name: string, city: CityCode): Permission => ({
  name,
  needs: "mail",
  allows: (actor) =>
    actor.kind === "system" || (actor.kind === "staff" && actor.roles.some((held) => held.city === city)),
});

export const maySeeDesk = (city: CityCode): Permission => anyStaffOf("see the desk", city);
export const maySeeRights = (city: CityCode): Permission => anyStaffOf("see who may do what", city);
export const mayManageStaff = (city: CityCode): Permission =>
  staffOf("manage staff and their roles", city, ["administrator"]);

export const STAFF_RIGHTS: ModuleRights = {
  of: (city) => [maySeeDesk(city), maySeeRights(city), mayManageStaff(city)],
  say: (language, name) => t(language, `right_${name}` as TextKey),
};
