/** The column beside a text: contents, originals, related things. */
import type { Language } from "#core/cities.ts";
import type { Shown, Children } from "./shown.ts";

/** `label` names the column for those who don't see it ("Päätöksen toiminnot"). */
export function Side({ label, children }: { label: string; children: Children }) {
  return (
    <aside class="side" aria-label={label}>
      <div class="sticky">{children}</div>
    </aside>
  );
}

export interface SideSectionProps {
  id: string;
  title: string;
  /** Left out on paper: following, buttons. */
  isScreenOnly?: boolean;
  children: Children;
}

export function SideSection({ id, title, isScreenOnly = false, children }: SideSectionProps) {
  return (
    <section id={id} class={isScreenOnly ? "follow" : undefined}>
      <h2>{title}</h2>
      {children}
    </section>
  );
}

export interface TocProps {
  title: string;
  items: readonly { href: string; label: string }[];
  /** The text's own language when it isn't the page's: its headings are the labels. */
  textLang?: Language | undefined;
}

/** Contents of a long text; only where it stays in view beside it, on a wide page. */
export function Toc({ title, items, textLang }: TocProps) {
  return (
    <nav class="follow toc" aria-labelledby="toc">
      <h2 id="toc">{title}</h2>
      <ol lang={textLang}>
        {items.map((item) => (
          <li>
            <a href={item.href}>{item.label}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

export interface SideLink {
  /** Left out for what can't be opened; the note says why. */
  href?: string | undefined;
  label: Shown;
  /** "(txt, 5 kt)" */
  note?: Shown | undefined;
}

export function SideLinks({ links }: { links: readonly SideLink[] }) {
  return (
    <ul>
      {links.map(({ href, label, note }) => (
        <li>
          {href ? <a href={href}>{label}</a> : label}
          {note && <span class="dim"> {note}</span>}
        </li>
      ))}
    </ul>
  );
}
