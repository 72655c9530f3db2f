/** What a reader makes of one decision document: pure data, the same for the same bytes. Stored as JSON with each version. */
import type { CityCode, Language } from "#core/cities.ts";

export const SECTION_KINDS = [
  "decision",
  "proposal",
  "reasons",
  "summary",
  "background",
  "handling",
  "furtherInformation",
  "attachments",
  "extracts",
  "notification",
  "appeal",
  "other",
] as const;
export type SectionKind = (typeof SECTION_KINDS)[number];

/** A run of text with the list that belongs to its sentence, if any ("…viiden työpaketin kautta, jotka ovat:" + five items). */
export interface Paragraph {
  kind: "paragraph";
  text: string;
  list?: { ordered: boolean; items: string[] };
}
/** A heading inside a section, at one level only: documents do not nest deeper. */
export interface Subheading {
  kind: "subheading";
  text: string;
}
/** Cells as text, the first row is the head when `head` says so. */
export interface Table {
  kind: "table";
  head: boolean;
  rows: string[][];
}
export type Block = Paragraph | Subheading | Table;

export interface Section {
  kind: SectionKind;
  /** As the document writes it; an empty string when the text stands without a heading. */
  heading: string;
  blocks: Block[];
}

/**
 * A sum of money in the text, in integer cents, with the sentence that says what it is. All that the text mentions: also
 * the court fee in its instructions for appeal, which `at` tells by the section's kind. The two ends of a range ("4–5 milj.
 * euroa") are two sums written as one.
 */
export interface Amount {
  cents: number;
  /** As written, for marking it in the sentence: "8 981 791 euroa". */
  written: string;
  sentence: string;
  /** Where: index of the section and of the block within it. */
  at: { section: number; block: number };
}
/** "Kustannukset ovat T, josta tuki on A ja kuntaosuus B" where A + B = T. Indices into `amounts`. */
export interface Breakdown {
  total: number;
  parts: number[];
}

export interface Attachment {
  title: string;
  /** The number the document gives it: "1". */
  number?: string;
  href?: string;
  /** Why it can't be opened when the source says so ("Salassa pidettävä, JulkL 24 §"). */
  withheld?: string;
}

export interface DecisionMaker {
  /** In the nominative, as the document names it: "Kaupunginhallitus", "Rakennus- ja ympäristötointa johtava apulaiskaupunginjohtaja". */
  name: string;
  kind: "body" | "officeHolder";
  /** The office alone, where its name says the unit too: "Tiimipäällikkö" of "Tiimipäällikkö, Maanhankinta". */
  office?: string;
}

export interface RecordNumber {
  /** As the document writes it: "HEL 2015-004216", "VD/1545/00.04.00/2017". */
  written: string;
  /** One form for all spellings of it, unique within its city; what is compared and indexed. */
  key: string;
}

/** A date of the document, ISO calendar day, with what it is the date of. */
export interface DocumentDate {
  kind: "decided" | "meeting" | "published" | "inspected" | "mentioned";
  day: string;
}

export interface Reading {
  city: CityCode;
  /** What shape the bytes had, found from the bytes. */
  format: "text" | "html" | "pdf" | "ahjo-json" | "casem-json";
  language: Language;
  /** A decision made, or a matter on an agenda that is yet to be decided. */
  stage: "decided" | "proposed";
  title: string;
  /** The section number without its sign: "29". */
  section: string | null;
  decisionMaker: DecisionMaker | null;
  recordNumber: RecordNumber | null;
  classification: { code: string; title: string | null } | null;
  /** The day it was decided (or is to be decided), when the document says so. */
  day: string | null;
  dates: DocumentDate[];
  /** Names of the meeting and its running number where given. */
  meeting: { name: string; number: string | null } | null;
  sections: Section[];
  attachments: Attachment[];
  amounts: Amount[];
  breakdowns: Breakdown[];
  /** Other record numbers that the text mentions. */
  mentions: RecordNumber[];
  /** The source system's own identity of the decision, the same in each version of it. */
  sourceId: string | null;
  /**
   * What the document puts under its title: other numbers, names and places by which the matter goes ("Asiointitunnus
   * LP-091-2021-09171", "HE 230/2021 vp").
   */
  references?: string[];
  /** Its number on the agenda, where that is printed; not the section number. */
  agendaItem?: string;
  /** Words that a line end had split, as written ("määrära-/hasta") and as read: where the text differs from the original. */
  joins?: { written: string; read: string }[];
}

/** Why a document could not be read, in words a registrar can act on; `code` is stable for statistics and translation. */
export interface Unreadable {
  code:
    | "empty"
    | "tooLarge"
    | "unknownFormat"
    | "damaged"
    | "encrypted"
    | "noText"
    | "unknownCity"
    | "noTitle"
    | "noContent"
    | "notADecision";
  detail: string;
}

export type ReadResult = { ok: true; reading: Reading } | { ok: false; reason: Unreadable; city: CityCode | null };
