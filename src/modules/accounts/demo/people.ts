/** The people of the demo. All are made up; their identity codes are of the range that no person has (900 to 999). */
import { inEachLanguage } from "#core/i18n.ts";
import { STAFF_ROLES, type StaffRole } from "#core/actor.ts";
import { CITY_CODES, type CityCode, type Language } from "#core/cities.ts";
import { type TextKey, t } from "./texts.ts";

export interface DemoPerson {
  /** Readable, and the same after each start: "aino", "oulu-registrar". */
  id: string;
  given: string;
  family: string;
  /** At example.org, which belongs to nobody (RFC 2606): no mail of the demo reaches a person. */
  mail: string;
  kind: "resident" | "staff";
  /** In whose matters a resident mainly acts. */
  acts?: Acts;
  /** Residents: national identity code. */
  nationalId?: string;
  /** Where a resident lives, or staff works. */
  city?: CityCode;
  role?: StaffRole;
  /** What this person is for, in a short line. */
  about: Record<Language, string>;
}

export const ACTS = ["own", "other", "organisation"] as const;
export type Acts = (typeof ACTS)[number];

const RESIDENTS = [
  ["salla", "Salla", "Rautiainen", "140375-918D", "helsinki", "own"],
  ["elma", "Elma", "Rautiainen", "220848-9345", "helsinki", "own"],
  ["eeli", "Eeli", "Kinnunen", "201110A975T", "vantaa", "own"],
  ["thanh", "Thanh", "Pham", "280291-967B", "oulu", "own"],
  ["aino", "Aino", "Rautiainen", "030581-926R", "espoo", "other"],
  ["hanne", "Hanne", "Kinnunen", "110582-9830", "vantaa", "other"],
  ["daria", "Daria", "Melnyk", "170686-942C", "tampere", "organisation"],
  ["borje", "Börje", "Sundqvist", "091063-950S", "turku", "organisation"],
] as const;

const STAFF: Record<CityCode, Record<StaffRole, readonly [given: string, family: string]>> = {
  helsinki: {
    advisor: ["Ifrah", "Abdirahman"],
    planner: ["Matias", "Holmlund"],
    registrar: ["Tuulikki", "Heikkonen"],
    coordinator: ["Olena", "Kravets"],
    programmeManager: ["Petteri", "Vainionpää"],
    administrator: ["Farhad", "Rostamian"],
  },
  espoo: {
    advisor: ["Linnea", "Backholm"],
    planner: ["Jussi", "Tarvonen"],
    registrar: ["Raija", "Kuusjärvi"],
    coordinator: ["Mei-Lin", "Zhou"],
    programmeManager: ["Emil", "Granroth"],
    administrator: ["Samira", "Naderi"],
  },
  vantaa: {
    advisor: ["Triin", "Laanemets"],
    planner: ["Abdulkadir", "Mursal"],
    registrar: ["Kaisu", "Lamminpää"],
    coordinator: ["Sirpa", "Ahvenlampi"],
    programmeManager: ["Dmitri", "Sokolenko"],
    administrator: ["Veijo", "Pulkkanen"],
  },
  turku: {
    advisor: ["Hassan", "Aljaburi"],
    planner: ["Carola", "Westergren"],
    registrar: ["Jonathan", "Löfroos"],
    coordinator: ["Anneli", "Mäkitörmä"],
    programmeManager: ["Bao", "Tran"],
    administrator: ["Paula", "Saarijoki"],
  },
  tampere: {
    advisor: ["Hilma", "Peltosaari"],
    planner: ["Selim", "Çakmakçı"],
    registrar: ["Arto", "Kivijoki"],
    coordinator: ["Heidi", "Ruokonen"],
    programmeManager: ["Ville-Pekka", "Nurmikko"],
    administrator: ["Ksenia", "Orlenko"],
  },
  oulu: {
    advisor: ["Grace", "Adeyanju"],
    planner: ["Inka", "Näkkälä"],
    registrar: ["Toivo", "Karvosenoja"],
    coordinator: ["Rezan", "Sharifi"],
    programmeManager: ["Jorma", "Ylikärppä"],
    administrator: ["Susann", "Wikberg"],
  },
};

export const DEMO_PEOPLE: readonly DemoPerson[] = [
  ...RESIDENTS.map(([id, given, family, nationalId, city, acts]): DemoPerson => ({
    ...{ id, given, family, mail: mailOf(given, family), kind: "resident", nationalId, city, acts },
    about: inEveryLanguage(`about_${id}`),
  })),
  ...CITY_CODES.flatMap((city) =>
    STAFF_ROLES.map((role): DemoPerson => {
      const [given, family] = STAFF[city][role];
      return {
        ...{ id: `${city}-${role}`, given, family, mail: mailOf(given, family), kind: "staff", city, role },
        about: inEveryLanguage(`about_${role}`),
      };
    }),
  ),
];

/** Names lose what an old mail server would not take: "Mäkitörmä" is written "makitorma". */
function mailOf(given: string, family: string): string {
  const plain = `${given}.${family}`.toLowerCase().normalize("NFD").replaceAll(/\p{M}/gu, "").replaceAll("ı", "i");
  return `${plain}@example.org`;
}

function inEveryLanguage(key: TextKey): Record<Language, string> {
  return inEachLanguage((language) => t(language, key));
}
