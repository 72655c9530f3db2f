/** The desk's front page: what the member of staff can do in this city. */
import { CITIES, type CityCode } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import type { DeskEntry } from "#core/rights.ts";
import { More, Opening } from "#ui/layout.tsx";
import { Empty } from "#ui/notices.tsx";
import { Rows } from "#ui/rows.tsx";
import { Done } from "./done.tsx";
import { RIGHTS } from "./paths.ts";
import { t } from "./texts.ts";

/** `entries`: those that the reader may open. */
export function deskPage(
  { city, entries }: { city: CityCode; entries: readonly DeskEntry[] },
  { language: lang, done }: PrivateRequest,
): PageContent {
  const title = t(lang, "deskOf", { name: CITIES[city].names[lang].name });
  const rows = entries.map(({ href, title: titleOf, note }) => ({
    href: href(lang, city),
    title: titleOf(lang),
    note: note(lang),
  }));
  return {
    title,
    description: t(lang, "deskLead"),
    body: (
      <div class="wrap">
        <Done lang={lang} done={done} />
        <Opening title={title} lead={t(lang, "deskLead")} />
        {rows.length === 0 ? <Empty text={t(lang, "deskNone")} /> : <Rows lang={lang} rows={rows} isRuled />}
        <More href={RIGHTS.href(lang, { city })} label={t(lang, "rights")} />
      </div>
    ),
  };
}
