/** What stands around every page: city strip, head, breadcrumb, foot. */
import { CITIES, CITY_CODES, LANGUAGES, type CityCode, type Language } from "#core/cities.ts";
import { Ring, cityLetters } from "./mark.tsx";
import { ariaCurrent, type NavLink } from "./shown.ts";
import { t } from "./texts.ts";

/** Where the frame's links lead. The same for every page of one city (or of the joint pages) in one language, but for `alternates`. */
export interface Frame {
  lang: Language;
  /** Null on the joint pages. */
  city: CityCode | null;
  /** This very page in each language, as a path: "/sv/helsingfors/beslut". */
  alternates: Record<Language, string>;
  home: string;
  search: string;
  /** True on the search page itself. */
  isSearch?: boolean | undefined;
  cities: Record<CityCode, string>;
  /** The main pages that exist; search stands among the tools. */
  nav: readonly NavLink[];
  /** Accessibility statement, feedback, open data… */
  foot: readonly NavLink[];
}

/** The six cities: the first thing on every page, so that one always sees whose pages one reads and can change. */
export function CityStrip({ lang, city, cities }: Pick<Frame, "lang" | "city" | "cities">) {
  return (
    <nav class="cities" aria-label={t(lang, "cities")}>
      <ul class="wrap">
        {CITY_CODES.map((code) => (
          <li data-c={code}>
            <a href={cities[code]} aria-current={code === city ? "true" : undefined}>
              <span class="ab" aria-hidden="true">
                {cityLetters(code, lang)}
              </span>
              <span class="full">{CITIES[code].names[lang].name}</span>
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

export function Head(frame: Frame) {
  const { lang, city, home, cities } = frame;
  return (
    <div class="head wrap">
      <div class="brand">
        <a href={home}>
          <Ring />
          <span class="wm">{t(lang, "brand")}</span>
        </a>
        {city && <a href={cities[city]}>{CITIES[city].names[lang].name}</a>}
      </div>
      <nav class="nav" aria-label={t(lang, "mainPages")}>
        <ul>
          {frame.nav.map((link) => (
            <li>
              <a href={link.href} aria-current={ariaCurrent(link.current)}>
                {link.label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <Tools {...frame} />
    </div>
  );
}

/** Search, and this same page in the two other languages, each named in its own. */
function Tools({ lang, alternates, search, isSearch }: Frame) {
  return (
    <ul class="tools" aria-label={t(lang, "tools")}>
      <li>
        <a href={search} aria-current={isSearch ? "page" : undefined}>
          {t(lang, "search")}
        </a>
      </li>
      {LANGUAGES.filter((other) => other !== lang).map((other) => (
        <li>
          <a href={alternates[other]} lang={other} hreflang={other}>
            {t(other, "otherLanguage")}
          </a>
        </li>
      ))}
    </ul>
  );
}

/** The way from the city's front page to the page above this one; the page itself is named by its heading. */
export function Crumbs({ lang, links }: { lang: Language; links: readonly NavLink[] }) {
  return (
    <nav class="crumbs wrap" aria-label={t(lang, "crumbs")}>
      <ol>
        {links.map((link) => (
          <li>
            <a href={link.href}>{link.label}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

export function Foot({ lang, foot }: Pick<Frame, "lang" | "foot">) {
  return (
    <footer class="foot">
      <div class="wrap">
        <p>{t(lang, "footAbout")}</p>
        <nav aria-label={t(lang, "footLinks")}>
          <ul>
            {foot.map((link) => (
              <li>
                <a href={link.href} aria-current={ariaCurrent(link.current)}>
                  {link.label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </footer>
  );
}
