/** Everybody who works for a city here, and who has been invited to. */
import { Temporal } from "temporal-polyfill";
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Moment } from "#ui/inline.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { Pagination } from "#ui/pagination.tsx";
import { StackTable } from "#ui/tables.tsx";
import { Done } from "./done.tsx";
import type { StaffList } from "./looking.ts";
import { DESK, INVITE, MEMBER, STAFF, WITHDRAW } from "./paths.ts";
import type { Invitation } from "./queries.ts";
import { memberName, type MemberRole } from "./staff.ts";
import { t, type TextKey } from "./texts.ts";
import { roleText } from "./words.ts";

const column = (lang: Language, key: TextKey) => ({ head: t(lang, key), short: t(lang, key) });

export function staffPage({ city, ...list }: StaffList & { city: CityCode }, ask: PrivateRequest): PageContent {
  const { language: lang, done } = ask;
  const lead = t(lang, "staffLead", { inside: CITIES[city].names[lang].inside });
  return {
    title: t(lang, "staff"),
    description: lead,
    crumbs: [{ label: t(lang, "desk"), href: DESK.href(lang, { city }) }],
    body: (
      <div class="wrap">
        <Done lang={lang} done={done} />
        <Opening title={t(lang, "staff")} lead={lead} />
        <p>
          <a class="hds-button hds-button--primary" href={INVITE.href(lang, { city })}>
            {t(lang, "invite")}
          </a>
        </p>
        <Section id="people" title={t(lang, "people")}>
          <Members lang={lang} city={city} list={list} />
        </Section>
        <Section id="invitations" title={t(lang, "invitations")}>
          <Invitations lang={lang} city={city} invitations={list.invitations} />
        </Section>
      </div>
    ),
  };
}

function Members({ lang, city, list }: { lang: Language; city: CityCode; list: StaffList }) {
  const { members, page, pages } = list;
  return (
    <>
      <StackTable
        id="people-table"
        caption={t(lang, "people")}
        isCaptionHidden
        rowHead={t(lang, "name")}
        columns={[column(lang, "roles"), column(lang, "mail")]}
        rows={members.map((member) => ({
          head: (
            <a href={MEMBER.href(lang, { city, person: member.person })}>{memberName(member) || t(lang, "noName")}</a>
          ),
          cells: [<RoleLines lang={lang} roles={member.roles} />, member.mail ?? t(lang, "mailUnknown")],
        }))}
      />
      <Pagination
        lang={lang}
        current={page}
        last={pages}
        hrefOf={(n) => STAFF.href(lang, { city }, { page: String(n) })}
      />
    </>
  );
}

/** Each role on a line of its own, with where it comes from. */
function RoleLines({ lang, roles }: { lang: Language; roles: readonly MemberRole[] }) {
  return (
    <>
      {roles.map((role, n) => (
        <>
          {n > 0 && <br />}
          {roleText(lang, role)} <span class="dim">({t(lang, `source_${role.source}`)})</span>
        </>
      ))}
    </>
  );
}

function Invitations(props: { lang: Language; city: CityCode; invitations: readonly Invitation[] }) {
  const { lang, city, invitations } = props;
  if (invitations.length === 0) return <Empty text={t(lang, "invitationsNone")} />;
  return (
    <StackTable
      id="invitations-table"
      caption={t(lang, "invitations")}
      isCaptionHidden
      rowHead={t(lang, "mail")}
      columns={[column(lang, "role"), column(lang, "validUntil"), column(lang, "withdraw")]}
      rows={invitations.map((invitation) => ({
        head: invitation.address,
        cells: [
          roleText(lang, invitation),
          <Moment lang={lang} moment={Temporal.Instant.from(invitation.expiresAt.toISOString())} />,
          <WithdrawButton lang={lang} city={city} invitation={invitation} />,
        ],
      }))}
    />
  );
}

function WithdrawButton({ lang, city, invitation }: { lang: Language; city: CityCode; invitation: Invitation }) {
  const { id, address } = invitation;
  return (
    <form action={WITHDRAW.href(lang, { city, id })} method="post">
      <button class="plain-button" type="submit" aria-label={t(lang, "withdrawOf", { address })}>
        {t(lang, "withdraw")}
      </button>
    </form>
  );
}
