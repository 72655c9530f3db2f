import { getDocumentProxy } from "unpdf";
import type { Unreadable } from "../reading.ts";
import { withoutPageEdges, type Line } from "./page-lines.ts";
import { tidyTypesetLine } from "./tidy.ts";

/** No decision is longer, and a file that claims more pages is not one. */
const MAX_PAGES = 2000;

type Document = Awaited<ReturnType<typeof getDocumentProxy>>;
type TextContent = Awaited<ReturnType<Awaited<ReturnType<Document["getPage"]>>["getTextContent"]>>;

/** A run of text at its place: x from the left edge, y from the bottom, in points. */
interface Placed {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
}
interface Row {
  y: number;
  x: number;
  size: number;
  cells: Placed[];
}

/** The lines of a PDF in reading order, its margin column told apart; or why it has none. */
export async function linesOfPdf(bytes: Uint8Array): Promise<Line[] | Unreadable> {
  let document: Document | null = null;
  try {
    // The library takes the bytes for itself, so it gets its own.
    document = await getDocumentProxy(new Uint8Array(bytes), { verbosity: 0 });
    if (document.numPages > MAX_PAGES)
      return { code: "tooLarge", detail: `The PDF has ${document.numPages} pages; at most ${MAX_PAGES} are read.` };
    const pages = await rowsOfPages(document);
    const lines = withoutPageEdges(toLines(pages));
    if (lines.length > 0) return lines;
    return {
      code: "noText",
      detail: "The PDF holds no text. If it is a scanned paper, recognise its text first (OCR).",
    };
  } catch (error) {
    return whyUnreadable(error);
  } finally {
    await document?.loadingTask.destroy();
  }
}

function whyUnreadable(error: unknown): Unreadable {
  const name = error instanceof Error ? error.name : "";
  if (name === "PasswordException")
    return { code: "encrypted", detail: "The PDF is locked with a password. Save it without one." };
  const message = error instanceof Error ? error.message : String(error);
  return { code: "damaged", detail: `The PDF is damaged or cut short (${message}).` };
}

async function rowsOfPages(document: Document): Promise<Row[][]> {
  const pages: Row[][] = [];
  for (let number = 1; number <= document.numPages; number++) {
    const page = await document.getPage(number);
    pages.push(rowsOf(placedText(await page.getTextContent())));
    page.cleanup();
  }
  return pages;
}

function placedText(content: TextContent): Placed[] {
  return content.items.flatMap((item) => {
    if (!("str" in item) || item.str.trim() === "") return [];
    const [, , , size, x, y] = item.transform.map(Number);
    return [{ text: item.str, x: x ?? 0, y: y ?? 0, width: item.width, size: Math.abs(size ?? 0) || 10 }];
  });
}

/** Runs at the same height are one row; rows from top to bottom, runs from left to right. */
function rowsOf(placed: readonly Placed[]): Row[] {
  const rows: Row[] = [];
  for (const item of [...placed].sort((a, b) => b.y - a.y || a.x - b.x)) {
    const row = rows.at(-1);
    if (row !== undefined && Math.abs(row.y - item.y) < item.size / 4) row.cells.push(item);
    else rows.push({ y: item.y, x: item.x, size: item.size, cells: [item] });
  }
  for (const row of rows) {
    row.cells.sort((a, b) => a.x - b.x);
    row.x = row.cells[0]?.x ?? row.x;
  }
  return rows;
}

/** Left edges of text within this many points are one column. */
const COLUMN_WIDTH = 8;
/** A margin column ends, and the text begins, at least this far to the right of the left edge. */
const MARGIN_MIN = 90;

/**
 * Where the text begins beside a margin column with headings, or null when there is none. There is one when most rows begin at
 * one place well to the right of the leftmost, and some rows hold text at both.
 */
function textEdge(pages: readonly (readonly Row[])[]): number | null {
  const rows = pages.flat();
  const left = leftmost(rows.map(({ x }) => x));
  const right = rows.filter((row) => row.x > left + MARGIN_MIN);
  const both = rows.filter((row) => row.x < left + COLUMN_WIDTH && row.cells.some(({ x }) => x > left + MARGIN_MIN));
  const inText = [...right.map(({ x }) => x), ...both.flatMap((row) => row.cells.slice(1).map(({ x }) => x))];
  if (both.length < 2 || right.length + both.length < rows.length / 2) return null;
  return leftmost(inText.filter((x) => x > left + MARGIN_MIN));
}

const leftmost = (edges: readonly number[]): number =>
  edges.reduce((least, x) => Math.min(least, x), Number.POSITIVE_INFINITY);

function toLines(pages: readonly (readonly Row[])[]): Line[][] {
  const edge = textEdge(pages);
  const step = usualStep(pages);
  const right = -leftmost(pages.flat().map((row) => -endOf(row)));
  return pages.map((rows, page) => {
    const lines = rows.flatMap((row, i) => {
      const above = rows[i - 1];
      const place = {
        gap: above === undefined || above.y - row.y > step * 1.4,
        ends: endsEarly(row, rows[i + 1], right),
        page,
      };
      return edge === null ? [lineOf(row.cells, false, place)] : inColumns(row, edge, place);
    });
    return edge === null ? lines : wholeLabels(lines);
  });
}

type Place = Omit<Line, "text" | "margin">;

const endOf = (row: Row): number => row.cells.reduce((end, { x, width }) => Math.max(end, x + width), row.x);

/** Would the first word of the next row have fitted here? Widths of words are estimates, so only what fits with ease counts. */
function endsEarly(row: Row, next: Row | undefined, right: number): boolean {
  const cell = next?.cells.at(-1);
  if (cell === undefined) return true;
  const word = /^\S+/u.exec(cell.text.trimStart())?.[0] ?? "";
  const needed = ((word.length + 1) * cell.width) / Math.max(cell.text.length, 1);
  return endOf(row) + needed * 1.1 + cell.size < right;
}

const lineOf = (cells: readonly Placed[], margin: boolean, place: Place): Line => ({
  text: mendedAddress(tidyTypesetLine(spaced(cells))),
  margin,
  ...place,
});

/** Runs of one row with a space where they stand apart. */
function spaced(cells: readonly Placed[]): string {
  return cells.reduce((text, cell, i) => {
    const before = cells[i - 1];
    const isApart = before !== undefined && cell.x - (before.x + before.width) > cell.size / 8;
    return text + (isApart ? " " : "") + cell.text;
  }, "");
}

function inColumns(row: Row, edge: number, place: Place): Line[] {
  const inMargin = row.cells.filter(({ x }) => x < edge - 1);
  const inText = row.cells.filter(({ x }) => x >= edge - 1);
  return [
    ...(inMargin.length > 0 ? [lineOf(inMargin, true, place)] : []),
    ...(inText.length > 0 ? [lineOf(inText, false, place)] : []),
  ];
}

/** A heading in the margin may take several lines, beside those of the text; it is one line before the first of them. */
function wholeLabels(lines: readonly Line[]): Line[] {
  const whole: Line[] = [];
  let label: Line | null = null;
  for (const line of lines) {
    if (!line.margin) whole.push(line);
    else if (label !== null && !line.gap) label.text = `${label.text}\n${line.text}`;
    else {
      label = { ...line };
      whole.push(label);
    }
  }
  return whole;
}

/**
 * The step from line to line within paragraphs: the commonest of those that type of its size is set with. A document of single
 * lines has none; then it is what most programs set.
 */
function usualStep(pages: readonly (readonly Row[])[]): number {
  const counts = new Map<number, number>();
  for (const row of pages.flatMap(stepsOf)) counts.set(row, (counts.get(row) ?? 0) + 1);
  const commonest = [...counts].sort((a, b) => b[1] - a[1] || a[0] - b[0])[0];
  return commonest?.[0] ?? (pages.flat()[0]?.size ?? 10) * 1.2;
}

function stepsOf(rows: readonly Row[]): number[] {
  const steps = rows.map((row, i) => ({ step: Math.round((rows[i - 1]?.y ?? row.y) - row.y), size: row.size }));
  return steps.filter(({ step, size }) => step > size * 0.8 && step < size * 1.8).map(({ step }) => step);
}

/** Some fonts lose the sign for "fi". In an address the loss shows, and can be mended safely: no top domain is called "f". */
const mendedAddress = (text: string): string => text.replace(/(?<=[@.][a-z0-9-]+\.)f(?![a-z0-9.-])/giu, "fi");
