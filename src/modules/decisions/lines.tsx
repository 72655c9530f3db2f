/** Decisions as rows of a list, the same on every page that lists them. */
import { Temporal } from "temporal-polyfill";
import { CITIES, type Language } from "#core/cities.ts";
import type { Shy } from "#core/http/pages.ts";
import { formatRecordNumber, formatSection } from "#ui/format.ts";
import { Day, Dotted, Quoted } from "#ui/inline.tsx";
import { OnlyIn } from "#ui/notices.tsx";
import type { Row } from "#ui/rows.tsx";
import { DECISION } from "./paths.ts";
import type { DecisionLine } from "./queries.ts";
import { t } from "./texts.ts";

/** `withCity`: on joint pages, where the crest and the name say whose decision it is. */
export function rowOf(line: DecisionLine, lang: Language, shy: Shy, withCity: boolean): Row {
  return {
    href: DECISION.href(lang, { city: line.city, ref: line.ref }),
    title: shy(line.title, line.language),
    titleLang: line.language === lang ? undefined : line.language,
    note: <Note line={line} lang={lang} withCity={withCity} />,
    aside: line.day ? <Day lang={lang} day={Temporal.PlainDate.from(line.day)} /> : t(lang, "undated"),
    city: withCity ? line.city : undefined,
  };
}

function Note({ line, lang, withCity }: { line: DecisionLine; lang: Language; withCity: boolean }) {
  const parts = [
    withCity ? CITIES[line.city].names[lang].name : null,
    line.maker && (
      <Quoted lang={lang} textLang={line.language}>
        {line.maker.name}
      </Quoted>
    ),
    line.section && <span class="nb">{formatSection(lang, line.section)}</span>,
    line.recordNumber && <span class="nb">{formatRecordNumber(line.recordNumber)}</span>,
    line.stage === "proposed" ? t(lang, "proposed") : null,
    line.language === lang ? null : <OnlyIn lang={lang} original={line.language} />,
  ];
  return <Dotted parts={parts.filter((part) => part !== null)} />;
}
