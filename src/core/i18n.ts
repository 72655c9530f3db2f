/** Texts in three languages: ICU messages from JSON, with keys that the type checker knows. */
import { IntlMessageFormat } from "intl-messageformat";
import type { Language } from "#core/cities.ts";

/** The locale whose plural rules and figures each language follows. English of Finland is British English with 24-hour time. */
export const LOCALES: Record<Language, string> = { fi: "fi-FI", sv: "sv-FI", en: "en-GB" };

export type Values = Readonly<Record<string, string | number>>;
type Message = (values?: Values) => string;

/** The same in each language: `inEachLanguage((lang) => t(lang, "hits"))`. */
export const inEachLanguage = <T>(make: (language: Language) => T): Record<Language, T> => ({
  fi: make("fi"),
  sv: make("sv"),
  en: make("en"),
});

/** What a module's texts look like from outside: `t("fi", "hits", { count: 3 })`. */
export type Translate<Key extends string> = (lang: Language, key: Key, values?: Values) => string;

/**
 * The texts of one module. `sv` and `en` must have every key of `fi`; a test holds that they have no others.
 * A message is parsed when it is first asked for and kept: their number is that of the files, not of the requests.
 * Errors: throws when a message is not ICU, or when a value that it names is missing.
 */
export function messages<Texts extends Record<string, string>>(
  texts: Record<Language, Record<keyof Texts, string>>,
): Translate<keyof Texts & string> {
  const parsed = { fi: new Map<string, Message>(), sv: new Map<string, Message>(), en: new Map<string, Message>() };
  return (lang, key, values) => {
    let message = parsed[lang].get(key);
    if (!message) {
      message = parse(texts[lang][key], lang);
      parsed[lang].set(key, message);
    }
    return message(values);
  };
}

/** Most texts are plain: they pass through untouched, which is what makes a page of sixty texts cheap. */
function parse(text: string, lang: Language): Message {
  if (!/[{}']/.test(text)) return () => text;
  // Tags are left alone: mark-up is made by components, never by a translator's file.
  const format = new IntlMessageFormat(text, LOCALES[lang], undefined, { ignoreTag: true });
  return (values) => String(format.format<string>(values));
}
