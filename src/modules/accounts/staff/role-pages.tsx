/** Changing a role, and ending one or all: one thing a page, said in full before it is done. */
import type { Language } from "#core/cities.ts";
import type { Form } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Narrow, Opening } from "#ui/layout.tsx";
import { ErrorSummary } from "#ui/notices.tsx";
import { type MemberData, staffCrumbs } from "./member-page.tsx";
import { MEMBER } from "./paths.ts";
import { RoleFields } from "./role-fields.tsx";
import { memberName, type MemberRole } from "./staff.ts";
import { t } from "./texts.ts";
import { roleText } from "./words.ts";

export function changePage(
  { city, member, role }: MemberData & { role: MemberRole },
  form: Form,
  { language: lang, url }: PrivateRequest,
): PageContent {
  const name = memberName(member) || t(lang, "noName");
  const back = MEMBER.href(lang, { city, person: member.person });
  const [title, lead] = [t(lang, "changeTitle", { name }), t(lang, "changeLead", { role: roleText(lang, role) })];
  return {
    title,
    description: lead,
    crumbs: [...staffCrumbs(lang, city), { label: name, href: back }],
    body: (
      <Narrow>
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        <Opening title={title} lead={lead} />
        <form action={url} method="post" novalidate>
          <RoleFields lang={lang} form={form} now={role} />
          <Acts lang={lang} button={t(lang, "changeDo")} back={back} />
        </form>
      </Narrow>
    ),
  };
}

/** `ending`: what ends by the button. `staying`: what the person keeps: other roles, and those of the directory. */
export function endPage(
  data: MemberData & { ending: readonly MemberRole[]; staying: readonly MemberRole[] },
  form: Form,
  { language: lang, url }: PrivateRequest,
): PageContent {
  const { city, member, ending, staying } = data;
  const name = memberName(member) || t(lang, "noName");
  const back = MEMBER.href(lang, { city, person: member.person });
  const title = t(lang, "endTitle", { count: ending.length, name });
  const lead = t(lang, staying.length === 0 ? "endLeadOut" : "endLead");
  return {
    title,
    description: lead,
    crumbs: [...staffCrumbs(lang, city), { label: name, href: back }],
    body: (
      <Narrow>
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        <Opening title={title} lead={lead} />
        <p>{t(lang, "ending")}</p>
        <RoleList lang={lang} roles={ending} />
        {staying.length > 0 && (
          <>
            <p>{t(lang, "staying")}</p>
            <RoleList lang={lang} roles={staying} />
          </>
        )}
        <form action={url} method="post">
          <Acts lang={lang} button={t(lang, "endDo", { count: ending.length })} id={END_BUTTON} back={back} />
        </form>
      </Narrow>
    ),
  };
}

/** Where the summary of mistakes leads: the page has no field. */
export const END_BUTTON = "end";

function Acts({ lang, button, id, back }: { lang: Language; button: string; id?: string; back: string }) {
  return (
    <div class="acts">
      <button class="hds-button hds-button--primary" type="submit" id={id}>
        {button}
      </button>
      <a href={back}>{t(lang, "cancel")}</a>
    </div>
  );
}

function RoleList({ lang, roles }: { lang: Language; roles: readonly MemberRole[] }) {
  return (
    <ul>
      {roles.map((role) => (
        <li>
          {roleText(lang, role)} <span class="dim">({t(lang, `source_${role.source}`)})</span>
        </li>
      ))}
    </ul>
  );
}
