/** Pure rules: which documents are the same decision, and what its address is. */
import type { Reading } from "./reading.ts";
import { recordNumberSlug } from "./record-number.ts";

/**
 * Two documents with the same identity are versions of one decision, within a city. The source's own number where there is one
 * (Ahjo's NativeId stays the same when a decision is corrected); else who, what, which section, which day. Who is the office alone, as it
 * was before names said the unit, so that a correction of what was loaded then is a version of it.
 */
export function identityOf(reading: Reading): string {
  if (reading.sourceId) return `${reading.format}:${reading.sourceId}`;
  const parts = [
    reading.stage,
    reading.decisionMaker?.office ?? reading.decisionMaker?.name ?? "",
    reading.recordNumber?.key ?? "",
    reading.section ?? "",
    reading.day ?? "",
    // Without number and section only the title tells two decisions of a day apart.
    reading.recordNumber && reading.section ? "" : reading.title,
  ];
  return parts.map((part) => part.toLowerCase()).join("|");
}

/** Prefixes that say the city by themselves, so that the address need not. */
const SPEAKING = /^(HEL|OUKA|TRE|VD)-/;
const REF_LENGTH = 120;

/**
 * The readable part of the address, the same in all languages: "HEL-2015-004216-29", "espoo-5316-00.01.01-2016-4".
 * Not unique by itself: the store adds "-2" where another decision has it (`selectFreeRefs`). Of a decision-maker it says the office
 * alone, as it did before names said the unit.
 */
export function refOf(reading: Reading): string {
  const slug = reading.recordNumber
    ? recordNumberSlug(reading.recordNumber.key)
    : slugOf(reading.decisionMaker?.office ?? reading.decisionMaker?.name ?? reading.title);
  const parts = [
    SPEAKING.test(slug) ? "" : reading.city,
    slug,
    reading.recordNumber ? "" : (reading.day?.slice(0, 4) ?? ""),
    reading.section ?? "",
  ];
  return parts
    .filter((part) => part !== "")
    .join("-")
    .slice(0, REF_LENGTH);
}

/** "Kaupunkiympäristölautakunnan jaosto" -> "kaupunkiymparistolautakunnan-jaosto": ASCII, at most 80 characters, or as many as told. */
export function slugOf(text: string, most = 80): string {
  const slug = text
    .normalize("NFD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "")
    .slice(0, most)
    .replace(/-$/, "");
  return slug === "" ? "x" : slug;
}

/** The year of a decision for lists and counts: of its day, else of its record number. */
export function yearOf(reading: Reading): number | null {
  const text = reading.day ?? reading.recordNumber?.written ?? "";
  const year = /(?<!\d)(19|20)\d\d(?!\d)/.exec(text)?.[0];
  return year === undefined ? null : Number(year);
}

const FIRST_TO_SHOW = ["decision", "proposal", "summary", "background", "reasons"] as const;
const EXCERPT_LENGTH = 280;

/** What was decided, in the document's own first words, for lists. Empty when it has no running text. */
export function excerptOf(reading: Reading): string {
  for (const kind of FIRST_TO_SHOW) {
    const section = reading.sections.find((s) => s.kind === kind);
    const text = section?.blocks
      .flatMap((block) => (block.kind === "paragraph" ? [block.text] : []))
      .find((t) => t.length > 0);
    if (text) return shorten(text, EXCERPT_LENGTH);
  }
  return "";
}

/** At most `length` characters, cut between words, with an ellipsis when cut. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  const end = cut.lastIndexOf(" ");
  return `${cut
    .slice(0, end > length / 2 ? end : length)
    .replace(/[\uD800-\uDBFF]$/, "")
    .trimEnd()}…`;
}

/** All running text in reading order, for search: paragraphs, list items, cells. */
export function textOf(reading: Reading): string {
  const lines = reading.sections.flatMap((section) =>
    section.blocks.flatMap((block) => {
      switch (block.kind) {
        case "table":
          return block.rows.map((row) => row.join(" "));
        case "paragraph":
          return [block.text, ...(block.list?.items ?? [])];
        case "subheading":
          return [block.text];
      }
    }),
  );
  return lines.join("\n");
}
