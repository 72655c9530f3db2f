/** Creating an organisation: two pages, one about what it is and one about what it tells of itself, which can be changed later. */
import type { Language } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { RadioGroup, TextInput } from "#ui/fields.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { Notification } from "#ui/notices.tsx";
import { formPage } from "./form-page.tsx";
import type { KindInput } from "./input.ts";
import type { LookUp } from "./look-up.ts";
import { KINDS, type Organisation } from "./organisation.ts";
import { MY_ORGANISATION, MY_ORGANISATIONS, NEW_ORGANISATION } from "./paths.ts";
import { ProfileFields, valuesIn, valuesOf } from "./profile-fields.tsx";
import { t } from "./texts.ts";

const STEPS = 2;
const crumbsOf = (lang: Language) => [{ label: t(lang, "mine"), href: MY_ORGANISATIONS.href(lang) }];

export function newPage(_data: object, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  return formPage(ask, form, {
    title: t(lang, "new"),
    lead: t(lang, "newLead"),
    submit: t(lang, "newNext"),
    step: { n: 1, of: STEPS },
    back: MY_ORGANISATIONS.href(lang),
    crumbs: crumbsOf(lang),
    children: (
      <>
        <RadioGroup
          lang={lang}
          name="kind"
          label={t(lang, "kind")}
          options={KINDS.map((value) => ({ value, label: t(lang, `kind_${value}`) }))}
          value={textOf(form.values, "kind")}
          error={mistakeOf(form, "kind")}
        />
        <TextInput
          lang={lang}
          name="businessId"
          label={t(lang, "businessId")}
          hint={t(lang, "businessIdHint")}
          value={textOf(form.values, "businessId")}
          error={mistakeOf(form, "businessId")}
          isOptional
        />
      </>
    ),
  });
}

export interface DetailsData extends KindInput {
  found: LookUp;
}

export function detailsPage(data: DetailsData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const { found } = data;
  if (found.kind === "ended") return endedPage(lang);
  const company = found.kind === "found" ? found.company : null;
  return formPage(ask, form, {
    title: t(lang, "details"),
    lead: t(lang, "detailsLead"),
    submit: t(lang, "create"),
    step: { n: 2, of: STEPS },
    back: NEW_ORGANISATION.href(lang),
    crumbs: crumbsOf(lang),
    children: (
      <>
        <Found lang={lang} data={data} />
        <ProfileFields
          lang={lang}
          form={form}
          values={valuesIn(form, { website: company?.website ?? "" })}
          fixedName={company?.name ?? null}
          written={[lang]}
        />
      </>
    ),
  });
}

const NOT_FOUND = { away: "foundAway", unknown: "foundUnknown", none: "foundNone" } as const;

/** What the register says, and what nobody has looked at. */
function Found({ lang, data: { found, businessId } }: { lang: Language; data: DetailsData }) {
  if (businessId === null || found.kind === "ended") return null;
  if (found.kind === "found")
    return (
      <Notification id="found" title={t(lang, "found", { name: found.company.name })}>
        <p>{t(lang, "foundWhat")}</p>
      </Notification>
    );
  return (
    <Notification id="found" kind={found.kind === "none" ? "info" : "alert"} title={t(lang, "unchecked")}>
      <p>{t(lang, NOT_FOUND[found.kind], { businessId })}</p>
    </Notification>
  );
}

const endedPage = (lang: Language): PageContent => ({
  title: t(lang, "companyEnded"),
  description: t(lang, "companyEndedLead"),
  crumbs: crumbsOf(lang),
  body: (
    <Narrow>
      <Opening title={t(lang, "companyEnded")} lead={t(lang, "companyEndedLead")} />
      <p>
        <a href={NEW_ORGANISATION.href(lang)}>{t(lang, "newAgain")}</a>
      </p>
    </Narrow>
  ),
});

export function editPage(organisation: Organisation, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const { id, name, checkedBy } = organisation;
  const back = MY_ORGANISATION.href(lang, { id });
  return formPage(ask, form, {
    title: t(lang, "edit"),
    lead: t(lang, "editLead", { name }),
    submit: t(lang, "save"),
    back,
    crumbs: [...crumbsOf(lang), { label: name, href: back }],
    children: (
      <>
        {checkedBy !== "nobody" && <p>{t(lang, checkedBy === "register" ? "nameOfRegister" : "nameOfCity")}</p>}
        <ProfileFields
          lang={lang}
          form={form}
          values={valuesIn(form, valuesOf(organisation))}
          fixedName={checkedBy === "register" ? name : null}
          written={["fi", "sv", "en"]}
        />
      </>
    ),
  });
}
