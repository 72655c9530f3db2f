/** Lists of decisions, of one city or of all, with filters and their counts. */
import { CITIES, type CityCode, isCityCode, type Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import type { Query } from "#core/http/paths.ts";
import { Chips, Facets, type FacetGroup } from "#ui/facets.tsx";
import { Columns, Opening } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { Walk } from "#ui/pagination.tsx";
import { Rows } from "#ui/rows.tsx";
import { queryOf, writePlace } from "./filter.ts";
import { rowOf } from "./lines.tsx";
import { type DecisionCounts, type DecisionFilter, type FacetCount, type ListPlace, placeOf } from "./list.queries.ts";
import { CITY_DECISIONS, CITY_FEED, JOINT_DECISIONS, JOINT_FEED } from "./paths.ts";
import type { DecisionLine } from "./queries.ts";
import { t, type TextKey } from "./texts.ts";

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

export function listPage(data: ListPageData, { language: lang, shy }: PageRequest): PageContent {
  const { city, filter, lines, counts, place } = data;
  const shown = lines.slice(0, LINES_ON_PAGE);
  const last = lines.length > LINES_ON_PAGE ? shown.at(-1) : undefined;
  const filters = queryOf(filter, city === null);
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
            <Facets lang={lang} action={listHref(data, lang, {})} groups={groupsOf(data, lang)} />
          </div>
          <section aria-labelledby="count">
            <h2 id="count" class="small">
              {t(lang, "listCount", { count: counts.total })}
            </h2>
            <Chips lang={lang} chips={chipsOf(data, lang)} clearHref={listHref(data, lang, {})} />
            {shown.length > 0 ? (
              <Rows lang={lang} rows={shown.map((line) => rowOf(line, lang, shy, city === null))} isRuled />
            ) : (
              <NoLines data={data} lang={lang} />
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

function NoLines({ data, lang }: { data: ListPageData; lang: Language }) {
  const link = { href: listHref(data, lang, {}), label: t(lang, "listAll") };
  const isFiltered = chipsOf(data, lang).length > 0 || data.place !== null;
  if (isFiltered || !data.city) return <Empty text={t(lang, "listEmpty")} link={link} />;
  return (
    <Empty
      text={t(lang, "listEmptyCity", { city: cityName(data.city, lang) })}
      link={{ href: JOINT_DECISIONS.href(lang), label: t(lang, "decisionsJoint") }}
    />
  );
}

const FILTERS = [
  { name: "city", of: "cities", legend: "filterCity" },
  { name: "maker", of: "makers", legend: "filterMaker" },
  { name: "class", of: "classes", legend: "filterClass" },
  { name: "year", of: "years", legend: "filterYear" },
] as const satisfies readonly { name: string; of: keyof DecisionFilter; legend: TextKey }[];

/** A city's own list has no filter by city. */
const filtersOf = ({ city }: ListPageData) => FILTERS.filter((filter) => !city || filter.of !== "cities");

function labelOf(of: keyof DecisionFilter, value: string, label: string, lang: Language): string {
  if (of === "cities" && isCityCode(value)) return CITIES[value].names[lang].name;
  return of === "classes" ? [value, label].filter(Boolean).join(" ") : label || value;
}

function groupsOf(data: ListPageData, lang: Language): FacetGroup[] {
  return filtersOf(data).map(({ name, of, legend }) => {
    const chosen = new Set<string>(data.filter[of].map(String));
    const counted: readonly FacetCount[] = data.counts[of];
    // What is chosen stays to be seen and taken away, also with nothing behind it.
    const missing = [...chosen].filter((value) => !counted.some((option) => option.value === value));
    const options = [
      ...counted,
      ...missing.map((value) => ({ value, label: data.names.get(value) ?? value, count: 0 })),
    ];
    return {
      name,
      legend: t(lang, legend),
      options: options.map(({ value, label, count }) => ({
        value,
        label: labelOf(of, value, label, lang),
        count: { value: count, isExact: true },
        isChecked: chosen.has(value),
      })),
    };
  });
}

function chipsOf(data: ListPageData, lang: Language) {
  const query = queryOf(data.filter, data.city === null);
  return filtersOf(data).flatMap(({ name, of }) =>
    (query[name] ?? []).map((value) => {
      const label = data.names.get(value) ?? data.counts[of].find((option) => option.value === value)?.label ?? value;
      const without = { ...query, [name]: (query[name] ?? []).filter((other) => other !== value) };
      return { label: labelOf(of, value, label, lang), removeHref: listHref(data, lang, without) };
    }),
  );
}
