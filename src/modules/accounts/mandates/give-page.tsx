/** The form by which somebody gives a mandate. */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { choicesOf, type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { CheckboxGroup, TextInput } from "#ui/fields.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { writeDay } from "./day-field.ts";
import { MATTERS, MOST_YEARS } from "./mandate.ts";
import type { OFFER_FIELDS } from "./offer.ts";
import { Above, toMandates } from "./parts.tsx";
import { t } from "./texts.ts";

export function givePage({ today }: { today: Temporal.PlainDate }, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, url } = ask;
  const field = fieldsOf(lang, form);
  return {
    title: t(lang, "give"),
    description: t(lang, "giveLead"),
    crumbs: toMandates(lang),
    body: (
      <Narrow>
        <Above lang={lang} form={form} />
        <Opening title={t(lang, "give")} lead={t(lang, "giveLead")} />
        <form action={url} method="post" novalidate>
          <TextInput {...field("name")} label={t(lang, "nameField")} hint={t(lang, "nameHint")} width="m" />
          <TextInput
            {...field("mail")}
            label={t(lang, "mailField")}
            hint={t(lang, "mailHint")}
            inputMode="email"
            width="m"
          />
          <CheckboxGroup
            lang={lang}
            name="matters"
            label={t(lang, "mattersField")}
            error={mistakeOf(form, "matters")}
            options={MATTERS.map((value) => ({ value, label: t(lang, `matter_${value}`) }))}
            values={choicesOf(form.values, "matters")}
          />
          <TextInput
            {...field("from", writeDay(today))}
            label={t(lang, "fromField")}
            hint={t(lang, "fromHint")}
            width="m"
          />
          <TextInput
            {...field("until")}
            label={t(lang, "untilField")}
            hint={t(lang, "untilHint", { years: MOST_YEARS })}
            width="m"
          />
          <button class="hds-button hds-button--primary" type="submit">
            {t(lang, "give")}
          </button>
        </form>
      </Narrow>
    ),
  };
}

/** `fallback`: what the field proposes before anything was sent. */
const fieldsOf =
  (lang: Language, form: Form) =>
  (name: (typeof OFFER_FIELDS)[number], fallback = "") => ({
    lang,
    name,
    value: name in form.values ? textOf(form.values, name) : fallback,
    error: mistakeOf(form, name),
    autocomplete: "off",
  });
