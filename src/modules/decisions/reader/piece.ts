import type { SectionKind } from "../reading.ts";

/**
 * What every source comes down to before it becomes sections: headings, and what stands under them, in reading order. A
 * text may hold line breaks of the source ("\n"); a heading opens a section of the kind given, or of the kind its words mean.
 */
export type Piece =
  | { kind: "heading"; text: string; section?: SectionKind }
  | { kind: "subheading"; text: string }
  | { kind: "text"; text: string }
  | { kind: "list"; ordered: boolean; items: string[] }
  | { kind: "table"; head: boolean; rows: string[][] };
