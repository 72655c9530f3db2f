/** Results of a search. */
import { Temporal } from "temporal-polyfill";
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import { DECISION, type DecisionLine, MATTER } from "#modules/decisions/index.ts";
import { Find } from "#ui/find.tsx";
import { formatDate, formatRecordNumber } from "#ui/format.ts";
import { Pagination } from "#ui/pagination.tsx";
import { BestHit, type Hit, Hits, hitsText, ZeroHits } from "#ui/results.tsx";
import { CITY_SEARCH, JOINT_SEARCH } from "./paths.ts";
import { HITS_ON_PAGE, type SearchResult } from "./search.ts";
import { t } from "./texts.ts";

export interface SearchPageData {
  city: CityCode | null;
  page: number;
  /** Null before anything is asked. */
  result: SearchResult | null;
}

export function searchPage({ city, page, result }: SearchPageData, { language: lang }: PageRequest): PageContent {
  const hrefOf = (n: number) => searchHref(lang, city, result?.query ?? "", n);
  return {
    title: result ? t(lang, "resultsFor", { query: result.query.slice(0, 80) }) : t(lang, "title"),
    description: t(lang, "lead"),
    isPrivate: true,
    body: (
      <div class="wrap">
        <header class="opening">
          <h1>{t(lang, "title")}</h1>
          <p class="lead">{t(lang, "lead")}</p>
        </header>
        <Find lang={lang} action={searchHref(lang, city, "", 1)} query={result?.query} />
        {result && <Results lang={lang} result={result} page={page} hrefOf={hrefOf} />}
      </div>
    ),
  };
}

function searchHref(lang: Language, city: CityCode | null, q: string, page: number): string {
  const query = { q, page: page > 1 ? String(page) : undefined };
  return city ? CITY_SEARCH.href(lang, { city }, query) : JOINT_SEARCH.href(lang, {}, query);
}

interface ResultsProps {
  lang: Language;
  result: SearchResult;
  page: number;
  hrefOf: (page: number) => string;
}

function Results({ lang, result: { query, matters, found }, page, hrefOf }: ResultsProps) {
  const last = Math.max(1, Math.ceil(found.total / HITS_ON_PAGE));
  return (
    <section class="sec">
      {matters.map((matter) => (
        <BestHit
          why={t(lang, "bestWhy", { city: CITIES[matter.city].names[lang].name })}
          href={MATTER.href(lang, { city: matter.city, slug: matter.slug })}
          title={[{ text: formatRecordNumber(matter.written), isMarked: true }]}
          text={matter.title}
        />
      ))}
      {found.lines.length > 0 && (
        <>
          <h2 class="small">{hitsText(lang, { value: found.total, isExact: found.isExact })}</h2>
          <Hits lang={lang} hits={found.lines.map((line) => hitOf(line, lang))} start={(page - 1) * HITS_ON_PAGE + 1} />
          <Pagination lang={lang} current={page} last={last} hrefOf={hrefOf} />
        </>
      )}
      {found.lines.length === 0 && matters.length === 0 && <ZeroHits lang={lang} query={query.slice(0, 200)} />}
    </section>
  );
}

const hitOf = (line: DecisionLine, lang: Language): Hit => ({
  href: DECISION.href(lang, { city: line.city, ref: line.ref }),
  kind: t(lang, "kind"),
  city: line.city,
  title: [{ text: line.title, isMarked: false }],
  snippet: line.excerpt === "" ? [] : [{ text: line.excerpt, isMarked: false }],
  meta: [line.maker?.name, line.day && formatDate(lang, Temporal.PlainDate.from(line.day)), line.recordNumber]
    .filter(Boolean)
    .join(" · "),
  textLang: line.language,
});
