import type { CityCode } from "#core/cities.ts";
import type { ReadResult, Unreadable } from "../reading.ts";
import { isAhjoRecord, readAhjoRecord } from "./ahjo.ts";
import { decodeText } from "./bytes.ts";
import { casemFields, isCasemListing, parsedFields, readCasem } from "./casem.ts";
import type { Draft } from "./draft.ts";
import type { ClassTitles } from "./class-titles.ts";
import { finish } from "./finish.ts";
import { isObject } from "./json.ts";
import { wordsBy, type Lexicon, type Words } from "./lexicon.ts";
import { readPage } from "./page.ts";
import { linesOfText } from "./page-lines.ts";
import { linesOfPdf } from "./pdf.ts";
import { sniff } from "./sniff.ts";
import { MAX_DOCUMENT_BYTES } from "./split-batch.ts";
import { tidyLine } from "./tidy.ts";
import { readTypeset } from "./typeset.ts";

export interface ReadOptions {
  /** Titles of function classes, for documents that print only the code. */
  classTitle?: ClassTitles;
  /** Longer documents are refused with `tooLarge`. */
  maxBytes?: number;
}

/**
 * Reads one decision document: bytes in, structure out, by rules of the bytes themselves. A pure function of the bytes, the lexicon
 * and the class titles: the same in, the same out. Without a lexicon (null) line-end hyphens are undone by spelling rules alone.
 *
 * Never throws on any input: what cannot be read comes back with a reason that a registrar can act on.
 */
export async function readDocument(
  bytes: Uint8Array,
  lexicon: Lexicon | null,
  options: ReadOptions = {},
): Promise<ReadResult> {
  const { classTitle = () => null, maxBytes = MAX_DOCUMENT_BYTES } = options;
  if (bytes.length > maxBytes) {
    return refusal("tooLarge", `The document is larger than ${Math.floor(maxBytes / 1024 / 1024)} MB.`);
  }
  try {
    const words = wordsBy(lexicon);
    const draft = await readDraft(bytes, words);
    return "code" in draft ? refusal(draft.code, draft.detail) : finish(draft, words, classTitle);
  } catch (error) {
    // A rule that fails on one odd document must not stop a batch: the registrar sees which, and what failed.
    const message = error instanceof Error ? error.message : String(error);
    return refusal("damaged", `The document could not be read to its end (${message}).`);
  }
}

const refusal = (code: Unreadable["code"], detail: string, city: CityCode | null = null): ReadResult => ({
  ok: false,
  reason: { code, detail: tidyLine(detail) },
  city,
});

async function readDraft(bytes: Uint8Array, words: Words): Promise<Draft | Unreadable> {
  const shape = sniff(bytes);
  switch (shape) {
    case "pdf": {
      const lines = await linesOfPdf(bytes);
      return "code" in lines ? lines : readTypeset(lines, "pdf", words);
    }
    case "html":
      return readPage(decodeText(bytes), words);
    case "text":
      return readTypeset(linesOfText(decodeText(bytes)), "text", words);
    case "json":
      return readJson(decodeText(bytes), words);
    default:
      return shape;
  }
}

function readJson(text: string, words: Words): Draft | Unreadable {
  const json = parsed(text);
  if (json instanceof SyntaxError) {
    // A text may begin with a bracket: "[Luonnos] …" is no broken JSON.
    if (!/^\s*(?:\{\s*["}]|\[\s*["[{\]\d])/u.test(text.slice(0, 200)))
      return readTypeset(linesOfText(text), "text", words);
    // V8's message quotes the document, which may hold what does not belong in a log.
    return { code: "damaged", detail: `The JSON is damaged or cut short; it has ${text.length} characters.` };
  }
  const record = isObject(json) ? (onlyRecordOf(json) ?? json) : json;
  if (isObject(record) && isAhjoRecord(record)) return readAhjoRecord(record, words);
  const fields = casemFields(json) ?? parsedFields(json);
  if (fields !== null) return readCasem(fields, text, words);
  return notADecision(json);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/u, ""));
  } catch (error) {
    if (error instanceof SyntaxError) return error;
    throw error;
  }
}

/** A batch that holds one record is that record. */
function onlyRecordOf(json: Readonly<Record<string, unknown>>): unknown {
  const records = json["decisions"];
  return Array.isArray(records) && records.length === 1 ? records[0] : null;
}

function notADecision(json: unknown): Unreadable {
  if (isCasemListing(json)) {
    return {
      code: "notADecision",
      detail:
        "This is a list of CaseM's contents or levels. Its decisions are served one by one, as ExtendedProperties.",
    };
  }
  const isBatch = isObject(json) && Array.isArray(json["decisions"]);
  if (isBatch)
    return {
      code: "notADecision",
      detail: "This is a batch of decisions, or an empty one; its records are read one by one.",
    };
  return { code: "unknownFormat", detail: "The JSON is neither a record of Ahjo nor the fields of a matter in CaseM." };
}
