/** The piece of a text that shows best why it was found, with the found words marked. Pure. */
export type Range = readonly [start: number, end: number];
export type Piece = { text: string; isMarked: boolean };

const LENGTH = 240;

/** The whole text in pieces, those within `ranges` marked. Ranges are in order and do not overlap. */
export function markAll(text: string, ranges: readonly Range[]): Piece[] {
  const pieces: Piece[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start > at) pieces.push({ text: text.slice(at, start), isMarked: false });
    pieces.push({ text: text.slice(start, end), isMarked: true });
    at = end;
  }
  if (at < text.length) pieces.push({ text: text.slice(at), isMarked: false });
  return pieces;
}

/** Where about 240 characters stand that hold most of the ranges together; the beginning when there are none. */
export function shownWindow(text: string, ranges: readonly Range[]): { start: number; end: number } {
  let best = { from: 0, count: 0 };
  for (let first = 0, last = 0; first < ranges.length; first++) {
    const from = ranges[first]?.[0] ?? 0;
    while (last < ranges.length && (ranges[last]?.[1] ?? 0) <= from + LENGTH - 60) last++;
    if (last - first > best.count) best = { from, count: last - first };
  }
  const start = wordStart(text, Math.max(0, best.from - 60));
  return { start, end: wordEnd(text, Math.min(text.length, start + LENGTH)) };
}

function wordStart(text: string, at: number): number {
  if (at === 0) return 0;
  const space = text.slice(at, at + 40).search(/\s/);
  return space < 0 ? at : at + space + 1;
}

function wordEnd(text: string, at: number): number {
  if (at === text.length) return at;
  const space = text.slice(at, at + 40).search(/\s/);
  return space < 0 ? at : at + space;
}
