import { parseRecordNumber } from "../record-number.ts";
import { firstDay } from "./dates.ts";
import { decisionMakerNamed, isBody } from "./decision-maker.ts";
import type { Draft } from "./draft.ts";
import { headingKind } from "./headings.ts";
import { joinLines } from "./hyphens.ts";
import type { Words } from "./lexicon.ts";
import type { Line } from "./page-lines.ts";
import { cityOfLetterhead } from "./which-city.ts";

/** How many lines at the beginning of the document are its head, and what they say. */
export interface Head {
  length: number;
  draft: Pick<Draft, "title"> & Partial<Draft>;
}

const SECTION = /^(?:§\s*(\d{1,5})|(\d{1,5})\s*§)$/u;
const CLASS_CODE = /^\s*(?:T\s+)?(\d{2}(?:[ .]\d{2}){1,3})$/u;
const RECORD_LABEL = /^(?:Dno|Dnro|Diaarinumero|Diaarinro|Asianumero|Dnr|Diarienummer)[.:]?\s*/iu;
const DATE_LABEL = /^(?:Päivämäärä|Kokouspvm|Kokouspäivä|Datum)[.:]?\s*/u;
const DOCUMENT_NAME =
  /^(?:Pöytäkirja(?:note)?|Esityslista|Päätöspöytäkirja|Protokoll|Föredragningslista|Beslutsprotokoll)(?![\p{L}])/u;
/** Initials of who prepared, presented and wrote: "KN/PM/PH/HY-L". */
const INITIALS = /^\p{Lu}{1,5}(?:[/-]\p{Lu}{1,5})+$/u;
/** No head is longer; in a text without the marks of one, the search must end. */
const MOST_LINES = 40;

/**
 * The head of a typeset decision: letterhead, section number, title, record number and class, in whatever order the city
 * prints them. It ends at the first heading, or where the text begins after title and record number.
 */
export function readHead(lines: readonly Line[], words: Words): Head {
  const draft: Head["draft"] = { title: "" };
  const title: string[] = [];
  const letterhead = lines.slice(0, MOST_LINES).findIndex(({ text }) => SECTION.test(text));
  let titleEnded = false;
  let length = 0;
  for (const line of lines.slice(0, MOST_LINES)) {
    const isFact = readFact(draft, line, length < letterhead);
    const isHeading = !isFact && (line.margin ? !RECORD_LABEL.test(line.text) : headingKind(line.text) !== null);
    if (isHeading) break;
    if (isFact || line.margin) titleEnded ||= title.length > 0;
    else if (titleEnded || (line.gap && title.length > 0)) {
      if (!isRecordAhead(lines, length)) break;
      titleEnded = true;
    } else title.push(line.text);
    length++;
  }
  draft.title = joinLines(title, words);
  return { length, draft };
}

/** The title may be followed by a line that is neither, before the record number: look one paragraph ahead. */
function isRecordAhead(lines: readonly Line[], from: number): boolean {
  return lines.slice(from, from + 3).some(({ text }) => recordOf(text) !== null);
}

/** Takes a line that states a fact of the head; false for a line of the title or the text. */
function readFact(draft: Head["draft"], line: Line, isLetterhead: boolean): boolean {
  const { text } = line;
  const section = SECTION.exec(text);
  const record = recordOf(text);
  const city = cityOfLetterhead(text);
  if (section !== null) draft.section = section[1] ?? section[2] ?? null;
  else if (record !== null) Object.assign(draft, record);
  else if (city !== null && text.length < 60) draft.city ??= city;
  else if (DATE_LABEL.test(text)) addDay(draft, text);
  else if (DOCUMENT_NAME.test(text)) draft.stage = /^(?:Esityslista|Föredrag)/u.test(text) ? "proposed" : "decided";
  else if (isLetterhead) readLetterhead(draft, text);
  else return INITIALS.test(text);
  return true;
}

function recordOf(text: string): Pick<Draft, "recordNumber" | "classification"> | null {
  const written = text.replace(RECORD_LABEL, "");
  const whole = parseRecordNumber(written);
  if (whole !== null) return { recordNumber: whole.written, classification: null };
  const [, number = "", rest = ""] = /^(HEL \d{4}-\d{1,6})(\s.*)$/u.exec(written) ?? [];
  const code = CLASS_CODE.exec(rest)?.[1];
  return code === undefined ? null : { recordNumber: number, classification: { code, title: null } };
}

function addDay(draft: Head["draft"], text: string): void {
  const day = firstDay(text);
  if (day !== null) draft.dates = [{ kind: "decided", day }];
}

/** Above the section number: whose meeting, and when. */
function readLetterhead(draft: Head["draft"], text: string): void {
  addDay(draft, text);
  if (text.length < 100 && isBody(text)) draft.decisionMaker = decisionMakerNamed(text);
}
