/** Which notifications come by mail, too. */
import type { Language } from "#core/cities.ts";
import { choicesOf, type Form } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import type { MailKind } from "#core/retention.ts";
import { CheckboxGroup } from "#ui/fields.tsx";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import { Notification } from "#ui/notices.tsx";
import { CONTACT_MAIL } from "../me/paths.ts";
import { ME } from "../paths.ts";
import { t as accountTexts } from "../texts.ts";
import { NOTIFICATIONS } from "./paths.ts";
import type { MailChoice } from "./queries.ts";
import { t } from "./texts.ts";

export interface ByMailPage extends MailChoice {
  kinds: readonly MailKind[];
}

export function byMailPage(data: ByMailPage, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, done } = ask;
  return {
    title: t(lang, "byMail"),
    description: t(lang, "byMailHow"),
    crumbs: [
      { label: accountTexts(lang, "me"), href: ME.href(lang) },
      { label: t(lang, "notifications"), href: NOTIFICATIONS.href(lang) },
    ],
    body: (
      <Narrow>
        {done === "chosen" && <Notification id="done" kind="success" title={t(lang, "done_chosen")} />}
        <Opening title={t(lang, "byMail")} lead={t(lang, "byMailLead")} />
        <Address lang={lang} mail={data.mail} />
        <Choice lang={lang} data={data} form={form} action={ask.url} />
        <Always lang={lang} kinds={data.kinds} />
      </Narrow>
    ),
  };
}

function Address({ lang, mail }: { lang: Language; mail: string | null }) {
  return (
    <p>
      {mail === null ? t(lang, "byMailNowhere") : t(lang, "byMailTo", { mail })}{" "}
      <a href={CONTACT_MAIL.href(lang)}>{t(lang, mail === null ? "addressAdd" : "addressChange")}</a>
    </p>
  );
}

/** Of the kinds that one may refuse; what was chosen before signing in again comes back. */
function Choice(props: { lang: Language; data: ByMailPage; form: Form; action: string }) {
  const { lang, data, form, action } = props;
  const refusable = data.kinds.filter(({ isMust }) => !isMust);
  const ids = refusable.map(({ id }) => id);
  const wanted = form.isResumed ? choicesOf(form.values, "wanted") : ids.filter((id) => !data.unwanted.includes(id));
  return (
    <form action={action} method="post">
      <CheckboxGroup
        lang={lang}
        name="wanted"
        label={t(lang, "wanted")}
        options={refusable.map(({ id, title }) => ({ value: id, label: title[lang] }))}
        values={wanted}
        isOptional
      />
      <button class="hds-button hds-button--primary" type="submit">
        {t(lang, "save")}
      </button>
    </form>
  );
}

function Always({ lang, kinds }: { lang: Language; kinds: readonly MailKind[] }) {
  return (
    <Section id="always" title={t(lang, "always")}>
      <p>{t(lang, "alwaysWhy")}</p>
      <ul>
        {kinds
          .filter(({ isMust }) => isMust)
          .map(({ title }) => (
            <li>{title[lang]}</li>
          ))}
      </ul>
    </Section>
  );
}
