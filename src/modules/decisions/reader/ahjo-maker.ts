import type { DecisionMaker } from "../reading.ts";
import { decisionMakerNamed } from "./decision-maker.ts";
import { objectField, objectsField, textField, type JsonObject } from "./json.ts";
import { tidyLine } from "./tidy.ts";

/** Offices of employees and of the mayors. Bodies have names of their own. */
const OFFICES = new Set(["Viranhaltija", "Luottamushenkilö"]);

/**
 * Who decided, by the organisation of a record. Dozens of offices are called "Yksikön päällikkö" or "Tiimipäällikkö", so an office is
 * named with the unit that it stands in, as Ahjo itself does with some ("Rehtori, Kampus 5"): "Tiimipäällikkö, Maanhankinta".
 */
export function makerOfOrganization(organization: JsonObject): DecisionMaker | null {
  const maker = decisionMakerNamed(textField(organization, "Name"));
  if (maker === null || !OFFICES.has(textField(organization, "Type"))) return maker;
  const office = maker.name;
  const unit = unitOf(organization);
  if (unit === "" || saysUnit(office, unit)) return { name: office, kind: "officeHolder" };
  return { name: `${office}, ${unit}`, kind: "officeHolder", office };
}

/** The one level above; the central administration is all that belongs to no division, and tells nothing. */
function unitOf(organization: JsonObject): string {
  const above = objectField(organization, "OrganizationLevelAbove") ?? {};
  const [unit, ...others] = objectsField(above, "organizations").map((level) => tidyLine(textField(level, "Name")));
  return unit === undefined || others.length > 0 || unit === "Keskushallinto" ? "" : unit;
}

/** What kind of unit it is, at the end of its name, does not tell it from others. */
const KIND_OF_UNIT = /(?:palvelukokonaisuus|palvelut|yksikkö|tiimi|osasto|toimiala|virasto)$/u;
const JOINTS = new Set(["ja", "sekä"]);

/**
 * "Palveluesihenkilö, työkyky" says "Työkyky", and "Liikuntajohtaja" says "Liikuntapalvelukokonaisuus": every word of the unit begins a
 * word of the office, up to the ending of its case. So does the number of a numbered unit.
 */
export function saysUnit(office: string, unit: string): boolean {
  const words = wordsOf(office);
  const numbers = unit.match(/\d+(?:\.\d+)*/gu) ?? [];
  if (numbers.length > 0) return numbers.every((number) => office.match(/\d+(?:\.\d+)*/gu)?.includes(number));
  const telling = wordsOf(unit)
    .map((word) => word.replace(KIND_OF_UNIT, ""))
    .filter((word) => word !== "" && !JOINTS.has(word));
  return telling.every((word) => words.some((other) => other.startsWith(stemOf(word))));
}

const wordsOf = (name: string): string[] => name.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];

/** Endings change the last letters of a word: "poliklinikka", "poliklinikan". */
const stemOf = (word: string): string => word.slice(0, Math.max(4, word.length - 2));
