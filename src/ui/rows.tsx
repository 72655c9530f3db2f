/** Ruled lists: what a page lists, in rows parted by thin rules. */
import { CITIES, CITY_CODES, type CityCode, type Language } from "#core/cities.ts";
import { Crest } from "./mark.tsx";
import { classes, type Shown } from "./shown.ts";

export interface Row {
  href: string;
  title: Shown;
  /** The title's own language when it isn't the page's. */
  titleLang?: Language | undefined;
  /** One or two lines below the title. */
  note?: Shown | undefined;
  /** A date or a state at the row's end, under the rest on a narrow page. */
  aside?: Shown | undefined;
  /** Whose it is, on pages of several cities; the note must say it in words too. */
  city?: CityCode | undefined;
}

export interface RowsProps {
  lang: Language;
  rows: readonly Row[];
  /** A thick rule on top, for a list without a heading above it. */
  isRuled?: boolean;
}

/** A list of things to open. For an empty one, see `Empty`. */
export function Rows({ lang, rows, isRuled = false }: RowsProps) {
  const hasCrests = rows.some((row) => row.city);
  const hasAsides = rows.some((row) => row.aside);
  const names = classes("rows", isRuled ? "rows--top" : "rows--plain", hasCrests && "rows--c", hasAsides && "rows--d");
  return (
    <ul class={names}>
      {rows.map((row) => (
        <li>
          {row.city && <Crest city={row.city} lang={lang} />}
          <div>
            <a class="t" href={row.href} lang={row.titleLang}>
              {row.title}
            </a>
            {row.note && <p class="d">{row.note}</p>}
          </div>
          {row.aside && <p class="d">{row.aside}</p>}
        </li>
      ))}
    </ul>
  );
}

export interface SixProps {
  lang: Language;
  cities: Record<CityCode, { href: string; lines: readonly string[] }>;
}

/** The six cities side by side, each with a line or two on what goes on there. */
export function Six({ lang, cities }: SixProps) {
  return (
    <ul class="six">
      {CITY_CODES.map((code) => (
        <li data-c={code}>
          <a href={cities[code].href}>{CITIES[code].names[lang].name}</a>
          {cities[code].lines.map((line) => (
            <p>{line}</p>
          ))}
        </li>
      ))}
    </ul>
  );
}
