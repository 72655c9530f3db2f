/** The registrars' pile of documents that could not be read. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { Path } from "#core/http/paths.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { formatSize } from "#ui/format.ts";
import { Moment } from "#ui/inline.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { StackTable } from "#ui/tables.tsx";
import { UNREAD_DOCUMENT, UNREAD_OF_NO_CITY } from "./paths.ts";
import { t, type TextKey } from "./texts.ts";
import type { UnreadRow } from "./unread.queries.ts";

export interface UnreadPage {
  own: readonly UnreadRow[];
  /** Documents whose city is not known. */
  ofNoCity: readonly UnreadRow[];
}

export function unreadPage({ own, ofNoCity }: UnreadPage, ask: PrivateRequest): PageContent {
  const { language: lang } = ask;
  return {
    title: t(lang, "unread"),
    description: t(lang, "unreadLead"),
    body: (
      <div class="wrap">
        <Opening title={t(lang, "unread")} lead={t(lang, own.length === 0 ? "unreadNone" : "unreadLead")} />
        {own.length > 0 && <Pile id="unread" title="unread" rows={own} path={UNREAD_DOCUMENT} ask={ask} />}
        {ofNoCity.length > 0 && (
          <Section id="of-no-city" title={t(lang, "unreadOfNoCity")}>
            <p>{t(lang, "unreadOfNoCityLead")}</p>
            <Pile id="no-city-list" title="unreadOfNoCity" rows={ofNoCity} path={UNREAD_OF_NO_CITY} ask={ask} />
          </Section>
        )}
      </div>
    ),
  };
}

interface PileProps {
  id: string;
  title: TextKey;
  rows: readonly UnreadRow[];
  /** Of each document. */
  path: Path;
  ask: PrivateRequest;
}

function Pile({ id, title, rows, path, ask: { language: lang, params } }: PileProps) {
  const column = (key: TextKey, isFigure = false) => ({ head: t(lang, key), short: t(lang, key), isFigure });
  return (
    <StackTable
      id={id}
      caption={t(lang, title)}
      isCaptionHidden
      rowHead={t(lang, "unreadSource")}
      columns={[column("unreadWhy"), column("unreadWhen"), column("unreadSize", true)]}
      rows={rows.map((row) => ({
        head: (
          <a href={path.href(lang, { ...params, sha256: row.sha256 })}>
            {row.sourceName.split("/").at(-1) ?? row.sourceName}
          </a>
        ),
        cells: [
          reasonOf(row, lang),
          <Moment lang={lang} moment={Temporal.Instant.from(row.receivedAt.toISOString())} />,
          formatSize(lang, row.bytes),
        ],
      }))}
    />
  );
}

/** The program that reads documents tells its details in English. */
const READER_LANGUAGE = "en";

/** The reason in the asker's language; the program's own words follow. */
const reasonOf = ({ reasonCode, reasonDetail }: UnreadRow, lang: Language) => (
  <>
    {t(lang, `reason_${reasonCode}` as TextKey)}{" "}
    <span class="dim small" lang={lang === READER_LANGUAGE ? undefined : READER_LANGUAGE}>
      {reasonDetail}
    </span>
  </>
);
