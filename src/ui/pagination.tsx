/** Pages of a long list. */
import type { Language } from "#core/cities.ts";
import { t } from "./texts.ts";

/** The numbers to show around the current page: the first, the last, two on both sides; 0 stands for a gap. */
export function pageNumbers(current: number, last: number): number[] {
  const near = [1, last];
  for (let n = current - 2; n <= current + 2; n++) if (n > 1 && n < last) near.push(n);
  const sorted = [...new Set(near)].sort((a, b) => a - b);
  return sorted.flatMap((n, index) => {
    const gap = n - (sorted[index - 1] ?? 0);
    if (gap === 2) return [n - 1, n];
    return gap > 2 ? [0, n] : [n];
  });
}

export interface PaginationProps {
  lang: Language;
  current: number;
  last: number;
  hrefOf: (page: number) => string;
}

/** Nothing when all fits on one page. */
export function Pagination({ lang, current, last, hrefOf }: PaginationProps) {
  if (last <= 1) return null;
  return (
    <nav class="pages" aria-label={t(lang, "pages")}>
      <ul>
        {current > 1 && (
          <li>
            <a href={hrefOf(current - 1)} rel="prev">
              {t(lang, "previous")}
            </a>
          </li>
        )}
        {pageNumbers(current, last).map((n) => (
          <li class="pages__n">
            <PageNumber {...{ lang, n, current, hrefOf }} />
          </li>
        ))}
        {current < last && (
          <li>
            <a href={hrefOf(current + 1)} rel="next">
              {t(lang, "next")}
            </a>
          </li>
        )}
      </ul>
    </nav>
  );
}

export interface WalkProps {
  lang: Language;
  /** What is walked, when a page has several lists. */
  label?: string | undefined;
  /** Back to the top of the list, from further on. */
  start?: { href: string; label: string } | undefined;
  next?: { href: string; label: string } | undefined;
}

/** For lists without page numbers, walked by a cursor: on to what follows, back to the start. */
export function Walk({ lang, label, start, next }: WalkProps) {
  if (!start && !next) return null;
  return (
    <nav class="walk" aria-label={label ?? t(lang, "pages")}>
      {start && <a href={start.href}>{start.label}</a>}
      {next && (
        <a href={next.href} rel="next">
          {next.label}
        </a>
      )}
    </nav>
  );
}

function PageNumber({ lang, n, current, hrefOf }: Omit<PaginationProps, "last"> & { n: number }) {
  if (n === 0) return <span aria-hidden="true">…</span>;
  if (n === current) return <b aria-current="page">{n}</b>;
  return (
    <a href={hrefOf(n)} aria-label={t(lang, "page", { n })}>
      {n}
    </a>
  );
}
