import type { Attachment, Section, SectionKind } from "../reading.ts";
import { makerOfOrganization } from "./ahjo-maker.ts";
import { attachmentOf, mergedAttachments } from "./attachments.ts";
import { dayOfTime } from "./dates.ts";
import { emptyDraft, type Draft } from "./draft.ts";
import { headingKind } from "./headings.ts";
import { objectField, objectsField, textField, type JsonObject } from "./json.ts";
import { within, type Words } from "./lexicon.ts";
import { firstElement, hasClass, parseMarkup, textOf, wordsOf, type Element } from "./markup.ts";
import { retagged } from "./mistagged.ts";
import { blockText, pageBlocks, type PageBlock, type TextBlock } from "./page-blocks.ts";
import type { Piece } from "./piece.ts";
import { sectionText, toSections } from "./sections.ts";
import { tidyLine } from "./tidy.ts";

/** Ahjo, Helsinki's case system: a record of its interface, or the HTML of one decision on its own. */
export const isAhjoRecord = (record: JsonObject): boolean =>
  typeof record["Content"] === "string" &&
  (typeof record["Title"] === "string" || typeof record["NativeId"] === "string");

/** "Salassa pidettävä (JulkL (621/1999) 24.1 § 23 k)": then the decision itself is not published. */
const CONFIDENTIAL = /^(?:salassa pidettävä|sekretessbelagd)/iu;

/** Reads one record of Ahjo's interface (https://github.com/City-of-Helsinki/helsinki-paatokset, decision endpoint). */
export function readAhjoRecord(record: JsonObject, lexicon: Words): Draft {
  const page = parseMarkup(textField(record, "Content"));
  const motion = parseMarkup(textField(record, "Motion"));
  const words = within(lexicon, () => `${textField(record, "Title")}\n${wordsOf(page)}\n${wordsOf(motion)}`);
  const draft = readAhjoPage(page, words);
  const title = tidyLine(textField(record, "Title")) || draft.title;
  const sections = withMotion(draft.sections, motionSections(motion, draft.sections, words));
  return {
    ...draft,
    format: "ahjo-json",
    title,
    section: tidyLine(textField(record, "Section")) || draft.section,
    recordNumber: tidyLine(textField(record, "CaseIDLabel")) || draft.recordNumber,
    classification: classificationOf(record) ?? draft.classification,
    decisionMaker: makerOfOrganization(objectField(record, "Organization") ?? {}),
    ...meetingOf(record),
    sections,
    attachments: mergedAttachments(draft.attachments, objectsField(record, "Attachments").flatMap(attachmentOfRecord)),
    sourceId: tidyLine(textField(record, "NativeId")) || draft.sourceId,
    confidential: CONFIDENTIAL.test(title),
  };
}

function classificationOf(record: JsonObject): Draft["classification"] {
  const code = tidyLine(textField(record, "ClassificationCode"));
  return code === "" ? null : { code, title: tidyLine(textField(record, "ClassificationTitle")) || null };
}

/** Office holders have no meeting; the day of their decisions comes only in newer records. */
function meetingOf(record: JsonObject): Pick<Draft, "meeting" | "dates"> {
  const decided = dayOfTime(textField(record, "DateDecision"));
  const meeting = objectField(record, "Meeting");
  const day = meeting === null ? null : dayOfTime(textField(meeting, "DateMeeting"));
  const own = decided ?? day;
  return {
    meeting: meeting === null ? null : { name: tidyLine(textField(meeting, "Name")), number: meetingNumber(meeting) },
    dates: [
      ...(own === null ? [] : [{ kind: "decided" as const, day: own }]),
      ...(day === null ? [] : [{ kind: "meeting" as const, day }]),
    ],
  };
}

/** Given by some records. The end of a MeetingID is none: the city board's rise and fall while its meetings go on. */
const meetingNumber = (meeting: JsonObject): string | null =>
  tidyLine(textField(meeting, "MeetingSequenceNumber")) || null;

function attachmentOfRecord(attachment: JsonObject): Attachment[] {
  const title = tidyLine(textField(attachment, "Title"));
  const href = textField(attachment, "FileURI");
  const isWithheld = /salassa|sekretess/iu.test(textField(attachment, "PublicityClass"));
  const grounds =
    tidyLine(textField(attachment, "SecurityReasons")) || tidyLine(textField(attachment, "PublicityClass"));
  const listed = title === "" ? null : attachmentOf(title, href);
  return listed === null ? [] : [{ ...listed, title, ...(isWithheld ? { withheld: grounds } : {}) }];
}

/** Is it a page that Ahjo made? */
export const isAhjoPage = (page: Element): boolean =>
  firstElement(
    page,
    (element) => hasClass(element, "paatos") || hasClass(element, "esitys") || hasClass(element, "SisaltoSektio"),
  ) !== undefined;

/** Reads the HTML of one decision: title, section and record number stand in elements of known classes. */
export function readAhjoPage(page: Element, words: Words): Draft {
  const classed = (name: string) => {
    const element = firstElement(page, (candidate) => hasClass(candidate, name));
    return element === undefined ? "" : tidyLine(textOf(element));
  };
  const blocks = pageBlocks(page);
  const title = classed("AsiaOtsikko");
  const [, recordNumber = null, code = null] =
    /^(HEL \d{4}-\d+)(?:\s+T\s+([\d ]+))?$/u.exec(classed("DnroTmuoto")) ?? [];
  const lang = firstElement(page, ({ tag, lang }) => tag === "html" && lang !== "")?.lang.slice(0, 2);
  return {
    ...emptyDraft("html"),
    city: "helsinki",
    language: lang === "fi" || lang === "sv" ? lang : null,
    title,
    section: /\d+/u.exec(classed("Asiapykala"))?.[0] ?? null,
    recordNumber,
    references: blocks.flatMap((block) =>
      block.kind === "text" && REFERENCES.has(block.className) ? [blockText(block)] : [],
    ),
    classification: code === null ? null : { code: code.trim(), title: null },
    stage: "decided",
    sections: decisionFirst(toSections(piecesOf(blocks), words)),
    attachments: attachmentsOf(blocks),
    confidential: CONFIDENTIAL.test(title),
  };
}

/** Above and under the title: mostly empty. */
const REFERENCES = new Set(["Otsikonviite", "Otsikonviite2", "Viite"]);
const HEAD = new Set(["AsiaOtsikko", "Asiapykala", "DnroTmuoto", ...REFERENCES]);

function piecesOf(blocks: readonly PageBlock[]): Piece[] {
  const pieces: Piece[] = [];
  for (const block of blocks) {
    if (block.kind !== "text")
      pieces.push(block.kind === "list" ? block : { kind: "table", head: block.head, rows: block.rows });
    else if (!HEAD.has(block.className)) pieces.push(pieceOf(block, pieces));
  }
  return retagged(pieces);
}

function dividesDecision(before: readonly Piece[]): boolean {
  const heading = before.findLast((piece) => piece.kind === "heading");
  const kind = heading === undefined ? null : headingKind(heading.text);
  return kind === "decision" || kind === "background";
}

/**
 * Headings of sections have a class of their own; others divide a section. Decisions of the permit board have no section for
 * reasons: theirs stand under a plain heading within the decision, and are reasons all the same.
 */
function pieceOf(block: TextBlock, before: readonly Piece[]): Piece {
  const text = block.runs.map((run) => run.text).join("");
  if (!/^h[1-6]$/u.test(block.tag)) return { kind: "text", text };
  if (block.className.endsWith("Otsikko") || block.className === "EsittelijaTiedot") return { kind: "heading", text };
  const kind = headingKind(tidyLine(text));
  const opensReasons = (kind === "reasons" || kind === "background") && dividesDecision(before);
  return opensReasons ? { kind: "heading", text } : { kind: "subheading", text };
}

/** A statement given ("Lausunto") or a proposal made to a higher body ("Esitys") is what was decided, where nothing else is. */
function decisionFirst(sections: readonly Section[]): Section[] {
  const hasDecision = sections.some(({ kind }) => kind === "decision");
  const first = hasDecision ? undefined : sections.find(({ kind }) => kind === "proposal");
  return sections.map((section) => (section === first ? { ...section, kind: "decision" } : section));
}

function attachmentsOf(blocks: readonly PageBlock[]): Attachment[] {
  const start = blocks.findIndex((block) => block.kind === "text" && block.className === "LiitteetOtsikko");
  if (start < 0) return [];
  const after = blocks.slice(start + 1);
  const end = after.findIndex((block) => block.kind !== "text" || /^h[1-6]$/u.test(block.tag));
  const lines = after
    .slice(0, end < 0 ? undefined : end)
    .map((block) => (block.kind === "text" ? blockText(block) : ""));
  return lines.map((line) => attachmentOf(line)).filter((attachment) => attachment !== null);
}

const SUBSTANCE: ReadonlySet<SectionKind> = new Set([
  "decision",
  "handling",
  "proposal",
  "reasons",
  "summary",
  "background",
]);

/** The proposal and its reasons stand behind the decision, before the names, attachments and instructions at the end. */
function withMotion(content: readonly Section[], motion: readonly Section[]): Section[] {
  const end = content.findLastIndex(({ kind }) => SUBSTANCE.has(kind)) + 1;
  const [substance, rest] = [
    motion.filter(({ kind }) => SUBSTANCE.has(kind)),
    motion.filter(({ kind }) => !SUBSTANCE.has(kind)),
  ];
  return [...content.slice(0, end), ...substance, ...content.slice(end), ...rest];
}

/** Of the presenter's proposal, what the decision does not say already: mostly the proposal itself and its reasons. */
function motionSections(motion: Element, content: readonly Section[], words: Words): Section[] {
  const said = new Set(content.map(sectionText));
  const kinds = new Set(content.map(({ kind }) => kind));
  const isNew = (section: Section) =>
    section.kind === "proposal" || section.kind === "reasons"
      ? !said.has(sectionText(section))
      : !kinds.has(section.kind);
  return toSections(piecesOf(pageBlocks(motion)), words, "proposal").filter(isNew);
}
