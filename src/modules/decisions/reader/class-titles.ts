import type { CityCode } from "#core/cities.ts";
import { isObject, objectField, textField } from "./json.ts";

/** The title of a function class of a city, or null when its table does not have it. */
export type ClassTitles = (city: CityCode, code: string) => string | null;

/** Titles out of a table `{city: {code: title}}` as JSON has it: {"helsinki": {"02 05 02": "Hankerahoitus"}}. */
export function classTitlesOf(table: unknown): ClassTitles {
  const cities = isObject(table) ? table : {};
  return (city, code) => textField(objectField(cities, city) ?? {}, code) || null;
}
