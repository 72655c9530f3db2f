/** The first of one's own pages: who one is here, and the ways on. */
import { CITIES, type Language } from "#core/cities.ts";
import type { Actor, HeldRole } from "#core/actor.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { type Fact, Facts, State } from "#ui/facts.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { type Row, Rows } from "#ui/rows.tsx";
import { KEYS } from "../keys/paths.ts";
import { t as keyTexts } from "../keys/texts.ts";
import { MANDATES } from "../mandates/paths.ts";
import { t as mandateTexts } from "../mandates/texts.ts";
import { NOTIFICATIONS } from "../notifications/paths.ts";
import { t as notificationTexts } from "../notifications/texts.ts";
import { ACTING, MY_ORGANISATIONS } from "../organisations/paths.ts";
import { t as organisationTexts } from "../organisations/texts.ts";
import { SESSIONS } from "../paths.ts";
import { ERASE } from "../retention/paths.ts";
import { t as eraseTexts } from "../retention/texts.ts";
import { t, type TextKey } from "../texts.ts";
import { DESK } from "../staff/paths.ts";
import { t as staffTexts } from "../staff/texts.ts";
import { DATA, PROFILE, SEEN } from "./paths.ts";
import type { OwnPage } from "./queries.ts";
import { t as words } from "./texts.ts";

export function mePage(data: OwnPage, { language: lang, actor }: PrivateRequest): PageContent {
  return {
    title: t(lang, "me"),
    description: t(lang, "meLead"),
    body: (
      <div class="wrap">
        <Opening title={t(lang, "me")} lead={t(lang, "meLead")} />
        <Section id="who" title={t(lang, "youAre")} isFirst>
          <Facts lang={lang} facts={factsOf(lang, data, actor)} />
        </Section>
        {actor.kind === "staff" ? (
          <Part id="work" lang={lang} title={words(lang, "work")} rows={desksOf(lang, actor.roles)} />
        ) : (
          <Part id="others" lang={lang} title={words(lang, "forOthers")} rows={inNames(lang)} />
        )}
        <Part id="manage" lang={lang} title={words(lang, "manage")} rows={managed(lang, data.unread)} />
        <Part id="known" lang={lang} title={words(lang, "yourRights")} rows={rights(lang)} />
      </div>
    ),
  };
}

function Part({ id, lang, title, rows }: { id: string; lang: Language; title: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null;
  return (
    <Section id={id} title={title} isBare>
      <Rows lang={lang} rows={rows} isRuled />
    </Section>
  );
}

/** Where staff works. */
const desksOf = (lang: Language, roles: readonly HeldRole[]): Row[] =>
  [...new Set(roles.map(({ city }) => city))].map((city) => ({
    href: DESK.href(lang, { city }),
    title: staffTexts(lang, "deskOf", { name: CITIES[city].names[lang].name }),
    note: staffTexts(lang, "deskLead"),
  }));

/** In whose name one acts. */
const inNames = (lang: Language): Row[] => [
  { href: ACTING.href(lang), title: organisationTexts(lang, "acting"), note: organisationTexts(lang, "actingWhat") },
  {
    href: MY_ORGANISATIONS.href(lang),
    title: organisationTexts(lang, "mine"),
    note: organisationTexts(lang, "mineLead"),
  },
  { href: MANDATES.href(lang), title: mandateTexts(lang, "mandates"), note: mandateTexts(lang, "mandatesLead") },
];

const unreadText = (lang: Language, count: number): string => notificationTexts(lang, "unread", { count });

const managed = (lang: Language, unread: number): Row[] => [
  {
    href: NOTIFICATIONS.href(lang),
    title: notificationTexts(lang, "notifications"),
    note: notificationTexts(lang, "notificationsLead"),
    aside: unread === 0 ? undefined : <State lang={lang} kind="open" text={unreadText(lang, unread)} />,
  },
  { href: PROFILE.href(lang), title: words(lang, "profile"), note: words(lang, "profileLead") },
  { href: SESSIONS.href(lang), title: t(lang, "sessions"), note: t(lang, "sessionsLead") },
  { href: KEYS.href(lang), title: keyTexts(lang, "keys"), note: keyTexts(lang, "keysLead") },
];

const rights = (lang: Language): Row[] => [
  { href: DATA.href(lang), title: words(lang, "data"), note: words(lang, "dataLead") },
  { href: SEEN.href(lang), title: words(lang, "seen"), note: words(lang, "seenLead") },
  { href: ERASE.href(lang), title: eraseTexts(lang, "erase"), note: eraseTexts(lang, "eraseLead") },
];

function factsOf(lang: Language, { given, family, mail }: OwnPage, actor: Actor): Fact[] {
  const name = `${given} ${family}`.trim();
  const facts: Fact[] = [
    name === ""
      ? { kind: "unknown", label: t(lang, "yourName"), why: t(lang, "yourNameUnknown") }
      : { kind: "known", label: t(lang, "yourName"), value: name },
    mail === null
      ? { kind: "unknown", label: t(lang, "yourMail"), why: t(lang, "yourMailUnknown") }
      : { kind: "known", label: t(lang, "yourMail"), value: mail },
    { kind: "known", label: t(lang, "yourSignIn"), value: t(lang, howKnown(actor)) },
  ];
  return actor.kind === "staff" ? [...facts, rolesFact(lang, actor.roles)] : facts;
}

function howKnown(actor: Actor): TextKey {
  if (actor.kind === "staff") return "kind_staff";
  return "assurance" in actor && actor.assurance === "strong" ? "kind_strong" : "kind_mail";
}

function rolesFact(lang: Language, roles: readonly HeldRole[]): Fact {
  const label = t(lang, "yourRoles");
  if (roles.length === 0) return { kind: "unknown", label, why: t(lang, "yourRolesUnknown") };
  return { kind: "known", label, value: roles.map((held) => roleName(lang, held)).join("; ") };
}

/** "kirjaaja, Helsinki", "palveluneuvoja, Oulu: kirjastot" */
export function roleName(lang: Language, { city, role, scope }: HeldRole): string {
  const values = { role: t(lang, `role_${role}` satisfies TextKey), city: CITIES[city].names[lang].name };
  return scope === null ? t(lang, "roleIn", values) : t(lang, "roleInScope", { ...values, scope });
}
