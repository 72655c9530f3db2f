/** Atom feed (RFC 4287) of any list of decisions. */
import { CITIES, type CityCode, type Language } from "#core/cities.ts";
import { DECISION, permanentDecision } from "./paths.ts";
import type { DecisionLine } from "./queries.ts";
import { t } from "./texts.ts";

export interface FeedData {
  language: Language;
  city: CityCode | null;
  lines: readonly DecisionLine[];
  origin: string;
  /** Address of the feed itself and of the list it follows. */
  self: string;
  list: string;
}

/** The whole document. Entries keep the decision's own language; `updated` of an empty feed is the epoch, so that it stays a pure function. */
export function atomFeed({ language, city, lines, origin, self, list }: FeedData): string {
  const names = city && CITIES[city].names[language];
  const title = names
    ? t(language, "decisionsOf", { city: language === "fi" ? names.genitive : names.name })
    : t(language, "decisionsJoint");
  const updated =
    lines
      .map((line) => line.publishedAt.toISOString())
      .sort()
      .at(-1) ?? "1970-01-01T00:00:00.000Z";
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `<id>${xml(origin + self)}</id>`,
    `<title>${xml(title)}</title>`,
    `<updated>${updated}</updated>`,
    `<link rel="self" type="application/atom+xml" href="${xml(origin + self)}"/>`,
    `<link rel="alternate" type="text/html" href="${xml(origin + list)}"/>`,
    `<author><name>${xml(names ? names.name : "Avoin")}</name></author>`,
    ...lines.map((line) => entry(line, language, origin)),
    "</feed>",
    "",
  ].join("\n");
}

function entry(line: DecisionLine, language: Language, origin: string): string {
  const html = origin + DECISION.href(language, { city: line.city, ref: line.ref });
  return [
    `<entry xml:lang="${line.language}">`,
    `<id>${xml(origin + permanentDecision(line.ref))}</id>`,
    `<title>${xml(line.title)}</title>`,
    `<link rel="alternate" type="text/html" href="${xml(html)}"/>`,
    `<updated>${line.publishedAt.toISOString()}</updated>`,
    ...(line.maker ? [`<author><name>${xml(line.maker.name)}</name></author>`] : []),
    `<category term="${line.city}"/>`,
    `<summary>${xml(line.excerpt)}</summary>`,
    "</entry>",
  ].join("");
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text as XML 1.0 allows it: control characters have no form in XML at all. */
const xml = (text: string): string =>
  // oxlint reads the ranges as a mistake; they are the characters that XML 1.0 § 2.2 leaves out.
  text
    .replaceAll(/\p{Cc}/gu, (c) => (c === "\n" || c === "\t" ? c : ""))
    .replaceAll(/[&<>"]/g, (c) => ENTITIES[c] ?? c);
