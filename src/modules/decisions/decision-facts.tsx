/** The facts at the top of a decision's page. Each is known, or says why it is not. */
import { Temporal } from "temporal-polyfill";
import type { Language } from "#core/cities.ts";
import { type Fact, Facts } from "#ui/facts.tsx";
import { Day, Quoted } from "#ui/inline.tsx";
import { firstSentence, firstText, meetingText } from "./decision-view.ts";
import { shorten } from "./identity.ts";
import { CITY_DECISIONS } from "./paths.ts";
import type { DecisionDetail } from "./queries.ts";
import type { Section } from "./reading.ts";
import { classLabel, REGISTER_LANGUAGE } from "./register-names.ts";
import { t, type TextKey } from "./texts.ts";

export interface DecisionFactsProps {
  decision: DecisionDetail;
  lang: Language;
  /** As the page shows them, and the anchor of each. */
  sections: readonly Section[];
  ids: readonly string[];
}

type Value = Extract<Fact, { kind: "known" }>["value"];

export function DecisionFacts(props: DecisionFactsProps) {
  const { decision, lang } = props;
  const isProposed = decision.reading.stage === "proposed";
  const facts = [
    whatOf(props, isProposed),
    whoOf(decision, lang, isProposed ? "whoProposed" : "who"),
    whenOf(decision, lang),
    ...meetingOf(decision, lang),
    ...referencesOf(decision, lang),
    appealOf(props),
    isProposed ? known(lang, "next", t(lang, "nextProposed")) : nextOf(decision, lang),
    ...(isProposed ? [] : [unknown(lang, "force", "forceUnknown")]),
    classOf(decision, lang),
  ];
  return <Facts lang={lang} facts={facts} />;
}

const known = (lang: Language, label: TextKey, value: Value): Fact => ({
  kind: "known",
  label: t(lang, label),
  value,
});

const unknown = (lang: Language, label: TextKey, why: TextKey): Fact => ({
  kind: "unknown",
  label: t(lang, label),
  why: t(lang, why),
});

const WHAT_LENGTH = 420;
/** Up to here a decision may only say "Ehdotus hyväksyttiin.", and what that was stands in the proposal. */
const BRIEF_LENGTH = 120;

function whatOf({ decision: { reading }, lang, sections, ids }: DecisionFactsProps, isProposed: boolean): Fact {
  const label = isProposed ? "whatProposed" : "whatDecided";
  const text = isProposed ? firstSentence(reading, "proposal") : firstText(reading, "decision");
  if (!text) return unknown(lang, label, "whatUnknown");
  const proposal = anchorOf("proposal", sections, ids);
  const isBrief = !isProposed && text.length <= BRIEF_LENGTH && proposal !== undefined;
  return known(lang, label, [
    <Quoted lang={lang} textLang={reading.language}>
      {shorten(text, WHAT_LENGTH)}
    </Quoted>,
    ...(isBrief ? [" ", <a href={`#${proposal}`}>{t(lang, "proposalRead")}</a>] : []),
  ]);
}

const anchorOf = (kind: Section["kind"], sections: readonly Section[], ids: readonly string[]): string | undefined =>
  ids[sections.findIndex((section) => section.kind === kind)];

function whoOf({ reading, makerSlug, city }: DecisionDetail, lang: Language, label: "who" | "whoProposed"): Fact {
  if (!reading.decisionMaker) return unknown(lang, label, "whoUnknown");
  const name = (
    <Quoted lang={lang} textLang={reading.language}>
      {reading.decisionMaker.name}
    </Quoted>
  );
  return known(
    lang,
    label,
    makerSlug ? <a href={CITY_DECISIONS.href(lang, { city }, { maker: makerSlug })}>{name}</a> : name,
  );
}

const whenOf = ({ reading: { day } }: DecisionDetail, lang: Language): Fact =>
  day
    ? known(lang, "when", <Day lang={lang} day={Temporal.PlainDate.from(day)} />)
    : unknown(lang, "when", "whenUnknown");

function meetingOf({ reading }: DecisionDetail, lang: Language): Fact[] {
  const text = meetingText(reading);
  if (text === null) return [];
  return [
    known(
      lang,
      "meeting",
      <Quoted lang={lang} textLang={reading.language}>
        {text}
      </Quoted>,
    ),
  ];
}

function referencesOf({ reading: { references = [], language } }: DecisionDetail, lang: Language): Fact[] {
  if (references.length === 0) return [];
  return [
    known(
      lang,
      "references",
      <Quoted lang={lang} textLang={language}>
        {references.join(", ")}
      </Quoted>,
    ),
  ];
}

const EXCERPT_LENGTH = 160;

function appealOf({ decision: { reading }, lang, sections, ids }: DecisionFactsProps): Fact {
  const text = firstText(reading, "appeal");
  if (!text) return unknown(lang, "appeal", "appealUnknown");
  return known(lang, "appeal", [
    <Quoted lang={lang} textLang={reading.language}>
      {shorten(text, EXCERPT_LENGTH)}
    </Quoted>,
    " ",
    <a href={`#${anchorOf("appeal", sections, ids) ?? "text"}`}>{t(lang, "appealRead")}</a>,
  ]);
}

/** Who carries it out, in the document's own words (Täytäntöönpano, Otteet, Tiedoksi). */
function nextOf({ reading }: DecisionDetail, lang: Language): Fact {
  const text = firstText(reading, "notification") ?? firstText(reading, "extracts");
  if (!text) return unknown(lang, "next", "nextUnknown");
  return known(
    lang,
    "next",
    <Quoted lang={lang} textLang={reading.language}>
      {shorten(text, EXCERPT_LENGTH)}
    </Quoted>,
  );
}

function classOf({ reading: { classification }, city, classTitle }: DecisionDetail, lang: Language): Fact {
  if (!classification) return unknown(lang, "class", "classUnknown");
  const { code, title } = classification;
  return known(
    lang,
    "class",
    <a href={CITY_DECISIONS.href(lang, { city }, { class: code })}>
      <Quoted lang={lang} textLang={REGISTER_LANGUAGE}>
        {classLabel(code, title ?? classTitle)}
      </Quoted>
    </a>,
  );
}
