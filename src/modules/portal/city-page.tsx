/** A city's front page: search, the newest decisions, who decides, on what. */
import { CITIES, type CityCode } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import { CITY_DECISIONS, CITY_FEED, type DecisionCounts, type DecisionLine, rowOf } from "#modules/decisions/index.ts";
import { CITY_SEARCH } from "#modules/search/index.ts";
import { Find } from "#ui/find.tsx";
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
              <Side label={title}>
                <SideSection id="makers" title={t(lang, "cityMakers")}>
                  <SideLinks
                    links={counts.makers.slice(0, SIDE_ROWS).map((maker) => ({
                      href: CITY_DECISIONS.href(lang, { city }, { maker: maker.value }),
                      label: maker.label,
                      note: `(${maker.count})`,
                    }))}
                  />
                </SideSection>
                <SideSection id="topics" title={t(lang, "cityTopics")}>
                  <SideLinks
                    links={counts.classes.slice(0, SIDE_ROWS).map((topic) => ({
                      href: CITY_DECISIONS.href(lang, { city }, { class: topic.value }),
                      label: topic.label || topic.value,
                      note: `(${topic.count})`,
                    }))}
                  />
                </SideSection>
              </Side>
            )}
          </Columns>
        </div>
      </>
    ),
  };
}
