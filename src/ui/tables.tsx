/** Tables: of any kind in a scrolling region, of money with its sums, and of comparison that stacks on a narrow page. */
import type { Language } from "#core/cities.ts";
import { bindFigures, formatAmount, formatEuros } from "./format.ts";
import { classes, type Children, type Shown } from "./shown.ts";
import { t } from "./texts.ts";

export interface ScrollTableProps {
  id: string;
  caption: Shown;
  isCaptionHidden?: boolean;
  children: Children;
}

/** A table that scrolls alone when it is wider than the page; the region takes focus so that the keyboard reaches all of it. */
export function ScrollTable({ id, caption, isCaptionHidden = false, children }: ScrollTableProps) {
  return (
    <div class="tbl" role="region" aria-labelledby={id} tabIndex={0}>
      <table>
        <caption id={id} class={isCaptionHidden ? "vh" : undefined}>
          {caption}
        </caption>
        {children}
      </table>
    </div>
  );
}

export interface MoneyRow {
  label: Shown;
  /** One sum in integer cents for each column. */
  cents: readonly number[];
  /** True for what isn't in the source. */
  isComputed?: boolean;
}

export interface MoneyTableProps {
  lang: Language;
  id: string;
  caption: Shown;
  /** What a row is, for those who hear the table: "Osa". */
  rowHead: string;
  /** The name of a single column is heard and not seen. */
  columns: readonly string[];
  rows: readonly MoneyRow[];
  total?: MoneyRow | undefined;
}

/** Sums of money in columns; the caption says that they are euros, so that the cells are bare figures. */
export function MoneyTable({ lang, id, caption, rowHead, columns, rows, total }: MoneyTableProps) {
  const all = total ? [...rows, total] : rows;
  const decimals = all.every((row) => row.cents.every((cents) => cents % 100 === 0)) ? 0 : 2;
  return (
    <ScrollTable
      id={id}
      caption={
        <>
          {caption}, {t(lang, "inEuros")}
        </>
      }
    >
      <thead class={columns.length === 1 ? "bare" : undefined}>
        <tr>
          <th scope="col">
            <span class="vh">{rowHead}</span>
          </th>
          {columns.map((column) => (
            <th scope="col" class="num">
              {columns.length === 1 ? <span class="vh">{column}</span> : column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <MoneyLine lang={lang} row={row} decimals={decimals} />
        ))}
      </tbody>
      {total && (
        <tfoot>
          <MoneyLine lang={lang} row={total} decimals={decimals} />
        </tfoot>
      )}
    </ScrollTable>
  );
}

function MoneyLine({ lang, row, decimals }: { lang: Language; row: MoneyRow; decimals: 0 | 2 }) {
  return (
    <tr>
      <th scope="row">
        {row.label} {row.isComputed && <span class="computed">({t(lang, "computed")})</span>}
      </th>
      {row.cents.map((cents) => (
        <td class="num">{formatAmount(lang, cents, decimals)}</td>
      ))}
    </tr>
  );
}

/** The sum worked out before the reader's eyes: "6 017 799 € + 2 963 992 € = 8 981 791 €". */
export function Sum({ lang, parts, total }: { lang: Language; parts: readonly number[]; total: number }) {
  return (
    <span class="sum">
      {parts.map((cents, n) => (
        <>
          {n > 0 && " + "}
          {formatEuros(lang, cents)}
        </>
      ))}
      {" = "}
      <b>{formatEuros(lang, total)}</b>
    </span>
  );
}

export interface AmountRow {
  cents: number;
  /** The sentence that says what the money is. */
  sentence: Shown;
  /** The paragraph it stands in. */
  paragraph?: { n: number; href: string } | undefined;
}

/** The sums a text mentions, each with its sentence and the way to its place. */
export function Amounts({
  lang,
  rows,
  textLang,
}: {
  lang: Language;
  rows: readonly AmountRow[];
  textLang?: Language | undefined;
}) {
  return (
    <dl class="amounts">
      {rows.map((row) => (
        <div>
          <dt>{formatEuros(lang, row.cents)}</dt>
          <dd>
            <span lang={textLang}>{typeof row.sentence === "string" ? bindFigures(row.sentence) : row.sentence}</span>{" "}
            {row.paragraph && (
              <a class="nb" href={row.paragraph.href}>
                {t(lang, "amountPlace", { n: row.paragraph.n })}
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}

export interface StackTableProps {
  id: string;
  caption: Shown;
  isCaptionHidden?: boolean;
  rowHead: string;
  /** `short` stands before each cell when the table is stacked. */
  columns: readonly { head: Shown; short: string; isFigure?: boolean }[];
  rows: readonly { head: Shown; cells: readonly (Shown | null)[]; isStrong?: boolean }[];
}

/**
 * A comparison: columns on a wide page, on a narrow one each row's cells under its heading. Stacking takes a table's meaning away
 * from screen readers, so every role is said aloud.
 */
export function StackTable({ id, caption, isCaptionHidden = false, rowHead, columns, rows }: StackTableProps) {
  return (
    <div class="tbl">
      <table class="cmp" role="table" aria-labelledby={id}>
        <caption id={id} class={isCaptionHidden ? "vh" : undefined}>
          {caption}
        </caption>
        <thead role="rowgroup">
          <tr role="row">
            <th scope="col" role="columnheader">
              {rowHead}
            </th>
            {columns.map((column) => (
              <th scope="col" role="columnheader" class={column.isFigure ? "num" : undefined}>
                {column.head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody role="rowgroup">
          {rows.map((row) => (
            <tr role="row" class={row.isStrong ? "strong" : undefined}>
              <th scope="row" role="rowheader">
                {row.head}
              </th>
              {row.cells.map((cell, n) => (
                <td role="cell" class={classes(columns[n]?.isFigure && "num")} data-who={columns[n]?.short}>
                  {cell !== null && <span>{cell}</span>}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
