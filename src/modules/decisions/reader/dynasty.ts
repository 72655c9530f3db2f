import { attachmentOf, attachmentsIn, mergedAttachments } from "./attachments.ts";
import { firstDay } from "./dates.ts";
import { decisionMakerNamed } from "./decision-maker.ts";
import { emptyDraft, type Draft } from "./draft.ts";
import { headingKind } from "./headings.ts";
import type { Words } from "./lexicon.ts";
import { elements, firstElement, hasClass, textOf, type Element } from "./markup.ts";
import { blockText, isStrong, pageBlocks, type PageBlock, type TextBlock } from "./page-blocks.ts";
import type { Piece } from "./piece.ts";
import { parseRecordNumber } from "../record-number.ts";
import { toSections } from "./sections.ts";
import { tidyLine } from "./tidy.ts";
import { cityOfText } from "./which-city.ts";

/**
 * Dynasty's pages (Espoo): a frame of links around what Word saved as HTML. The frame names the body, the day and the section;
 * in Word's part a bold word at the beginning of a paragraph is a heading, set apart from the text by a run of spaces.
 */
export const isDynastyPage = (page: Element): boolean =>
  firstElement(page, (element) => hasClass(element, "bodyKokousasia") || hasClass(element, "tblDoc")) !== undefined;

export function readDynastyPage(page: Element, words: Words): Draft {
  const document = firstElement(page, (element) => /^WordSection\d/u.test(element.className)) ?? page;
  const blocks = pageBlocks(document).filter((block) => block.kind !== "text" || blockText(block) !== "");
  const head = readHead(blocks);
  const sections = toSections(blocks.slice(head.length).flatMap(piecesOf), words);
  const city = firstElement(page, ({ tag }) => tag === "title");
  return {
    ...emptyDraft("html"),
    city: cityOfText(head.recordNumber, `${linksOf(page)}\n${city === undefined ? "" : textOf(city)}`),
    ...frameOf(page),
    title: head.title,
    recordNumber: head.recordNumber,
    sections,
    attachments: mergedAttachments(attachmentsIn(sections), linkedAttachments(page)),
  };
}

const linksOf = (page: Element): string =>
  elements(page, ({ href }) => href !== "")
    .map(({ href }) => href)
    .join("\n");

/** "Ympäristölautakunta / Pöytäkirja 17.01.2013 Pykälä 5", "Kaupunginhallitus / Esityslista 29.05.2017 Asianro 4". */
function frameOf(page: Element): Partial<Draft> {
  const label = firstElement(page, ({ tag, className }) => tag === "label" && className === "h3");
  const [body = "", line = ""] = label === undefined ? [] : textOf(label).split("\n").map(tidyLine);
  const day = firstDay(line);
  const isAgenda = line.startsWith("Esityslista");
  return {
    decisionMaker: decisionMakerNamed(body),
    meeting: body === "" ? null : { name: body, number: null },
    stage: line === "" ? null : isAgenda ? "proposed" : "decided",
    section: /Pykälä (\d+)/u.exec(line)?.[1] ?? null,
    agendaItem: /Asianro (\d+)/u.exec(line)?.[1] ?? null,
    dates:
      day === null
        ? []
        : [{ kind: isAgenda ? "meeting" : "decided", day }, ...(isAgenda ? [] : [{ kind: "meeting" as const, day }])],
  };
}

interface Head {
  length: number;
  title: string;
  recordNumber: string | null;
}

/** Above the title stand the record number, on one line or on two ("5316/2016", "00.01.01"), and the number of the section. */
function readHead(blocks: readonly PageBlock[]): Head {
  const texts = blocks.slice(0, 12).map((block) => (block.kind === "text" ? blockText(block) : ""));
  const titleAt = texts.findIndex(
    (text) => text !== "" && !/^(?:§\s*)?[\d\s./§-]+$/u.test(text) && parseRecordNumber(text) === null,
  );
  if (titleAt < 0) return { length: 0, title: "", recordNumber: null };
  const above = texts.slice(0, titleAt);
  const candidates = [...above, ...above.map((text, i) => `${text} ${above[i + 1] ?? ""}`)];
  const recordNumber = candidates.find((text) => parseRecordNumber(text, "espoo") !== null) ?? null;
  return { length: titleAt + 1, title: texts[titleAt] ?? "", recordNumber };
}

function piecesOf(block: PageBlock): Piece[] {
  if (block.kind === "list") return [block];
  if (block.kind === "table")
    return [{ kind: "text", text: block.rows.map((row) => row.filter(Boolean).join(" ")).join("\n") }];
  return (
    labelled(block) ?? [
      isSubheading(block) ? { kind: "subheading", text: blockText(block) } : { kind: "text", text: flow(block) },
    ]
  );
}

/** Word wraps its source at 80 columns, which is no line break of the text. */
const flow = (block: TextBlock): string => tidyLine(block.runs.map(({ text }) => text).join(""));

const isSubheading = (block: TextBlock): boolean =>
  isStrong(block) && blockText(block).length < 100 && !/[.:]$/u.test(blockText(block));

/** The style of paragraphs beside the margin: what is bold there divides a section and opens none. */
const INDENTED = "Sisennetty";

/** A bold word that is known as a heading, and what stands behind it on the same line: a name, or a heading within. */
function labelled(block: TextBlock): Piece[] | null {
  const [label, ...rest] = block.runs.filter(({ text }) => tidyLine(text) !== "");
  const text = tidyLine(label?.text ?? "");
  const kind = label?.strong === true || rest.length === 0 ? headingKind(text) : null;
  if (kind === null || block.className === INDENTED) return null;
  const heading: Piece = { kind: "heading", text, section: kind };
  const after = tidyLine(rest.map((run) => run.text).join(""));
  if (after === "") return [heading];
  const isStrongAfter = rest.every(({ strong }) => strong);
  return [heading, isStrongAfter ? { kind: "subheading", text: after } : { kind: "text", text: after }];
}

/** The frame links the attachments above the text, under "Liitteet", and beside its links to other matters the instructions for appeal. */
function linkedAttachments(page: Element) {
  const frame = elements(page, (element) => hasClass(element, "tcDat"));
  const lists = frame.filter((element) => /^\s*Liitteet/u.test(textOf(element)));
  const links = lists.flatMap((list) => elements(list, ({ tag }) => tag === "a"));
  const instructions = frame
    .flatMap((element) => elements(element, ({ tag }) => tag === "a"))
    .filter((link) => headingKind(tidyLine(textOf(link))) === "appeal");
  const attachments = [...links, ...instructions]
    .map((link) => attachmentOf(textOf(link), link.href))
    .filter((attachment) => attachment !== null);
  return attachments.filter(({ title }, i) => attachments.findIndex((other) => other.title === title) === i);
}
