import type { SectionKind } from "../reading.ts";
import { attachmentsIn } from "./attachments.ts";
import { isoDay } from "./dates.ts";
import { decisionMakerNamed, isBody } from "./decision-maker.ts";
import { emptyDraft, type Draft } from "./draft.ts";
import { headingKind } from "./headings.ts";
import { joinLines } from "./hyphens.ts";
import { within, type Words } from "./lexicon.ts";
import type { Line } from "./page-lines.ts";
import type { Piece } from "./piece.ts";
import { toSections } from "./sections.ts";
import { readHead } from "./typeset-head.ts";

/**
 * A decision that comes as lines of a page (text taken out of a PDF, a PDF itself): the head, then headings on lines of their
 * own or in the margin, with text in lines under them. The forms of Helsinki, Vantaa and Oulu, and what resembles them.
 */
export function readTypeset(lines: readonly Line[], format: "text" | "pdf", lexicon: Words): Draft {
  const words = within(lexicon, () => lines.map(({ text }) => text).join("\n"));
  const head = readHead(lines, words);
  const body = readBody(lines.slice(head.length), words);
  const sections = toSections(body.pieces, words);
  return {
    ...emptyDraft(format),
    ...head.draft,
    ...body.meeting,
    sections,
    attachments: attachmentsIn(sections),
  };
}

type Meeting = Partial<Pick<Draft, "decisionMaker" | "section" | "dates" | "meeting">>;

interface Body {
  pieces: Piece[];
  meeting: Meeting;
  /** The heading of another body's handling of the matter, within which headings are that body's. */
  handling: string | null;
}

function readBody(lines: readonly Line[], words: Words): Body {
  const body: Body = { pieces: [], meeting: {}, handling: null };
  // In the margin form, earlier handlings are listed under their own heading.
  const hasMargin = lines.some(({ margin }) => margin);
  const meetingAt = ({ text }: Line) => (hasMargin ? null : meetingLine(text));
  const lastMeeting = lines.findLastIndex((line) => meetingAt(line) !== null);
  let paragraph: Line[] = [];
  const endParagraph = () => {
    if (paragraph.length > 0) body.pieces.push({ kind: "text", text: textOfLines(paragraph, words) });
    paragraph = [];
  };
  for (const [i, line] of lines.entries()) {
    const meeting = meetingAt(line);
    const heading = meeting === null ? headingOf(line, paragraph, hasMargin, words) : null;
    if (meeting !== null || heading !== null) endParagraph();
    if (meeting !== null) openMeeting(body, line.text, meeting, i === lastMeeting);
    else if (heading !== null) openHeading(body, heading, line.margin);
    else {
      if (line.gap) endParagraph();
      paragraph.push(line);
    }
    const rest = heading?.rest ?? "";
    if (rest !== "") paragraph.push({ ...line, text: rest, margin: false });
  }
  endParagraph();
  return body;
}

interface Heading {
  text: string;
  kind: SectionKind;
  /** What stands behind a heading and its colon on the same line. */
  rest: string;
}

/** A heading stands in the margin, or alone on its line with a meaning known, or before a colon that opens a line. */
function headingOf(line: Line, paragraph: readonly Line[], hasMargin: boolean, words: Words): Heading | null {
  if (line.margin) {
    const text = joinLines(line.text.split("\n"), words).replace(/\/ /gu, "/");
    return { text, kind: headingKind(text) ?? "other", rest: "" };
  }
  const mayBegin = line.gap || paragraph.length === 0 || line.text.endsWith(":");
  const whole = mayBegin || endsSentence(paragraph) ? headingKind(line.text) : null;
  if (whole !== null) return { text: line.text, kind: whole, rest: "" };
  if (hasMargin) return null;
  const [, label = "", rest = ""] = /^(\p{Lu}[^:.]{2,40}):\s+(\S.*)$/u.exec(line.text) ?? [];
  const kind = label === "" ? null : headingKind(label);
  return kind === null ? null : { text: label, kind, rest };
}

const endsSentence = (paragraph: readonly Line[]): boolean => /[.!?:]$/u.test(paragraph.at(-1)?.text ?? "");

/** "Sivistyslautakunnan käsittely" in the margin: what follows is what that body did, until the margin speaks again. */
const isOthersHandling = (heading: Heading, inMargin: boolean): boolean =>
  inMargin && heading.text.endsWith(" käsittely");

/** What explains the matter is read as such also within another body's handling; its proposal and decision are that body's. */
const EXPLAINS: ReadonlySet<SectionKind> = new Set(["summary", "background", "reasons"]);

function openHeading(body: Body, heading: Heading, inMargin: boolean): void {
  if (inMargin) body.handling = isOthersHandling(heading, inMargin) ? heading.text : null;
  if (body.handling === null || inMargin || EXPLAINS.has(heading.kind)) {
    body.pieces.push({ kind: "heading", text: heading.text, section: heading.kind });
    return;
  }
  const current = body.pieces.findLast((piece) => piece.kind === "heading");
  if (current?.text !== body.handling) body.pieces.push({ kind: "heading", text: body.handling, section: "handling" });
  body.pieces.push({ kind: "subheading", text: heading.text });
}

const MEETING_LINE = /^(\p{Lu}[\p{L} ,-]{3,80}) (\d{1,2})\.(\d{1,2})\.(\d{4}) § (\d{1,4})$/u;

interface MeetingLine {
  body: string;
  day: string;
  section: string;
}

/** "Kaupunginhallitus 20.3.2017 § 10" on a line of its own: where the matter came before that body. */
function meetingLine(text: string): MeetingLine | null {
  const [, body = "", day, month, year, section = ""] = MEETING_LINE.exec(text) ?? [];
  const iso = isoDay(Number(year), Number(month), Number(day));
  return body !== "" && isBody(body) && iso !== null ? { body, day: iso, section } : null;
}

/** The last such line is this decision's own; those before it begin what other bodies did. */
function openMeeting(body: Body, text: string, { body: name, day, section }: MeetingLine, isOwn: boolean): void {
  body.handling = isOwn ? null : text;
  if (!isOwn) {
    body.pieces.push({ kind: "heading", text, section: "handling" });
    return;
  }
  body.meeting = {
    decisionMaker: decisionMakerNamed(name),
    section,
    dates: [
      { kind: "decided", day },
      { kind: "meeting", day },
    ],
    meeting: { name, number: null },
  };
}

const ITEM = /^(?:[-–•·▪]|\d{1,2}[.)])\s+\S/u;
/** Lines that end for a reason: contact details in an address of mail, earlier handlings in a day or a section. */
const ENTRY = /@[\w.-]{3,60}$|^\p{Lu}.{3,80} \d{1,2}\.\d{1,2}\.\d{4}(?: § \d{1,4})?$/u;

/** Lines of a paragraph as running text; a line that begins an item of a list, or is an entry, stays a line of its own. */
function textOfLines(lines: readonly Line[], words: Words): string {
  const groups: string[][] = [];
  for (const [i, { text }] of lines.entries()) {
    const group = groups.at(-1);
    const isEntry = group?.length === 1 && ENTRY.test(group[0] ?? "");
    if (group === undefined || isEntry || lines[i - 1]?.ends === true || ITEM.test(text)) groups.push([text]);
    else group.push(text);
  }
  return groups.map((group) => joinLines(group, words)).join("\n");
}
