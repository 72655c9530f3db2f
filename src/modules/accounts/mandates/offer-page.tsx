/** What the link in the mail opens: a mandate to take or decline. */
import type { Language } from "#core/cities.ts";
import { type Form, mistakeOf, textOf } from "#core/http/forms.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { RadioGroup } from "#ui/fields.tsx";
import { Narrow, Opening, Section } from "#ui/layout.tsx";
import { LINK_DAYS } from "./notices.ts";
import { Above, MandateFacts, toMandates } from "./parts.tsx";
import { DECLINE_MANDATE, MANDATES } from "./paths.ts";
import { type OpenOffer, SELF } from "./take.ts";
import { t } from "./texts.ts";

export function offerPage({ offer, isOwn, organisations }: OpenOffer, form: Form, ask: PrivateRequest): PageContent {
  const { language: lang, url, params } = ask;
  if (!offer) return plain(lang, t(lang, "offerBadTitle"), t(lang, "offerBadLead", { days: LINK_DAYS }));
  if (isOwn) return plain(lang, t(lang, "offerOwnTitle"), t(lang, "offerOwnLead"));
  const lead = t(lang, "offerLead", { name: offer.giverName });
  return {
    title: t(lang, "offerTitle"),
    description: t(lang, "offerTitle"),
    crumbs: toMandates(lang),
    body: (
      <Narrow>
        <Above lang={lang} form={form} />
        <Opening title={t(lang, "offerTitle")} lead={lead} />
        <MandateFacts lang={lang} {...offer} />
        <form action={url} method="post" novalidate>
          {organisations.length > 0 && (
            <RadioGroup
              lang={lang}
              name="for"
              label={t(lang, "offerFor")}
              error={mistakeOf(form, "for")}
              options={[
                { value: SELF, label: t(lang, "offerSelf") },
                ...organisations.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              value={textOf(form.values, "for")}
            />
          )}
          <div class="acts">
            <button class="hds-button hds-button--primary" type="submit">
              {t(lang, "take")}
            </button>
          </div>
        </form>
        <Section id="decline" title={t(lang, "declineWhat")}>
          <p>{t(lang, "declineWhy")}</p>
          <form action={DECLINE_MANDATE.href(lang, params)} method="post">
            <button class="hds-button hds-button--secondary" type="submit">
              {t(lang, "decline")}
            </button>
          </form>
        </Section>
      </Narrow>
    ),
  };
}

function plain(lang: Language, title: string, lead: string): PageContent {
  return {
    title,
    description: lead,
    crumbs: toMandates(lang),
    body: (
      <Narrow>
        <Opening title={title} lead={lead} />
        <p>
          <a href={MANDATES.href(lang)}>{t(lang, "toMandates")}</a>
        </p>
      </Narrow>
    ),
  };
}
