import type { Attachment, Section } from "../reading.ts";
import { tidyLine } from "./tidy.ts";

const NUMBERED = /^(?:(?:liite|bilaga)\s+)?(\d{1,3})[.:)]?\s+(?=\S)/iu;
const CONFIDENTIAL =
  /(?:salassa pidettävä|sekretessbelagd|ei[- ]julkinen|julkisuus rajoitettu|begränsad offentlighet|JulkL|MyndOffL)(?!\p{L}).*/iu;
/** What a clerk writes where nothing is attached. */
const NONE = /^(?:[-–]|ei liitteitä|inga bilagor|ei|inga)\.?$/iu;
const MOST = 500;

/** An attachment as a line of a list names it: "1 Hakemuksen peruutus 11.10.2021"; null where the line names none. */
export function attachmentOf(line: string, href = ""): Attachment | null {
  const text = tidyLine(line);
  if (text === "" || NONE.test(text)) return null;
  const number = NUMBERED.exec(text);
  const title = number === null ? text : text.slice(number[0].length);
  const withheld = CONFIDENTIAL.exec(title)?.[0];
  return {
    title,
    ...(number?.[1] === undefined ? {} : { number: number[1] }),
    ...(isPublicAddress(href) ? { href } : {}),
    ...(withheld === undefined ? {} : { withheld }),
  };
}

/** The attachments that sections under such a heading name, line by line. */
export function attachmentsIn(sections: readonly Section[]): Attachment[] {
  const lines = sections
    .filter(({ kind }) => kind === "attachments")
    .flatMap(({ blocks }) => blocks)
    .flatMap((block) => {
      if (block.kind === "paragraph") return [block.text, ...(block.list?.items ?? [])];
      return block.kind === "table" ? block.rows.map((row) => row.join(" ")) : [];
    });
  return lines
    .map((line) => attachmentOf(line))
    .filter((attachment) => attachment !== null)
    .slice(0, MOST);
}

/** An address that anyone can open: of the open web, and not of a case system's inner service behind a port of its own. */
export function isPublicAddress(href: string): boolean {
  if (!URL.canParse(href)) return false;
  const { protocol, port, hostname } = new URL(href);
  return (protocol === "https:" || protocol === "http:") && port === "" && hostname.includes(".");
}

/**
 * One list out of two that name the same attachments: the titles and numbers of the document, the addresses of the case
 * system. They are paired by title; what is left over is paired in order when as many are left on both sides, since a
 * case system may know an attachment by another title.
 */
export function mergedAttachments(listed: readonly Attachment[], linked: readonly Attachment[]): Attachment[] {
  const byTitle = new Map(linked.map((attachment) => [titleKey(attachment), attachment]));
  const titles = new Set(listed.map(titleKey));
  const leftOver = linked.filter((attachment) => !titles.has(titleKey(attachment)));
  const unpaired = listed.filter((attachment) => !byTitle.has(titleKey(attachment)));
  const inOrder = new Map(
    unpaired.length === leftOver.length ? unpaired.map((attachment, i) => [attachment, leftOver[i]]) : [],
  );
  const merged = listed.map((attachment) => ({
    ...(byTitle.get(titleKey(attachment)) ?? inOrder.get(attachment)),
    ...attachment,
  }));
  return [...merged, ...(inOrder.size > 0 ? [] : leftOver)].slice(0, MOST);
}

const titleKey = ({ title }: Attachment): string => title.toLowerCase();
