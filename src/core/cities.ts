/** The six cities of the installation and its joint pages. Adding a city is one entry here; the database follows at migration. */

export const LANGUAGES = ["fi", "sv", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

export const CITY_CODES = ["helsinki", "espoo", "vantaa", "turku", "tampere", "oulu"] as const;
export type CityCode = (typeof CITY_CODES)[number];

/** Whose rows they are: one city's, or those of the installation itself (its joint pages, documents no city is known for). */
export type Tenant = CityCode | "joint";
export const TENANTS: readonly Tenant[] = [...CITY_CODES, "joint"];

interface CityName {
  name: string;
  /** "of Helsinki": Helsingin, Helsingfors, Helsinki's */
  genitive: string;
  /** "in Helsinki": Helsingissä, i Helsingfors, in Helsinki */
  inside: string;
}

export interface City {
  code: CityCode;
  /** Two letters, since Turku and Tampere share the first one. */
  crest: string;
  names: Record<Language, CityName>;
}

const sv = (name: string): CityName => ({
  name,
  genitive: name.endsWith("s") ? name : `${name}s`,
  inside: `i ${name}`,
});
const en = (name: string): CityName => ({ name, genitive: `${name}’s`, inside: `in ${name}` });

export const CITIES: Record<CityCode, City> = {
  helsinki: {
    code: "helsinki",
    crest: "He",
    names: {
      fi: { name: "Helsinki", genitive: "Helsingin", inside: "Helsingissä" },
      sv: sv("Helsingfors"),
      en: en("Helsinki"),
    },
  },
  espoo: {
    code: "espoo",
    crest: "Es",
    names: { fi: { name: "Espoo", genitive: "Espoon", inside: "Espoossa" }, sv: sv("Esbo"), en: en("Espoo") },
  },
  vantaa: {
    code: "vantaa",
    crest: "Va",
    names: { fi: { name: "Vantaa", genitive: "Vantaan", inside: "Vantaalla" }, sv: sv("Vanda"), en: en("Vantaa") },
  },
  turku: {
    code: "turku",
    crest: "Tu",
    names: { fi: { name: "Turku", genitive: "Turun", inside: "Turussa" }, sv: sv("Åbo"), en: en("Turku") },
  },
  tampere: {
    code: "tampere",
    crest: "Ta",
    names: {
      fi: { name: "Tampere", genitive: "Tampereen", inside: "Tampereella" },
      sv: sv("Tammerfors"),
      en: en("Tampere"),
    },
  },
  oulu: {
    code: "oulu",
    crest: "Ou",
    names: { fi: { name: "Oulu", genitive: "Oulun", inside: "Oulussa" }, sv: sv("Uleåborg"), en: en("Oulu") },
  },
};

export const isCityCode = (text: string): text is CityCode => Object.hasOwn(CITIES, text);
export const isLanguage = (text: string): text is Language => (LANGUAGES as readonly string[]).includes(text);
