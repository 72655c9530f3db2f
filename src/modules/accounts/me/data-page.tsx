/** All that is known about somebody, as themself see it: each source with its purpose, its ground, how long, and its rows. */
import type { Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import type { PersonalDataSource, PersonalRow } from "#core/retention.ts";
import { type Fact, Facts } from "#ui/facts.tsx";
import { More, Opening, Section } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { Walk } from "#ui/pagination.tsx";
import { StackTable } from "#ui/tables.tsx";
import { ME } from "../paths.ts";
import type { SourceRows } from "../retention/tree.ts";
import { DATA, DATA_FILE } from "./paths.ts";
import { shownValue } from "./shown-value.tsx";
import { t, type TextKey } from "./texts.ts";

export interface DataPage {
  sources: readonly SourceRows[];
  contactMail: string;
}

export function dataPage({ sources, contactMail }: DataPage, { language: lang }: PrivateRequest): PageContent {
  return {
    title: t(lang, "data"),
    description: t(lang, "dataLead"),
    crumbs: [{ label: t(lang, "me"), href: ME.href(lang) }],
    body: (
      <div class="wrap">
        <Opening title={t(lang, "data")} lead={t(lang, "dataLead")}>
          <p>
            <a class="hds-button hds-button--primary" href={DATA_FILE.href(lang)} download>
              {t(lang, "dataDownload")}
            </a>
          </p>
          <p>
            {t(lang, "dataWrong")} <a href={`mailto:${contactMail}`}>{contactMail}</a>
          </p>
        </Opening>
        {sources.map((one, n) => (
          <Section id={anchorOf(one.source)} title={one.source.title[lang]} isFirst={n === 0}>
            <Facts lang={lang} facts={aboutSource(lang, one.source)} />
            <h3>{t(lang, "whatIsKept")}</h3>
            <RowsOfSource lang={lang} shown={one} />
            {one.hasMore && <More href={DATA.href(lang, {}, { source: one.source.id })} label={t(lang, "dataAll")} />}
          </Section>
        ))}
      </div>
    ),
  };
}

export interface SourcePage {
  shown: SourceRows;
  /** From 1 on. */
  page: number;
}

/** One source whose rows do not all fit on the page of all. */
export function sourcePage({ shown, page }: SourcePage, { language: lang }: PrivateRequest): PageContent {
  const { source } = shown;
  const href = (n: number) => DATA.href(lang, {}, { source: source.id, ...(n > 1 && { page: String(n) }) });
  return {
    title: source.title[lang],
    description: source.purpose[lang],
    crumbs: [
      { label: t(lang, "me"), href: ME.href(lang) },
      { label: t(lang, "data"), href: DATA.href(lang) },
    ],
    body: (
      <div class="wrap">
        <Opening title={source.title[lang]} lead={source.purpose[lang]} />
        <RowsOfSource lang={lang} shown={shown} />
        <Walk
          lang={lang}
          start={page > 1 ? { href: href(1), label: t(lang, "toNewest") } : undefined}
          next={shown.hasMore ? { href: href(page + 1), label: t(lang, "toOlder") } : undefined}
        />
      </div>
    ),
  };
}

/** "accounts.sessions" -> "accounts-sessions" */
const anchorOf = ({ id }: PersonalDataSource): string => id.replaceAll(".", "-");

const aboutSource = (lang: Language, { purpose, ground, keptFor }: PersonalDataSource): Fact[] => [
  { kind: "known", label: t(lang, "purpose"), value: purpose[lang] },
  { kind: "known", label: t(lang, "ground"), value: t(lang, `ground_${ground}` satisfies TextKey) },
  { kind: "known", label: t(lang, "keptFor"), value: keptFor[lang] },
];

function RowsOfSource({ lang, shown: { source, rows } }: { lang: Language; shown: SourceRows }) {
  const [first] = rows;
  if (!first) return <Empty text={t(lang, "dataNone")} />;
  if (rows.length === 1) return <Facts lang={lang} facts={factsOf(lang, source, first)} />;
  const [head = "", ...others] = Object.keys(source.fields);
  const nameOf = (field: string): string => source.fields[field]?.[lang] ?? field;
  return (
    <StackTable
      id={`${anchorOf(source)}-rows`}
      caption={source.title[lang]}
      isCaptionHidden
      rowHead={nameOf(head)}
      columns={others.map((field) => ({ head: nameOf(field), short: nameOf(field) }))}
      rows={rows.map((row) => ({
        head: shownValue(lang, source, head, row[head]) ?? t(lang, "empty"),
        cells: others.map((field) => shownValue(lang, source, field, row[field])),
      }))}
    />
  );
}

const factsOf = (lang: Language, source: PersonalDataSource, row: PersonalRow): Fact[] =>
  Object.entries(source.fields).map(([field, words]) => {
    const value = shownValue(lang, source, field, row[field]);
    const label = words[lang];
    return value === null ? { kind: "unknown", label, why: t(lang, "nothingKept") } : { kind: "known", label, value };
  });
