import type { Attachment, SectionKind } from "../reading.ts";
import { attachmentOf, attachmentsIn } from "./attachments.ts";
import { emptyDraft, type Draft } from "./draft.ts";
import { headingKind } from "./headings.ts";
import { isObject, textField, type JsonObject } from "./json.ts";
import { within, type Words } from "./lexicon.ts";
import { elements, parseMarkup, textOf, wordsOf } from "./markup.ts";
import { blockText, isStrong, pageBlocks } from "./page-blocks.ts";
import type { Piece } from "./piece.ts";
import { toSections } from "./sections.ts";
import { tidyLine } from "./tidy.ts";
import { cityOfText } from "./which-city.ts";

/**
 * CaseM, Tampere's case system, in two forms: OData as its interface serves it (fields with English names), and a list of
 * `{title, content, order}` that programs make of it (Finnish names). A field holds HTML or plain text.
 */
interface Field {
  name: string;
  text: string;
}

/** The fields of one matter served as OData; null when the JSON is something else. */
export function casemFields(json: unknown): Field[] | null {
  if (!isObject(json) || !Array.isArray(json["value"])) return null;
  const rows = json["value"].filter(isObject);
  const isField = (row: JsonObject) => typeof row["Name"] === "string" && "Text" in row;
  return rows.length > 0 && rows.every(isField)
    ? rows.map((row) => ({ name: textField(row, "Name"), text: textField(row, "Text") }))
    : null;
}

/** The fields of one matter in a parsed list, in their order; null when the JSON is something else. */
export function parsedFields(json: unknown): Field[] | null {
  if (!Array.isArray(json) || json.length === 0) return null;
  const rows = json.filter(isObject);
  const isField = (row: JsonObject) => typeof row["title"] === "string" && typeof row["content"] === "string";
  if (rows.length < json.length || !rows.every(isField)) return null;
  const inOrder = rows.toSorted((a, b) => Number(a["order"] ?? 0) - Number(b["order"] ?? 0));
  return inOrder.map((row) => ({ name: textField(row, "title"), text: textField(row, "content") }));
}

/** Lists of CaseM that name matters, files or levels of its tree without holding a decision. */
export const isCasemListing = (json: unknown): boolean =>
  isObject(json) && Array.isArray(json["value"]) && ("odata.metadata" in json || "@odata.context" in json);

/** Fields that state a fact, or are not for the public. All others are sections, also under names that no city here uses. */
const FACTS = {
  title: ["Name", "Otsikko", "Asia"],
  section: ["Article", "Pykälä"],
  recordNumber: ["CaseNativeId", "Dno", "Dnro", "Diaarinumero"],
  classification: ["functionId"],
  attachment: ["Attachments"],
  presenter: ["Presenters", "Esittelijät"],
  internal: ["IsAdditionalTopic", "PersonalData"],
} as const;

/** Headings for the pages of a field that OData names in English. */
const FINNISH: Readonly<Record<string, string>> = {
  Description: "Kuvaus",
  Decisionproposal: "Päätösehdotus",
  Decision: "Päätös",
  Presenters: "Esittelijät",
  Inform: "Tiedoksi",
  DraftingNotes: "Valmistelijat",
  DecisionNotes: "Lisätietoja päätöksestä",
  Appeal: "Muutoksenhaku",
  Opinions: "Lausunnot",
};

/** Reads a matter from its fields; `source` is the JSON's own text, in which addresses tell the city. */
export function readCasem(fields: readonly Field[], source: string, lexicon: Words): Draft {
  const words = within(lexicon, () => fields.map(({ text }) => wordsOf(parseMarkup(text))).join("\n"));
  const first = (names: readonly string[]) =>
    tidyLine(fields.find(({ name, text }) => names.includes(name) && text.trim() !== "")?.text ?? "");
  const recordNumber = first(FACTS.recordNumber) || null;
  const code = first(FACTS.classification);
  const ownTitle = first(FACTS.title);
  const title = ownTitle || titleOf(fields);
  const sections = toSections(
    fields.flatMap((field) => piecesOf(field, ownTitle === "" ? title : "")),
    words,
  );
  return {
    ...emptyDraft("casem-json"),
    city: cityOfText(recordNumber, source),
    title,
    section: /^\d+/u.exec(first(FACTS.section))?.[0] ?? null,
    recordNumber,
    classification: code === "" ? null : { code, title: null },
    sections,
    attachments: [...linkedAttachments(fields), ...attachmentsIn(sections)],
  };
}

/** A parsed list has no title: the first paragraph of its description says what the matter is, when it is as short as a title. */
const LONGEST_TITLE = 250;

function titleOf(fields: readonly Field[]): string {
  const description = fields.find(isDescription);
  const first = description === undefined ? undefined : pageBlocks(parseMarkup(description.text))[0];
  const text = first?.kind === "text" ? blockText(first) : "";
  return text.length <= LONGEST_TITLE ? text : "";
}

const isDescription = ({ name }: Field): boolean => headingKind(name) === "background";

/** Without the paragraph that is the title, where the description has one. */
function piecesOf(field: Field, title: string): Piece[] {
  const { name, text } = field;
  const kind = kindOf(name);
  if (kind === null || text.trim() === "") return [];
  const heading: Piece = { kind: "heading", text: FINNISH[name] ?? name, section: kind };
  if (isPresenter(name)) return [heading, ...presenters(text).map((line): Piece => ({ kind: "text", text: line }))];
  const blocks = pageBlocks(parseMarkup(withPlainAddresses(text)));
  const [first, ...others] = blocks;
  const isTitleFirst =
    title !== "" && others.length > 0 && isDescription(field) && first?.kind === "text" && blockText(first) === title;
  return [heading, ...(isTitleFirst ? others : blocks).map(pieceOf)];
}

function pieceOf(block: ReturnType<typeof pageBlocks>[number]): Piece {
  if (block.kind === "list") return block;
  if (block.kind === "table") return { kind: "table", head: block.head, rows: block.rows };
  const isHeading = isStrong(block) && !blockText(block).endsWith(".");
  return isHeading
    ? { kind: "subheading", text: blockText(block) }
    : { kind: "text", text: block.runs.map((run) => run.text).join("") };
}

const STATED: ReadonlySet<string> = new Set(
  [FACTS.title, FACTS.section, FACTS.recordNumber, FACTS.classification, FACTS.attachment, FACTS.internal].flat(),
);

const kindOf = (name: string): SectionKind | null =>
  STATED.has(name) ? null : (headingKind(FINNISH[name] ?? name) ?? "other");

const isPresenter = (name: string): boolean => FACTS.presenter.some((fact) => fact === name);

/** "Ari Vandell;#Suunnittelupäällikkö;#;#Ari.Vandell@tampere.fi;#": one presenter, name, office and address. */
const presenters = (text: string): string[] => {
  const parts = withPlainAddresses(text).replaceAll("&lt;", "<").replaceAll("&gt;", ">").split(";#");
  return [parts.map(tidyLine).filter(Boolean).join(", ")];
};

/** "Eija Muttonen <eija.muttonen@tampere.fi>" is a name and an address, not an element. */
const withPlainAddresses = (text: string): string =>
  text.replace(/<([^\s<>@]{1,100}@[^\s<>@]{1,100})>/gu, "&lt;$1&gt;");

/** Links relative to the case system lead nowhere outside it, so only titles are taken from them. */
function linkedAttachments(fields: readonly Field[]): Attachment[] {
  const own = fields.filter(({ name }) => FACTS.attachment.some((fact) => fact === name));
  const links = own.flatMap(({ text }) => elements(parseMarkup(text), ({ tag }) => tag === "a"));
  return links.map((link) => attachmentOf(textOf(link), link.href)).filter((attachment) => attachment !== null);
}
