/** One organisation as its members see it: who is in it, whom owners have invited, and what they can do. */
import type { Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { Path } from "#core/http/paths.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Facts } from "#ui/facts.tsx";
import { Day, Moment } from "#ui/inline.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { StackTable } from "#ui/tables.tsx";
import { dayOf, factsOf, momentOf } from "./facts.tsx";
import { DoneNotice } from "./form-page.tsx";
import type { InvitationRow } from "./invitations.queries.ts";
import { nameIn, roleIn } from "./members.ts";
import type { Member, Membership, Organisation } from "./organisation.ts";
import * as paths from "./paths.ts";
import { t, type TextKey } from "./texts.ts";

export interface MyOrganisation {
  organisation: Organisation;
  self: Membership;
  members: readonly Member[];
  /** For owners only. */
  invitations: readonly InvitationRow[];
}

export function myOrganisationPage(data: MyOrganisation, ask: PrivateRequest): PageContent {
  const { language: lang, done } = ask;
  const { organisation, self, invitations } = data;
  const { name } = organisation;
  const isOwner = self.role === "owner";
  return {
    title: name,
    description: t(lang, "oneLead"),
    crumbs: [{ label: t(lang, "mine"), href: paths.MY_ORGANISATIONS.href(lang) }],
    body: (
      <div class="wrap">
        <DoneNotice lang={lang} done={done} />
        <Opening
          kicker={t(lang, "youAre", { role: roleIn(lang, self.role) })}
          title={name}
          lead={t(lang, isOwner ? "oneLead" : "oneLeadMember")}
        />
        <Members lang={lang} data={data} />
        {invitations.length > 0 && <Invitations lang={lang} data={data} />}
        <Section id="public" title={t(lang, "publicPart")}>
          <Facts lang={lang} facts={factsOf(lang, organisation)} />
        </Section>
        <Section id="ways" title={t(lang, "ways")}>
          <Ways lang={lang} data={data} />
        </Section>
      </div>
    ),
  };
}

interface Part {
  lang: Language;
  data: MyOrganisation;
}

function Ways({ lang, data: { organisation, self, members } }: Part) {
  const isOwner = self.role === "owner";
  const ways: [Path, TextKey, boolean][] = [
    [paths.ORGANISATION, "publicPage", true],
    [paths.EDIT_ORGANISATION, "edit", isOwner],
    [paths.HAND_OVER, "handOver", isOwner && members.length > 1],
    [paths.LEAVE, "leave", true],
    [paths.END_ORGANISATION, "end", isOwner],
  ];
  return (
    <ul class="ways">
      {ways
        .filter(([, , isOpen]) => isOpen)
        .map(([path, key]) => (
          <li>
            <a href={path.href(lang, { id: organisation.id })}>{t(lang, key)}</a>
          </li>
        ))}
    </ul>
  );
}

const columnIn = (lang: Language) => (key: TextKey) => ({ head: t(lang, key), short: t(lang, key) });

function Members({ lang, data: { organisation, members, self } }: Part) {
  const column = columnIn(lang);
  const isOwner = self.role === "owner";
  const { id } = organisation;
  return (
    <Section id="members" title={t(lang, "members")} isFirst>
      <StackTable
        id="members-list"
        caption={t(lang, "members")}
        isCaptionHidden
        rowHead={t(lang, "member")}
        columns={[column("role"), column("since"), ...(isOwner ? [column("change")] : [])]}
        rows={members.map((member) => ({
          head: nameIn(lang, member) + (member.id === self.id ? ` (${t(lang, "you")})` : ""),
          cells: [
            t(lang, `Role_${member.role}`),
            <Day lang={lang} day={dayOf(member.since)} plain />,
            ...(isOwner ? [member.id === self.id ? null : <ChangeLink {...{ lang, member, id }} />] : []),
          ],
        }))}
      />
      {isOwner && (
        <div class="acts">
          <a class="hds-button hds-button--primary" href={paths.INVITE.href(lang, { id })}>
            {t(lang, "invite")}
          </a>
        </div>
      )}
    </Section>
  );
}

function ChangeLink({ lang, member, id }: { lang: Language; member: Member; id: string }) {
  return (
    <a
      href={paths.MEMBER.href(lang, { id, member: member.id })}
      aria-label={t(lang, "changeOf", { name: nameIn(lang, member) })}
    >
      {t(lang, "change")}
    </a>
  );
}

function Invitations({ lang, data: { organisation, invitations } }: Part) {
  const column = columnIn(lang);
  return (
    <Section id="invitations" title={t(lang, "invitations")}>
      <StackTable
        id="invitations-list"
        caption={t(lang, "invitations")}
        isCaptionHidden
        rowHead={t(lang, "address")}
        columns={[column("role"), column("holdsUntil"), column("cancel")]}
        rows={invitations.map(({ id: invitation, address, role, expiresAt }) => ({
          head: address,
          cells: [
            t(lang, `Role_${role}`),
            <Moment lang={lang} moment={momentOf(expiresAt)} />,
            <form action={paths.CANCEL_INVITATION.href(lang, { id: organisation.id, invitation })} method="post">
              <button class="plain-button" type="submit" aria-label={t(lang, "cancelOf", { address })}>
                {t(lang, "cancel")}
              </button>
            </form>,
          ],
        }))}
      />
    </Section>
  );
}
