/** An owner's pages about one member, and the questions before a membership or an organisation ends. */
import { ORGANISATION_ROLES } from "#core/actor.ts";
import type { Language } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Checkbox, RadioGroup, TextInput } from "#ui/fields.tsx";
import { Narrow, Opening } from "#ui/layout.tsx";
import { formPage } from "./form-page.tsx";
import { INVITATION_DAYS } from "./invitations.ts";
import { nameIn } from "./members.ts";
import { leavesAnOwner, type Member, type Organisation } from "./organisation.ts";
import type { Run } from "./owner.ts";
import * as paths from "./paths.ts";
import { t } from "./texts.ts";

/** Where one comes from and goes back to. */
function around(lang: Language, { id, name }: Organisation) {
  const back = paths.MY_ORGANISATION.href(lang, { id });
  const crumbs = [
    { label: t(lang, "mine"), href: paths.MY_ORGANISATIONS.href(lang) },
    { label: name, href: back },
  ];
  return { back, crumbs };
}

const roleField = (lang: Language, form: Form, before: string) => (
  <RadioGroup
    lang={lang}
    name="role"
    label={t(lang, "role")}
    options={ORGANISATION_ROLES.map((value) => ({ value, label: t(lang, `roleWhat_${value}`) }))}
    value={textOf(form.values, "role") || before}
    error={mistakeOf(form, "role")}
  />
);

/** The way on bears the id to which a mistake leads. */
const keepAsIs = (lang: Language, organisation: Organisation) => (
  <a id="ways" href={around(lang, organisation).back}>
    {t(lang, "keepAsIs")}
  </a>
);

export function invitePage({ organisation }: Run, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  return formPage(ask, form, {
    title: t(lang, "invite"),
    lead: t(lang, "inviteLead", { name: organisation.name, days: INVITATION_DAYS }),
    submit: t(lang, "inviteSend"),
    ...around(lang, organisation),
    children: (
      <>
        <TextInput
          lang={lang}
          name="address"
          label={t(lang, "address")}
          value={textOf(form.values, "address")}
          error={mistakeOf(form, "address")}
          inputMode="email"
          width="m"
        />
        {roleField(lang, form, "member")}
      </>
    ),
  });
}

export interface MemberData extends Run {
  member: Member;
}

export function memberPage({ organisation, member }: MemberData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const end = paths.END_MEMBER.href(lang, { id: organisation.id, member: member.id });
  return formPage(ask, form, {
    title: nameIn(lang, member),
    lead: t(lang, "memberLead", { name: organisation.name }),
    submit: t(lang, "save"),
    other: <a href={end}>{t(lang, "remove")}</a>,
    ...around(lang, organisation),
    children: roleField(lang, form, member.role),
  });
}

export function removePage({ organisation, member }: MemberData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  return formPage(ask, form, {
    title: t(lang, "removeOf", { name: nameIn(lang, member) }),
    lead: t(lang, "removeLead", { name: organisation.name }),
    submit: t(lang, "remove"),
    ...around(lang, organisation),
    other: keepAsIs(lang, organisation),
  });
}

export function handOverPage({ organisation, members, self }: Run, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const others = members.filter((one) => one.id !== self.id);
  return formPage(ask, form, {
    title: t(lang, "handOver"),
    lead: t(lang, "handOverLead", { name: organisation.name }),
    submit: t(lang, "handOverDo"),
    ...around(lang, organisation),
    children: (
      <>
        <RadioGroup
          lang={lang}
          name="to"
          label={t(lang, "handOverTo")}
          options={others.map((one) => ({ value: one.id, label: nameIn(lang, one) }))}
          value={textOf(form.values, "to")}
          error={mistakeOf(form, "to")}
        />
        <Checkbox
          lang={lang}
          name="leave"
          label={t(lang, "handOverLeave")}
          isChecked={textOf(form.values, "leave") !== ""}
        />
      </>
    ),
  });
}

export function leavePage(data: Run, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  const { organisation, members, self } = data;
  if (!leavesAnOwner(members, self.id, null)) return lastOwnerPage(data, ask);
  return formPage(ask, form, {
    title: t(lang, "leaveOf", { name: organisation.name }),
    lead: t(lang, "leaveLead"),
    submit: t(lang, "leave"),
    ...around(lang, organisation),
    other: keepAsIs(lang, organisation),
  });
}

/** Nothing is offered that would be refused: only the ways on. */
function lastOwnerPage({ organisation, members }: Run, { language: lang }: PrivateRequest): PageContent {
  const { id, name } = organisation;
  const [title, lead] = [t(lang, "leaveOf", { name }), t(lang, "lastOwner")];
  return {
    title,
    description: lead,
    crumbs: around(lang, organisation).crumbs,
    body: (
      <Narrow>
        <Opening title={title} lead={lead} />
        <ul class="ways">
          {members.length > 1 && (
            <li>
              <a href={paths.HAND_OVER.href(lang, { id })}>{t(lang, "handOver")}</a>
            </li>
          )}
          <li>
            <a href={paths.END_ORGANISATION.href(lang, { id })}>{t(lang, "end")}</a>
          </li>
        </ul>
      </Narrow>
    ),
  };
}

export function endPage({ organisation }: Run, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  return formPage(ask, form, {
    title: t(lang, "endOf", { name: organisation.name }),
    lead: t(lang, "endLead"),
    submit: t(lang, "end"),
    ...around(lang, organisation),
    children: <Checkbox lang={lang} name="sure" label={t(lang, "endSure")} error={mistakeOf(form, "sure")} />,
    other: keepAsIs(lang, organisation),
  });
}
