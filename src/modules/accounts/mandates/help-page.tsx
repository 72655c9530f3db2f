/** Where an advisor begins and stops helping a resident. */
import type { Language } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Facts } from "#ui/facts.tsx";
import { TextArea, TextInput } from "#ui/fields.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { REASON } from "./help-form.ts";
import { Above, doneText } from "./parts.tsx";
import { GUARDIANS, STOP_HELPING } from "./paths.ts";
import { t } from "./texts.ts";

/** `reason`: why they help somebody now; null when they help nobody. */
export function helpPage({ reason }: { reason: string | null }, form: Form, ask: PrivateRequest): PageContent {
  return reason === null ? searchPage(form, ask) : helpingPage(reason, ask);
}

function searchPage(form: Form, { language: lang, url, done }: PrivateRequest): PageContent {
  return {
    title: t(lang, "help"),
    description: t(lang, "helpLead"),
    body: (
      <Narrow>
        <Above lang={lang} form={form} done={doneText(done, ["helpEnded"])} />
        <Opening title={t(lang, "help")} lead={t(lang, "helpLead")} />
        <form action={url} method="post" novalidate>
          <TextInput
            lang={lang}
            name="code"
            label={t(lang, "codeField")}
            hint={t(lang, "helpCodeHint")}
            error={mistakeOf(form, "code")}
            autocomplete="off"
            width="m"
            isOptional
          />
          <TextInput
            lang={lang}
            name="mail"
            label={t(lang, "mailField")}
            hint={t(lang, "helpMailHint")}
            value={textOf(form.values, "mail")}
            error={mistakeOf(form, "mail")}
            autocomplete="off"
            inputMode="email"
            width="m"
            isOptional
          />
          <TextArea
            lang={lang}
            name="reason"
            label={t(lang, "reasonField")}
            hint={t(lang, "helpReasonHint", REASON)}
            value={textOf(form.values, "reason")}
            error={mistakeOf(form, "reason")}
            rows={3}
          />
          <button class="hds-button hds-button--primary" type="submit">
            {t(lang, "helpGo")}
          </button>
        </form>
      </Narrow>
    ),
  };
}

function helpingPage(reason: string, { language: lang, params, visitor, done }: PrivateRequest): PageContent {
  return {
    title: t(lang, "helping"),
    description: t(lang, "helpingLead"),
    body: (
      <Narrow>
        <Above lang={lang} done={doneText(done, ["helping"])} />
        <Opening title={t(lang, "helping")} lead={t(lang, "helpingLead")} />
        <Facts
          lang={lang}
          facts={[
            customerFact(lang, visitor.actingAs),
            { kind: "known", label: t(lang, "reasonField"), value: reason },
          ]}
        />
        <form action={STOP_HELPING.href(lang, params)} method="post">
          <div class="acts">
            <button class="hds-button hds-button--primary" type="submit">
              {t(lang, "helpStop")}
            </button>
          </div>
        </form>
        <p class="more">
          <a href={GUARDIANS.href(lang, params)}>{t(lang, "guardians")}</a>
        </p>
      </Narrow>
    ),
  };
}

const customerFact = (lang: Language, name: string | null) =>
  name === null
    ? ({ kind: "unknown", label: t(lang, "customer"), why: t(lang, "customerUnknown") } as const)
    : ({ kind: "known", label: t(lang, "customer"), value: name } as const);
