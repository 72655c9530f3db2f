/** Pure rules of how a decision is shown: the order of its parts, what its sums are called, what is known of it. */
import type { Amount, Breakdown, Paragraph, Reading, Section } from "./reading.ts";

/** What was decided stands first (or what is proposed, while nothing is decided); the rest keeps the document's order. */
export function orderSections(sections: readonly Section[]): Section[] {
  const first = sections.some((s) => s.kind === "decision") ? "decision" : "proposal";
  return [...sections.filter((s) => s.kind === first), ...sections.filter((s) => s.kind !== first)];
}

/** Anchor of a section, the same in all languages: "decision", "reasons", "reasons-2". */
export function sectionIds(sections: readonly Section[]): string[] {
  const seen = new Map<string, number>();
  return sections.map(({ kind }) => {
    const n = (seen.get(kind) ?? 0) + 1;
    seen.set(kind, n);
    return n === 1 ? kind : `${kind}-${n}`;
  });
}

/** Number of the paragraph, counted through the shown order, in which each amount stands; undefined for one in a table. */
export function paragraphOf(reading: Reading, shown: readonly Section[], amount: Amount): number | undefined {
  const section = reading.sections[amount.at.section];
  let n = 0;
  for (const candidate of shown) {
    for (const [index, block] of candidate.blocks.entries()) {
      if (block.kind === "paragraph") n += 1;
      if (candidate === section && index === amount.at.block) return block.kind === "paragraph" ? n : undefined;
    }
  }
  return undefined;
}

/**
 * What a sum is, in the sentence's own words: those between the sum before it and itself, without the joints.
 * "…kustannukset ovat 8 981 791 euroa, josta EU:n ja valtion tuki on yhteensä 6 017 799 euroa" gives
 * "…kustannukset" and "EU:n ja valtion tuki". Null when nothing that names it is left.
 */
export function amountLabel(amounts: readonly Amount[], index: number): string | null {
  const amount = amounts[index];
  if (!amount) return null;
  const end = amount.sentence.indexOf(amount.written);
  if (end < 0) return null;
  const starts = amounts
    .filter((other) => other !== amount && other.sentence === amount.sentence)
    .map((other) => amount.sentence.indexOf(other.written) + other.written.length)
    .filter((start) => start <= end);
  const words = amount.sentence.slice(Math.max(0, ...starts), end);
  const label = words
    .replace(/^\/\S+/u, "")
    .replace(/^[\s,;.]*(?:(?:josta|joista|mistä|varav|sekä|samt|och|ja)\s+)?/iu, "")
    .replace(
      /[\s,:;(]*(?:(?:ovat|on|olivat|oli|är|uppgår|till|yhteensä|arviolta|noin|enintään|sammanlagt|högst)\s*)*$/iu,
      "",
    )
    .trim();
  return label.length >= 3 && label.length <= 120 ? label : null;
}

export interface NamedBreakdown {
  total: { cents: number; label: string | null };
  parts: { cents: number; label: string | null }[];
}

/** Totals with the parts that add up to them, each with what the sentence calls it. */
export function nameBreakdowns(amounts: readonly Amount[], breakdowns: readonly Breakdown[]): NamedBreakdown[] {
  const named = (index: number) => ({ cents: amounts[index]?.cents ?? 0, label: amountLabel(amounts, index) });
  return breakdowns.map(({ total, parts }) => ({ total: named(total), parts: parts.map(named) }));
}

/**
 * Amounts that are no total and no part: shown with their sentences. Each sum once. What a court would charge for an appeal
 * is no cost of the decision.
 */
export function otherAmounts({
  amounts,
  breakdowns,
  sections,
}: Pick<Reading, "amounts" | "breakdowns" | "sections">): Amount[] {
  const used = new Set(breakdowns.flatMap(({ total, parts }) => [total, ...parts]));
  const seen = new Set<string>();
  return amounts.filter((amount, index) => {
    const key = `${amount.cents} ${amount.sentence}`;
    if (used.has(index) || seen.has(key) || sections[amount.at.section]?.kind === "appeal") return false;
    seen.add(key);
    return true;
  });
}

/**
 * The meeting with its number, if it has one. Null when it is called as the body that decided, with no number: "Kaupunginhallitus" and
 * "Kaupunginhallituksen kokous" say nothing new.
 */
export function meetingText({ meeting, decisionMaker }: Pick<Reading, "meeting" | "decisionMaker">): string | null {
  if (meeting === null || meeting.name === "") return null;
  if (meeting.number !== null) return `${meeting.name} ${meeting.number}`;
  return decisionMaker !== null && isCalledAs(decisionMaker.name, meeting.name) ? null : meeting.name;
}

/** The genitive changes no more than the last two letters: "lautakunta", "lautakunnan"; "hallitus", "hallituksen". */
function isCalledAs(body: string, meeting: string): boolean {
  const stem = body.slice(0, -2);
  return meeting === body || (meeting.startsWith(stem) && /^\p{L}{1,5} kokous$/u.test(meeting.slice(stem.length)));
}

/** First running text of a part, for the facts at the top; undefined when the document has no such part. */
export function firstText(reading: Reading, kind: Section["kind"]): string | undefined {
  return paragraphsOf(reading, kind)[0]?.text;
}

/**
 * The same, past lines that only name who speaks ("Kaupunginjohtaja Jukka Mäkelä", "Lautakunta päättää,"), where a whole
 * sentence follows.
 */
export function firstSentence(reading: Reading, kind: Section["kind"]): string | undefined {
  const paragraphs = paragraphsOf(reading, kind);
  const isSentence = ({ text, list }: Paragraph) => list !== undefined || /[.!?][”"’)]*$/u.test(text);
  return (paragraphs.find(isSentence) ?? paragraphs[0])?.text;
}

const paragraphsOf = (reading: Reading, kind: Section["kind"]): Paragraph[] =>
  reading.sections
    .filter((section) => section.kind === kind)
    .flatMap((section) => section.blocks)
    .flatMap((block) => (block.kind === "paragraph" && block.text.length > 0 ? [block] : []));

/**
 * Linked data of a decision. schema.org has no type for decisions of authorities; Legislation ("a legal document such as an act,
 * decree, bill… enforceable or not") is the nearest whose properties fit: identifier, passed by, date, jurisdiction.
 */
export function linkedData(
  reading: Reading,
  addresses: { html: string; permanent: string; json: string; original: string; mediaType: string },
  cityName: string,
): object {
  const day = reading.day ?? undefined;
  return {
    "@context": "https://schema.org",
    "@type": "Legislation",
    "@id": addresses.permanent,
    url: addresses.html,
    name: reading.title,
    inLanguage: reading.language,
    legislationType: "Decision",
    legislationIdentifier:
      [reading.recordNumber?.written, reading.section && `§ ${reading.section}`].filter(Boolean).join(" ") || undefined,
    legislationDate: day,
    legislationPassedBy: reading.decisionMaker && {
      "@type": "GovernmentOrganization",
      name: reading.decisionMaker.name,
    },
    legislationJurisdiction: { "@type": "City", name: cityName },
    legislationLegalForce: reading.stage === "proposed" ? "https://schema.org/NotInForce" : undefined,
    isAccessibleForFree: true,
    encoding: [
      { "@type": "MediaObject", encodingFormat: addresses.mediaType, contentUrl: addresses.original },
      { "@type": "MediaObject", encodingFormat: "application/json", contentUrl: addresses.json },
    ],
  };
}
