/** One person's roles in a city, and a form to give another. */
import { Temporal } from "temporal-polyfill";
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import type { Form } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Facts } from "#ui/facts.tsx";
import { Moment } from "#ui/inline.tsx";
import { More, Opening, Section } from "#ui/layout.tsx";
import { ErrorSummary } from "#ui/notices.tsx";
import { StackTable } from "#ui/tables.tsx";
import { Done } from "./done.tsx";
import { CHANGE_ROLE, DESK, END_ROLES, STAFF } from "./paths.ts";
import { RoleFields } from "./role-fields.tsx";
import { grantsOf, memberName, type MemberRole, type StaffMember } from "./staff.ts";
import { t, type TextKey } from "./texts.ts";
import { roleText } from "./words.ts";

export interface MemberData {
  city: CityCode;
  member: StaffMember;
}

/** The way to pages about one person. */
export const staffCrumbs = (lang: Language, city: CityCode) => [
  { label: t(lang, "desk"), href: DESK.href(lang, { city }) },
  { label: t(lang, "staff"), href: STAFF.href(lang, { city }) },
];

export function memberPage({ city, member }: MemberData, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, url, done } = ask;
  const name = memberName(member) || t(lang, "noName");
  const lead = t(lang, "memberLead", { inside: CITIES[city].names[lang].inside });
  return {
    title: name,
    description: lead,
    crumbs: staffCrumbs(lang, city),
    body: (
      <div class="wrap">
        {form.mistakes.length > 0 && <ErrorSummary lang={lang} mistakes={form.mistakes} />}
        <Done lang={lang} done={done} />
        <Opening title={name} lead={lead} />
        <Facts
          lang={lang}
          facts={[
            member.mail === null
              ? { kind: "unknown", label: t(lang, "mail"), why: t(lang, "mailUnknownWhy") }
              : { kind: "known", label: t(lang, "mail"), value: t(lang, "memberTold", { mail: member.mail }) },
          ]}
        />
        <Section id="roles" title={t(lang, "roles")}>
          <MemberRoles lang={lang} city={city} member={member} />
        </Section>
        <Section id="give" title={t(lang, "give")}>
          <form action={url} method="post" novalidate>
            <RoleFields lang={lang} form={form} />
            <button class="hds-button hds-button--primary" type="submit">
              {t(lang, "give")}
            </button>
          </form>
        </Section>
      </div>
    ),
  };
}

function MemberRoles({ lang, city, member }: MemberData & { lang: Language }) {
  const column = (key: TextKey) => ({ head: t(lang, key), short: t(lang, key) });
  const { person, roles } = member;
  return (
    <>
      <StackTable
        id="roles-table"
        caption={t(lang, "roles")}
        isCaptionHidden
        rowHead={t(lang, "role")}
        columns={[column("source"), column("since"), column("act")]}
        rows={roles.map((role) => ({
          head: roleText(lang, role),
          cells: [
            t(lang, `source_${role.source}`),
            <Moment lang={lang} moment={Temporal.Instant.from(role.since.toISOString())} />,
            role.source === "directory" ? t(lang, "inDirectory") : <RoleLinks {...{ lang, city, person, role }} />,
          ],
        }))}
      />
      {roles.some(({ source }) => source === "directory") && <p>{t(lang, "inDirectoryWhy")}</p>}
      {grantsOf(member).length > 1 && <More href={END_ROLES.href(lang, { city, person })} label={t(lang, "endAll")} />}
    </>
  );
}

function RoleLinks(props: { lang: Language; city: CityCode; person: string; role: MemberRole }) {
  const { lang, city, person, role } = props;
  const query = { role: role.role, scope: role.scope ?? undefined };
  const values = { role: roleText(lang, role) };
  return (
    <>
      <a href={CHANGE_ROLE.href(lang, { city, person }, query)} aria-label={t(lang, "changeOf", values)}>
        {t(lang, "change")}
      </a>
      {", "}
      <a href={END_ROLES.href(lang, { city, person }, query)} aria-label={t(lang, "endOf", values)}>
        {t(lang, "end")}
      </a>
    </>
  );
}
