/** What forms about organisations send, read and judged. Every mistake says in the page's language what to do. */
import { LANGUAGES, type Language } from "#core/cities.ts";
import { type FieldError, invalid } from "#core/errors.ts";
import { choicesOf, type FormValues, textOf } from "#core/http/forms.ts";
import { parseMailAddress } from "../people/mail-address.ts";
import { cleanName } from "../people/name.ts";
import { type BusinessId, parseBusinessId } from "./business-id.ts";
import { websiteOf } from "./company-register.ts";
import {
  businessIdOf,
  INTERESTS,
  KINDS,
  type OrganisationKind,
  presentationOf,
  type Profile,
  SPOKEN,
} from "./organisation.ts";
import { cleanText } from "./running-text.ts";
import { t, type TextKey } from "./texts.ts";

export const KIND_FIELDS = ["kind", "businessId"] as const;
export const PROFILE_FIELDS = [
  "name",
  "contactMail",
  "website",
  ...LANGUAGES.map((language) => `presentation-${language}`),
  "languages",
  "interests",
] as const;

/** Characters. */
export const LONGEST_PRESENTATION = 4000;
export const LONGEST_WEBSITE = 300;
export const LONGEST_GROUNDS = 2000;

export interface KindInput {
  kind: OrganisationKind;
  businessId: BusinessId | null;
}

/** Errors: Invalid with fields. */
export function readKind(values: FormValues, lang: Language): KindInput {
  const kind = KINDS.find((one) => one === textOf(values, "kind"));
  if (!kind) throw invalid("no kind", [{ field: "kind", message: t(lang, "kindWrong") }]);
  const written = textOf(values, "businessId");
  const wrong = (key: TextKey) => invalid(key, [{ field: "businessId", message: t(lang, key) }]);
  if (written === "") {
    if (businessIdOf(kind) === "needed") throw wrong("businessIdMissing");
    return { kind, businessId: null };
  }
  if (businessIdOf(kind) === "none") throw wrong("businessIdOfGroup");
  const businessId = parseBusinessId(written);
  if (!businessId) throw wrong("businessIdWrong");
  return { kind, businessId };
}

/** `original`: in which language it was first written. Errors: Invalid with fields. */
export function readProfile(values: FormValues, lang: Language, original: Language): Profile {
  const mistakes: FieldError[] = [];
  const check = <T>(field: string, value: T | undefined, key: TextKey): T | null => {
    if (value !== undefined) return value;
    mistakes.push({ field, message: t(lang, key) });
    return null;
  };
  const optional = <T>(field: string, parse: (text: string) => T | undefined, key: TextKey): T | null => {
    const text = textOf(values, field);
    return text === "" ? null : check(field, parse(text), key);
  };
  const name = check("name", cleanName(textOf(values, "name")), "nameWrong");
  const texts = LANGUAGES.flatMap((language) => {
    const field = `presentation-${language}`;
    const text = check(field, shortEnough(cleanText(textOf(values, field)), LONGEST_PRESENTATION), "presentationLong");
    return text ? [[language, text] as const] : [];
  });
  const contactMail = optional("contactMail", parseMailAddress, "mailWrong");
  const website = optional("website", parseWebsite, "websiteWrong");
  if (mistakes.length > 0 || name === null) throw invalid("profile of an organisation", mistakes);
  return {
    name,
    contactMail,
    website,
    presentation: presentationOf(Object.fromEntries(texts), original),
    languages: SPOKEN.filter((one) => choicesOf(values, "languages").includes(one)),
    interests: INTERESTS.filter((one) => choicesOf(values, "interests").includes(one)),
  };
}

/** A text that must be there. Errors: Invalid with the field. */
export function readText(values: FormValues, field: string, lang: Language, key: TextKey): string {
  const text = shortEnough(cleanText(textOf(values, field)), LONGEST_GROUNDS);
  if (!text) throw invalid(field, [{ field, message: t(lang, key, { most: LONGEST_GROUNDS }) }]);
  return text;
}

const shortEnough = (text: string, most: number): string | undefined => (text.length <= most ? text : undefined);

function parseWebsite(text: string): string | undefined {
  const website = websiteOf(text);
  return website === null || website.length > LONGEST_WEBSITE ? undefined : website;
}
