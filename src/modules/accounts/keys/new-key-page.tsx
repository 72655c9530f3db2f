/** Making a key: what for and how long, and then the key itself, once. */
import type { Language } from "#core/cities.ts";
import { KEY_SCOPES } from "#core/http/api-keys.ts";
import { choicesOf, type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { CheckboxGroup, TextInput } from "#ui/fields.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { ErrorSummary, Notification } from "#ui/notices.tsx";
import { ME } from "../paths.ts";
import { t as accountText } from "../texts.ts";
import { beginningOf } from "./key.ts";
import type { MadeKey } from "./make-key.ts";
import { KEYS } from "./paths.ts";
import { t } from "./texts.ts";

export interface NewKeyData {
  /** Of the example of a last day: the coming one. */
  year: string;
}

export function newKeyPage({ year }: NewKeyData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, url, visitor } = ask;
  return {
    title: t(lang, "keyNew"),
    description: t(lang, "keyNewLead"),
    crumbs: crumbs(lang),
    body: (
      <Narrow>
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        {form.isResumed && <Notification id="resumed" title={accountText(lang, "isResumed")} />}
        <Opening title={t(lang, "keyNew")} lead={t(lang, "keyNewLead")} />
        {visitor.actingAs !== null && <p>{t(lang, "keyNewFor", { name: visitor.actingAs })}</p>}
        <KeyForm lang={lang} year={year} form={form} action={url} />
      </Narrow>
    ),
  };
}

function KeyForm({ lang, year, form, action }: { lang: Language; year: string; form: Form; action: string }) {
  const text = (name: string) => ({ lang, name, value: textOf(form.values, name), error: mistakeOf(form, name) });
  return (
    <form action={action} method="post" novalidate>
      <TextInput
        {...text("name")}
        label={t(lang, "keyNameField")}
        hint={t(lang, "keyNameHint")}
        autocomplete="off"
        width="m"
      />
      <CheckboxGroup
        lang={lang}
        name="scopes"
        label={t(lang, "keyScopesField")}
        hint={t(lang, "keyScopesHint")}
        error={mistakeOf(form, "scopes")}
        options={KEY_SCOPES.map((scope) => ({ value: scope, label: t(lang, `scope_${scope}`) }))}
        values={isFresh(form) ? ["read"] : choicesOf(form.values, "scopes")}
      />
      <TextInput
        {...text("lastDay")}
        label={t(lang, "keyLastDayField")}
        hint={t(lang, "keyLastDayHint", { year })}
        autocomplete="off"
        width="m"
        isOptional
      />
      <button class="hds-button hds-button--primary" type="submit">
        {t(lang, "keyNew")}
      </button>
    </form>
  );
}

/** Nothing typed yet: what nearly everybody wants is ticked. */
const isFresh = ({ mistakes, isResumed }: Form): boolean => !isResumed && mistakes.length === 0;

/** Answers the form itself, so that the key stands in no address and is kept nowhere on its way to the screen. */
export function madeKeyPage({ key, name }: MadeKey, { language: lang }: PrivateRequest): PageContent {
  return {
    title: t(lang, "keyMade"),
    description: t(lang, "keyMadeLead"),
    crumbs: crumbs(lang),
    body: (
      <Narrow>
        <Opening title={t(lang, "keyMade")} lead={t(lang, "keyMadeLead")} />
        <p>{t(lang, "keyMadeLabel", { name })}</p>
        <p class="secret">
          <code>{key}</code>
        </p>
        <p>{t(lang, "keyMadeHow")}</p>
        <p>
          <code>Authorization: Bearer {beginningOf(key)}…</code>
        </p>
        <p>{t(lang, "keyMadeSecret")}</p>
        <p>
          <a class="hds-button hds-button--primary" href={KEYS.href(lang)}>
            {t(lang, "keysBack")}
          </a>
        </p>
      </Narrow>
    ),
  };
}

const crumbs = (lang: Language) => [
  { label: accountText(lang, "me"), href: ME.href(lang) },
  { label: t(lang, "keys"), href: KEYS.href(lang) },
];
