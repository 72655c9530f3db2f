import { headingKind } from "./headings.ts";
import { tidyTypesetLine } from "./tidy.ts";

/** A line of a typeset page, in text or PDF, with what its place on the page tells. */
export interface Line {
  text: string;
  /** White space stands above it, or it is the first. */
  gap: boolean;
  /** It ends for a reason: the next word would still have fitted on it. Known only where widths are. */
  ends: boolean;
  /** It stands in the margin column, where the headings are. */
  margin: boolean;
  page: number;
}

/** Looked at for headers and footers: lines at the top and at the bottom of a page. */
const EDGE = 6;

/**
 * Leaves out the headers and footers of a document of several pages: lines near the edge that stand on every page, but for the
 * page number in them. The head of the first page stays, being the letterhead. A paragraph that a page break cut is whole again:
 * what follows it has no gap above when the page before ends in the middle of a sentence.
 */
export function withoutPageEdges(pages: readonly (readonly Line[])[]): Line[] {
  const repeated = repeatedEdges(pages);
  const body: Line[] = [];
  for (const [page, lines] of pages.entries()) {
    const isFurniture = (i: number) => placesOf(lines, i, page === 0).some((place) => repeated.has(place));
    const kept = lines.filter((_line, i) => !isFurniture(i));
    const [first, ...rest] = kept;
    if (first !== undefined) body.push(goesOn(body.at(-1), first) ? { ...first, gap: false } : first);
    for (const line of rest) body.push(line);
  }
  return body;
}

const SENTENCE_END = /[.!?:;”"]$/u;

/** Does a sentence go on from the last line of one page to the first of the next? */
function goesOn(last: Line | undefined, first: Line): boolean {
  if (last === undefined || last.margin || first.margin || headingKind(first.text) !== null) return false;
  return /^[\p{Ll}(–-]/u.test(first.text) || !(SENTENCE_END.test(last.text) || headingKind(last.text) !== null);
}

/** A line near the edge with its place, counted from the top and from the foot of its page; headings are never furniture. */
function placesOf(lines: readonly Line[], i: number, footOnly: boolean): string[] {
  const fromFoot = lines.length - 1 - i;
  const line = lines[i];
  if (line === undefined || (i >= EDGE && fromFoot >= EDGE) || headingKind(line.text) !== null) return [];
  const text = line.text.replace(/\d+/gu, "#");
  return [
    ...(i < EDGE && !footOnly ? [`top ${i} ${text}`] : []),
    ...(fromFoot < EDGE ? [`foot ${fromFoot} ${text}`] : []),
  ];
}

function repeatedEdges(pages: readonly (readonly Line[])[]): Set<string> {
  const counts = new Map<string, number>();
  for (const lines of pages) {
    for (const place of lines.flatMap((_line, i) => placesOf(lines, i, false))) {
      counts.set(place, (counts.get(place) ?? 0) + 1);
    }
  }
  const needed = Math.max(2, Math.ceil(pages.length / 2));
  return new Set([...counts].filter(([, count]) => count >= needed).map(([place]) => place));
}

/** Lines of plain text: blank lines are gaps, form feeds are page breaks. */
export function linesOfText(text: string): Line[] {
  return withoutPageEdges(text.split("\f").map(linesOfPage));
}

function linesOfPage(text: string, page: number): Line[] {
  const lines: Line[] = [];
  let gap = true;
  for (const raw of text.split(/\r\n|\r|\n/u)) {
    const line = tidyTypesetLine(raw);
    if (line !== "") lines.push({ text: line, gap, ends: false, margin: false, page });
    gap = line === "";
  }
  return lines;
}
