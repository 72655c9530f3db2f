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
 * system. They are paired by title; then as attachments of one kind ("liite, hallituksen esitys"), where no other is of it; what is left
 * over is paired in order when as many are left on both sides, since a case system may know an attachment by another title. What is
 * withheld has no address but that of its own title: a wrong document is worse than none.
 */
export function mergedAttachments(listed: readonly Attachment[], linked: readonly Attachment[]): Attachment[] {
  const byTitle = new Map(linked.map((attachment) => [titleKey(attachment), attachment]));
  const titles = new Set(listed.map(titleKey));
  const others = linked.filter((attachment) => !titles.has(titleKey(attachment)));
  const unpaired = listed.filter((attachment) => !byTitle.has(titleKey(attachment)));
  const byPart = pairsByLastPart(unpaired, others);
  const inOrder = pairsInOrder(without(unpaired, byPart.keys()), without(others, byPart.values()));
  const merged = listed.map((attachment) => ({
    ...(byTitle.get(titleKey(attachment)) ?? byPart.get(attachment) ?? inOrder.get(attachment)),
    ...attachment,
  }));
  return [...merged, ...without(without(others, byPart.values()), inOrder.values())].slice(0, MOST);
}

type Pairs = Map<Attachment, Attachment>;

const without = (attachments: readonly Attachment[], gone: Iterable<Attachment>): Attachment[] => {
  const left = new Set(gone);
  return attachments.filter((attachment) => !left.has(attachment));
};

const titleKey = ({ title }: Attachment): string => title.toLowerCase();

const isWithheld = ({ withheld }: Attachment): boolean => withheld !== undefined;

/** "Lausuntopyynnön liite, hallituksen esitys" is "Kuulemispyyntö, täydennys, liite, hallituksen esitys". */
function pairsByLastPart(listed: readonly Attachment[], linked: readonly Attachment[]): Pairs {
  const [ones, others] = [byLastPart(listed), byLastPart(linked)];
  const pairs: Pairs = new Map();
  for (const [part, [one, ...more]] of ones) {
    const [other, ...evenMore] = others.get(part) ?? [];
    if (one === undefined || other === undefined || more.length + evenMore.length > 0) continue;
    if (!isWithheld(one) && !isWithheld(other)) pairs.set(one, other);
  }
  return pairs;
}

/**
 * What kind of document an attachment is, behind the word for attachment. Any other last part may be what a document is about, and two
 * documents may be about one thing: "Hankesuunnitelma, Kontulan koulu" is not "Lausunto, Kontulan koulu".
 */
const LAST_PART =
  /(?<!\p{L})(?:liite|bilaga),\s*([^,]*(?:esitys|ehdotus|lausunto|päätös|suunnitelma|selvitys|hakemus|sopimus|förslag|proposition|utlåtande))$/u;

function byLastPart(attachments: readonly Attachment[]): Map<string, Attachment[]> {
  const groups = Map.groupBy(attachments, (attachment) => LAST_PART.exec(titleKey(attachment))?.[1] ?? "");
  groups.delete("");
  return groups;
}

const pairsInOrder = (listed: readonly Attachment[], linked: readonly Attachment[]): Pairs =>
  new Map(
    listed.length === linked.length
      ? listed.flatMap((attachment, i) => {
          const other = linked[i];
          const isSafe = other !== undefined && (!isWithheld(attachment) || other.href === undefined);
          return isSafe ? [[attachment, other] as const] : [];
        })
      : [],
  );
