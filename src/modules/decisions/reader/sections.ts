import type { Block, Section, SectionKind } from "../reading.ts";
import { headingKind } from "./headings.ts";
import type { Words } from "./lexicon.ts";
import { addList, addParagraph, mendedList, paragraphsOf } from "./paragraphs.ts";
import type { Piece } from "./piece.ts";
import { tidyLine } from "./tidy.ts";

/**
 * Sections out of pieces. Text before the first heading is a section of the kind given, with an empty heading. Headings with
 * nothing under them are left out: case systems print them whether there is something to say or not.
 */
export function toSections(pieces: readonly Piece[], words: Words, before: SectionKind = "background"): Section[] {
  const sections: Section[] = [{ kind: before, heading: "", blocks: [] }];
  for (const piece of pieces) {
    const section = sections.at(-1);
    if (piece.kind === "heading") sections.push(openSection(piece.text, piece.section));
    else if (section !== undefined) addPiece(section.blocks, piece, words);
  }
  return sections.filter(({ blocks }) => blocks.some(saysSomething));
}

function openSection(text: string, kind: SectionKind | undefined): Section {
  const heading = tidyLine(text).replace(/\s*:$/u, "");
  return { kind: kind ?? headingKind(heading) ?? "other", heading, blocks: [] };
}

function addPiece(blocks: Block[], piece: Exclude<Piece, { kind: "heading" }>, words: Words): void {
  switch (piece.kind) {
    case "text":
      for (const paragraph of paragraphsOf(piece.text, words)) addParagraph(blocks, paragraph);
      break;
    case "subheading":
      blocks.push({ kind: "subheading", text: tidyLine(piece.text) });
      break;
    case "list":
      addList(blocks, mendedList(piece, words));
      break;
    case "table":
      blocks.push({ kind: "table", head: piece.head, rows: piece.rows });
      break;
  }
}

/** A lone dash is how a clerk leaves a field empty. */
const isNothing = (text: string): boolean => /^[-–.]?$/u.test(text);

function saysSomething(block: Block): boolean {
  switch (block.kind) {
    case "paragraph":
      return !isNothing(block.text) || (block.list?.items.some((item) => !isNothing(item)) ?? false);
    case "subheading":
      return false;
    case "table":
      return block.rows.some((row) => row.some((cell) => !isNothing(cell)));
  }
}

/** All running text of a section, paragraph by paragraph, lists and cells included. */
export function sectionText(section: Section): string {
  return section.blocks.map(blockText).join("\n");
}

export function blockText(block: Block): string {
  switch (block.kind) {
    case "paragraph":
      return [block.text, ...(block.list?.items ?? [])].filter(Boolean).join("\n");
    case "subheading":
      return block.text;
    case "table":
      return block.rows.map((row) => row.join(" ")).join("\n");
  }
}
