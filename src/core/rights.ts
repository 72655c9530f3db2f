/**
 * What modules list of their rules and of their desk's pages, so that people can read who may do what. The lists are the rules
 * themselves and not a copy of them; test/rights.test.ts holds that no rule is left out.
 */
import type { Permission } from "./actor.ts";
import type { CityCode, Language } from "./cities.ts";

export interface ModuleRights {
  /** Every rule of the module, as it stands in that city. Where a rule also asks about a row, one as good as any stands for it. */
  of: (city: CityCode) => readonly Permission[];
  /** What the module's rule of that name lets somebody do: "Lukea päätöksiä". */
  say: (language: Language, name: string) => string;
}

/** A page where a city's staff works, as the desk's front page lists it for those who may open it. */
export interface DeskEntry {
  title: (language: Language) => string;
  note: (language: Language) => string;
  href: (language: Language, city: CityCode) => string;
  permission: (city: CityCode) => Permission;
}
