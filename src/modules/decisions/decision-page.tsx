/** The page of one decision: it reads like an article, what was decided first. */
import { CITIES, type Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import { Glance } from "#ui/facts.tsx";
import { formatRecordNumber, formatSection } from "#ui/format.ts";
import { Quoted } from "#ui/inline.tsx";
import { Columns, Opening, Prose } from "#ui/layout.tsx";
import { Notification, OnlyInNotice } from "#ui/notices.tsx";
import { ReadingText } from "#ui/reading.tsx";
import { DecisionFacts } from "./decision-facts.tsx";
import { DecisionSide } from "./decision-side.tsx";
import { linkedData, orderSections, sectionIds } from "./decision-view.ts";
import { shorten } from "./identity.ts";
import { linkNumbers } from "./mentions.tsx";
import { Money } from "./money.tsx";
import { apiDecision, apiOriginal, CITY_DECISIONS, DECISION, MATTER, permanentDecision } from "./paths.ts";
import type { DecisionDetail } from "./queries.ts";
import { t } from "./texts.ts";

export interface DecisionPageData {
  decision: DecisionDetail;
  origin: string;
}

/** Content of the page; the frame is added by the caller. */
export function decisionPage({ decision, origin }: DecisionPageData, request: PageRequest): PageContent {
  const { language: lang, shy } = request;
  const { reading, city } = decision;
  const sections = orderSections(reading.sections);
  const ids = sectionIds(sections);
  return {
    title: [reading.section && formatSection(lang, reading.section), reading.title, reading.recordNumber?.written]
      .filter(Boolean)
      .join(" · "),
    description: describe(decision, lang),
    crumbs: crumbsOf(decision, lang),
    jsonLd: linkedData(reading, addressesOf(decision, origin), CITIES[city].names[reading.language].name),
    ...(decision.version !== decision.newestVersion && { isPrivate: true }),
    body: (
      <article class="wrap">
        <Opening
          kicker={<Kicker decision={decision} lang={lang} />}
          title={
            <Quoted lang={lang} textLang={reading.language}>
              {shy(reading.title, reading.language)}
            </Quoted>
          }
        >
          <OnlyInNotice lang={lang} original={reading.language} />
          <p class="jump">
            <a href={`#${ids[0] ?? "original"}`}>{t(lang, "jumpText")}</a>{" "}
            <a href="#original">{t(lang, "jumpOriginal")}</a>
          </p>
        </Opening>
        <OldVersion decision={decision} lang={lang} />
        <Columns layout="article">
          <Prose>
            <Glance lang={lang}>
              <DecisionFacts decision={decision} lang={lang} sections={sections} ids={ids} />
              <Money lang={lang} reading={reading} shown={sections} />
              <p class="small dim">{t(lang, "glanceNote")}</p>
            </Glance>
            <ReadingText
              lang={lang}
              textLang={reading.language}
              sections={sections.map((section, n) => ({
                id: ids[n] ?? section.kind,
                heading: section.heading,
                blocks: section.blocks,
              }))}
              enrich={linkNumbers(decision, lang)}
            />
            <p class="small dim">{t(lang, "textNote")}</p>
          </Prose>
          <DecisionSide decision={decision} lang={lang} sections={sections} ids={ids} origin={origin} />
        </Columns>
      </article>
    ),
  };
}

function describe({ reading, city }: DecisionDetail, lang: Language): string {
  const maker = reading.decisionMaker?.name ?? CITIES[city].names[lang].name;
  return shorten(t(lang, "description", { maker, title: reading.title }), 200);
}

function crumbsOf({ city, matter }: DecisionDetail, lang: Language) {
  const crumbs = [{ label: t(lang, "decisions"), href: CITY_DECISIONS.href(lang, { city }) }];
  return matter
    ? [...crumbs, { label: formatRecordNumber(matter.written), href: MATTER.href(lang, { city, slug: matter.slug }) }]
    : crumbs;
}

function addressesOf({ city, ref, reading, version, mediaType }: DecisionDetail, origin: string) {
  return {
    html: origin + DECISION.href(reading.language, { city, ref }),
    permanent: origin + permanentDecision(ref),
    json: origin + apiDecision(ref),
    original: origin + apiOriginal(ref, version),
    mediaType,
  };
}

function Kicker({ decision, lang }: { decision: DecisionDetail; lang: Language }) {
  const { reading, matter, city } = decision;
  const kind = t(lang, reading.stage === "proposed" ? "kindProposal" : "kindDecision");
  return (
    <>
      {kind} {reading.section && <span class="nb">{formatSection(lang, reading.section)}</span>}
      {matter && (
        <>
          {" · "}
          <a class="nb" href={MATTER.href(lang, { city, slug: matter.slug })}>
            {formatRecordNumber(matter.written)}
          </a>
        </>
      )}
    </>
  );
}

function OldVersion({ decision, lang }: { decision: DecisionDetail; lang: Language }) {
  const { city, ref, version, newestVersion } = decision;
  if (version === newestVersion) return null;
  return (
    <Notification id="old-version" kind="alert" title={t(lang, "oldVersionTitle")}>
      <p>
        {t(lang, "oldVersionText")} <a href={DECISION.href(lang, { city, ref })}>{t(lang, "oldVersionLink")}</a>
      </p>
    </Notification>
  );
}
