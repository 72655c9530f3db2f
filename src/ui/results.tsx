/** Search results: hits with marked snippets, the order they stand in, and finding nothing. */
import type { CityCode, Language } from "#core/cities.ts";
import { CITIES } from "#core/cities.ts";
import { formatNumber } from "./format.ts";
import { Dotted } from "./inline.tsx";
import { OnlyIn } from "./notices.tsx";
import { ariaCurrent, type Children, type NavLink, type Shown } from "./shown.ts";
import { t } from "./texts.ts";

/** A text in pieces, those that match the search marked. */
export type Marked = readonly { text: string; isMarked: boolean }[];

export function MarkedText({ pieces }: { pieces: Marked }) {
  return <>{pieces.map((piece) => (piece.isMarked ? <mark>{piece.text}</mark> : piece.text))}</>;
}

export interface Hit {
  href: string;
  /** What it is: "Päätös". */
  kind: string;
  city: CityCode;
  title: Marked;
  snippet: Marked;
  /** Decision-maker, date… */
  meta?: Shown | undefined;
  /** The language of the text. */
  textLang: Language;
}

/** All hits in their order; `start` is the number of the first, on later pages of the results. */
export function Hits({ lang, hits, start = 1 }: { lang: Language; hits: readonly Hit[]; start?: number }) {
  return (
    <ol class="hits" start={start}>
      {hits.map((hit) => (
        <li>
          <HitBody lang={lang} hit={hit} />
        </li>
      ))}
    </ol>
  );
}

function HitBody({ lang, hit }: { lang: Language; hit: Hit }) {
  const textLang = hit.textLang === lang ? undefined : hit.textLang;
  return (
    <article data-c={hit.city}>
      <p class="kind">
        {hit.kind} · {CITIES[hit.city].names[lang].name}
      </p>
      <h3 lang={textLang}>
        <a href={hit.href}>
          <MarkedText pieces={hit.title} />
        </a>
      </h3>
      {hit.snippet.length > 0 && (
        <p lang={textLang}>
          <MarkedText pieces={hit.snippet} />
        </p>
      )}
      <p class="meta">
        <Dotted parts={metaOf(hit, lang)} />
      </p>
    </article>
  );
}

const metaOf = ({ meta, textLang }: Hit, lang: Language): Shown[] => [
  ...(meta === undefined ? [] : [meta]),
  ...(textLang === lang ? [] : [<OnlyIn lang={lang} original={textLang} />]),
];

export interface BestHitProps {
  /** Why it stands first: "Diaarinumero täsmää · Asia · Helsinki". */
  why: string;
  href: string;
  title: Marked;
  titleLang?: Language | undefined;
  text: Shown;
  meta?: Shown | undefined;
}

/** The one thing that was surely meant: a record number in any of its spellings. */
export function BestHit({ why, href, title, titleLang, text, meta }: BestHitProps) {
  return (
    <article class="best">
      <p class="kind">{why}</p>
      <h2 lang={titleLang}>
        <a href={href}>
          <MarkedText pieces={title} />
        </a>
      </h2>
      <p>{text}</p>
      {meta && <p class="meta">{meta}</p>}
    </article>
  );
}

/** A count that may only be about right, beyond what is worth counting exactly. */
export interface Count {
  value: number;
  isExact: boolean;
}

/** "29 osumaa", "Noin 1 200 osumaa" */
export function hitsText(lang: Language, count: Count): string {
  if (count.isExact) return t(lang, "hits", { count: count.value });
  return t(lang, "hitsAbout", { n: formatNumber(lang, count.value) });
}

/** "17", "noin 1 200" */
export function countText(lang: Language, count: Count): string {
  const n = formatNumber(lang, count.value);
  return count.isExact ? n : t(lang, "about", { n });
}

/** How many hits there are, and beside it what changes their order. */
export function ResultsHead({
  lang,
  id,
  count,
  children,
}: {
  lang: Language;
  id: string;
  count: Count;
  children?: Children;
}) {
  return (
    <div class="results-head">
      <h2 id={id}>{hitsText(lang, count)}</h2>
      {children}
    </div>
  );
}

/** A word with no hit, as it may have been meant. */
export function DidYouMean({ lang, href, query }: { lang: Language; href: string; query: string }) {
  return (
    <p class="mean">
      {t(lang, "didYouMean")} <a href={href}>{query}</a>
    </p>
  );
}

/** By relevance or by date; the one in use is marked. */
export function Sort({ lang, options }: { lang: Language; options: readonly NavLink[] }) {
  return (
    <nav class="sort" aria-label={t(lang, "sort")}>
      <ul>
        {options.map((option) => (
          <li>
            <a href={option.href} aria-current={option.current && ariaCurrent("section")}>
              {option.label}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export interface ZeroHitsProps {
  lang: Language;
  query: string;
  /** The search without its filters, when there are any. */
  clearHref?: string | undefined;
  children?: Shown | undefined;
}

/** Nothing found: said plainly, with what to try. `children` come first: "did you mean", places to go on from. */
export function ZeroHits({ lang, query, clearHref, children }: ZeroHitsProps) {
  return (
    <section class="zero" aria-labelledby="zero">
      <h2 id="zero">{t(lang, clearHref ? "zeroHitsFiltered" : "zeroHits", { query })}</h2>
      {clearHref && (
        <p>
          <a href={clearHref}>{t(lang, "chipsClear")}</a>
        </p>
      )}
      {children}
      <ul>
        <li>{t(lang, "zeroTipSpelling")}</li>
        <li>{t(lang, "zeroTipFewer")}</li>
        <li>{t(lang, "zeroTipNumber")}</li>
      </ul>
    </section>
  );
}
