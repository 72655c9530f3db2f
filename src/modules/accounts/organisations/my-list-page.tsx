/** One's organisations: those of now, claims on their way, and those of before. */
import { CITIES, type Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { State } from "#ui/facts.tsx";
import { Day } from "#ui/inline.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { Rows } from "#ui/rows.tsx";
import { ME } from "../paths.ts";
import { t as accountTexts } from "../texts.ts";
import type { OwnClaim } from "./claims.queries.ts";
import { dayOf } from "./facts.tsx";
import { DoneNotice } from "./form-page.tsx";
import type { OwnMembership, PastMembership } from "./members.queries.ts";
import { roleIn } from "./members.ts";
import * as paths from "./paths.ts";
import { t } from "./texts.ts";

export interface MyOrganisations {
  now: readonly OwnMembership[];
  past: readonly PastMembership[];
  claims: readonly OwnClaim[];
}

export function myOrganisationsPage({ now, past, claims }: MyOrganisations, ask: PrivateRequest): PageContent {
  const { language: lang, done } = ask;
  return {
    title: t(lang, "mine"),
    description: t(lang, "mineLead"),
    crumbs: [{ label: accountTexts(lang, "me"), href: ME.href(lang) }],
    body: (
      <div class="wrap">
        <DoneNotice lang={lang} done={done} />
        <Opening title={t(lang, "mine")} lead={t(lang, "mineLead")} />
        <Now lang={lang} now={now} />
        <div class="acts">
          <a class="hds-button hds-button--primary" href={paths.NEW_ORGANISATION.href(lang)}>
            {t(lang, "new")}
          </a>
          {now.length > 0 && <a href={paths.ACTING.href(lang)}>{t(lang, "acting")}</a>}
        </div>
        {claims.length > 0 && <Claims lang={lang} claims={claims} />}
        {past.length > 0 && <Past lang={lang} past={past} />}
      </div>
    ),
  };
}

function Now({ lang, now }: { lang: Language; now: readonly OwnMembership[] }) {
  if (now.length === 0)
    return (
      <Empty text={t(lang, "mineNone")} link={{ href: paths.ORGANISATIONS.href(lang), label: t(lang, "listLink") }} />
    );
  return (
    <Rows
      lang={lang}
      isRuled
      rows={now.map(({ organisation, name, role }) => ({
        href: paths.MY_ORGANISATION.href(lang, { id: organisation }),
        title: name,
        note: t(lang, "youAre", { role: roleIn(lang, role) }),
      }))}
    />
  );
}

const CLAIM_STATE = { open: "wait", approved: "done", refused: "late" } as const;

function Claims({ lang, claims }: { lang: Language; claims: readonly OwnClaim[] }) {
  return (
    <Section id="claims" title={t(lang, "claims")}>
      <Rows
        lang={lang}
        rows={claims.map(({ organisation, name, city, createdAt, state, answer }) => ({
          href: paths.ORGANISATION.href(lang, { id: organisation }),
          title: name,
          note: [
            t(lang, "claimTo", { city: CITIES[city].names[lang].name }),
            " ",
            <Day lang={lang} day={dayOf(createdAt)} plain />,
            ...(answer ? [<br />, `${t(lang, "claimAnswer")}: ${answer}`] : []),
          ],
          aside: <State lang={lang} kind={CLAIM_STATE[state]} text={t(lang, `claim_${state}`)} />,
        }))}
      />
    </Section>
  );
}

const PAST = { active: "pastLeft", ended: "pastEnded", merged: "pastMerged" } as const;

function Past({ lang, past }: { lang: Language; past: readonly PastMembership[] }) {
  return (
    <Section id="past" title={t(lang, "past")}>
      <Rows
        lang={lang}
        rows={past.map(({ organisation, name, until, state }) => ({
          href: paths.ORGANISATION.href(lang, { id: organisation }),
          title: name,
          note: [t(lang, PAST[state]), " ", <Day lang={lang} day={dayOf(until)} plain />],
        }))}
      />
    </Section>
  );
}
