/** The text of a decision as one reads an article: numbered paragraphs with permanent addresses. */
import type { Language } from "#core/cities.ts";
import { bindFigures } from "./format.ts";
import { ScrollTable } from "./tables.tsx";
import type { Shown } from "./shown.ts";
import { t } from "./texts.ts";

export interface ReadingParagraph {
  kind: "paragraph";
  text: string;
  list?: { ordered: boolean; items: readonly string[] } | undefined;
}
export type ReadingBlock =
  | ReadingParagraph
  | { kind: "subheading"; text: string }
  | { kind: "table"; head: boolean; rows: readonly (readonly string[])[] };

export interface ReadingSection {
  id: string;
  /** Empty when the text stands without a heading. */
  heading: string;
  blocks: readonly ReadingBlock[];
}

/** Makes links of what a text mentions (record numbers). It gets the text with its figures bound; left out, that text stands. */
export type Enrich = (text: string) => Shown;
const plain: Enrich = (text) => text;

/** The permanent anchor of a decision's nth paragraph, counted from 1 through all its sections: the same in every language of the page. */
export const paragraphId = (n: number): string => `p${n}`;

export interface NumberedBlock {
  block: ReadingBlock;
  /** Which paragraph, subheading or table of the whole text it is, counted from 1 within its kind. */
  n: number;
}

/** The blocks of each section, numbered through the whole text; `[section][block]` as in what went in. */
export function numberBlocks(sections: readonly ReadingSection[]): NumberedBlock[][] {
  const seen = { paragraph: 0, subheading: 0, table: 0 };
  return sections.map((section) => section.blocks.map((block) => ({ block, n: ++seen[block.kind] })));
}

export interface ReadingTextProps {
  lang: Language;
  /** The text's own language, when it isn't the page's. */
  textLang: Language;
  sections: readonly ReadingSection[];
  enrich?: Enrich;
}

/** Its sections are no landmarks: a text may have two of one name, and headings are the way through it. */
export function ReadingText({ lang, textLang, sections, enrich = plain }: ReadingTextProps) {
  const blocks = numberBlocks(sections);
  return (
    <div class="read" lang={textLang === lang ? undefined : textLang}>
      {sections.map((section, at) => (
        <section>
          {section.heading && <h2 id={section.id}>{section.heading}</h2>}
          {blocks[at]?.map((numbered) => (
            <Block lang={lang} {...numbered} enrich={enrich} />
          ))}
        </section>
      ))}
    </div>
  );
}

function Block({ lang, block, n, enrich }: NumberedBlock & { lang: Language; enrich: Enrich }) {
  if (block.kind === "subheading") return <h3>{block.text}</h3>;
  if (block.kind === "table") return <TextTable lang={lang} n={n} head={block.head} rows={block.rows} />;
  return <Para lang={lang} n={n} text={enrich(bindFigures(block.text))} list={block.list} enrich={enrich} />;
}

export interface ParaProps {
  lang: Language;
  n: number;
  text: Shown;
  list?: ReadingParagraph["list"];
  enrich?: Enrich;
}

/** One numbered paragraph, with the list that belongs to its sentence. The number is the link to its permanent address. */
export function Para({ lang, n, text, list, enrich = plain }: ParaProps) {
  const items = list?.items.map((item) => <li>{enrich(bindFigures(item))}</li>);
  return (
    <div class="para" id={paragraphId(n)}>
      <a class="para__n" href={`#${paragraphId(n)}`} lang={lang} aria-label={t(lang, "paragraphAddress", { n })}>
        {n}
      </a>
      <p>{text}</p>
      {list && (list.ordered ? <ol>{items}</ol> : <ul>{items}</ul>)}
    </div>
  );
}

interface TextTableProps {
  lang: Language;
  n: number;
  head: boolean;
  rows: readonly (readonly string[])[];
}

/** A table of the official text, which has no caption of its own: it is named by its number. */
function TextTable({ lang, n, head, rows }: TextTableProps) {
  const [first = [], ...rest] = rows;
  const body = head ? rest : rows;
  const columns = first.map((_, column) =>
    isFigures(
      body.map((cells) => cells[column] ?? ""),
      column,
    )
      ? "num"
      : undefined,
  );
  return (
    <ScrollTable id={`table${n}`} caption={<span lang={lang}>{t(lang, "tableNumber", { n })}</span>} isCaptionHidden>
      {head && (
        <thead>
          <tr>
            {first.map((cell, column) => (
              <th scope="col" class={columns[column]}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
      )}
      <tbody>
        {body.map((cells) => (
          <tr>
            {cells.map((cell, column) => (
              <td class={columns[column]}>{bindFigures(cell)}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </ScrollTable>
  );
}

/** Columns of figures ("1 350 004", "28,50 €", "-3 %") align at their ends; the first column names the rows. */
const isFigures = (cells: readonly string[], column: number): boolean =>
  column > 0 && cells.every((cell) => /^([-−+]?\d[\d\s.,]*(€|euroa|%)?)?$/u.test(cell.trim()));
