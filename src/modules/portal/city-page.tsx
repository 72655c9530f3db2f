/** A city's front page: search, the newest decisions, who decides, on what. */
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import {
  CITY_DECISIONS,
  CITY_FEED,
  classTitle,
  type DecisionCounts,
  type DecisionLine,
  REGISTER_LANGUAGE,
  rowOf,
} from "#modules/decisions/index.ts";
import { CITY_SEARCH } from "#modules/search/index.ts";
import { Find } from "#ui/find.tsx";
import { Quoted } from "#ui/inline.tsx";
import { Columns, Hero, More, Section } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { Rows } from "#ui/rows.tsx";
import { Side, SideLinks, SideSection } from "#ui/side.tsx";
import { t } from "./texts.ts";

export interface CityPageData {
  city: CityCode;
  newest: readonly DecisionLine[];
  counts: DecisionCounts;
}

/** How many decision-makers and classes are named; the list of decisions has them all. */
const SIDE_ROWS = 8;

export function cityPage({ city, newest, counts }: CityPageData, { language: lang, shy }: PageRequest): PageContent {
  const { name, genitive, inside } = CITIES[city].names[lang];
  const title = t(lang, "cityTitle", { name, genitive });
  const feed = CITY_FEED.href(lang, { city });
  const decisions = CITY_DECISIONS.href(lang, { city });
  return {
    title,
    description: t(lang, "cityLead", { inside }),
    feeds: [{ title, href: feed }],
    body: (
      <>
        <Hero lang={lang} city={city} title={title} lead={t(lang, "cityLead", { inside })}>
          <Find lang={lang} action={CITY_SEARCH.href(lang, { city })} />
        </Hero>
        <div class="wrap">
          <Columns layout="main-side">
            <div>
              <Section id="newest" title={t(lang, "newest")} isFirst>
                {newest.length > 0 ? (
                  <>
                    <Rows lang={lang} rows={newest.map((line) => rowOf(line, lang, shy, false))} />
                    <More href={decisions} label={`${t(lang, "newestAll")} (${counts.total})`} />
                  </>
                ) : (
                  <Empty text={t(lang, "cityNone", { name, genitive })} />
                )}
              </Section>
              <Section id="do" title={t(lang, "whatToDo")}>
                <Rows
                  lang={lang}
                  rows={[
                    {
                      href: CITY_SEARCH.href(lang, { city }),
                      title: t(lang, "doSearch"),
                      note: t(lang, "doSearchNote"),
                    },
                    { href: decisions, title: t(lang, "doBrowse"), note: t(lang, "doBrowseNote") },
                    { href: feed, title: t(lang, "doFollow"), note: t(lang, "doFollowNote") },
                  ]}
                />
              </Section>
            </div>
            {newest.length > 0 && (
              <Side label={t(lang, "citySide")}>
                <Register lang={lang} city={city} by="maker" counts={counts.makers} />
                <Register lang={lang} city={city} by="class" counts={counts.classes} />
              </Side>
            )}
          </Columns>
        </div>
      </>
    ),
  };
}

interface RegisterProps {
  lang: Language;
  city: CityCode;
  by: "maker" | "class";
  counts: DecisionCounts["makers"];
}

/** Those with the most decisions, each leading to its own. Nothing when no decision has any. */
function Register({ lang, city, by, counts }: RegisterProps) {
  if (counts.length === 0) return null;
  const most = [...counts].sort((a, b) => b.count - a.count).slice(0, SIDE_ROWS);
  return (
    <SideSection
      id={by === "maker" ? "makers" : "topics"}
      title={t(lang, by === "maker" ? "cityMakers" : "cityTopics")}
    >
      <SideLinks
        links={most.map(({ value, label, count }) => ({
          href: CITY_DECISIONS.href(lang, { city }, { [by]: value }),
          label: (
            <Quoted lang={lang} textLang={REGISTER_LANGUAGE}>
              {classTitle(label) || value}
            </Quoted>
          ),
          note: `(${count})`,
        }))}
      />
    </SideSection>
  );
}
