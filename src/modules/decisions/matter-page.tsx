/** The page of a matter: everything under one record number, in time order. */
import { CITIES } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import { Facts, type Fact } from "#ui/facts.tsx";
import { formatNumber, formatRecordNumber } from "#ui/format.ts";
import { Quoted } from "#ui/inline.tsx";
import { Opening, Section } from "#ui/layout.tsx";
import { Rows } from "#ui/rows.tsx";
import { rowOf } from "./lines.tsx";
import { CITY_DECISIONS, permanentMatter } from "./paths.ts";
import type { DecisionLine, MatterDetail } from "./queries.ts";
import { classLabel, REGISTER_LANGUAGE } from "./register-names.ts";
import { t } from "./texts.ts";

export interface MatterPageData {
  matter: MatterDetail;
  decisions: readonly DecisionLine[];
  mentionedBy: readonly DecisionLine[];
  origin: string;
}

export function matterPage(
  { matter, decisions, mentionedBy, origin }: MatterPageData,
  { language: lang, shy }: PageRequest,
): PageContent {
  const { city } = matter;
  const number = formatRecordNumber(matter.written);
  const textLanguage = decisions[0]?.language ?? "fi";
  const facts: Fact[] = [
    { kind: "known", label: t(lang, "recordNumber"), value: <span class="nb">{number}</span> },
    { kind: "known", label: t(lang, "matterCity"), value: CITIES[city].names[lang].name },
    matter.classCode
      ? {
          kind: "known",
          label: t(lang, "class"),
          value: (
            <a href={CITY_DECISIONS.href(lang, { city }, { class: matter.classCode })}>
              <Quoted lang={lang} textLang={REGISTER_LANGUAGE}>
                {classLabel(matter.classCode, matter.classTitle)}
              </Quoted>
            </a>
          ),
        }
      : { kind: "unknown", label: t(lang, "class"), why: t(lang, "classUnknown") },
    { kind: "known", label: t(lang, "matterCount"), value: formatNumber(lang, decisions.length) },
    {
      kind: "known",
      label: t(lang, "permanent"),
      value: (
        <a class="address" href={permanentMatter(city, matter.slug)}>
          {origin + permanentMatter(city, matter.slug)}
        </a>
      ),
    },
  ];
  return {
    title: `${matter.title} · ${matter.written}`,
    description: t(lang, "matterLead"),
    crumbs: [{ label: t(lang, "decisions"), href: CITY_DECISIONS.href(lang, { city }) }],
    body: (
      <div class="wrap">
        <Opening
          kicker={
            <>
              {t(lang, "kindMatter")} · <span class="nb">{number}</span>
            </>
          }
          title={
            <Quoted lang={lang} textLang={textLanguage}>
              {shy(matter.title, textLanguage)}
            </Quoted>
          }
          lead={t(lang, "matterLead")}
        />
        <Facts lang={lang} facts={facts} />
        <Section id="decisions" title={t(lang, "matterDecisions")}>
          <Rows lang={lang} rows={decisions.map((line) => rowOf(line, lang, shy, false))} />
        </Section>
        {mentionedBy.length > 0 && (
          <Section id="mentions" title={t(lang, "matterMentions")}>
            <Rows lang={lang} rows={mentionedBy.map((line) => rowOf(line, lang, shy, false))} />
          </Section>
        )}
      </div>
    ),
  };
}
