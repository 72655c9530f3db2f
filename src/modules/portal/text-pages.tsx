/** Pages of plain text: about the service, the accessibility statement. */
import type { Language } from "#core/cities.ts";
import type { PageContent, PageRequest } from "#core/http/pages.ts";
import { Opening, Prose, Section } from "#ui/layout.tsx";
import { FEEDBACK_ANCHOR } from "./frame.tsx";
import { t } from "./texts.ts";

/** The authority that supervises the Act on the Provision of Digital Services (306/2019): where one complains. */
const AUTHORITY = "https://www.saavutettavuusvaatimukset.fi/";

export interface TextPageData {
  contactMail: string;
}

export function aboutPage({ contactMail }: TextPageData, { language: lang }: PageRequest): PageContent {
  return {
    title: t(lang, "aboutTitle"),
    description: t(lang, "aboutLead"),
    body: (
      <div class="wrap">
        <Opening title={t(lang, "aboutTitle")} lead={t(lang, "aboutLead")} />
        <Prose>
          <Section id="what" title={t(lang, "aboutWhat")}>
            <p>{t(lang, "aboutWhat1")}</p>
            <p>{t(lang, "aboutWhat2")}</p>
          </Section>
          <Section id="source" title={t(lang, "aboutSource")}>
            <p>{t(lang, "aboutSource1")}</p>
            <p>{t(lang, "aboutSource2")}</p>
            <p>{t(lang, "aboutSource3")}</p>
          </Section>
          <Section id="privacy" title={t(lang, "aboutPrivacy")}>
            <p>{t(lang, "aboutPrivacy1")}</p>
            <p>{t(lang, "aboutPrivacy2")}</p>
          </Section>
          <Section id={FEEDBACK_ANCHOR} title={t(lang, "aboutFeedback")}>
            <Mail lang={lang} before="aboutFeedback1" address={contactMail} />
            <p>{t(lang, "aboutFeedback2")}</p>
          </Section>
        </Prose>
      </div>
    ),
  };
}

export function accessibilityPage({ contactMail }: TextPageData, { language: lang }: PageRequest): PageContent {
  return {
    title: t(lang, "a11yTitle"),
    description: t(lang, "a11yLead"),
    body: (
      <div class="wrap">
        <Opening title={t(lang, "a11yTitle")} lead={t(lang, "a11yLead")} />
        <Prose>
          <Section id="state" title={t(lang, "a11yState")}>
            <p>{t(lang, "a11yState1")}</p>
            <p>{t(lang, "a11yState2")}</p>
          </Section>
          <Section id="gaps" title={t(lang, "a11yGaps")}>
            <ul>
              <li>{t(lang, "a11yGap1")}</li>
              <li>{t(lang, "a11yGap2")}</li>
              <li>{t(lang, "a11yGap3")}</li>
            </ul>
          </Section>
          <Section id="contact" title={t(lang, "a11yContact")}>
            <Mail lang={lang} before="a11yContact1" address={contactMail} />
            <p>
              {t(lang, "a11yContact2")} <a href={AUTHORITY}>{t(lang, "a11yAuthority")}</a>.
            </p>
          </Section>
          <p class="dim">{t(lang, "a11yMade")}</p>
        </Prose>
      </div>
    ),
  };
}

function Mail({
  lang,
  before,
  address,
}: {
  lang: Language;
  before: "aboutFeedback1" | "a11yContact1";
  address: string;
}) {
  return (
    <p>
      {t(lang, before)} <a href={`mailto:${address}`}>{address}</a>.
    </p>
  );
}
