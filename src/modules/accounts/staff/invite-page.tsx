/** Inviting somebody new to work for a city. */
import { type CityCode, LANGUAGES } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { RadioGroup, TextInput } from "#ui/fields.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { ErrorSummary } from "#ui/notices.tsx";
import { staffCrumbs } from "./member-page.tsx";
import { STAFF } from "./paths.ts";
import { RoleFields } from "./role-fields.tsx";
import { INVITATION_DAYS } from "./staff.ts";
import { t } from "./texts.ts";

export function invitePage({ city }: { city: CityCode }, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, url } = ask;
  const lead = t(lang, "inviteLead");
  return {
    title: t(lang, "invite"),
    description: lead,
    crumbs: staffCrumbs(lang, city),
    body: (
      <Narrow>
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        <Opening title={t(lang, "invite")} lead={lead} />
        <p>{t(lang, "inviteHow", { days: INVITATION_DAYS })}</p>
        <form action={url} method="post" novalidate>
          <TextInput
            lang={lang}
            name="mail"
            label={t(lang, "mail")}
            hint={t(lang, "mailHint")}
            value={textOf(form.values, "mail")}
            error={mistakeOf(form, "mail")}
            inputMode="email"
            width="m"
          />
          <RoleFields lang={lang} form={form} />
          <RadioGroup
            lang={lang}
            name="language"
            label={t(lang, "mailLanguage")}
            options={LANGUAGES.map((language) => ({ value: language, label: t(lang, `language_${language}`) }))}
            value={textOf(form.values, "language") || lang}
            error={mistakeOf(form, "language")}
          />
          <div class="acts">
            <button class="hds-button hds-button--primary" type="submit">
              {t(lang, "inviteSend")}
            </button>
            <a href={STAFF.href(lang, { city })}>{t(lang, "cancel")}</a>
          </div>
        </form>
      </Narrow>
    ),
  };
}
