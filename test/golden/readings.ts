/** What the golden files hold: whole readings of the single documents, and the outline of each Ahjo decision. */
import type { Block, Reading } from "#modules/decisions/reading.ts";
import type { Lexicon } from "#modules/decisions/reader/lexicon.ts";
import { readDocument } from "#modules/decisions/reader/read.ts";
import { ahjoRecords, classTitles, demoDocument, SINGLE_DOCUMENTS } from "./documents.ts";

/** Name of the golden file and its value, for every golden file. */
export async function goldenReadings(lexicon: Lexicon): Promise<Map<string, unknown>> {
  const classTitle = await classTitles();
  const golden = new Map<string, unknown>();
  for (const path of SINGLE_DOCUMENTS) {
    golden.set(path.replaceAll(/[/.]/g, "_"), await readDocument(await demoDocument(path), lexicon, { classTitle }));
  }
  const outlines: unknown[] = [];
  for (const record of await ahjoRecords()) {
    const result = await readDocument(record, lexicon, { classTitle });
    outlines.push(result.ok ? outline(result.reading) : result);
  }
  golden.set("helsinki_ahjo-decisions_json", outlines);
  return golden;
}

/** One line of text for each thing that a person checks against the source. */
function outline(reading: Reading) {
  const { title, section, recordNumber, decisionMaker, day, classification, attachments, amounts, breakdowns } = reading;
  return {
    decision: [section, recordNumber?.key, decisionMaker?.name, day, classification?.code, reading.language].join(" | "),
    title,
    ...(reading.references === undefined ? {} : { references: reading.references }),
    sections: reading.sections.map(({ kind, heading, blocks }) => `${kind}: ${heading} (${shapeOf(blocks)})`),
    attachments: attachments.map(({ number, title, href }) => `${number ?? "-"} ${title}${href === undefined ? "" : " ->"}`),
    amounts: amounts.map(({ cents, written, sentence }) => `${cents} = ${written} in: ${around(sentence, written)}`),
    breakdowns,
    mentions: reading.mentions.map(({ key }) => key),
    joins: (reading.joins ?? []).map(({ written, read }) => `${written} = ${read}`),
  };
}

/** "3 paragraphs, 1 list of 4, 1 table". */
function shapeOf(blocks: readonly Block[]): string {
  const lists = blocks.flatMap((block) => (block.kind === "paragraph" && block.list !== undefined ? [block.list.items.length] : []));
  const count = (kind: Block["kind"]) => blocks.filter((block) => block.kind === kind).length;
  return [
    `${count("paragraph")} p`,
    ...(count("subheading") > 0 ? [`${count("subheading")} h`] : []),
    ...(count("table") > 0 ? [`${count("table")} t`] : []),
    ...(lists.length > 0 ? [`lists ${lists.join("+")}`] : []),
  ].join(", ");
}

function around(sentence: string, written: string): string {
  const at = sentence.indexOf(written);
  return sentence.slice(Math.max(at - 40, 0), at + written.length + 25);
}

export const asGolden = (value: unknown): string => `${JSON.stringify(value, null, 1)}\n`;
