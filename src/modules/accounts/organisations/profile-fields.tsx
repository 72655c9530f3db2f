/** The fields in which an organisation tells of itself, and what they hold when one comes to change them. */
import { LANGUAGES, type Language } from "#core/cities.ts";
import { choicesOf, type Form, type FormValues, mistakeOf, textOf } from "#core/http/forms.ts";
import { CheckboxGroup, TextArea, TextInput } from "#ui/fields.tsx";
import { LONGEST_PRESENTATION } from "./input.ts";
import { INTERESTS, type Profile, SPOKEN } from "./organisation.ts";
import { t } from "./texts.ts";

export interface ProfileFieldsProps {
  lang: Language;
  form: Form;
  values: FormValues;
  /** The name is the register's: it is sent along for the case that the register is away when it counts. */
  fixedName: string | null;
  /** In which languages it can be written about here. */
  written: readonly Language[];
}

export function ProfileFields({ lang, form, values, fixedName, written }: ProfileFieldsProps) {
  const field = (name: string) => ({ lang, name, value: textOf(values, name), error: mistakeOf(form, name) });
  return (
    <>
      {fixedName === null ? (
        <TextInput {...field("name")} label={t(lang, "name")} autocomplete="organization" />
      ) : (
        <input type="hidden" name="name" value={fixedName} />
      )}
      {written.map((language) => (
        <TextArea
          {...field(`presentation-${language}`)}
          label={t(lang, written.length === 1 ? "presentation" : `presentation_${language}`)}
          hint={t(lang, "presentationHint", { most: LONGEST_PRESENTATION })}
          rows={5}
          isOptional
        />
      ))}
      <TextInput
        {...field("contactMail")}
        label={t(lang, "contactMail")}
        hint={t(lang, "contactMailHint")}
        inputMode="email"
        isOptional
      />
      <TextInput {...field("website")} label={t(lang, "website")} inputMode="url" isOptional />
      <CheckboxGroup
        {...{ lang, name: "languages", label: t(lang, "languages"), isOptional: true }}
        options={SPOKEN.map((value) => ({ value, label: t(lang, `language_${value}`) }))}
        values={choicesOf(values, "languages")}
      />
      <CheckboxGroup
        {...{ lang, name: "interests", label: t(lang, "interests"), isOptional: true }}
        options={INTERESTS.map((value) => ({ value, label: t(lang, `interest_${value}`) }))}
        values={choicesOf(values, "interests")}
      />
    </>
  );
}

/** A profile as the form's fields hold it. */
export const valuesOf = ({ name, contactMail, website, presentation, languages, interests }: Profile): FormValues => ({
  name,
  contactMail: contactMail ?? "",
  website: website ?? "",
  ...Object.fromEntries(LANGUAGES.map((one) => [`presentation-${one}`, presentation.texts[one] ?? ""])),
  languages,
  interests,
});

/** What was typed, if anything was; else what there was before. */
export const valuesIn = (form: Form, before: FormValues): FormValues =>
  Object.keys(form.values).length > 0 ? form.values : before;
