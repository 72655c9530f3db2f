/** Results of a search. */
import { Temporal } from "temporal-polyfill";
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import type { Query } from "#core/http/paths.ts";
import { chipsOf, DECISION, groupsOf, MATTER } from "#modules/decisions/index.ts";
import { Chips, Facets } from "#ui/facets.tsx";
import { Find } from "#ui/find.tsx";
import { formatDate, formatRecordNumber } from "#ui/format.ts";
import { Dotted, Quoted } from "#ui/inline.tsx";
import { Columns, Opening } from "#ui/layout.tsx";
import { Pagination } from "#ui/pagination.tsx";
import type { Shown } from "#ui/shown.ts";
import { BestHit, DidYouMean, type Hit, Hits, ResultsHead, Sort, ZeroHits } from "#ui/results.tsx";
import { COUNTED } from "./matches.ts";
import { CITY_SEARCH, JOINT_SEARCH } from "./paths.ts";
import { type Asked, HITS_ON_PAGE, type SearchHit, type SearchResult } from "./search.ts";
import { t } from "./texts.ts";

export interface SearchPageData {
  /** Null on the joint page. */
  city: CityCode | null;
  asked: Asked;
  /** Null before anything is asked. */
  result: SearchResult | null;
  /** Names of makers and classes by what stands in the address. */
  names: ReadonlyMap<string, string>;
}

export function searchPage(data: SearchPageData, { language: lang }: PageRequest): PageContent {
  const { city, asked, result } = data;
  return {
    title: result ? t(lang, "resultsFor", { query: result.query.slice(0, 80) }) : t(lang, "title"),
    description: t(lang, "lead"),
    isPrivate: true,
    body: (
      <div class="wrap">
        <Opening title={t(lang, "title")} lead={result ? undefined : t(lang, "lead")} />
        <Find lang={lang} action={searchHref(data, lang, {})} query={asked.query} />
        {result && <Results lang={lang} data={data} result={result} />}
        {city && result && (
          <p class="more">
            <a href={JOINT_SEARCH.href(lang, {}, { q: result.query })}>{t(lang, "searchAll")}</a>
          </p>
        )}
      </div>
    ),
  };
}

const searchHref = ({ city }: SearchPageData, lang: Language, query: Query): string =>
  city ? CITY_SEARCH.href(lang, { city }, query) : JOINT_SEARCH.href(lang, {}, query);

/** What an address of this search holds; the first page and the usual order are not written. */
function addressOf({ city, asked }: SearchPageData, changed: Query): Query {
  return {
    q: asked.query,
    ...(city === null && { city: [...asked.filter.cities] }),
    maker: [...asked.filter.makers],
    class: [...asked.filter.classes],
    year: asked.filter.years.map(String),
    sort: asked.order === "date" ? "date" : undefined,
    ...changed,
  };
}

interface ResultsProps {
  lang: Language;
  data: SearchPageData;
  result: SearchResult;
}

function Results({ lang, data, result }: ResultsProps) {
  const { asked, city } = data;
  const href = (changed: Query) => searchHref(data, lang, addressOf(data, changed));
  const bare = searchHref(data, lang, { q: asked.query });
  const view = { lang, filter: asked.filter, names: data.names, withCity: city === null };
  const chips = chipsOf(view, href);
  const hidden = [["q", asked.query], ...(asked.order === "date" ? [["sort", "date"] as const] : [])] as const;
  return (
    <>
      {result.matters.map((matter) => (
        <BestHit
          why={t(lang, "bestWhy", { city: CITIES[matter.city].names[lang].name })}
          href={MATTER.href(lang, { city: matter.city, slug: matter.slug })}
          title={[{ text: formatRecordNumber(matter.written), isMarked: true }]}
          text={<span lang={lang === "fi" ? undefined : "fi"}>{matter.title}</span>}
        />
      ))}
      {result.hits.length === 0 ? (
        result.matters.length === 0 && (
          <ZeroHits lang={lang} query={result.query.slice(0, 200)} clearHref={chips.length > 0 ? bare : undefined}>
            {result.suggestion === null ? undefined : (
              <DidYouMean lang={lang} query={result.suggestion} href={href({ q: result.suggestion })} />
            )}
          </ZeroHits>
        )
      ) : (
        <div class="sec">
          <Columns layout="side-main">
            <div>
              <Facets
                lang={lang}
                action={searchHref(data, lang, {})}
                groups={groupsOf(view, result.facets)}
                hidden={hidden}
              />
            </div>
            <section aria-labelledby="hits">
              <ResultsHead lang={lang} id="hits" count={result.total}>
                <Sort
                  lang={lang}
                  options={[
                    {
                      label: t(lang, "sortRelevance"),
                      href: href({ sort: undefined }),
                      ...isCurrent(asked.order === "relevance"),
                    },
                    { label: t(lang, "sortDate"), href: href({ sort: "date" }), ...isCurrent(asked.order === "date") },
                  ]}
                />
              </ResultsHead>
              <Compromise lang={lang} result={result} href={href} />
              <Chips lang={lang} chips={chips} clearHref={bare} />
              <Hits
                lang={lang}
                hits={result.hits.map((hit) => hitOf(hit, lang))}
                start={(asked.page - 1) * HITS_ON_PAGE + 1}
              />
              <Pagination
                lang={lang}
                current={asked.page}
                last={Math.max(1, Math.ceil(Math.min(result.total.value, COUNTED) / HITS_ON_PAGE))}
                hrefOf={(n) => href({ page: n > 1 ? String(n) : undefined })}
              />
            </section>
          </Columns>
        </div>
      )}
    </>
  );
}

const isCurrent = (is: boolean) => (is ? ({ current: "section" } as const) : {});

/** Said when nothing has the query as it was asked. */
function Compromise({
  lang,
  result,
  href,
}: {
  lang: Language;
  result: SearchResult;
  href: (changed: Query) => string;
}) {
  if (result.matching === "all") return null;
  return (
    <>
      <p>{t(lang, result.matching)}</p>
      {result.suggestion !== null && (
        <DidYouMean lang={lang} query={result.suggestion} href={href({ q: result.suggestion })} />
      )}
    </>
  );
}

function hitOf({ line, title, snippet, missing }: SearchHit, lang: Language): Hit {
  const meta: (Shown | null)[] = [
    line.maker && (
      <Quoted lang={lang} textLang={line.language}>
        {line.maker.name}
      </Quoted>
    ),
    line.day && formatDate(lang, Temporal.PlainDate.from(line.day)),
    line.recordNumber && <span class="nb">{formatRecordNumber(line.recordNumber)}</span>,
    missing.length > 0 ? t(lang, "missing", { words: missing.join(", ") }) : null,
  ];
  return {
    href: DECISION.href(lang, { city: line.city, ref: line.ref }),
    kind: t(lang, "kind"),
    city: line.city,
    title,
    snippet,
    meta: <Dotted parts={meta.filter((part) => part !== null)} />,
    textLang: line.language,
  };
}
