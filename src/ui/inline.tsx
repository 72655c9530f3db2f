/** Dates and references inside a sentence, marked up for machines and kept on one line. */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { formatDate, formatDay, formatMoment, formatRecordNumber } from "./format.ts";
import type { Children, Shown } from "./shown.ts";

/** A day with its weekday; `plain` leaves the weekday out, for days long past. */
export function Day({ lang, day, plain = false }: { lang: Language; day: Temporal.PlainDate; plain?: boolean }) {
  return <time dateTime={day.toString()}>{plain ? formatDate(lang, day) : formatDay(lang, day)}</time>;
}

export function Moment({ lang, moment }: { lang: Language; moment: Temporal.Instant }) {
  return <time dateTime={moment.toString()}>{formatMoment(lang, moment)}</time>;
}

/** A record number that never breaks at its spaces and reads as one unit. */
export function RecordNumber({ written, href }: { written: string; href?: string | undefined }) {
  const text = formatRecordNumber(written);
  return href ? (
    <a class="nb" href={href}>
      {text}
    </a>
  ) : (
    <span class="nb">{text}</span>
  );
}

/** Words of a source (a title, a name, a decision-maker) inside the page's own: marked when their language is another. */
export function Quoted({ lang, textLang, children }: { lang: Language; textLang: Language; children: Children }) {
  return textLang === lang ? <>{children}</> : <span lang={textLang}>{children}</span>;
}

/** "Helsinki · 29 § · HEL 2015-004216": a line breaks after the dot, never before it. */
export function Dotted({ parts }: { parts: readonly Shown[] }) {
  return (
    <>
      {parts.map((part, n) => (
        <>
          {n > 0 && "\u00A0· "}
          {part}
        </>
      ))}
    </>
  );
}
