/** What one sees on the way in and out: the mail that was sent, the link, what went wrong, the end. */
import type { Language } from "#core/cities.ts";
import type { PageContent } from "#core/http/pages.ts";
import type { PrivateRequest } from "#core/http/private-pages.ts";
import { Narrow, Opening } from "#ui/layout.tsx";
import type { Children } from "#ui/shown.ts";
import { SIGN_IN } from "../paths.ts";
import { t, type TextKey } from "../texts.ts";
import { LINK_MINUTES } from "./mail-link.ts";

export function mailSentPage(_data: object, { language: lang, query }: PrivateRequest): PageContent {
  return page(lang, "mailSent", "mailSentLead", [
    <p>{t(lang, "mailSentHow", { minutes: LINK_MINUTES })}</p>,
    <p>
      {t(lang, "mailSentNone")} <a href={SIGN_IN.href(lang, {}, query)}>{t(lang, "mailAgain")}</a>
    </p>,
  ]);
}

export function linkPage({ isGood }: { isGood: boolean }, { language: lang, url }: PrivateRequest): PageContent {
  if (!isGood)
    return page(lang, "linkBadTitle", "linkBadLead", [<a href={SIGN_IN.href(lang)}>{t(lang, "mailAgain")}</a>]);
  return page(lang, "linkTitle", "linkLead", [
    <form action={url} method="post">
      <button class="hds-button hds-button--primary" type="submit">
        {t(lang, "signIn")}
      </button>
    </form>,
  ]);
}

export const FAILURES = ["cancelled", "unknown", "refused", "link"] as const;
export type Failure = (typeof FAILURES)[number];

export function failedPage({ why }: { why: Failure }, { language: lang }: PrivateRequest): PageContent {
  return page(lang, "failedTitle", "failedLead", [
    <p>{t(lang, `failed_${why}` satisfies TextKey)}</p>,
    <p>
      <a class="hds-button hds-button--primary" href={SIGN_IN.href(lang)}>
        {t(lang, "failedAgain")}
      </a>
    </p>,
  ]);
}

/** `onwards`: where the browser signs out of the identity provider as well. */
export function signedOutPage(
  { onwards }: { onwards: { provider: string; address: string } | null },
  { language: lang }: PrivateRequest,
): PageContent {
  if (onwards === null)
    return page(lang, "signedOutTitle", "signedOutLead", [
      <p>
        <a href={SIGN_IN.href(lang)}>{t(lang, "anotherSession")}</a>
      </p>,
    ]);
  const { provider, address } = onwards;
  return page(lang, "signedOutTitle", "signedOutLead", [
    <p>
      {t(lang, "signedOutOn", { provider })} <a href={address}>{t(lang, "signedOutThere", { provider })}</a>
    </p>,
  ]);
}

function page(lang: Language, title: TextKey, lead: TextKey, children: Children): PageContent {
  return {
    title: t(lang, title),
    description: t(lang, lead),
    body: (
      <Narrow>
        <Opening title={t(lang, title)} lead={t(lang, lead)} />
        {children}
      </Narrow>
    ),
  };
}
