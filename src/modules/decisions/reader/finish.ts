import type { Reading, ReadResult, Unreadable } from "../reading.ts";
import { findRecordNumbers, parseRecordNumber, recordNumberKey } from "../record-number.ts";
import type { ClassTitles } from "./class-titles.ts";
import { findAmounts, findBreakdowns } from "./amounts.ts";
import { documentDates } from "./dates.ts";
import { decisionMakerInText } from "./decision-maker.ts";
import type { Draft } from "./draft.ts";
import { languageOf } from "./language.ts";
import type { Words } from "./lexicon.ts";
import { sectionText } from "./sections.ts";
import { cityOfText } from "./which-city.ts";

const MOST_MENTIONS = 100;

/** A reading out of a draft: what the whole text tells, in the same way for every format. Or why there is none. */
export function finish(draft: Draft, words: Words, classTitle: ClassTitles): ReadResult {
  const text = draft.sections.map(sectionText).join("\n");
  const whole = [draft.title, ...draft.references, text].join("\n");
  const city = draft.city ?? cityOfText(draft.recordNumber, `${draft.title}\n${text}`);
  const refuse = (code: Unreadable["code"], detail: string): ReadResult => ({
    ok: false,
    reason: { code, detail },
    city,
  });
  if (draft.title === "" && text === "")
    return refuse("noContent", "The document holds neither a title nor any text of a decision.");
  if (city === null)
    return refuse(
      "unknownCity",
      "Nothing in the document tells which city it is of: no record number, letterhead or address.",
    );
  if (draft.title === "") return refuse("noTitle", "No title was found above the text of the document.");
  if (text === "" && !draft.confidential)
    return refuse("noContent", "The document has a title but no text of a decision under it.");

  const amounts = findAmounts(draft.sections);
  const recordNumber = recordNumberOf(draft);
  return {
    ok: true,
    reading: {
      city,
      format: draft.format,
      language: draft.language ?? languageOf(`${draft.title}\n${text}`),
      stage: draft.stage ?? (isDecided(draft) ? "decided" : "proposed"),
      title: draft.title,
      section: draft.section,
      decisionMaker: draft.decisionMaker ?? decisionMakerInText(draft.sections),
      recordNumber,
      classification: classificationOf(draft, city, classTitle),
      day: draft.dates.find(({ kind }) => kind === "decided" || kind === "meeting")?.day ?? null,
      dates: documentDates(draft.dates, textOfMatter(draft)),
      meeting: draft.meeting,
      sections: draft.sections,
      attachments: draft.attachments,
      amounts,
      breakdowns: findBreakdowns(amounts),
      mentions: findRecordNumbers(whole, city)
        .filter(({ key }) => key !== recordNumber?.key)
        .slice(0, MOST_MENTIONS),
      sourceId: draft.sourceId,
      ...(draft.references.length === 0 ? {} : { references: draft.references }),
      ...(draft.agendaItem === null ? {} : { agendaItem: draft.agendaItem }),
      ...(words.joins.length === 0 ? {} : { joins: words.joins }),
    },
  };
}

/** Without the instructions for appeal: what days they mention are of courts and their addresses, the same in every decision. */
const textOfMatter = ({ title, references, sections }: Draft): string =>
  [title, ...references, ...sections.filter(({ kind }) => kind !== "appeal").map(sectionText)].join("\n");

const isDecided = (draft: Draft): boolean =>
  draft.confidential || draft.sections.some(({ kind }) => kind === "decision");

function recordNumberOf({ recordNumber }: Draft): Reading["recordNumber"] {
  return recordNumber === null ? null : { written: recordNumber, key: recordNumberKey(recordNumber) };
}

/** Where the document names no class, its record number does: all cities but Helsinki have it in the number. */
function classificationOf(draft: Draft, city: Reading["city"], classTitle: ClassTitles): Reading["classification"] {
  const inNumber = draft.recordNumber === null ? null : parseRecordNumber(draft.recordNumber, city);
  const code =
    draft.classification?.code ??
    /\/(\d{2}(?:\.\d{2})+)\/|\((\d{2,3})\)/u
      .exec(inNumber?.key ?? "")
      ?.slice(1)
      .find(Boolean);
  if (code === undefined) return null;
  const spaced = code.replaceAll(".", " ");
  return { code: spaced, title: draft.classification?.title ?? classTitle(city, spaced) };
}
