import type { Amount, Block, Breakdown, Section } from "../reading.ts";
import { blockText } from "./sections.ts";
import { sentencesOf } from "./sentences.ts";

const SPACE = String.raw`[ \u00a0\u202f\u2009]`;
/** Lengths are bounded so that no text can make the search slow. */
const WHOLE = String.raw`\d{1,3}(?:${SPACE}\d{3}){1,5}|\d{1,3}(?:\.\d{3}){1,5}(?!\d)|\d{1,15}`;
/** "1 350 004,50", "32.591,85", "664, 89" (a slip of the keyboard, but no other reading is possible), "500,-". */
const NUMBER = String.raw`(?:${WHOLE})(?:,${SPACE}?\d{1,2}(?!\d)|,[-–])?`;
const SCALE = String.raw`(?<scale>miljoon\p{L}{0,4}|miljoner|milj\.?|mn|miljard\p{L}{0,4}|mrd\.?|tuhat\p{L}{0,2}|tuhan\p{L}{0,4}|tusen|M|t|k)?`;
const UNIT = String.raw`(?:euro(?:a|n|on|na|lla|lta|lle|sta|ssa|ja|jen|s)?|EUR|eur|€)(?![\p{L}\p{N}])`;
const AMOUNT = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,/])(?:(?<low>${NUMBER})${SPACE}?[–−-]${SPACE}?)?(?<high>${NUMBER})${SPACE}{0,3}${SCALE}${SPACE}{0,3}${UNIT}`,
  "gu",
);

const EURO = /€|eur/iu;

/** Euro sums that a sentence mentions, in cents; the two ends of a range ("4–5 milj. euroa") are two sums written as one. */
export function amountsIn(sentence: string): { cents: number; written: string }[] {
  if (!EURO.test(sentence)) return [];
  return [...sentence.matchAll(AMOUNT)].flatMap((match) => {
    const { low, high, scale } = match.groups ?? {};
    const numbers = low === undefined ? [high] : [low, high];
    const cents = numbers.map((number) => toCents(number ?? "", factorOf(scale)));
    return cents.every((value) => value !== null) ? cents.map((value) => ({ cents: value, written: match[0] })) : [];
  });
}

function factorOf(scale = ""): number {
  if (/^(?:milj(?!ard)|mn|M$)/u.test(scale)) return 1_000_000;
  if (/^(?:miljard|mrd)/u.test(scale)) return 1_000_000_000;
  return scale === "" ? 1 : 1000;
}

/** Reckoned in whole numbers: 1,2 million euros is exactly 120 000 000 cents. Null for a sum past exact arithmetic. */
function toCents(number: string, factor: number): number | null {
  const [whole = "", fraction = ""] = number
    .replace(/[ \u00a0\u202f\u2009.]/gu, "")
    .replace(/,[-–]$/u, "")
    .split(",");
  const cents = BigInt(whole) * 100n * BigInt(factor) + BigInt(fraction.padEnd(2, "0")) * BigInt(factor);
  return cents <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(cents) : null;
}

/** Every euro sum of the sections, each with its sentence; those of a table have their row. */
export function findAmounts(sections: readonly Section[]): Amount[] {
  return sections.flatMap((section, sectionIndex) =>
    section.blocks.flatMap((block, blockIndex) =>
      sentencesAboutMoney(block).flatMap((sentence) =>
        amountsIn(sentence).map(({ cents, written }) => ({
          cents,
          written,
          sentence: isBare(sentence, written) ? withLabel(section.blocks[blockIndex - 1], sentence) : sentence,
          at: { section: sectionIndex, block: blockIndex },
        })),
      ),
    ),
  );
}

/** "1 297 euroa" alone, under the heading "Maksu", says what it is only together with it. */
const isBare = (sentence: string, written: string): boolean =>
  sentence.length <= LONGEST_BARE && !/\p{L}/u.test(sentence.replace(written, ""));
/** Also keeps a sentence of thousands of sums from being looked through for each. */
const LONGEST_BARE = 200;

function withLabel(before: Block | undefined, sentence: string): string {
  const label =
    before?.kind === "subheading" || (before?.kind === "paragraph" && before.text.endsWith(":")) ? before.text : "";
  return label === "" ? sentence : `${label.replace(/:$/u, "")}: ${sentence}`;
}

/** Most blocks speak of no money, and looking is cheaper than taking them apart. */
const sentencesAboutMoney = (block: Block): string[] => (EURO.test(blockText(block)) ? sentencesOfBlock(block) : []);

function sentencesOfBlock(block: Block): string[] {
  switch (block.kind) {
    case "paragraph":
      return [block.text, ...(block.list?.items ?? [])].flatMap(sentencesOf);
    case "table":
      return block.rows.map((row) => row.filter(Boolean).join(" "));
    case "subheading":
      return [block.text];
  }
}

/**
 * Where the parts add up: within one sentence, a sum that equals those that follow it ("… ovat T, josta tuki on A ja
 * kuntaosuus B"), or those before it when it says so ("A, johon lisätään B, yhteensä T"). At least two parts; each sum belongs to one
 * breakdown only.
 */
export function findBreakdowns(amounts: readonly Amount[]): Breakdown[] {
  const spots = spotsOf(amounts);
  const breakdowns: Breakdown[] = [];
  let free = 0;
  for (let i = 0; i < amounts.length; i++) {
    const following = partsAfter(amounts, i);
    const parts = following.length > 0 ? following : partsBefore(amounts, spots, i, free);
    if (parts.length === 0) continue;
    breakdowns.push({ total: i, parts });
    i = Math.max(i, parts.at(-1) ?? i);
    free = i + 1;
  }
  return breakdowns;
}

function partsAfter(amounts: readonly Amount[], total: number): number[] {
  const whole = amounts[total];
  if (whole === undefined || whole.cents === 0) return [];
  const parts: number[] = [];
  let left = whole.cents;
  for (let i = total + 1; left > 0; i++) {
    const part = amounts[i];
    if (part === undefined || !isSameSentence(part, whole) || part.cents === 0) return [];
    left -= part.cents;
    parts.push(i);
  }
  return left === 0 && parts.length > 1 ? parts : [];
}

const SAYS_TOTAL = /(?:yhteensä|sammanlagt|totalt)(?: (?:noin|n\.|ca))?\s*$/u;
/** "/kk" of "4000 €/kk", "/m2" of "0,5 euroa/m2". */
const RATE = /^\/[\p{L}\d²/]+/u;
/** What is looked at before and behind a sum is no longer. */
const NEAR = 30;
/** Nor are so many parts ever listed before their total. */
const MOST_PARTS = 30;

/** Those before it in the sentence that are sums of the same kind: prices of a metre are no part of what is paid a month. */
function partsBefore(amounts: readonly Amount[], spots: readonly Spot[], total: number, free: number): number[] {
  const [whole, spot] = [amounts[total], spots[total]];
  if (whole === undefined || spot === undefined || whole.cents === 0 || !spot.isTotal) return [];
  const parts: number[] = [];
  let left = whole.cents;
  for (let i = total - 1; i >= Math.max(free, total - MOST_PARTS) && left > 0; i--) {
    const part = amounts[i];
    if (part === undefined || !isSameSentence(part, whole)) break;
    if (spots[i]?.rate !== spot.rate) continue;
    left -= part.cents;
    parts.unshift(i);
  }
  return left === 0 && parts.length > 1 ? parts : [];
}

/** What stands around a sum in its sentence. */
interface Spot {
  end: number;
  rate: string;
  isTotal: boolean;
}

function spotsOf(amounts: readonly Amount[]): Spot[] {
  const spots: Spot[] = [];
  for (const [i, amount] of amounts.entries()) {
    const before = amounts[i - 1];
    const from = before !== undefined && isSameSentence(before, amount) ? (spots[i - 1]?.end ?? 0) : 0;
    const start = amount.sentence.indexOf(amount.written, from);
    // The second end of a range is written with the first, and stands nowhere else.
    const end = start < 0 ? from : start + amount.written.length;
    const isTotal = start >= 0 && SAYS_TOTAL.test(amount.sentence.slice(Math.max(0, start - NEAR), start));
    spots.push({ end, rate: RATE.exec(amount.sentence.slice(end, end + NEAR))?.[0] ?? "", isTotal });
  }
  return spots;
}

const isSameSentence = (a: Amount, b: Amount): boolean =>
  a.sentence === b.sentence && a.at.section === b.at.section && a.at.block === b.at.block;
