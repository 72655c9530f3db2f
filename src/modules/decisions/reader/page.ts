import { attachmentsIn } from "./attachments.ts";
import { isAhjoPage, readAhjoPage } from "./ahjo.ts";
import type { Draft } from "./draft.ts";
import { isDynastyPage, readDynastyPage } from "./dynasty.ts";
import { within, type Words } from "./lexicon.ts";
import { firstElement, parseMarkup, wordsOf, type Element } from "./markup.ts";
import { blockText, isStrong, pageBlocks, type PageBlock } from "./page-blocks.ts";
import type { Line } from "./page-lines.ts";
import { readTypeset } from "./typeset.ts";
import { isTurkuPage, readTurkuPage } from "./turku.ts";

/** Reads a page of any of the cities, told apart by what only one case system writes. */
export function readPage(source: string, lexicon: Words): Draft {
  const page = parseMarkup(source);
  const words = within(lexicon, () => wordsOf(page));
  if (isAhjoPage(page)) return readAhjoPage(page, words);
  if (isDynastyPage(page)) return readDynastyPage(page, words);
  if (isTurkuPage(page)) return readTurkuPage(page, words);
  return readOtherPage(page, words);
}

/** A page of no known system is read as lines: what is a heading on it stands as one, all else is text. */
function readOtherPage(page: Element, words: Words): Draft {
  const lines = pageBlocks(page).flatMap(linesOf);
  const draft = readTypeset(lines, "text", words);
  const lang = firstElement(page, ({ tag, lang }) => tag === "html" && lang !== "")?.lang.slice(0, 2);
  return {
    ...draft,
    format: "html",
    language: lang === "fi" || lang === "sv" ? lang : null,
    attachments: attachmentsIn(draft.sections),
  };
}

function linesOf(block: PageBlock): Line[] {
  const line = (text: string, gap: boolean, margin = false): Line => ({ text, gap, ends: true, margin, page: 0 });
  if (block.kind === "list") return block.items.map((item) => line(`- ${item}`, false));
  if (block.kind === "table") return block.rows.map((row) => line(row.filter(Boolean).join(" "), true));
  const isHeading = /^h[2-6]$/u.test(block.tag) || (isStrong(block) && blockText(block).endsWith(":"));
  return [line(blockText(block), true, isHeading)];
}
