import type { CityCode, Language } from "#core/cities.ts";
import type { Attachment, DecisionMaker, DocumentDate, Reading, Section } from "../reading.ts";

/**
 * What the reader of one format takes out of a document: what the document says of itself, and its sections. Amounts, mentions
 * and the like come out of the sections in the same way for all formats (`finish.ts`).
 */
export interface Draft {
  format: Reading["format"];
  city: CityCode | null;
  language: Language | null;
  title: string;
  section: string | null;
  /** As written; its key is found later. */
  recordNumber: string | null;
  classification: { code: string; title: string | null } | null;
  decisionMaker: DecisionMaker | null;
  meeting: Reading["meeting"];
  /** The document's own days; the first is the day of the decision. */
  dates: DocumentDate[];
  /** Told by the document ("Esityslista"), or null when its sections tell. */
  stage: Reading["stage"] | null;
  sections: Section[];
  attachments: Attachment[];
  sourceId: string | null;
  /** What stands under the title: other numbers and names by which the matter goes. */
  references: string[];
  /** The number on the agenda, which is not the section number. */
  agendaItem: string | null;
  /** Confidential: that there is no text is then as it should be. */
  confidential: boolean;
}

export const emptyDraft = (format: Reading["format"]): Draft => ({
  format,
  city: null,
  language: null,
  title: "",
  section: null,
  recordNumber: null,
  classification: null,
  decisionMaker: null,
  meeting: null,
  dates: [],
  stage: null,
  sections: [],
  attachments: [],
  sourceId: null,
  references: [],
  agendaItem: null,
  confidential: false,
});
