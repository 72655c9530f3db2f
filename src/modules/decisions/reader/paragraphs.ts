import type { Block, Paragraph } from "../reading.ts";
import { joinLines, mendStrayHyphens } from "./hyphens.ts";
import type { Words } from "./lexicon.ts";
import { tidyLine } from "./tidy.ts";

const DASH_ITEM = /^[-–•·▪]\s+(?=\S)/u;
const NUMBERED_ITEM = /^(?:\d{1,2}|[a-h])[.)]\s+(?=\p{L})/u;
const SENTENCE_END = /[.:;!?”"]$/u;
/** A person's contact details end in an address of mail; the next line is another's. */
const ADDRESS_END = /@[\w.-]+$/u;
/** A line this long that breaks off without an end goes on in the next; in one that begins with a capital, only where lines are wrapped. */
const FULL_LINE = 60;
/** One break says nothing of a width. */
const FEWEST_WRAPPED = 2;
/** So many tell how wide a text is. */
const MOST_LINES = 1000;
/** The number of an item alone on its line. */
const BARE_NUMBER = /^(?:\d{1,2}|[a-h])[.)]$/u;

/** The blocks of a text whose source broke it into lines: paragraphs, each with the list that belongs to it. */
export function paragraphsOf(text: string, words: Words): Paragraph[] {
  const paragraphs: Paragraph[] = [];
  for (const part of text.split(/\n\s*\n/u)) {
    addLines(paragraphs, logicalLines(part.split("\n").map(tidyLine).filter(Boolean), words));
  }
  return paragraphs.map((paragraph) => withEnumeration(mended(paragraph, words)));
}

/** Lines that a break cut in mid-sentence are one; lines that end for a reason (addresses, list items) stay apart. */
function logicalLines(lines: readonly string[], words: Words): string[] {
  const groups: string[][] = [];
  const areWrapped = isWrapped(lines);
  for (const line of lines) {
    const group = groups.at(-1);
    const before = group?.at(-1);
    if (group !== undefined && before !== undefined && continues(before, line, areWrapped)) group.push(line);
    else groups.push([line]);
  }
  return groups.map((group) => joinLines(group, words));
}

/**
 * Was the text broken at a width? Then no line had room for the first word of the next, but where a sentence or an item ended, and some line
 * begins in mid-sentence: long lines that all begin with capitals are a list.
 */
function isWrapped(lines: readonly string[]): boolean {
  const width = Math.max(0, ...lines.slice(0, MOST_LINES).map(({ length }) => length));
  const breaks = lines.slice(0, MOST_LINES - 1).flatMap((line, i) => {
    const next = lines[i + 1];
    return next === undefined || SENTENCE_END.test(line)
      ? []
      : [line.length + 1 + (next.split(" ", 1)[0] ?? "").length];
  });
  const isMidSentence = lines.slice(1, MOST_LINES).some((line) => /^\p{Ll}/u.test(line));
  return isMidSentence && breaks.length >= FEWEST_WRAPPED && breaks.every((length) => length > width);
}

function continues(before: string, line: string, areWrapped: boolean): boolean {
  if (DASH_ITEM.test(line) || ADDRESS_END.test(before.slice(-60))) return false;
  if (before.endsWith("-") || /^(?:\p{Ll}|-\p{Ll})/u.test(line)) return !isItemEnd(before);
  if (BARE_NUMBER.test(before)) return true;
  if (SENTENCE_END.test(before) || NUMBERED_ITEM.test(line)) return false;
  return /^[(]/u.test(line) || (before.length >= FULL_LINE && (areWrapped || !/^\p{Lu}/u.test(line)));
}

/** "…, joilla" goes on; an item of a list that ends in a semicolon or a full stop does not. */
const isItemEnd = (line: string): boolean => /[.;:]$/u.test(line);

function addLines(paragraphs: Paragraph[], lines: readonly string[]): void {
  for (let i = 0; i < lines.length; i++) {
    const last = paragraphs.at(-1);
    const items = last?.list === undefined && last?.text.endsWith(":") === true ? numberedFrom(lines, i) : [];
    if (last !== undefined && items.length > 1) {
      last.list = { ordered: true, items };
      i += items.length - 1;
    } else addLine(paragraphs, lines[i] ?? "");
  }
}

/** "1. …", "2. …" on lines of their own, from 1 without a gap: what stands behind the numbers. */
function numberedFrom(lines: readonly string[], start: number): string[] {
  const items: string[] = [];
  for (const line of lines.slice(start)) {
    const [, number, item = ""] = /^(\d{1,2})[.)] (.*)$/u.exec(line) ?? [];
    if (Number(number) !== items.length + 1) break;
    items.push(item);
  }
  return items;
}

function addLine(paragraphs: Paragraph[], line: string): void {
  const item = DASH_ITEM.exec(line);
  if (item === null) paragraphs.push({ kind: "paragraph", text: line });
  else addItem(paragraphs, line.slice(item[0].length));
}

function addItem(paragraphs: Paragraph[], item: string): void {
  const last = paragraphs.at(-1);
  if (last?.list !== undefined) last.list.items.push(item);
  else if (last !== undefined && introducesList(last.text)) last.list = { ordered: false, items: [item] };
  else paragraphs.push({ kind: "paragraph", text: "", list: { ordered: false, items: [item] } });
}

/** A sentence that has come to its end does not go on in the list after it. */
const introducesList = (text: string): boolean => text !== "" && !/[.!?]$/u.test(text);

/** Puts a list behind the sentence it belongs to, or on its own where none is left open. Items right behind a list are more of it. */
export function addList(blocks: Block[], list: { ordered: boolean; items: string[] }): void {
  const last = blocks.at(-1);
  if (last?.kind === "paragraph" && last.list?.ordered === false && !list.ordered) last.list.items.push(...list.items);
  else if (last?.kind === "paragraph" && last.list === undefined && introducesList(last.text)) last.list = list;
  else blocks.push({ kind: "paragraph", text: "", list });
}

export function addParagraph(blocks: Block[], paragraph: Paragraph): void {
  if (paragraph.text === "" && paragraph.list !== undefined) addList(blocks, paragraph.list);
  else blocks.push(paragraph);
}

export const mendedList = (list: { ordered: boolean; items: string[] }, words: Words) => ({
  ordered: list.ordered,
  items: list.items.map((item) => mendStrayHyphens(item, words)),
});

function mended(paragraph: Paragraph, words: Words): Paragraph {
  const text = mendStrayHyphens(paragraph.text, words);
  if (paragraph.list === undefined) return { kind: "paragraph", text };
  return { kind: "paragraph", text, list: mendedList(paragraph.list, words) };
}

const ENUMERATED = /(?<=[\s:])(\d{1,2}|[a-h])\)\s*/gu;

/**
 * "…viiden työpaketin kautta, jotka ovat: 1) suunnittelu 2) kehittäminen" is a sentence and its ordered list. Taken apart only
 * when the numbers run from 1 (or a) without a gap after a colon and the list goes on to the end of the paragraph.
 */
function withEnumeration(paragraph: Paragraph): Paragraph {
  const colon = paragraph.text.indexOf(": ");
  if (colon < 0 || paragraph.list !== undefined) return paragraph;
  const marks = [...paragraph.text.matchAll(ENUMERATED)].filter(({ index }) => index > colon);
  const first = marks[0];
  if (marks.length < 2 || first === undefined || first.index > colon + 2 || !runsWithoutGap(marks)) return paragraph;
  const items = marks.map((mark, i) => paragraph.text.slice(mark.index + mark[0].length, marks[i + 1]?.index).trim());
  if (items.some((item) => item === "" || /[.!?]\s+\p{Lu}/u.test(item))) return paragraph;
  return { kind: "paragraph", text: paragraph.text.slice(0, colon + 1), list: { ordered: true, items } };
}

function runsWithoutGap(marks: readonly RegExpExecArray[]): boolean {
  const numbers = marks.map((mark) =>
    /^\d/.test(mark[1] ?? "") ? Number(mark[1]) : (mark[1]?.charCodeAt(0) ?? 0) - 96,
  );
  return numbers.every((number, i) => number === i + 1);
}
