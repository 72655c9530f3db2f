/** The page for reusers: what there is, under which terms, how to keep up. */
import type { Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import { KEYS } from "#modules/accounts/index.ts";
import { Opening, Prose, Section } from "#ui/layout.tsx";
import { StackTable } from "#ui/tables.tsx";
import { type TextKey, t } from "./texts.ts";

export interface OpenDataPageData {
  /** Requests a minute from one address; 0 = no limit. */
  rateLimit: number;
}

/** Addresses that give something at once when opened; the last two patterns need a value of one's own. */
const ADDRESSES: readonly { href: string; what: TextKey }[] = [
  { href: "/api/v1/decisions?city=helsinki&year=2022", what: "listOf" },
  { href: "/api/v1/decisions/HEL-2015-004216-29", what: "oneDecision" },
  { href: "/api/v1/decisions/HEL-2015-004216-29/original", what: "original" },
  { href: "/api/v1/matters/helsinki/HEL-2015-004216", what: "matter" },
  { href: "/api/v1/search?q=osallisuus", what: "search" },
  { href: "/api/v1/changes", what: "changes" },
];

export function openDataPage({ rateLimit }: OpenDataPageData, { language: lang }: PageRequest): PageContent {
  return {
    title: t(lang, "title"),
    description: t(lang, "lead"),
    body: (
      <div class="wrap">
        <Opening title={t(lang, "title")} lead={t(lang, "lead")} />
        <Prose>
          <Section id="licence" title={t(lang, "licence")}>
            <p>{t(lang, "licence1")}</p>
          </Section>
          <Section id="api" title={t(lang, "api")}>
            <p>
              {t(lang, "apiLead")} <a href="/api/v1/openapi.json">/api/v1/openapi.json</a>
            </p>
            <Addresses lang={lang} />
          </Section>
          <Section id="follow" title={t(lang, "follow")}>
            <p>{t(lang, "follow1")}</p>
            <p>{t(lang, "follow2")}</p>
            <p>{t(lang, "follow3")}</p>
          </Section>
          <Section id="limits" title={t(lang, "limits")}>
            <p>{t(lang, "limits1", { limit: rateLimit })}</p>
            {rateLimit > 0 && (
              <p>
                {t(lang, "limits3")} <a href={KEYS.href(lang)}>{t(lang, "keyLink")}</a>
              </p>
            )}
            <p>{t(lang, "limits2")}</p>
          </Section>
        </Prose>
      </div>
    ),
  };
}

const Addresses = ({ lang }: { lang: Language }) => (
  <StackTable
    id="addresses"
    caption={t(lang, "api")}
    isCaptionHidden
    rowHead={t(lang, "what")}
    columns={[{ head: t(lang, "address"), short: t(lang, "address") }]}
    rows={ADDRESSES.map(({ href, what }) => ({
      head: t(lang, what),
      cells: [
        <a class="address" href={href}>
          {href}
        </a>,
      ],
    }))}
  />
);
