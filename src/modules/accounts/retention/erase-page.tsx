/** Erasing oneself: what would go and what would stay, what has to be done before, and the word to type. */
import type { Language } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import type { Hindrance } from "#core/retention.ts";
import { TextInput } from "#ui/fields.tsx";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import { ErrorSummary, Notification } from "#ui/notices.tsx";
import { ME } from "../paths.ts";
import { t as accountTexts } from "../texts.ts";
import type { ReceiptLine } from "./receipt.ts";
import { ReceiptLines } from "./receipt-page.tsx";
import { t } from "./texts.ts";

export interface ErasePage {
  hindrances: readonly Hindrance[];
  lines: readonly ReceiptLine[];
}

export function erasePage({ hindrances, lines }: ErasePage, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  return {
    title: t(lang, "erase"),
    description: t(lang, "eraseLead"),
    crumbs: [{ label: accountTexts(lang, "me"), href: ME.href(lang) }],
    body: (
      <Narrow>
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        <Opening title={t(lang, "erase")} lead={t(lang, "eraseLead")} />
        {hindrances.length > 0 && (
          <Notification id="hindrances" kind="alert" title={t(lang, "hindered")}>
            <ul>
              {hindrances.map(({ message }) => (
                <li>{message[lang]}</li>
              ))}
            </ul>
          </Notification>
        )}
        <Section id="what" title={t(lang, "whatHappens")} isFirst={hindrances.length === 0}>
          <ReceiptLines lang={lang} lines={lines} isPreview />
        </Section>
        {hindrances.length === 0 && <Confirmation lang={lang} form={form} action={ask.url} />}
      </Narrow>
    ),
  };
}

function Confirmation({ lang, form, action }: { lang: Language; form: Form; action: string }) {
  const word = t(lang, "confirmWord");
  return (
    <Section id="do" title={t(lang, "eraseNow")}>
      <p>{t(lang, "eraseFinal")}</p>
      <form action={action} method="post" novalidate>
        <TextInput
          lang={lang}
          name="confirm"
          label={t(lang, "confirmLabel", { word })}
          error={mistakeOf(form, "confirm")}
          value={textOf(form.values, "confirm")}
          autocomplete="off"
          width="m"
        />
        <button class="hds-button hds-button--primary" type="submit">
          {t(lang, "eraseButton")}
        </button>
      </form>
    </Section>
  );
}
