/** Organisations in public: the list, and what one tells of itself. Never who is in it. */
import type { Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import { Facts } from "#ui/facts.tsx";
import { Find } from "#ui/find.tsx";
import { formatDate } from "#ui/format.ts";
import { Dotted } from "#ui/inline.tsx";
import { More, Opening, Section } from "#ui/layout.tsx";
import { Empty, OnlyInNotice } from "#ui/notices.tsx";
import { Walk } from "#ui/pagination.tsx";
import { Rows } from "#ui/rows.tsx";
import { checkedText, dayOf, factsOf } from "./facts.tsx";
import type { Organisation } from "./organisation.ts";
import * as paths from "./paths.ts";
import type { OrganisationLine } from "./queries.ts";
import { paragraphsOf } from "./running-text.ts";
import { t } from "./texts.ts";

export const LINES_ON_PAGE = 50;

export interface ListData {
  /** What names begin with; "" for all. */
  beginning: string;
  /** Id of the last line of the page before. */
  after: string | null;
  /** One more than the page shows when there are more. */
  lines: readonly OrganisationLine[];
}

export function organisationsPage({ beginning, after, lines }: ListData, request: PageRequest): PageContent {
  const { language: lang } = request;
  const last = lines.length > LINES_ON_PAGE ? lines[LINES_ON_PAGE - 1] : undefined;
  const href = (place?: string) => paths.ORGANISATIONS.href(lang, {}, { q: beginning, after: place });
  return {
    title: t(lang, "list"),
    description: t(lang, "listLead"),
    // Later pages and searches lead to organisations, but are no results themselves.
    ...((after !== null || beginning !== "") && { isPrivate: true }),
    body: (
      <div class="wrap">
        <Opening title={t(lang, "list")} lead={t(lang, "listLead")} />
        <Find lang={lang} action={paths.ORGANISATIONS.href(lang)} query={beginning} label={t(lang, "listFind")} />
        <Section id="lines" title={t(lang, beginning === "" ? "listByName" : "listBeginning", { beginning })}>
          <Lines lines={lines.slice(0, LINES_ON_PAGE)} beginning={beginning} request={request} />
        </Section>
        <Walk
          lang={lang}
          start={after === null ? undefined : { href: href(), label: t(lang, "listStart") }}
          next={last && { href: href(last.id), label: t(lang, "listNext") }}
        />
        <More href={paths.MY_ORGANISATIONS.href(lang)} label={t(lang, "listMine")} />
      </div>
    ),
  };
}

function Lines(props: { lines: readonly OrganisationLine[]; beginning: string; request: PageRequest }) {
  const { lines, beginning, request } = props;
  const { language: lang, shy } = request;
  if (lines.length === 0) {
    const all = { href: paths.ORGANISATIONS.href(lang), label: t(lang, "listAll") };
    if (beginning === "") return <Empty text={t(lang, "listNone")} />;
    return <Empty text={t(lang, "listNoneSuch")} link={all} />;
  }
  return (
    <Rows
      lang={lang}
      rows={lines.map((line) => ({
        href: paths.ORGANISATION.href(lang, { id: line.id }),
        title: shy(line.name, "fi"),
        note: <Dotted parts={[t(lang, `kind_${line.kind}`), checkedText(lang, line)]} />,
        aside: line.businessId ?? undefined,
      }))}
    />
  );
}

export interface OrganisationData {
  organisation: Organisation;
  origin: string;
}

export function organisationPage({ organisation, origin }: OrganisationData, request: PageRequest): PageContent {
  const { language: lang, shy } = request;
  const { id, name, kind, state, presentation } = organisation;
  const lead = leadOf(lang, organisation);
  return {
    title: name,
    description: lead,
    crumbs: [{ label: t(lang, "list"), href: paths.ORGANISATIONS.href(lang) }],
    jsonLd: jsonLdOf(organisation, origin),
    body: (
      <div class="wrap">
        <Opening kicker={t(lang, `kind_${kind}`)} title={shy(name, "fi")} lead={lead} />
        <Presentation lang={lang} organisation={organisation} />
        <Section id="facts" title={t(lang, "facts")} isFirst={Object.keys(presentation.texts).length === 0}>
          <Facts lang={lang} facts={factsOf(lang, organisation)} />
        </Section>
        {state === "active" && (
          <Section id="yours" title={t(lang, "yours")}>
            <p>
              {t(lang, "yoursWhat")} <a href={paths.CLAIM_ORGANISATION.href(lang, { id })}>{t(lang, "yoursLink")}</a>
            </p>
          </Section>
        )}
      </div>
    ),
  };
}

function leadOf(lang: Language, { state, endedAt }: Organisation): string {
  if (state === "ended" && endedAt) return t(lang, "publicEnded", { day: formatDate(lang, dayOf(endedAt)) });
  return t(lang, "publicLead");
}

function Presentation({ lang, organisation: { presentation } }: { lang: Language; organisation: Organisation }) {
  const { original, texts } = presentation;
  const textLang = texts[lang] === undefined ? original : lang;
  const text = texts[textLang];
  if (text === undefined) return null;
  return (
    <Section id="presentation" title={t(lang, "presentation")} isFirst>
      <OnlyInNotice lang={lang} original={textLang} />
      <div class="prose" lang={textLang === lang ? undefined : textLang}>
        {paragraphsOf(text).map((line) => (
          <p>{line}</p>
        ))}
      </div>
    </Section>
  );
}

/** schema.org: https://schema.org/Organization */
const jsonLdOf = ({ id, name, businessId, website, contactMail, endedAt }: Organisation, origin: string) => ({
  "@context": "https://schema.org",
  "@type": "Organization",
  "@id": origin + paths.permanentOrganisation(id),
  name,
  ...(businessId !== null && { taxID: businessId }),
  ...(website !== null && { url: website }),
  ...(contactMail !== null && { email: contactMail }),
  ...(endedAt !== null && { dissolutionDate: dayOf(endedAt).toString() }),
});
