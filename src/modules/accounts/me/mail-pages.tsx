/** Changing one's address: asking for the link, and confirming by it. */
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { TextInput } from "#ui/fields.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { ErrorSummary } from "#ui/notices.tsx";
import { ME } from "../paths.ts";
import { LINK_MINUTES } from "../sign-in/mail-link.ts";
import { CONTACT_MAIL, PROFILE } from "./paths.ts";
import { t } from "./texts.ts";

const crumbs = ({ language: lang }: PrivateRequest) => [
  { label: t(lang, "me"), href: ME.href(lang) },
  { label: t(lang, "profile"), href: PROFILE.href(lang) },
];

export function askMailPage(_data: object, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const lead = t(lang, "mailLead", { minutes: LINK_MINUTES });
  return {
    title: t(lang, "mailTitle"),
    description: lead,
    crumbs: crumbs(ask),
    body: (
      <Narrow>
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        <Opening title={t(lang, "mailTitle")} lead={lead} />
        <form action={ask.url} method="post" novalidate>
          <TextInput
            lang={lang}
            name="mail"
            label={t(lang, "mailNew")}
            hint={t(lang, "mailNewHint")}
            error={mistakeOf(form, "mail")}
            value={textOf(form.values, "mail")}
            autocomplete="email"
            inputMode="email"
            width="m"
          />
          <button class="hds-button hds-button--primary" type="submit">
            {t(lang, "mailSend")}
          </button>
        </form>
      </Narrow>
    ),
  };
}

export function confirmMailPage({ address }: { address: string | undefined }, ask: PrivateRequest): PageContent {
  const { language: lang, url } = ask;
  const isGood = address !== undefined;
  const title = t(lang, isGood ? "confirmTitle" : "confirmBadTitle");
  const lead = t(lang, isGood ? "confirmLead" : "confirmBadLead");
  return {
    title,
    description: lead,
    crumbs: crumbs(ask),
    body: (
      <Narrow>
        <Opening title={title} lead={lead} />
        {isGood ? (
          <form action={url} method="post">
            <p>{address}</p>
            <button class="hds-button hds-button--primary" type="submit">
              {t(lang, "confirmButton")}
            </button>
          </form>
        ) : (
          <p>
            <a href={CONTACT_MAIL.href(lang)}>{t(lang, "mailAgain")}</a>
          </p>
        )}
      </Narrow>
    ),
  };
}
