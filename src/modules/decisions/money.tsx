/** What a decision costs: totals with their parts worked out, and the other sums that the text mentions. */
import type { Language } from "#core/cities.ts";
import { Quoted } from "#ui/inline.tsx";
import { paragraphId } from "#ui/reading.tsx";
import { Amounts, MoneyTable, Sum, type AmountRow } from "#ui/tables.tsx";
import { nameBreakdowns, type NamedBreakdown, otherAmounts, paragraphOf } from "./decision-view.ts";
import type { Amount, Reading, Section } from "./reading.ts";
import { t } from "./texts.ts";

const SHOWN_AT_ONCE = 4;

/** Nothing when the text mentions no sums. */
export function Money({ lang, reading, shown }: { lang: Language; reading: Reading; shown: readonly Section[] }) {
  const breakdowns = nameBreakdowns(reading.amounts, reading.breakdowns);
  const others = otherAmounts(reading);
  if (breakdowns.length === 0 && others.length === 0) return null;
  return (
    <section class="money" aria-labelledby="money">
      <h3 id="money">{t(lang, "money")}</h3>
      {breakdowns.map((breakdown, n) => (
        <BreakdownTable lang={lang} textLang={reading.language} breakdown={breakdown} id={`money-${n + 1}`} />
      ))}
      {others.length > 0 && <Others lang={lang} reading={reading} shown={shown} amounts={others} />}
    </section>
  );
}

interface BreakdownProps {
  lang: Language;
  textLang: Language;
  breakdown: NamedBreakdown;
  id: string;
}

function BreakdownTable({ lang, textLang, breakdown: { total, parts }, id }: BreakdownProps) {
  const name = (label: string | null, fallback: "moneyPart" | "moneyCaption") =>
    label === null ? (
      t(lang, fallback)
    ) : (
      <Quoted lang={lang} textLang={textLang}>
        {label}
      </Quoted>
    );
  return (
    <>
      <MoneyTable
        lang={lang}
        id={id}
        caption={name(total.label, "moneyCaption")}
        rowHead={t(lang, "moneyRow")}
        columns={[t(lang, "moneyColumn")]}
        rows={parts.map((part) => ({ label: name(part.label, "moneyPart"), cents: [part.cents] }))}
        total={{ label: t(lang, "moneyTotal"), cents: [total.cents] }}
      />
      <p class="small">
        <Sum lang={lang} parts={parts.map((part) => part.cents)} total={total.cents} />{" "}
        <span class="dim">{t(lang, "moneySum")}</span>
      </p>
    </>
  );
}

interface OthersProps {
  lang: Language;
  reading: Reading;
  shown: readonly Section[];
  amounts: readonly Amount[];
}

function Others({ lang, reading, shown, amounts }: OthersProps) {
  const rows = amounts.map((amount): AmountRow => {
    const n = paragraphOf(reading, shown, amount);
    return {
      cents: amount.cents,
      sentence: amount.sentence,
      ...(n !== undefined && { paragraph: { n, href: `#${paragraphId(n)}` } }),
    };
  });
  const rest = rows.slice(SHOWN_AT_ONCE);
  return (
    <>
      <h4>{t(lang, "moneyOther")}</h4>
      <Amounts lang={lang} textLang={reading.language} rows={rows.slice(0, SHOWN_AT_ONCE)} />
      {rest.length > 0 && (
        <details>
          <summary>{t(lang, "moneyMore", { count: rest.length })}</summary>
          <Amounts lang={lang} textLang={reading.language} rows={rest} />
        </details>
      )}
    </>
  );
}
