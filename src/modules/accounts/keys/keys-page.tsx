/** The keys of a person, and of the organisation they act for as its owner. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { dayInFinland } from "#core/clock.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { formatDate, formatNumber } from "#ui/format.ts";
import { Moment } from "#ui/inline.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { Empty, Notification } from "#ui/notices.tsx";
import { StackTable } from "#ui/tables.tsx";
import { ME } from "../paths.ts";
import { t as accountText } from "../texts.ts";
import { lastDayOf, stateOf } from "./key.ts";
import { END_KEY, NEW_KEY } from "./paths.ts";
import { mayManageKeys } from "./policy.ts";
import type { KeyRow } from "./queries.ts";
import { t, type TextKey } from "./texts.ts";

export interface KeysData {
  own: readonly KeyRow[];
  /** Null when the person acts for no organisation, or not as its owner. */
  ofOrganisation: readonly KeyRow[] | null;
}

export function keysPage({ own, ofOrganisation }: KeysData, ask: PrivateRequest): PageContent {
  const { language: lang, actor, done, visitor, now } = ask;
  const name = visitor.actingAs ?? "";
  const mayManage = mayManageKeys.allows(actor);
  const shown = { lang, now, mayManage };
  return {
    title: t(lang, "keys"),
    description: t(lang, "keysLead"),
    crumbs: [{ label: accountText(lang, "me"), href: ME.href(lang) }],
    body: (
      <div class="wrap">
        {done === "keyEnded" && <Notification id="done" kind="success" title={t(lang, "done_keyEnded")} />}
        <Opening title={t(lang, "keys")} lead={t(lang, "keysLead")} />
        <p>{t(lang, "keysWhy")}</p>
        <p>
          {mayManage ? (
            <a class="hds-button hds-button--primary" href={NEW_KEY.href(lang)}>
              {t(lang, "keyNew")}
            </a>
          ) : (
            t(lang, "keysNotOwner", { name })
          )}
        </p>
        {ofOrganisation && (
          <Keys {...shown} id="of-organisation" title={t(lang, "keysOf", { name })} rows={ofOrganisation} />
        )}
        <Keys {...shown} id="own" title={t(lang, "keysOwn")} rows={own} />
      </div>
    ),
  };
}

interface KeysProps {
  lang: Language;
  now: Temporal.Instant;
  mayManage: boolean;
  id: string;
  title: string;
  rows: readonly KeyRow[];
}

function Keys({ lang, now, mayManage, id, title, rows }: KeysProps) {
  const columns = (["keyScopes", "keyRate", "keyUsed", "keyState", "keyEndColumn"] as const).map((key) => ({
    head: t(lang, key),
    short: t(lang, key),
  }));
  return (
    <Section id={id} title={title}>
      {rows.length === 0 ? (
        <Empty text={t(lang, "keysNone")} />
      ) : (
        <StackTable
          id={`${id}-keys`}
          caption={title}
          isCaptionHidden
          rowHead={t(lang, "keyName")}
          columns={columns}
          rows={rows.map((row) => ({
            head: <KeyName row={row} />,
            cells: [
              <code>{row.scopes.join(", ")}</code>,
              t(lang, "keyRateOf", { rate: formatNumber(lang, row.rate) }),
              <LastUsed lang={lang} row={row} />,
              stateText(lang, row, now),
              mayManage && stateOf(row, now) === "active" ? <EndLink lang={lang} row={row} /> : null,
            ],
          }))}
        />
      )}
    </Section>
  );
}

function KeyName({ row }: { row: KeyRow }) {
  return (
    <>
      <bdi>{row.name}</bdi>
      <br />
      <code>{row.beginning}…</code>
    </>
  );
}

function LastUsed({ lang, row }: { lang: Language; row: KeyRow }) {
  if (row.lastUsedAt === null) return <>{t(lang, "keyNeverUsed")}</>;
  return <Moment lang={lang} moment={Temporal.Instant.from(row.lastUsedAt.toISOString())} />;
}

function EndLink({ lang, row }: { lang: Language; row: KeyRow }) {
  return (
    <a href={END_KEY.href(lang, { id: row.id })} aria-label={t(lang, "keyEndOf", { name: row.name })}>
      {t(lang, "keyEndColumn")}
    </a>
  );
}

function stateText(lang: Language, row: KeyRow, now: Temporal.Instant): string {
  const state = stateOf(row, now);
  const day = dayOf(row);
  if (state === "active" && day) return t(lang, "state_activeUntil", { day: formatDate(lang, day) });
  return t(lang, `state_${state}` satisfies TextKey, day ? { day: formatDate(lang, day) } : {});
}

/** The day on which it ended, else the last one on which it holds; null when it goes on. */
function dayOf({ endedAt, expiresAt }: KeyRow): Temporal.PlainDate | null {
  if (endedAt) return dayInFinland(Temporal.Instant.from(endedAt.toISOString()));
  return expiresAt && lastDayOf(expiresAt);
}
