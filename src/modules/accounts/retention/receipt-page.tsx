/** The receipt of an erasure, for who has its link; nobody is signed in any more. */
import type { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Moment } from "#ui/inline.tsx";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import { Notification } from "#ui/notices.tsx";
import { SIGNED_OUT } from "../paths.ts";
import { RECEIPT_DAYS, type ReceiptLine, sentence } from "./receipt.ts";
import { t } from "./texts.ts";

export interface ReceiptPage {
  askedAt: Temporal.Instant;
  lines: readonly ReceiptLine[];
}

export function receiptPage({ askedAt, lines }: ReceiptPage, ask: PrivateRequest): PageContent {
  const { language: lang, url, query } = ask;
  const isUnderWay = lines.some(({ erased }) => erased === null);
  return {
    title: t(lang, "receipt"),
    description: t(lang, "receiptLead"),
    body: (
      <Narrow>
        <Opening title={t(lang, "receipt")} lead={t(lang, "receiptLead")} />
        {isUnderWay && (
          <Notification id="under-way" title={t(lang, "receiptOpen")}>
            <p>
              {t(lang, "receiptOpenWhat")} <a href={url}>{t(lang, "receiptAgain")}</a>
            </p>
          </Notification>
        )}
        <AtProvider lang={lang} provider={query["provider"]} />
        <Section id="what" title={t(lang, "whatHappened")} isFirst={!isUnderWay}>
          <ReceiptLines lang={lang} lines={lines} />
          <p class="dim">
            {t(lang, "receiptMoment")} <Moment lang={lang} moment={askedAt} />.{" "}
            {t(lang, "receiptKept", { days: RECEIPT_DAYS })}
          </p>
        </Section>
      </Narrow>
    ),
  };
}

/** Who came in by an identity provider is still signed in there. */
function AtProvider({ lang, provider }: { lang: Language; provider: unknown }) {
  if (typeof provider !== "string") return null;
  return (
    <p>
      {t(lang, "stillAtProvider")} <a href={SIGNED_OUT.href(lang, {}, { provider })}>{t(lang, "leaveProvider")}</a>
    </p>
  );
}

interface LinesProps {
  lang: Language;
  lines: readonly ReceiptLine[];
  /** What would be, instead of what was. */
  isPreview?: boolean;
}

/** Each source: what is erased, and what stays and why. */
export function ReceiptLines({ lang, lines, isPreview = false }: LinesProps) {
  return (
    <ul class="rows rows--plain">
      {lines.map((line) => (
        <li>
          <div>
            <b>{line.title}</b>
            <p class="d">{stateOf(lang, line, isPreview)}</p>
            {line.kept.map((one) => (
              <p class="d">{sentence(lang, one)}</p>
            ))}
          </div>
        </li>
      ))}
    </ul>
  );
}

function stateOf(lang: Language, { erased }: ReceiptLine, isPreview: boolean): string {
  if (erased === null) return t(lang, "underWay");
  return t(lang, isPreview ? "wouldErase" : "erasedCount", { count: erased });
}
