/**
 * The open company data of the Finnish Patent and Registration Office: YTJ open data API v3.
 * Source: https://avoindata.prh.fi/opendata-ytj-api/v3/schema?lang=en (licence CC BY 4.0). A part that is missing, null or an
 * empty text means "none" all three: the schema has the first two, and the third has been seen.
 */
import { Temporal } from "temporal-polyfill";
import Type, { type Static } from "typebox";
import { Check } from "typebox/value";
import type { Language } from "#core/cities.ts";
import { unavailable } from "#core/errors.ts";
import { type AskOptions, askRegister } from "../ask-register.ts";
import { type BusinessId, parseBusinessId } from "./business-id.ts";

export interface RegisteredCompany {
  businessId: BusinessId;
  /** The main name in force; of a company that has ended, the last one it had. */
  name: string;
  /** Its code in the register's list YRMU ("16" is a limited company) and its names; null where the register has none. */
  form: { code: string; names: Partial<Record<Language, string>> } | null;
  /** Town of the street address, else of the postal address, in Finnish: "Järvenpää". The open data has no registered office. */
  homeTown: string | null;
  /** An address with http or https. */
  website: string | null;
  /** Day of registration; where the register has none, the day on which the business ID was given. */
  registeredOn: Temporal.PlainDate | null;
  endedOn: Temporal.PlainDate | null;
}

export interface CompanyRegister {
  /**
   * The company with this business ID, in any spelling; undefined where the register has none, or the text is no business ID.
   * Errors: Unavailable (no answer in time, a refusal, an answer of another form).
   */
  findCompany(businessId: string): Promise<RegisteredCompany | undefined>;
}

const NAME = "The company register";
const MAIN_NAME = "1";
const LANGUAGE_OF: ReadonlyMap<string, Language> = new Map([
  ["1", "fi"],
  ["2", "sv"],
  ["3", "en"],
]);

const Missing = <T extends Type.TSchema>(type: T) => Type.Optional(Type.Union([type, Type.Null()]));
const Day = Missing(Type.String());
const Period = { registrationDate: Day, endDate: Day };
const Company = Type.Object({
  businessId: Type.Object({ value: Type.String(), registrationDate: Day }),
  names: Missing(Type.Array(Type.Object({ name: Type.String(), type: Type.String(), ...Period }))),
  companyForms: Missing(
    Type.Array(
      Type.Object({
        type: Type.String(),
        descriptions: Missing(
          Type.Array(Type.Object({ languageCode: Type.String(), description: Missing(Type.String()) })),
        ),
        ...Period,
      }),
    ),
  ),
  addresses: Missing(
    Type.Array(
      Type.Object({
        /** 1 street address, 2 postal address. */
        type: Type.Number(),
        postOffices: Missing(Type.Array(Type.Object({ city: Missing(Type.String()), languageCode: Type.String() }))),
      }),
    ),
  ),
  website: Missing(Type.Object({ url: Missing(Type.String()) })),
  ...Period,
});
type Company = Static<typeof Company>;
const AnswerForm = Type.Object({ companies: Type.Array(Company) });

/** `address`: "https://avoindata.prh.fi/opendata-ytj-api/v3". Errors: TypeError for what is no address. */
export function openCompanyRegister(address: string, options: AskOptions = {}): CompanyRegister {
  const companies = new URL(`${address.replace(/\/$/, "")}/companies`);
  return {
    async findCompany(written) {
      const businessId = parseBusinessId(written);
      if (businessId === undefined) return undefined;
      const address = new URL(companies);
      address.searchParams.set("businessId", businessId);
      const { status, body } = await askRegister(NAME, { address }, options);
      if (status !== 200) throw unavailable(`${NAME} answers ${status}`);
      if (!Check(AnswerForm, body)) throw ofAnotherForm();
      // Whatever else an answer holds, it is not about the company that was asked for.
      const company = body.companies.find((company) => company.businessId.value === businessId);
      return company && companyOf(businessId, company);
    },
  };
}

const ofAnotherForm = () => unavailable(`${NAME}: the answer has another form than the published schema`);

function companyOf(businessId: BusinessId, company: Company): RegisteredCompany {
  const name = inForce((company.names ?? []).filter(({ type }) => type === MAIN_NAME))?.name.trim();
  if (name === undefined || name === "") throw ofAnotherForm();
  return {
    businessId,
    name,
    form: formOf(company),
    homeTown: townOf(company),
    website: websiteOf(company.website?.url ?? ""),
    registeredOn: dayOf(company.registrationDate) ?? dayOf(company.businessId.registrationDate),
    endedOn: dayOf(company.endDate),
  };
}

/** The newest entry without an end; where all have ended, the newest of them. */
function inForce<T extends Static<Type.TObject<typeof Period>>>(entries: readonly T[]): T | undefined {
  const newestFirst = entries.toSorted((a, b) => compare(b.registrationDate ?? "", a.registrationDate ?? ""));
  return newestFirst.find(({ endDate }) => !endDate) ?? newestFirst[0];
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

function formOf({ companyForms }: Company): RegisteredCompany["form"] {
  const form = inForce(companyForms ?? []);
  if (form === undefined) return null;
  const names = (form.descriptions ?? []).flatMap(({ languageCode, description }) => {
    const language = LANGUAGE_OF.get(languageCode);
    return language && description ? [[language, description]] : [];
  });
  return { code: form.type, names: Object.fromEntries(names) };
}

function townOf({ addresses }: Company): string | null {
  const offices = (addresses ?? []).toSorted((a, b) => a.type - b.type).flatMap(({ postOffices }) => postOffices ?? []);
  const towns = offices.filter(({ city }) => city);
  const town = towns.find(({ languageCode }) => LANGUAGE_OF.get(languageCode) === "fi") ?? towns[0];
  return town?.city ? asName(town.city) : null;
}

/** The register writes towns in capitals: "YLI-II", "KOSKI TL". */
function asName(town: string): string {
  if (town !== town.toUpperCase()) return town;
  return town.toLowerCase().replace(/(?<![\p{L}\p{M}])\p{L}/gu, (first) => first.toUpperCase());
}

/** Companies write "www.example.fi" as often as a whole address. What would not open a site ("javascript:", "ei ole") is none. */
export function websiteOf(written: string): string | null {
  const whole = /^https?:\/\//i.test(written.trim()) ? written.trim() : `https://${written.trim()}`;
  if (!URL.canParse(whole)) return null;
  const { href, hostname, username, password } = new URL(whole);
  return hostname.includes(".") && username === "" && password === "" ? href : null;
}

function dayOf(written: string | null | undefined): Temporal.PlainDate | null {
  if (!written) return null;
  try {
    return Temporal.PlainDate.from(written);
  } catch (error) {
    if (error instanceof RangeError) throw ofAnotherForm();
    throw error;
  }
}
