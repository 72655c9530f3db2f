/** What stands around every page of this house: the menu of its modules, the foot, the error pages. */
import { inEachLanguage } from "#core/i18n.ts";
import { CITIES, CITY_CODES, type CityCode, isCityCode, type Language } from "#core/cities.ts";
import type { ErrorView, RenderErrorPage } from "#core/http/errors.ts";
import type { PageContent, PageRequest, PageServices } from "#core/http/pages.ts";
import { accountTexts, ME, Self } from "#modules/accounts/index.ts";
import { CITY_DECISIONS, JOINT_DECISIONS } from "#modules/decisions/index.ts";
import { OPEN_DATA } from "#modules/opendata/index.ts";
import { ABOUT, ACCESSIBILITY, CITY_FRONT, FRONT } from "./paths.ts";
import { CITY_SEARCH, JOINT_SEARCH } from "#modules/search/index.ts";
import { errorDetail, ErrorPage, errorStatus, errorTitle } from "#ui/error-page.tsx";
import type { Frame } from "#ui/frame.tsx";
import { Page, renderPage } from "#ui/page.tsx";
import type { NavLink } from "#ui/shown.ts";
import { t } from "./texts.ts";

type Place = Pick<PageRequest, "language" | "city" | "url" | "alternates">;

/** Renders a page's content inside the frame. `origin`: "https://avoin.example.fi". */
export function renderWithin(origin: string): PageServices["render"] {
  return (content, request, visitor) =>
    renderPage(
      <Page
        frame={frameOf(request)}
        origin={origin}
        title={content.title}
        description={content.description}
        crumbs={content.crumbs ? crumbsOf(content.crumbs, request) : []}
        feeds={content.feeds ?? []}
        jsonLd={content.jsonLd}
        isPrivate={content.isPrivate ?? false}
        self={visitor && <Self lang={request.language} visitor={visitor} />}
      >
        {content.body}
      </Page>,
    );
}

/** Error pages keep the city's colours and the language of the address that was asked for. */
export function errorPages(origin: string): RenderErrorPage {
  return (view: ErrorView) => {
    const status = errorStatus(view.status);
    const segment = view.path.split("/")[2] ?? "";
    const city = isCityCode(segment) ? segment : undefined;
    const place: Place = { language: view.language, city, url: view.path, alternates: frontPages(city) };
    const frame = frameOf(place);
    return renderPage(
      <Page
        frame={frame}
        origin={origin}
        title={errorTitle(view.language, status)}
        description={errorTitle(view.language, status)}
        isPrivate
      >
        <ErrorPage
          lang={view.language}
          status={status}
          reference={view.reference}
          home={frame.home}
          search={frame.search}
          retryAfterSeconds={view.retryAfterSeconds}
          detail={errorDetail(view.language, view.status, view.isWrite)}
        />
      </Page>,
    );
  };
}

const front = (language: Language, city: CityCode | undefined): string =>
  city ? CITY_FRONT.href(language, { city }) : FRONT.href(language);

const frontPages = (city: CityCode | undefined): Record<Language, string> =>
  inEachLanguage((language) => front(language, city));

function frameOf({ language, city, url, alternates }: Place): Frame {
  const path = url.split("?", 1)[0] ?? url;
  const search = city ? CITY_SEARCH.href(language, { city }) : JOINT_SEARCH.href(language);
  return {
    lang: language,
    city: city ?? null,
    alternates,
    home: FRONT.href(language),
    search,
    isSearch: path === search,
    cities: Object.fromEntries(CITY_CODES.map((code) => [code, CITY_FRONT.href(language, { city: code })])) as Record<
      CityCode,
      string
    >,
    nav: [
      link(
        t(language, "navDecisions"),
        city ? CITY_DECISIONS.href(language, { city }) : JOINT_DECISIONS.href(language),
        path,
      ),
      link(t(language, "navOpenData"), OPEN_DATA.href(language), path),
      link(t(language, "navAbout"), ABOUT.href(language), path),
      link(accountTexts(language, "navMe"), ME.href(language), path),
    ],
    foot: [
      link(t(language, "footAccessibility"), ACCESSIBILITY.href(language), path),
      link(t(language, "navOpenData"), OPEN_DATA.href(language), path),
      link(t(language, "navAbout"), ABOUT.href(language), path),
      link(t(language, "footFeedback"), `${ABOUT.href(language)}#${FEEDBACK_ANCHOR}`, path),
    ],
  };
}

/** Where the page about the service says how to tell us what is wrong with it. */
export const FEEDBACK_ANCHOR = "palaute";

function link(label: string, href: string, path: string): NavLink {
  if (path === href) return { label, href, current: "page" };
  return path.startsWith(`${href}/`) ? { label, href, current: "section" } : { label, href };
}

/** "Helsinki, Espoo…" link to the city's front page; the page's own crumbs follow. */
function crumbsOf(crumbs: NonNullable<PageContent["crumbs"]>, { language, city }: Place): NavLink[] {
  return [
    { label: city ? CITIES[city].names[language].name : t(language, "jointPages"), href: front(language, city) },
    ...crumbs,
  ];
}
