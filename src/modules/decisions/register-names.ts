/** How pages call what a city's register names, decision-makers and function classes: pure. */
import type { Language } from "#core/cities.ts";

/** The registers of the six cities are kept in Finnish: a decision-maker or a class has no name in another language there. */
export const REGISTER_LANGUAGE: Language = "fi";

/** Abbreviations that stay in capitals. */
const ABBREVIATIONS = new Set(["ATK", "EU", "HR", "ICT", "IT", "LVI", "YK"]);

/**
 * "02 05 02 Hankerahoitus"; without a title, the code alone. The uppermost classes of the cities' common scheme are written in
 * capitals ("02 TALOUSASIAT, VEROTUS JA OMAISUUDEN HALLINTA"), which is hard to read and is spelt out letter by letter by some
 * screen readers: such a title is shown as a sentence begins. The scheme names no persons or places, so no capital is lost.
 */
export const classLabel = (code: string, title: string | null | undefined): string =>
  title ? `${code} ${classTitle(title)}` : code;

/** The title alone; one that is not all in capitals stays as it is. */
export function classTitle(title: string): string {
  if (title !== title.toUpperCase()) return title;
  const words = title.replaceAll(/\p{L}+/gu, (word) => (ABBREVIATIONS.has(word) ? word : word.toLowerCase()));
  return words.replace(/\p{L}/u, (first) => first.toUpperCase());
}
