/** Words of the register: purposes, fields and codes of what this module keeps, in all languages. */
import { STAFF_ROLES } from "#core/actor.ts";
import { CITIES, CITY_CODES, LANGUAGES } from "#core/cities.ts";
import { KEY_SCOPES } from "#core/http/api-keys.ts";
import type { Values } from "#core/i18n.ts";
import { type Kept, type Words, wordsOf } from "#core/retention.ts";
import { t as keyTexts } from "../keys/texts.ts";
import { MATTERS } from "../mandates/mandate.ts";
import { t as mandateTexts } from "../mandates/texts.ts";
import { t as accountTexts } from "../texts.ts";
import { t, type TextKey } from "./texts.ts";

export const say = (key: TextKey, values?: Values): Words => wordsOf(t, key, values);

/** What follows the prefix in the names of texts: of "field_mail", "mail". */
type After<Prefix extends string> = TextKey extends infer Key
  ? Key extends `${Prefix}_${infer Name}`
    ? Name
    : never
  : never;

export const fieldsOf = (...names: readonly After<"field">[]) =>
  Object.fromEntries(names.map((name) => [name, say(`field_${name}`)]));
export const codesOf = (...names: readonly After<"code">[]) =>
  Object.fromEntries(names.map((name) => [name, say(`code_${name}`)]));

export const CITY_WORDS: Readonly<Record<string, Words>> = {
  joint: say("code_joint"),
  ...Object.fromEntries(
    CITY_CODES.map((city) => {
      const { fi, sv, en } = CITIES[city].names;
      return [city, { fi: fi.name, sv: sv.name, en: en.name }];
    }),
  ),
};
export const ROLE_WORDS: Readonly<Record<string, Words>> = {
  ...Object.fromEntries(STAFF_ROLES.map((role) => [role, wordsOf(accountTexts, `role_${role}`)])),
  ...codesOf("owner", "signatory", "member"),
};
export const KIND_WORDS: Readonly<Record<string, Words>> = Object.fromEntries(
  (["mail", "strong", "staff"] as const).map((kind) => [kind, wordsOf(accountTexts, `kind_${kind}`)]),
);
export const MATTER_WORDS: Readonly<Record<string, Words>> = Object.fromEntries(
  MATTERS.map((matter) => [matter, wordsOf(mandateTexts, `matter_${matter}`)]),
);
export const SCOPE_WORDS: Readonly<Record<string, Words>> = Object.fromEntries(
  KEY_SCOPES.map((scope) => [scope, wordsOf(keyTexts, `scope_${scope}`)]),
);
export const LANGUAGE_WORDS: Readonly<Record<string, Words>> = codesOf(...LANGUAGES);

/** What stays, when anything does. */
export const kept = (n: number, what: TextKey, why: TextKey, until: string | null = null): Kept[] =>
  n === 0 ? [] : [{ what: say(what, { count: n }), why: say(why), until }];
