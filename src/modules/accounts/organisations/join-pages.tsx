/** Coming into an organisation: by an invitation, or by saying that it is one's own to run. */
import { CITIES, CITY_CODES } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Facts } from "#ui/facts.tsx";
import { Select, TextArea } from "#ui/fields.tsx";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import { factsOf } from "./facts.tsx";
import { formPage } from "./form-page.tsx";
import { LONGEST_GROUNDS } from "./input.ts";
import type { OpenInvitation } from "./invitations.queries.ts";
import { nameIn, roleIn } from "./members.ts";
import { assuranceFor, type Organisation } from "./organisation.ts";
import * as paths from "./paths.ts";
import { t } from "./texts.ts";

export interface InvitationData {
  invitation: OpenInvitation | undefined;
}

export function invitationPage({ invitation }: InvitationData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, visitor } = ask;
  if (!invitation) return gonePage(ask);
  const { name, role } = invitation;
  return formPage(ask, form, {
    title: t(lang, "invitationTo", { name }),
    lead: t(lang, "invitationLead", { inviter: nameIn(lang, invitation), name, role: roleIn(lang, role) }),
    submit: t(lang, visitor.person ? "invitationTake" : "invitationSignIn"),
    children: (
      <>
        <p>{t(lang, `roleWhat_${role}`)}</p>
        <p>{t(lang, assuranceFor(role) === "strong" ? "invitationStrong" : "invitationMail")}</p>
      </>
    ),
  });
}

function gonePage({ language: lang }: PrivateRequest): PageContent {
  return {
    title: t(lang, "invitationGone"),
    description: t(lang, "invitationGoneLead"),
    body: (
      <Narrow>
        <Opening title={t(lang, "invitationGone")} lead={t(lang, "invitationGoneLead")} />
        <p>
          <a href={paths.MY_ORGANISATIONS.href(lang)}>{t(lang, "mine")}</a>
        </p>
      </Narrow>
    ),
  };
}

export function claimPage(organisation: Organisation, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const { name, id } = organisation;
  const cities = CITY_CODES.map((value) => ({ value, label: CITIES[value].names[lang].name }));
  return formPage(ask, form, {
    title: t(lang, "claimOf", { name }),
    lead: t(lang, "claimLead"),
    submit: t(lang, "claimSend"),
    back: paths.ORGANISATION.href(lang, { id }),
    crumbs: [{ label: t(lang, "mine"), href: paths.MY_ORGANISATIONS.href(lang) }],
    children: (
      <>
        <Section id="facts" title={t(lang, "facts")} isFirst>
          <Facts lang={lang} facts={factsOf(lang, organisation)} />
        </Section>
        <Section id="claim" title={t(lang, "yourClaim")}>
          <TextArea
            lang={lang}
            name="grounds"
            label={t(lang, "grounds")}
            hint={t(lang, "groundsHint", { most: LONGEST_GROUNDS })}
            value={textOf(form.values, "grounds")}
            error={mistakeOf(form, "grounds")}
          />
          <Select
            lang={lang}
            name="city"
            label={t(lang, "claimCity")}
            options={[{ value: "", label: t(lang, "choose") }, ...cities]}
            value={textOf(form.values, "city")}
            error={mistakeOf(form, "city")}
            width="m"
          />
        </Section>
      </>
    ),
  });
}
