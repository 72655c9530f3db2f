/** The registrars' pile of documents that could not be read. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { formatSize } from "#ui/format.ts";
import { Moment } from "#ui/inline.tsx";
import { Opening } from "#ui/layout.tsx";
import { StackTable } from "#ui/tables.tsx";
import { UNREAD_DOCUMENT } from "./paths.ts";
import { t, type TextKey } from "./texts.ts";
import type { UnreadRow } from "./unread.queries.ts";

export function unreadPage({ rows }: { rows: readonly UnreadRow[] }, ask: PrivateRequest): PageContent {
  const { language: lang, params } = ask;
  const column = (key: TextKey, isFigure = false) => ({ head: t(lang, key), short: t(lang, key), isFigure });
  return {
    title: t(lang, "unread"),
    description: t(lang, "unreadLead"),
    body: (
      <div class="wrap">
        <Opening title={t(lang, "unread")} lead={t(lang, rows.length === 0 ? "unreadNone" : "unreadLead")} />
        {rows.length > 0 && (
          <StackTable
            id="unread"
            caption={t(lang, "unread")}
            isCaptionHidden
            rowHead={t(lang, "unreadSource")}
            columns={[column("unreadWhy"), column("unreadWhen"), column("unreadSize", true)]}
            rows={rows.map((row) => ({
              head: (
                <a href={UNREAD_DOCUMENT.href(lang, { ...params, sha256: row.sha256 })}>
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
        )}
      </div>
    ),
  };
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
