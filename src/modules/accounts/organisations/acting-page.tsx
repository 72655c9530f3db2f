/** The one place where somebody chooses as whom they act. */
import { type Form, mistakeOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { RadioGroup } from "#ui/fields.tsx";
import { Opening } from "#ui/layout.tsx";
import { ME } from "../paths.ts";
import { t as accountTexts } from "../texts.ts";
import { type ActingChoice, chosenOf } from "./acting.ts";
import { formPage } from "./form-page.tsx";
import { MY_ORGANISATIONS } from "./paths.ts";
import { t } from "./texts.ts";

export interface ActingData {
  choices: readonly ActingChoice[];
}

export function actingPage({ choices }: ActingData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, actor } = ask;
  if (choices.length === 1) return nobodyElsePage(ask);
  return formPage(ask, form, {
    title: t(lang, "acting"),
    lead: t(lang, "actingLead"),
    submit: t(lang, "actingChoose"),
    crumbs: [{ label: accountTexts(lang, "me"), href: ME.href(lang) }],
    children: (
      <RadioGroup
        lang={lang}
        name="as"
        label={t(lang, "actingAs")}
        options={choices}
        value={chosenOf(actor, choices)}
        error={mistakeOf(form, "as")}
      />
    ),
  });
}

function nobodyElsePage({ language: lang }: PrivateRequest): PageContent {
  const [title, lead] = [t(lang, "acting"), t(lang, "actingNone")];
  return {
    title,
    description: lead,
    crumbs: [{ label: accountTexts(lang, "me"), href: ME.href(lang) }],
    body: (
      <div class="wrap">
        <Opening title={title} lead={lead} />
        <p>
          <a href={MY_ORGANISATIONS.href(lang)}>{t(lang, "mine")}</a>
        </p>
      </div>
    ),
  };
}
