/** The page of one decision: it reads like an article, what was decided first. */
import { Temporal } from "temporal-polyfill";
import { CITIES, type Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import { formatRecordNumber, formatSection, formatSize } from "#ui/format.ts";
import { Day } from "#ui/inline.tsx";
import { Facts, Glance, type Fact } from "#ui/facts.tsx";
import { Columns, Opening, Prose } from "#ui/layout.tsx";
import { Notification, OnlyInNotice } from "#ui/notices.tsx";
import { ReadingText } from "#ui/reading.tsx";
import { Side, SideLinks, SideSection, Toc } from "#ui/side.tsx";
import { firstText, linkedData, orderSections, sectionIds } from "./decision-view.ts";
import { shorten } from "./identity.ts";
import { Money } from "./money.tsx";
import {
  apiDecision,
  apiOriginal,
  CITY_DECISIONS,
  DECISION,
  JOINT_DECISIONS,
  MATTER,
  permanentDecision,
} from "./paths.ts";
import type { DecisionDetail } from "./queries.ts";
import type { Section } from "./reading.ts";
import { linkNumbers } from "./mentions.tsx";
import { t, type TextKey } from "./texts.ts";

export interface DecisionPageData {
  decision: DecisionDetail;
  origin: string;
}

/** Content of the page; the frame is added by the caller. */
export function decisionPage({ decision, origin }: DecisionPageData, request: PageRequest): PageContent {
  const { language: lang, shy } = request;
  const { reading, city } = decision;
  const sections = orderSections(reading.sections);
  const ids = sectionIds(sections);
  const title = shy(reading.title, reading.language);
  const isForeign = reading.language !== lang;
  return {
    title: [reading.section && formatSection(lang, reading.section), reading.title, reading.recordNumber?.written]
      .filter(Boolean)
      .join(" · "),
    description: describe(decision, lang),
    crumbs: crumbsOf(decision, lang),
    jsonLd: linkedData(reading, addressesOf(decision, origin), CITIES[city].names[reading.language].name),
    ...(decision.version !== decision.newestVersion && { isPrivate: true }),
    body: (
      <article class="wrap">
        <Opening
          kicker={<Kicker decision={decision} lang={lang} />}
          title={isForeign ? <span lang={reading.language}>{title}</span> : title}
        >
          <OnlyInNotice lang={lang} original={reading.language} />
          <p class="jump">
            <a href={`#${ids[0] ?? "original"}`}>{t(lang, "jumpText")}</a>{" "}
            <a href="#original">{t(lang, "jumpOriginal")}</a>
          </p>
        </Opening>
        <OldVersion decision={decision} lang={lang} />
        <Columns layout="article">
          <Prose>
            <Glance lang={lang}>
              <Facts lang={lang} facts={factsOf(decision, lang, sections, ids)} />
              <Money lang={lang} reading={reading} shown={sections} />
              <p class="small dim">{t(lang, "glanceNote")}</p>
            </Glance>
            <ReadingText
              lang={lang}
              textLang={reading.language}
              sections={sections.map((section, n) => ({
                id: ids[n] ?? section.kind,
                heading: section.heading,
                blocks: section.blocks,
              }))}
              enrich={linkNumbers(decision, lang)}
            />
            <p class="small dim">{t(lang, "textNote")}</p>
          </Prose>
          <DecisionSide decision={decision} lang={lang} sections={sections} ids={ids} origin={origin} />
        </Columns>
      </article>
    ),
  };
}

function describe({ reading, city }: DecisionDetail, lang: Language): string {
  const maker = reading.decisionMaker?.name ?? CITIES[city].names[lang].name;
  return shorten(t(lang, "description", { maker, title: reading.title }), 200);
}

function crumbsOf({ city, matter }: DecisionDetail, lang: Language) {
  const crumbs = [{ label: t(lang, "decisions"), href: CITY_DECISIONS.href(lang, { city }) }];
  return matter
    ? [...crumbs, { label: formatRecordNumber(matter.written), href: MATTER.href(lang, { city, slug: matter.slug }) }]
    : crumbs;
}

function addressesOf({ city, ref, reading, version, mediaType }: DecisionDetail, origin: string) {
  return {
    html: origin + DECISION.href(reading.language, { city, ref }),
    permanent: origin + permanentDecision(ref),
    json: origin + apiDecision(ref),
    original: origin + apiOriginal(ref, version),
    mediaType,
  };
}

function Kicker({ decision, lang }: { decision: DecisionDetail; lang: Language }) {
  const { reading, matter, city } = decision;
  const kind = t(lang, reading.stage === "proposed" ? "kindProposal" : "kindDecision");
  return (
    <>
      {kind} {reading.section && <span class="nb">{formatSection(lang, reading.section)}</span>}
      {matter && (
        <>
          {" · "}
          <a class="nb" href={MATTER.href(lang, { city, slug: matter.slug })}>
            {formatRecordNumber(matter.written)}
          </a>
        </>
      )}
    </>
  );
}

function OldVersion({ decision, lang }: { decision: DecisionDetail; lang: Language }) {
  const { city, ref, version, newestVersion } = decision;
  if (version === newestVersion) return null;
  return (
    <Notification id="old-version" kind="alert" title={t(lang, "oldVersionTitle")}>
      <p>
        {t(lang, "oldVersionText")} <a href={DECISION.href(lang, { city, ref })}>{t(lang, "oldVersionLink")}</a>
      </p>
    </Notification>
  );
}

const WHAT_LENGTH = 420;

/** What the box at the top knows. Each line is known, or says why it is not. */
function factsOf(
  decision: DecisionDetail,
  lang: Language,
  sections: readonly Section[],
  ids: readonly string[],
): Fact[] {
  const { reading, city } = decision;
  const isProposed = reading.stage === "proposed";
  const known = (label: TextKey, value: Extract<Fact, { kind: "known" }>["value"]): Fact => ({
    kind: "known",
    label: t(lang, label),
    value,
  });
  const unknown = (label: TextKey, why: TextKey): Fact => ({
    kind: "unknown",
    label: t(lang, label),
    why: t(lang, why),
  });
  const linkTo = (kind: Section["kind"]) => ids[sections.findIndex((section) => section.kind === kind)];

  const what = isProposed ? firstText(reading, "proposal") : firstText(reading, "decision");
  const who = isProposed ? "whoProposed" : "who";
  const appeal = firstText(reading, "appeal");
  const facts: Fact[] = [
    what
      ? known(
          isProposed ? "whatProposed" : "whatDecided",
          <span lang={reading.language}>{shorten(what, WHAT_LENGTH)}</span>,
        )
      : unknown(isProposed ? "whatProposed" : "whatDecided", "whatUnknown"),
    reading.decisionMaker ? known(who, <MakerLink decision={decision} lang={lang} />) : unknown(who, "whoUnknown"),
    reading.day
      ? known("when", <Day lang={lang} day={Temporal.PlainDate.from(reading.day)} />)
      : unknown("when", "whenUnknown"),
  ];
  if (reading.meeting)
    facts.push(known("meeting", [reading.meeting.name, reading.meeting.number].filter(Boolean).join(" ")));
  facts.push(
    appeal
      ? known("appeal", [
          <span lang={reading.language}>{shorten(appeal, 160)}</span>,
          " ",
          <a href={`#${linkTo("appeal") ?? "text"}`}>{t(lang, "appealRead")}</a>,
        ])
      : unknown("appeal", "appealUnknown"),
  );
  facts.push(isProposed ? known("next", t(lang, "nextProposed")) : nextOf(decision, lang));
  if (!isProposed) facts.push(unknown("force", "forceUnknown"));
  const { classification } = reading;
  const classTitle = classification?.title ?? decision.classTitle;
  facts.push(
    classification
      ? known(
          "class",
          <a href={CITY_DECISIONS.href(lang, { city }, { class: classification.code })}>
            {[classification.code, classTitle].filter(Boolean).join(" ")}
          </a>,
        )
      : unknown("class", "classUnknown"),
  );
  return facts;
}

/** Who carries it out, in the document's own words (Täytäntöönpano, Otteet, Tiedoksi). */
function nextOf({ reading }: DecisionDetail, lang: Language): Fact {
  const text = firstText(reading, "notification") ?? firstText(reading, "extracts");
  const label = t(lang, "next");
  return text
    ? { kind: "known", label, value: <span lang={reading.language}>{shorten(text, 160)}</span> }
    : { kind: "unknown", label, why: t(lang, "nextUnknown") };
}

function MakerLink({ decision, lang }: { decision: DecisionDetail; lang: Language }) {
  const { reading, makerSlug, city } = decision;
  const name = reading.decisionMaker?.name ?? "";
  return makerSlug ? (
    <a lang={reading.language} href={CITY_DECISIONS.href(lang, { city }, { maker: makerSlug })}>
      {name}
    </a>
  ) : (
    <span lang={reading.language}>{name}</span>
  );
}

interface DecisionSideProps extends DecisionPageData {
  lang: Language;
  sections: readonly Section[];
  ids: readonly string[];
}

function DecisionSide({ decision, lang, sections, ids, origin }: DecisionSideProps) {
  const { ref, reading } = decision;
  const contents = sections.flatMap((section, n) =>
    section.heading && ids[n] ? [{ href: `#${ids[n]}`, label: section.heading }] : [],
  );
  return (
    <Side label={t(lang, "sideLabel")}>
      {contents.length > 1 && <Toc title={t(lang, "contents")} items={contents} />}
      <SideSection id="original" title={t(lang, "original")}>
        <SideLinks links={originalLinks(decision, lang)} />
      </SideSection>
      <SideSection id="attachments" title={t(lang, "attachments")}>
        {reading.attachments.length > 0 ? (
          <SideLinks
            links={reading.attachments.map(({ title, href, withheld }) => ({
              label: <span lang={reading.language}>{title}</span>,
              href,
              note: href ? undefined : `(${withheld ?? t(lang, "attachmentNotOpen")})`,
            }))}
          />
        ) : (
          <p class="small dim">{t(lang, "noAttachments")}</p>
        )}
      </SideSection>
      <Related decision={decision} lang={lang} />
      <Versions decision={decision} lang={lang} />
      <SideSection id="permanent" title={t(lang, "permanent")}>
        <p class="small">
          <a class="address" href={permanentDecision(ref)}>
            {origin}
            {permanentDecision(ref)}
          </a>
          <br />
          <span class="dim">{t(lang, "permanentPara")}</span>
        </p>
      </SideSection>
    </Side>
  );
}

const FORMATS: Record<string, { label: TextKey; name: string }> = {
  "text/plain": { label: "originalText", name: "txt" },
  "text/html": { label: "originalHtml", name: "html" },
  "application/pdf": { label: "originalPdf", name: "pdf" },
  "application/json": { label: "originalJson", name: "json" },
};

function originalLinks({ ref, version, mediaType, bytes }: DecisionDetail, lang: Language) {
  const format = FORMATS[mediaType] ?? { label: "original" as const, name: mediaType };
  return [
    {
      href: apiOriginal(ref, version),
      label: t(lang, format.label),
      note: `(${format.name}, ${formatSize(lang, bytes)})`,
    },
    { href: apiDecision(ref), label: t(lang, "machine"), note: "(JSON)" },
  ];
}

function Related({ decision, lang }: { decision: DecisionDetail; lang: Language }) {
  const { city, matter, mentioned, makerSlug, reading } = decision;
  const { classification } = reading;
  const classTitle = classification?.title ?? decision.classTitle;
  const links = [
    ...(matter
      ? [
          {
            href: MATTER.href(lang, { city, slug: matter.slug }),
            label: t(lang, "relatedMatter", { number: formatRecordNumber(matter.written) }),
          },
        ]
      : []),
    ...mentioned.map((m) => ({
      href: MATTER.href(lang, { city, slug: m.slug }),
      label: formatRecordNumber(m.written),
      note: m.title,
    })),
    ...(makerSlug && reading.decisionMaker
      ? [
          {
            href: CITY_DECISIONS.href(lang, { city }, { maker: makerSlug }),
            label: t(lang, "relatedMaker", { maker: reading.decisionMaker.name }),
          },
        ]
      : []),
    ...(classification && classTitle
      ? [
          {
            href: JOINT_DECISIONS.href(lang, {}, { class: classification.code }),
            label: t(lang, "relatedClass", { title: classTitle }),
          },
        ]
      : []),
  ];
  if (links.length === 0) return null;
  return (
    <SideSection id="related" title={t(lang, "related")}>
      <SideLinks links={links} />
    </SideSection>
  );
}

function Versions({ decision, lang }: { decision: DecisionDetail; lang: Language }) {
  const { city, ref, version, newestVersion } = decision;
  if (newestVersion === 1) return null;
  const numbers = Array.from({ length: newestVersion }, (_, n) => newestVersion - n);
  return (
    <SideSection id="versions" title={t(lang, "versions")}>
      <SideLinks
        links={numbers.map((n) => ({
          label: t(lang, "versionN", { n }),
          href:
            n === version
              ? undefined
              : DECISION.href(lang, { city, ref }, n === newestVersion ? {} : { version: String(n) }),
          note:
            n === version
              ? `(${t(lang, "versionThis")})`
              : n === newestVersion
                ? `(${t(lang, "versionNewest")})`
                : undefined,
        }))}
      />
    </SideSection>
  );
}
