/** Whom one acts for, of those chosen in Suomi.fi e-Authorizations. */
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { RadioGroup } from "#ui/fields.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { Above, toMandates } from "./parts.tsx";
import { t } from "./texts.ts";

/** `names` in the order of the register; a choice is a number in it, since codes of people stand in no page. */
export function choosePage({ names }: { names: readonly string[] }, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, url } = ask;
  const only = names.length === 1 ? "0" : "";
  return {
    title: t(lang, "chooseTitle"),
    description: t(lang, "chooseLead"),
    crumbs: toMandates(lang),
    body: (
      <Narrow>
        <Above lang={lang} form={form} />
        <Opening title={t(lang, "chooseTitle")} lead={t(lang, "chooseLead")} />
        <form action={url} method="post" novalidate>
          <RadioGroup
            lang={lang}
            name="choice"
            label={t(lang, "choosePerson")}
            error={mistakeOf(form, "choice")}
            options={names.map((label, n) => ({ value: String(n), label }))}
            value={textOf(form.values, "choice") || only}
          />
          <button class="hds-button hds-button--primary" type="submit">
            {t(lang, "chooseGo")}
          </button>
        </form>
      </Narrow>
    ),
  };
}
