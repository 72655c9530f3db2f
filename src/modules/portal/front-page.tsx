/** The joint front page: six cities, one search box, what can be done here. */
import { Temporal } from "temporal-polyfill";
import { CITY_CODES, type CityCode, type Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import {
  type CitySummary,
  type DecisionLine,
  JOINT_DECISIONS,
  MATTER,
  REGISTER_LANGUAGE,
  rowOf,
} from "#modules/decisions/index.ts";
import { OPEN_DATA } from "#modules/opendata/index.ts";
import { JOINT_SEARCH } from "#modules/search/index.ts";
import { Find } from "#ui/find.tsx";
import { formatDate } from "#ui/format.ts";
import { Columns, Hero, More, Section } from "#ui/layout.tsx";
import { Rows, Six } from "#ui/rows.tsx";
import type { NavLink } from "#ui/shown.ts";
import { CITY_FRONT } from "./paths.ts";
import { t } from "./texts.ts";

export interface FrontPageData {
  summaries: readonly CitySummary[];
  newest: readonly DecisionLine[];
}

export function frontPage({ summaries, newest }: FrontPageData, { language: lang, shy }: PageRequest): PageContent {
  const search = JOINT_SEARCH.href(lang);
  return {
    title: t(lang, "frontTitle"),
    description: t(lang, "frontDescription"),
    body: (
      <>
        <Hero lang={lang} city={null} title={t(lang, "frontTitle")} lead={t(lang, "frontLead")}>
          <Find lang={lang} action={search} examples={examplesOf(lang)} />
        </Hero>
        <div class="wrap">
          <Section id="cities" title={t(lang, "chooseCity")} isBare>
            <Six lang={lang} cities={citiesOf(summaries, lang)} />
          </Section>
          <Columns layout="two">
            <Section id="newest" title={t(lang, "newest")}>
              <Rows lang={lang} rows={newest.map((line) => rowOf(line, lang, shy, true))} />
              <More href={JOINT_DECISIONS.href(lang)} label={t(lang, "newestAll")} />
            </Section>
            <Section id="do" title={t(lang, "whatToDo")}>
              <p>{t(lang, "whatToDoLead")}</p>
              <Rows
                lang={lang}
                rows={[
                  { href: search, title: t(lang, "doSearch"), note: t(lang, "doSearchNote") },
                  { href: JOINT_DECISIONS.href(lang), title: t(lang, "doBrowse"), note: t(lang, "doBrowseNote") },
                  { href: OPEN_DATA.href(lang), title: t(lang, "doReuse"), note: t(lang, "doReuseNote") },
                ]}
              />
            </Section>
          </Columns>
        </div>
      </>
    ),
  };
}

/** In the language that decisions are written in, whatever the page's. */
const EXAMPLES = ["koulun peruskorjaus", "avustus yhdistykselle"];

function examplesOf(lang: Language): NavLink[] {
  return [
    ...EXAMPLES.map((q) => ({
      label: q,
      labelLang: lang === REGISTER_LANGUAGE ? undefined : REGISTER_LANGUAGE,
      href: JOINT_SEARCH.href(lang, {}, { q }),
    })),
    { label: "HEL 2015-004216", href: MATTER.href(lang, { city: "helsinki", slug: "HEL-2015-004216" }) },
  ];
}

function citiesOf(summaries: readonly CitySummary[], lang: Language) {
  const entries = CITY_CODES.map((city) => {
    const summary = summaries.find((candidate) => candidate.city === city);
    return [city, { href: CITY_FRONT.href(lang, { city }), lines: linesOf(summary, lang) }] as const;
  });
  return Object.fromEntries(entries) as Record<CityCode, { href: string; lines: string[] }>;
}

/** How many decisions, and the day of the newest, or that none has a day. */
function linesOf(summary: CitySummary | undefined, lang: Language): string[] {
  const count = t(lang, "cityDecisions", { count: summary?.decisions ?? 0 });
  if (!summary) return [count];
  if (summary.newest === null) return [count, t(lang, "cityUndated")];
  return [count, t(lang, "cityNewest", { day: formatDate(lang, Temporal.PlainDate.from(summary.newest)) })];
}
