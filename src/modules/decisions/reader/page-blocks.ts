import { BLOCKS, type Element, type Node } from "./markup.ts";
import { tidyLine, tidySigns } from "./tidy.ts";

/** A run of text within a block, with the emphasis and class that tell labels from text. */
export interface Run {
  text: string;
  strong: boolean;
  className: string;
  href: string;
}

/** A block of text as the page lays it out. Line breaks (`<br>`) are "\n" within its runs. */
export interface TextBlock {
  kind: "text";
  tag: string;
  className: string;
  runs: Run[];
}
export interface ListBlock {
  kind: "list";
  ordered: boolean;
  items: string[];
}
export interface TableBlock {
  kind: "table";
  className: string;
  head: boolean;
  rows: string[][];
}
export type PageBlock = TextBlock | ListBlock | TableBlock;

interface Layout {
  blocks: PageBlock[];
  /** The block whose runs are being read. */
  open: TextBlock | null;
}

interface Style {
  strong: boolean;
  className: string;
  href: string;
}
const PLAIN: Style = { strong: false, className: "", href: "" };
const STRONG = new Set(["b", "strong"]);
const UNSEEN = new Set(["title", "style", "script", "head", "template", "textarea", "select", "button", "noscript"]);

/** The blocks of a page, or of a part of it, in reading order. Tables that only lay out the page are read as their content. */
export function pageBlocks(root: Element): PageBlock[] {
  const layout: Layout = { blocks: [], open: null };
  readChildren(layout, root, root, PLAIN);
  close(layout);
  return layout.blocks;
}

function readChildren(layout: Layout, element: Element, block: Element, style: Style): void {
  for (const child of element.children) readNode(layout, child, block, style);
}

function readNode(layout: Layout, node: Node, block: Element, style: Style): void {
  if (typeof node === "string") addText(layout, node, block, style);
  else if (node.tag === "br") addText(layout, "\n", block, style);
  else if (UNSEEN.has(node.tag)) return;
  else if (node.tag === "ul" || node.tag === "ol") readList(layout, node);
  else if (node.tag === "table" && isData(node)) readTable(layout, node);
  else if (BLOCKS.has(node.tag)) {
    close(layout);
    readChildren(layout, node, node, style);
    close(layout);
  } else readChildren(layout, node, block, styleOf(node, style));
}

const styleOf = (element: Element, style: Style): Style => ({
  strong: style.strong || STRONG.has(element.tag),
  className: element.className === "" ? style.className : element.className,
  href: element.href === "" ? style.href : element.href,
});

function addText(layout: Layout, text: string, block: Element, style: Style): void {
  const line = text === "\n" ? text : tidySigns(text).replace(/[ \t\r\n\f]+/g, " ");
  if (line === "" || (layout.open === null && line === " ")) return;
  layout.open ??= { kind: "text", tag: block.tag, className: block.className, runs: [] };
  const last = layout.open.runs.at(-1);
  if (last?.strong === style.strong && last.className === style.className && last.href === style.href)
    last.text += line;
  else layout.open.runs.push({ text: line, ...style });
}

function close(layout: Layout): void {
  const block = layout.open;
  layout.open = null;
  if (block !== null && block.runs.some(({ text }) => text.trim() !== "")) layout.blocks.push(block);
}

/** Items in order; an item's own list follows it, since a reading nests no deeper. */
function readList(layout: Layout, list: Element): void {
  close(layout);
  const items = itemsOf(list);
  if (items.length > 0) layout.blocks.push({ kind: "list", ordered: list.tag === "ol", items });
}

function itemsOf(list: Element): string[] {
  return list.children.flatMap((child) => {
    if (typeof child === "string") return [tidyLine(child)].filter(Boolean);
    const inner = pageBlocks(child);
    const own = inner.filter((block) => block.kind === "text").map(blockText);
    const below = inner.flatMap((block) => (block.kind === "list" ? block.items : []));
    return [own.join(" "), ...below].filter(Boolean);
  });
}

/** A table of data has two columns or more, and neither tables nor headings in its cells. */
function isData(table: Element): boolean {
  let widest = 0;
  let isLayout = false;
  const visit = (element: Element): void => {
    let cells = 0;
    for (const child of element.children) {
      if (typeof child === "string") continue;
      if (child.tag === "table" || /^h[1-6]$/.test(child.tag)) isLayout = true;
      if (child.tag === "td" || child.tag === "th") cells++;
      if (!isLayout) visit(child);
    }
    widest = Math.max(widest, cells);
  };
  visit(table);
  return widest > 1 && !isLayout;
}

function readTable(layout: Layout, table: Element): void {
  close(layout);
  const rows: string[][] = [];
  let head: boolean | undefined;
  const visit = (element: Element): void => {
    for (const child of element.children) {
      if (typeof child === "string") continue;
      if (child.tag !== "tr") {
        visit(child);
        continue;
      }
      const cells = child.children
        .filter((cell) => typeof cell !== "string")
        .filter(({ tag }) => tag === "td" || tag === "th");
      if (rows.length === 0 && cells.some(({ tag }) => tag === "th")) head = cells.every(({ tag }) => tag === "th");
      const texts = cells.map(cellText);
      if (texts.some((text) => text !== "")) rows.push(texts);
    }
  };
  visit(table);
  if (rows.length === 0) return;
  layout.blocks.push({ kind: "table", className: table.className, head: head ?? namesColumns(rows), rows });
}

/**
 * A first row without the tag of heads is one all the same when all its cells are words from a capital, and below one of them
 * everything begins with a digit: "Toimipiste | Suljettu", "Pikkulintu | 7.1.2022". Two columns of one row each may be a label and its text.
 */
function namesColumns([first = [], ...others]: readonly string[][]): boolean {
  const isName = (cell: string) => /^\p{Lu}[^\d:]*$/u.test(cell.replace(/\([^()]*\)/gu, ""));
  if (!first.every(isName) || others.length === 0 || first.length + others.length < 4) return false;
  const areEven = others.every(({ length }) => length === first.length);
  return areEven && first.some((_, column) => others.every((row) => /^\d/u.test(row[column] ?? "")));
}

const cellText = (cell: Element): string =>
  pageBlocks(cell)
    .map((block) => (block.kind === "list" ? block.items.join("; ") : block.kind === "text" ? blockText(block) : ""))
    .join("; ");

/** The whole block as one line. */
export const blockText = (block: TextBlock): string => tidyLine(block.runs.map(({ text }) => text).join(""));

/** Is every word of it in bold type? */
export const isStrong = (block: TextBlock): boolean =>
  block.runs.every(({ strong, text }) => strong || text.trim() === "");
