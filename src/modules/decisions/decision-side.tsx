/** The column beside a decision: contents, original, attachments, related things, versions, permanent address. */
import type { Language } from "#core/cities.ts";
import { formatRecordNumber, formatSize } from "#ui/format.ts";
import { Quoted } from "#ui/inline.tsx";
import { Side, type SideLink, SideLinks, SideSection, Toc } from "#ui/side.tsx";
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
import { classTitle, REGISTER_LANGUAGE } from "./register-names.ts";
import { t, type TextKey } from "./texts.ts";

export interface DecisionSideProps {
  decision: DecisionDetail;
  lang: Language;
  /** As the page shows them, and the anchor of each. */
  sections: readonly Section[];
  ids: readonly string[];
  origin: string;
}

export function DecisionSide({ decision, lang, sections, ids, origin }: DecisionSideProps) {
  return (
    <Side label={t(lang, "sideLabel")}>
      <Contents decision={decision} lang={lang} sections={sections} ids={ids} />
      <SideSection id="original" title={t(lang, "original")}>
        <SideLinks links={originalLinks(decision, lang)} />
      </SideSection>
      <SideSection id="attachments" title={t(lang, "attachments")}>
        <Attachments decision={decision} lang={lang} />
      </SideSection>
      <Related decision={decision} lang={lang} />
      <Versions decision={decision} lang={lang} />
      <PermanentAddress origin={origin} path={permanentDecision(decision.ref)} lang={lang} />
    </Side>
  );
}

function Contents({ decision: { reading }, lang, sections, ids }: Omit<DecisionSideProps, "origin">) {
  const items = sections.flatMap((section, n) =>
    section.heading && ids[n] ? [{ href: `#${ids[n]}`, label: section.heading }] : [],
  );
  if (items.length < 2) return null;
  const textLang = reading.language === lang ? undefined : reading.language;
  return <Toc title={t(lang, "contents")} items={items} textLang={textLang} />;
}

const FORMATS: Record<string, { label: TextKey; name: string }> = {
  "text/plain": { label: "originalText", name: "txt" },
  "text/html": { label: "originalHtml", name: "html" },
  "application/pdf": { label: "originalPdf", name: "pdf" },
  "application/json": { label: "originalJson", name: "json" },
};

function originalLinks({ ref, version, mediaType, bytes }: DecisionDetail, lang: Language): SideLink[] {
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

interface PartProps {
  decision: DecisionDetail;
  lang: Language;
}

function Attachments({ decision: { reading }, lang }: PartProps) {
  if (reading.attachments.length === 0) return <p class="small dim">{t(lang, "noAttachments")}</p>;
  const quoted = (text: string) => (
    <Quoted lang={lang} textLang={reading.language}>
      {text}
    </Quoted>
  );
  const links = reading.attachments.map(({ title, href, withheld }): SideLink => {
    if (href) return { label: quoted(title), href };
    return { label: quoted(title), note: ["(", withheld ? quoted(withheld) : t(lang, "attachmentNotOpen"), ")"] };
  });
  return <SideLinks links={links} />;
}

function Related({ decision, lang }: PartProps) {
  const { city, matter, mentioned, reading } = decision;
  const links: SideLink[] = mentioned.map(({ slug, written, title }) => ({
    href: MATTER.href(lang, { city, slug }),
    label: formatRecordNumber(written),
    note: (
      <Quoted lang={lang} textLang={reading.language}>
        {title}
      </Quoted>
    ),
  }));
  if (matter) {
    const label = t(lang, "relatedMatter", { number: formatRecordNumber(matter.written) });
    links.unshift({ href: MATTER.href(lang, { city, slug: matter.slug }), label });
  }
  links.push(...relatedMaker(decision, lang), ...relatedClass(decision, lang));
  if (links.length === 0) return null;
  return (
    <SideSection id="related" title={t(lang, "related")}>
      <SideLinks links={links} />
    </SideSection>
  );
}

function relatedMaker({ city, makerSlug, reading }: DecisionDetail, lang: Language): SideLink[] {
  if (!makerSlug || !reading.decisionMaker) return [];
  const name = (
    <Quoted lang={lang} textLang={reading.language}>
      {reading.decisionMaker.name}
    </Quoted>
  );
  const href = CITY_DECISIONS.href(lang, { city }, { maker: makerSlug });
  return [{ href, label: [t(lang, "relatedMaker"), " ", name] }];
}

function relatedClass({ reading: { classification }, classTitle: known }: DecisionDetail, lang: Language): SideLink[] {
  const title = classification?.title ?? known;
  if (!classification || !title) return [];
  const name = (
    <Quoted lang={lang} textLang={REGISTER_LANGUAGE}>
      {classTitle(title)}
    </Quoted>
  );
  const href = JOINT_DECISIONS.href(lang, {}, { class: classification.code });
  return [{ href, label: [t(lang, "relatedClass"), " ", name] }];
}

function Versions({ decision, lang }: PartProps) {
  const { newestVersion } = decision;
  if (newestVersion === 1) return null;
  const numbers = Array.from({ length: newestVersion }, (_, n) => newestVersion - n);
  return (
    <SideSection id="versions" title={t(lang, "versions")}>
      <SideLinks links={numbers.map((n) => versionLink(decision, n, lang))} />
    </SideSection>
  );
}

function versionLink({ city, ref, version, newestVersion }: DecisionDetail, n: number, lang: Language): SideLink {
  const label = t(lang, "versionN", { n });
  if (n === version) return { label, note: `(${t(lang, "versionThis")})` };
  if (n !== newestVersion) return { label, href: DECISION.href(lang, { city, ref }, { version: String(n) }) };
  return { label, href: DECISION.href(lang, { city, ref }), note: `(${t(lang, "versionNewest")})` };
}

const PermanentAddress = ({ origin, path, lang }: { origin: string; path: string; lang: Language }) => (
  <SideSection id="permanent" title={t(lang, "permanent")}>
    <p class="small">
      <a class="address" href={path}>
        {origin + path}
      </a>
      <br />
      <span class="dim">{t(lang, "permanentPara")}</span>
    </p>
  </SideSection>
);
