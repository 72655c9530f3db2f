import type { Attachment } from "../reading.ts";
import { parseRecordNumber } from "../record-number.ts";
import { attachmentOf, mergedAttachments } from "./attachments.ts";
import { firstDay } from "./dates.ts";
import { decisionMakerNamed } from "./decision-maker.ts";
import { emptyDraft, type Draft } from "./draft.ts";
import type { Words } from "./lexicon.ts";
import { elements, firstElement, hasClass, textOf, type Element } from "./markup.ts";
import { blockText, isStrong, pageBlocks, type PageBlock, type TextBlock } from "./page-blocks.ts";
import type { Piece } from "./piece.ts";
import { toSections } from "./sections.ts";
import { tidyLine } from "./tidy.ts";

/** Turku's minutes: a table for a letterhead (class `ytt`), then paragraphs whose classes tell title, summary and attachments. */
export const isTurkuPage = (page: Element): boolean =>
  firstElement(page, (element) => element.tag === "table" && hasClass(element, "ytt")) !== undefined;

export function readTurkuPage(page: Element, words: Words): Draft {
  const blocks = pageBlocks(page);
  const texts = blocks.filter((block) => block.kind === "text");
  const title = texts.find(({ className }) => className === "ots");
  const record = texts.map(blockText).find((text) => parseRecordNumber(text, "turku") !== null);
  const body = title === undefined ? [] : blocks.slice(blocks.indexOf(title) + 1);
  return {
    ...emptyDraft("html"),
    ...letterheadOf(page),
    title: title === undefined ? "" : blockText(title),
    recordNumber: record ?? null,
    sections: toSections(presenterWithProposal(body.flatMap(piecesOf)), words),
    attachments: attachmentsOf(page, body),
  };
}

/** Rows of the letterhead: "Turun kaupunki | § | Kokouspvm | Asia | page" over "body | section | day | agenda number". */
function letterheadOf(page: Element): Partial<Draft> {
  const table = firstElement(page, (element) => hasClass(element, "ytt"));
  const rows = table === undefined ? [] : elements(table, ({ tag }) => tag === "tr");
  const [labels = [], values = []] = rows.map((row) =>
    elements(row, ({ tag }) => tag === "td").map((cell) => tidyLine(textOf(cell))),
  );
  const valueUnder = (label: string) => values[labels.indexOf(label)] ?? "";
  const day = firstDay(valueUnder("Kokouspvm"));
  const body = values[0] ?? "";
  return {
    city: labels[0]?.startsWith("Turun kaupunki") === true ? "turku" : null,
    decisionMaker: decisionMakerNamed(body),
    meeting: body === "" ? null : { name: body, number: null },
    section: valueUnder("§") || null,
    agendaItem: valueUnder("Asia") || null,
    dates:
      day === null
        ? []
        : [
            { kind: "decided", day },
            { kind: "meeting", day },
          ],
  };
}

const HANDLING = /^\p{Lu}[\p{L}-]{1,20} § \d{1,4}$/u;

function piecesOf(block: PageBlock): Piece[] {
  if (block.kind === "list") return [block];
  if (block.kind === "table") return [{ kind: "table", head: block.head, rows: block.rows }];
  const text = blockText(block);
  const [first, ...rest] = block.runs;
  if (block.className === "ing" && /^Tiivistelmä:?$/u.test(text))
    return [{ kind: "heading", text, section: "summary" }];
  // "Kh § 190": what came before that body begins here.
  if (HANDLING.test(text)) return [{ kind: "heading", text, section: "background" }];
  if (first?.className === "ehdotuspaatos") {
    const isProposal = /ehdotus/iu.test(first.text);
    const after = rest.map((run) => run.text).join("");
    return [
      { kind: "heading", text: first.text, section: isProposal ? "proposal" : "decision" },
      { kind: "text", text: after },
    ];
  }
  if (/^Jakelu:?$/u.test(text)) return [{ kind: "heading", text, section: "notification" }];
  if (block.className === "liiteoheis") return [];
  if (block.className === "jakelu" || block.runs.some(({ className }) => className === "liomLabel")) {
    return labelledLists(linesOf(block));
  }
  if (/^Liitteet:?$/u.test(text)) return [{ kind: "heading", text, section: "attachments" }];
  return [plain(block, text)];
}

/** "Kh § 190" among attachments says of which handling those after it are: a label, and none of them. */
function labelledLists(lines: readonly string[]): Piece[] {
  const pieces: Piece[] = [];
  for (const line of lines) {
    const last = pieces.at(-1);
    if (HANDLING.test(line)) pieces.push({ kind: "text", text: line });
    else if (last?.kind === "list") last.items.push(line);
    else pieces.push({ kind: "list", ordered: false, items: [line] });
  }
  return pieces;
}

/** Lines that the page sets apart, each with its label: "ao Kaarinan kaupunki", "Liite 1: Yhteistoimintasopimus". */
const linesOf = (block: TextBlock): string[] => spacedText(block).split("\n").map(tidyLine).filter(Boolean);

/** Labels have a class and no space after them. */
const spacedText = (block: TextBlock): string =>
  block.runs.map(({ className, text }) => (className === "" ? text : `${text} `)).join("");

/** "Kaupunginjohtaja Aleksi Randell:" stands before the heading of what that presenter proposes, and belongs under it. */
function presenterWithProposal(pieces: readonly Piece[]): Piece[] {
  return pieces.reduce<Piece[]>((ordered, piece) => {
    const last = ordered.at(-1);
    const isPresenter = last?.kind === "text" && last.text.length < 120 && last.text.trim().endsWith(":");
    if (piece.kind === "heading" && piece.section === "proposal" && isPresenter)
      return [...ordered.slice(0, -1), piece, last];
    return [...ordered, piece];
  }, []);
}

function plain(block: TextBlock, text: string): Piece {
  if (isStrong(block) && !text.endsWith(".")) return { kind: "subheading", text };
  return { kind: "text", text: spacedText(block) };
}

/** Named within the text ("Liite 1" and a title), and linked at its end. */
function attachmentsOf(page: Element, body: readonly PageBlock[]): Attachment[] {
  const named = body
    .filter((block) => block.kind === "text")
    .filter(({ className }) => className === "liiteoheis")
    .map(({ runs }) => attachmentOf(runs.map(({ text }) => text).join(" ")));
  const links = elements(page, ({ tag }) => tag === "p")
    .filter((paragraph) => elements(paragraph, (element) => hasClass(element, "liomLabel")).length > 0)
    .flatMap((paragraph) => elements(paragraph, ({ tag }) => tag === "a"))
    .map((link) => attachmentOf(textOf(link), link.href));
  return mergedAttachments(present(named), present(links));
}

const present = (attachments: readonly (Attachment | null)[]): Attachment[] => {
  const found = attachments.filter((attachment) => attachment !== null);
  // The list at the end leaves out the full stop that the text has.
  return found.map((attachment) => ({ ...attachment, title: attachment.title.replace(/\.$/u, "") }));
};
