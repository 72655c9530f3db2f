/** How a page is laid out: sections under rules, columns, the hero of a front page. */
import type { CityCode, Language } from "#core/cities.ts";
import { BigRing, Koro } from "./mark.tsx";
import { classes, type Children, type Shown } from "./shown.ts";

/** Everything on a page stands in one of these, which keeps it in from the edges. */
export function Wrap({ children }: { children: Children }) {
  return <div class="wrap">{children}</div>;
}

/** A page with one thing to do: everything in one column that one reads without moving the head. */
export function Narrow({ children }: { children: Children }) {
  return <div class="wrap narrow">{children}</div>;
}

/** The top of an ordinary page: what it is, its heading, and in the first sentence what one can do there. */
export function Opening(props: {
  kicker?: Shown | undefined;
  title: Shown;
  lead?: Shown | undefined;
  children?: Children;
}) {
  return (
    <header class="opening">
      {props.kicker && <p class="kicker">{props.kicker}</p>}
      <h1>{props.title}</h1>
      {props.lead && <p class="lead">{props.lead}</p>}
      {props.children}
    </header>
  );
}

export interface SectionProps {
  id: string;
  title: Shown;
  /** The first section of a column stands without the beat of space before it. */
  isFirst?: boolean;
  /** Its own side padding, for a section that stands straight on the page and not in a column. */
  isWrapped?: boolean;
  /** Without the rule above, where what follows has rules of its own. */
  isBare?: boolean;
  children: Children;
}

/** A part of a page under a thick rule and its heading. */
export function Section({ id, title, isFirst, isWrapped, isBare, children }: SectionProps) {
  return (
    <section class={classes("sec", isFirst && "sec--first", isWrapped && "wrap")} aria-labelledby={id}>
      <h2 id={id} class={isBare ? undefined : "hd"}>
        {title}
      </h2>
      {children}
    </section>
  );
}

/** `two`: halves. `main-side`: text and 18 rem. `article`: 46 rem of reading and 18 rem. `side-main`: facets and results. */
export type ColumnLayout = "two" | "main-side" | "article" | "side-main";

export function Columns({ layout, children }: { layout: ColumnLayout; children: Children }) {
  return <div class={`cols ${layout}`}>{children}</div>;
}

/** The link onwards under a list: "Kaikki päätökset". */
export function More({ href, label }: { href: string; label: Shown }) {
  return (
    <p class="more">
      <a href={href}>{label}</a>
    </p>
  );
}

/** Running text at a readable measure. */
export function Prose({ children }: { children: Children }) {
  return <div class="prose">{children}</div>;
}

export interface HeroProps {
  lang: Language;
  /** Null on the joint front page, which alone shows the large ring. */
  city: CityCode | null;
  title: Shown;
  lead: Shown;
  /** The search box. */
  children: Children;
}

/** The top of a front page, edge to edge in the city's wash. */
export function Hero({ lang, city, title, lead, children }: HeroProps) {
  return (
    <>
      <div class="band">
        <div class="wrap cols hero">
          <div>
            <h1>{title}</h1>
            <p class="lead">{lead}</p>
            {children}
          </div>
          {!city && <BigRing lang={lang} />}
        </div>
      </div>
      {city === "helsinki" && <Koro />}
    </>
  );
}
