/** Lists of decisions, of one city or of all, with filters and their counts. */
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import type { PageContent, PageRequest, Shy } from "#core/http/pages.ts";
import type { Query } from "#core/http/paths.ts";
import { Chips, Facets } from "#ui/facets.tsx";
import { Columns, Opening } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { Walk } from "#ui/pagination.tsx";
import { Rows } from "#ui/rows.tsx";
import { queryOf, writePlace } from "./filter.ts";
import { chipsOf, type FilterCounts, groupsOf } from "./filters.ts";
import { rowOf } from "./lines.tsx";
import { type DecisionCounts, type DecisionFilter, type FacetCount, type ListPlace, placeOf } from "./list.queries.ts";
import { CITY_DECISIONS, CITY_FEED, JOINT_DECISIONS, JOINT_FEED } from "./paths.ts";
import type { DecisionLine } from "./queries.ts";
import { REGISTER_LANGUAGE } from "./register-names.ts";
import { t } from "./texts.ts";

export const LINES_ON_PAGE = 30;

export interface ListPageData {
  city: CityCode | null;
  filter: DecisionFilter;
  place: ListPlace | null;
  /** One more than the page shows when there are more. */
  lines: readonly DecisionLine[];
  counts: DecisionCounts;
  /** Names of makers and classes that are filtered by, also when their count is 0. */
  names: ReadonlyMap<string, string>;
}

export function listPage(data: ListPageData, request: PageRequest): PageContent {
  const { language: lang, shy } = request;
  const { city, filter, lines, counts, place } = data;
  const shown = lines.slice(0, LINES_ON_PAGE);
  const last = lines.length > LINES_ON_PAGE ? shown.at(-1) : undefined;
  const filters = queryOf(filter, city === null);
  const view = { lang, filter, names: namesOf(data, shy), withCity: city === null };
  const chips = chipsOf(view, (changed) => listHref(data, lang, { ...filters, ...changed }));
  const title = city ? t(lang, "decisionsOf", { city: cityName(city, lang) }) : t(lang, "decisionsJoint");
  const feed = feedHref(data, lang);
  return {
    title,
    description: t(lang, "listLead"),
    feeds: [{ title: t(lang, "feed"), href: feed }],
    // Later pages and filtered lists lead to decisions, but are no results themselves.
    ...(place && { isPrivate: true }),
    body: (
      <div class="wrap">
        <Opening title={title} lead={t(lang, "listLead")} />
        <Columns layout="side-main">
          <div>
            <Facets lang={lang} action={listHref(data, lang, {})} groups={groupsOf(view, exactCounts(counts))} />
          </div>
          <section aria-labelledby="count">
            <div class="results-head">
              <h2 id="count">{t(lang, "listCount", { count: counts.total })}</h2>
            </div>
            <Chips lang={lang} chips={chips} clearHref={listHref(data, lang, {})} />
            {shown.length > 0 ? (
              <Rows lang={lang} rows={shown.map((line) => rowOf(line, lang, shy, city === null))} isRuled />
            ) : (
              <NoLines data={data} lang={lang} isFiltered={chips.length > 0 || place !== null} />
            )}
            <Walk
              lang={lang}
              label={t(lang, "pages")}
              start={place ? { href: listHref(data, lang, filters), label: t(lang, "newest") } : undefined}
              next={
                last && {
                  href: listHref(data, lang, { ...filters, after: writePlace(placeOf(last)) }),
                  label: t(lang, "older"),
                }
              }
            />
            <p class="more">
              <a href={feed}>{t(lang, "feedLink")}</a>
            </p>
          </section>
        </Columns>
      </div>
    ),
  };
}

const cityName = (city: CityCode, lang: Language): string =>
  lang === "fi" ? CITIES[city].names.fi.genitive : CITIES[city].names[lang].name;

const listHref = ({ city }: ListPageData, lang: Language, query: Query): string =>
  city ? CITY_DECISIONS.href(lang, { city }, query) : JOINT_DECISIONS.href(lang, {}, query);

const feedHref = ({ city, filter }: ListPageData, lang: Language): string =>
  city ? CITY_FEED.href(lang, { city }, queryOf(filter, false)) : JOINT_FEED.href(lang, {}, queryOf(filter, true));

function NoLines({ data, lang, isFiltered }: { data: ListPageData; lang: Language; isFiltered: boolean }) {
  const link = { href: listHref(data, lang, {}), label: t(lang, "listAll") };
  if (isFiltered || !data.city) return <Empty text={t(lang, "listEmpty")} link={link} />;
  return (
    <Empty
      text={t(lang, "listEmptyCity", { city: cityName(data.city, lang) })}
      link={{ href: JOINT_DECISIONS.href(lang), label: t(lang, "decisionsJoint") }}
    />
  );
}

/** All counts of a list are exact: it is counted by PostgreSQL. */
function exactCounts(counts: DecisionCounts): FilterCounts {
  const exact = (values: readonly FacetCount[]) =>
    values.map(({ value, count }) => ({ value, count: { value: count, isExact: true } }));
  return {
    cities: exact(counts.cities),
    makers: exact(counts.makers),
    classes: exact(counts.classes),
    years: exact(counts.years),
  };
}

/** Those that were counted, and those that are filtered by though their count is 0; they may break inside a narrow column. */
function namesOf({ counts, names }: ListPageData, shy: Shy): ReadonlyMap<string, string> {
  const counted = [...counts.makers, ...counts.classes].map(({ value, label }) => [value, label] as const);
  return new Map([...names, ...counted].map(([value, name]) => [value, shy(name, REGISTER_LANGUAGE)]));
}
