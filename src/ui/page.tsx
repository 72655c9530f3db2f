/** The whole HTML document around a page's content, and its rendering to a string. */
import type { VNode } from "preact";
import { renderToString } from "preact-render-to-string";
import { CITIES, LANGUAGES } from "#core/cities.ts";
import { LINKS } from "./assets.ts";
import { CityStrip, Crumbs, Foot, Head, type Frame } from "./frame.tsx";
import type { Children, NavLink } from "./shown.ts";
import { t } from "./texts.ts";

export interface PageProps {
  frame: Frame;
  /** "https://avoin.example.fi": canonical and alternate addresses must be whole. */
  origin: string;
  /** The page's own name; the document's title adds the city and the service. */
  title: string;
  /** One sentence for search engines and link previews. */
  description: string;
  crumbs?: readonly NavLink[] | undefined;
  feeds?: readonly { href: string; title: string }[] | undefined;
  /** Machine-readable description of what the page shows (schema.org). */
  jsonLd?: object | undefined;
  /** For pages that no search engine should list: results, errors, forms. */
  isPrivate?: boolean | undefined;
  /** Who reads the page, on those of who has signed in. */
  self?: VNode | undefined;
  children: Children;
}

/** "29 § Osallistuminen… – Helsinki – Avoin" */
export function documentTitle({ frame, title }: Pick<PageProps, "frame" | "title">): string {
  const city = frame.city && CITIES[frame.city].names[frame.lang].name;
  const parts = [title, city, t(frame.lang, "brand")];
  return parts.filter((part, n) => part && parts.indexOf(part) === n).join(" – ");
}

export function Page(props: PageProps) {
  const { frame, crumbs } = props;
  return (
    <html lang={frame.lang} data-city={frame.city ?? undefined}>
      <DocumentHead {...props} />
      <body>
        <a class="skip" href="#main">
          {t(frame.lang, "skip")}
        </a>
        <header>
          <CityStrip {...frame} />
          <Head {...frame} />
        </header>
        {props.self}
        {crumbs && crumbs.length > 0 && <Crumbs lang={frame.lang} links={crumbs} />}
        <main id="main" tabIndex={-1}>
          {props.children}
        </main>
        <Foot {...frame} />
      </body>
    </html>
  );
}

function DocumentHead(props: PageProps) {
  const { frame, origin, description, feeds = [], jsonLd, isPrivate } = props;
  const title = documentTitle(props);
  const canonical = origin + frame.alternates[frame.lang];
  return (
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{title}</title>
      <meta name="description" content={description} />
      {/* Phones would make links to call of record numbers. */}
      <meta name="format-detection" content="telephone=no" />
      {isPrivate && <meta name="robots" content="noindex" />}
      <link rel="preload" href={LINKS.font} as="font" type="font/woff2" crossorigin="anonymous" />
      <link rel="stylesheet" href={LINKS.stylesheet} />
      <link rel="icon" href={LINKS.icon} type="image/svg+xml" />
      <link rel="canonical" href={canonical} />
      {LANGUAGES.map((lang) => (
        <link rel="alternate" hreflang={lang} href={origin + frame.alternates[lang]} />
      ))}
      {feeds.map((feed) => (
        <link rel="alternate" type="application/atom+xml" href={feed.href} title={feed.title} />
      ))}
      <meta property="og:title" content={title} />
      <meta property="og:description" content={description} />
      <meta property="og:url" content={canonical} />
      {jsonLd && <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: dataBlock(jsonLd) }} />}
    </head>
  );
}

/** JSON that can stand inside a script element: nothing in it can close the element or open a comment. */
const dataBlock = (data: object): string => JSON.stringify(data).replaceAll("<", String.raw`\u003c`);

/** A page as the bytes of the response: one doctype, one document. */
export function renderPage(page: VNode): string {
  return `<!doctype html>${renderToString(page)}`;
}
